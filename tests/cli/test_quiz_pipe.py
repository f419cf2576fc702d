"""The quiz with a pipe for a keyboard: whatever comes through it, the quiz goes on and nothing harmful comes out."""

from __future__ import annotations

from pathlib import Path

import pytest
from terminals import ESCAPE, PROBLEM, piped

from backprop_tutor.cli.store import Store

HOSTILE = {
    "escape sequences": b"\x1b[31mred\x1b[0m",
    "a title": b"\x1b]0;stolen\x07",
    "a link": b"\x1b]8;;http://example.org\x1b\\link\x1b]8;;\x1b\\",
    "C1": b"\xc2\x9b31m0.24",
    "markup": b"[red]0.24[/red]",
    "closing markup": b"[/]",
    "link markup": b"[link=http://example.org]0.24[/link]",
    "bidi": "0.2\u202e4\u2066".encode(),
    "zero width": "0.2\u200b5\ufeff".encode(),
    "NUL": b"0.2\x005\x00",
    "no UTF-8": b"\xff\xfe\x80 0.25",
    "half of a character": b"0.25\xe2\x82",
    "surrogates": b"\xed\xa0\x80",
    "a long line": b"9" * 100_000,
    "long and open": b"[" * 100_000 + b"]" * 100_000,
    "deep": b"(" * 5_000,
    "an unknown command": b":\x1b[31m" + b"x" * 1_000,
    "a name": b"\x1b[31mz1_1\x1b[0m = 0.25",
    "controls": bytes(range(1, 10)) + bytes(range(11, 32)) + b"\x7f",
    "emoji": "🙂 = 1".encode(),
    "code": b"__import__('os').system('echo stolen')",
    "a format": b"{0.__class__} %s %n",
}


@pytest.mark.parametrize("arguments", [(), ("--ascii",)], ids=["unicode", "ascii"])
def test_hostile_answers(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """All of them one after the other, then a right answer, which is heard."""
    typed = b"\n\n".join([*HOSTILE.values(), b"]", b"0.24", b"0.42"]) + b"\n"
    # In most languages' settings Python takes bytes that are no UTF-8 for an error; in "C" it does not.
    code, out, error = piped(tmp_path, PROBLEM, *arguments, typed=typed, PYTHONIOENCODING="utf-8:strict")
    text = out.decode("utf-8")
    assert code == 0
    assert error == b""
    assert "Traceback" not in text
    harmful = [c for c in text if not c.isprintable() and c != "\n"]
    assert not harmful
    assert len(out) < 40_000
    assert text.count("Right.") == 2
    assert f"backprop-tutor quiz {PROBLEM}" in text
    if arguments:
        assert text.isascii()
    # The next sitting reads all of it from the store and goes on behind it.
    code, out, error = piped(tmp_path, PROBLEM, *arguments, typed=b"")
    assert (code, error) == (0, b"")
    assert b"2 of 35 questions are behind you" in out
    assert ESCAPE not in out


def test_nothing_but_ascii_comes_out_where_nothing_else_can(tmp_path: Path) -> None:
    typed = b"\n\n".join([*HOSTILE.values(), b"]", b"0.24"])
    code, out, error = piped(tmp_path, PROBLEM, typed=typed, PYTHONIOENCODING="ascii")
    assert (code, error) == (0, b"")
    assert out.isascii()
    assert ESCAPE not in out
    assert b"Right." in out


@pytest.mark.parametrize(
    "typed", [b"", b"0.25", b"0.25\n", b"[[0.25,", b"[[0.25,\n[", b":hint", b":"], ids=lambda typed: repr(typed)[1:]
)
def test_the_end_of_input_anywhere(tmp_path: Path, typed: bytes) -> None:
    code, out, error = piped(tmp_path, PROBLEM, typed=typed)
    assert (code, error) == (0, b"")
    text = out.decode()
    assert "\n\n━━ So far ━" in text
    assert ("Almost." in text) == typed.startswith(b"0.25")
    assert ("never closed" in text) == typed.startswith(b"[[")
    assert ("What matters" in text) == (typed == b":hint")
    assert ("Kept." in text) == (len(typed) > 1), "an empty quiz is not kept"


def test_a_command_among_the_rows_of_a_matrix_is_obeyed(tmp_path: Path) -> None:
    typed = b"[[1, 2],\n:hint\n0.24\n[[1,\n\n0.42\n"
    code, out, error = piped(tmp_path, PROBLEM, typed=typed)
    assert (code, error) == (0, b"")
    text = out.decode()
    assert text.index("never closed") < text.index("What matters") < text.index("Right.")
    assert text.count("never closed") == text.count("Right.") == 2


def test_lines_from_another_system(tmp_path: Path) -> None:
    code, out, error = piped(tmp_path, PROBLEM, typed=b"\xef\xbb\xbf0.24\r\n0.42\r\n")
    assert (code, error) == (0, b"")
    assert out.count(b"Right.") == 2
    assert [record.given for record in Store(tmp_path).records()] == ["0.24", "0.42"]
    assert "z₁⁽¹⁾ = 0.24\n" in out.decode()


@pytest.mark.parametrize("columns", [40, 24])
def test_narrow_pages(tmp_path: Path, columns: int) -> None:
    typed = b"0.25\n:hint\n:hint\n:hint\n:show\n:help\n:formulas\n:score\n:picture\n:bla\n:skip\n0.1..2\n"
    code, out, error = piped(tmp_path, PROBLEM, typed=typed, COLUMNS=str(columns))
    assert (code, error) == (0, b"")
    rows = out.decode().split("\n")
    longer = [row for row in rows if len(row) > columns]
    assert longer == [f"  backprop-tutor quiz {PROBLEM} --no-questions"]
    assert "…" not in out.decode()
