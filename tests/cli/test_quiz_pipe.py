"""The quiz with a pipe for a keyboard: whatever comes through it, the quiz goes on and nothing harmful comes out."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from shutil import rmtree

import pytest
from support import problem as bundled_problem
from terminals import COMMAND, ESCAPE, PATIENCE, PROBLEM, ROOT, piped, surroundings

from backprop_tutor.cli.quiz_log import resume
from backprop_tutor.cli.quiz_request import Request
from backprop_tutor.cli.store import NAME, Store
from backprop_tutor.model.record import Record, What

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


@pytest.mark.parametrize("where", ["file", "file/folder"])
def test_a_place_where_nothing_can_be_kept_is_told_before_the_first_question_and_at_the_end(
    tmp_path: Path, where: str
) -> None:
    (tmp_path / "file").write_text("something else")
    arguments = [*COMMAND, PROBLEM]
    done = subprocess.run(
        arguments, input=b"0.24\n", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=ROOT,
        env=surroundings(tmp_path / where), timeout=PATIENCE,
    )  # fmt: skip
    text = done.stdout.decode()
    assert done.returncode == 0
    before, _, after = text.partition("Question 1 of 35")
    assert "cannot be used: " in before
    assert "is no folder" in before
    assert "The quiz can be held, but nothing of it is kept." in before
    assert "Right." in after
    end = after.partition("So far")[2]
    assert "Nothing of this sitting was kept." in end
    assert "To go on here" not in text
    assert text.count("cannot be used") == 2
    assert (tmp_path / "file").read_text() == "something else"


def test_a_quiz_that_is_done_says_at_its_end_that_nothing_was_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("something else")
    code, out, error = piped(tmp_path / "file", PROBLEM, "--ask", "z1_1", typed=b"0.24\n")
    assert code == 0
    assert b"How it went" in out
    assert error.decode().endswith("Nothing of this sitting was kept.\n")


def begun(home: Path) -> subprocess.Popen[bytes]:
    """A quiz in a pipe that has taken its first answer and waits for the second."""
    process = subprocess.Popen(
        [*COMMAND, PROBLEM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT,
        env=surroundings(home),
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"0.24\n")
    process.stdin.flush()
    out = b""
    while "z₂⁽¹⁾ = ".encode() not in out:
        out += process.stdout.read1(1 << 16)  # type: ignore[attr-defined]
    return process


def test_a_sitting_of_which_a_part_was_kept_says_so(tmp_path: Path) -> None:
    process = begun(tmp_path / "home")
    # Somebody puts another program's file in the place of ours.
    path = tmp_path / "home" / NAME
    path.unlink()
    with closing(sqlite3.connect(path)) as base:
        base.execute("CREATE TABLE recipes (name TEXT)")
    _, error = process.communicate(b"0.42\n", timeout=PATIENCE)
    assert b"another program's database" in error
    assert error.endswith(b"What came after that in this sitting was not kept.\n")


@pytest.mark.parametrize("typed", [b"0.42\n", b""], ids=["one more answer", "nothing more"])
def test_a_quiz_whose_file_is_deleted_meanwhile_is_kept_again(tmp_path: Path, typed: bytes) -> None:
    process = begun(tmp_path / "home")
    rmtree(tmp_path / "home")
    out, error = process.communicate(typed, timeout=PATIENCE)
    assert error == b"What was kept of this quiz was deleted meanwhile; all of it is kept again.\n"
    assert b"Kept. To go on here" in out
    _, out, error = piped(tmp_path / "home", PROBLEM, typed=b"")
    assert (b"2 of 35 questions" if typed else b"1 of 35 questions") in out.partition(b"Question ")[0]
    assert error == b""


def test_a_quiz_that_was_gone_on_with_is_kept_again_as_a_whole(tmp_path: Path) -> None:
    store = Store(tmp_path)
    problem = bundled_problem(PROBLEM)
    request = Request(PROBLEM, restart=False)
    log, _, _ = resume(request, store, "practice", problem, "mark")
    log.keep([Record(log.sitting.session, 1.0, What.ANSWERED, "step:z1_1", given="0.24")])
    log, _, _ = resume(request, store, "practice", problem, "mark")
    store.forget()
    log.keep([Record(log.sitting.session, 2.0, What.ANSWERED, "step:z1_2", given="0.42")])
    _, records, _ = resume(request, store, "practice", problem, "mark")
    assert [record.given for record in records] == ["0.24", "0.42"]
    assert not log.lost


@pytest.mark.parametrize("locked", ["folder", "file"])
def test_what_may_only_be_read_is_gone_on_with_and_said_not_to_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], locked: str
) -> None:
    store = Store(tmp_path)
    problem = bundled_problem(PROBLEM)
    request = Request(PROBLEM, restart=False)
    log, _, _ = resume(request, store, "practice", problem, "mark")
    log.keep([Record(log.sitting.session, 1.0, What.ANSWERED, "step:z1_1", given="0.24")])
    assert not log.lost
    path = store.path if locked == "file" else tmp_path
    # Whoever may do everything is not kept from writing by a mode.
    monkeypatch.setattr(os, "access", lambda what, mode: Path(what) != path)
    log, records, _ = resume(request, store, "practice", problem, "mark")
    assert [record.given for record in records] == ["0.24"]
    assert "The quiz can be held, but nothing of it is kept." in capsys.readouterr().err
    log.keep([Record(log.sitting.session, 2.0, What.ANSWERED, "step:z1_2", given="0.42")])
    assert len(store.records()) == 1
    assert log.lost.endswith("Nothing of this sitting was kept.")


@pytest.mark.parametrize("mode", ["practice", "test"])
def test_what_is_still_to_be_found_is_asked_for_by_a_command_to_copy(tmp_path: Path, mode: str) -> None:
    page = tmp_path / "page.md"
    chosen = ("--mode", mode, "--ask", "z1_1", "--ask", "z1_2", "--ask", "a1_1", "--save", str(page))
    typed = b"0.24\n" + b":skip\n" * 4 + b"\n"
    code, out, _ = piped(tmp_path, PROBLEM, *chosen, typed=typed)
    told = f"backprop-tutor quiz {PROBLEM} --ask z1_2 --ask a1_1"
    assert code == 0
    assert "Still to be found: z1_2, a1_1.\n" in out.decode()
    assert f"To practise what is still to be found:\n  {told}\n" in out.decode()
    assert f"To practise what is still to be found: `{told}`\n" in page.read_text("utf-8")


def test_what_comes_next_holds_what_was_hard(tmp_path: Path) -> None:
    _, out, _ = piped(tmp_path, PROBLEM, "--ask", "dL/dw2_11", "--ask", "L", typed=b"0.2682\n" + b":show\n" * 2)
    text = out.decode()
    assert "Practise: gradient of a weight." in text
    assert " --backward\n" in text.partition("Next: ")[2]
    _, out, _ = piped(tmp_path, PROBLEM, "--ask", "z1_1", typed=b"0.24\n")
    assert "--" not in out.decode().partition("Next: ")[2]
