"""The quiz on terminals of all kinds: narrow, low, without colour, in ASCII, dumb, and changing under its feet."""

from __future__ import annotations

from pathlib import Path

import pytest
from terminals import (
    ASCII_PROMPTS,
    CTRL_C,
    CTRL_D,
    CTRL_U,
    ENTER,
    ESCAPE,
    F1,
    FIRST,
    PROBLEM,
    TAB,
    Terminal,
    escapes,
    given,
)

from backprop_tutor.cli.prompts import fitting


@pytest.mark.parametrize("size", [(30, 60), (18, 132), (100, 40)])
def test_the_window_changes_its_size(terminal: Terminal, home: Path, size: tuple[int, int]) -> None:
    terminal.answer("0.25", "✗ Almost.")
    terminal.type("0.2*0.5")
    terminal.wait_line("z₁⁽¹⁾ = 0.2*0.5")
    terminal.resize(*size)
    terminal.type(" + 0.14")
    terminal.wait_line("z₁⁽¹⁾ = 0.2*0.5 + 0.14")
    terminal.type(ENTER)
    terminal.wait("Question 2 of 35")
    terminal.wait_line("z₂⁽¹⁾ =")
    assert given(home) == ["0.25", "0.2*0.5 + 0.14"]
    heading = next(row for row in reversed(terminal.display) if "Question 2" in row)
    assert len(heading) == size[1]


def test_the_keys_stand_at_the_foot_of_a_terminal_that_knows_its_cursor(home: Path) -> None:
    terminal = Terminal(home, PROBLEM, answers_position=True)
    terminal.wait_line(FIRST)
    terminal.wait(":help  F1 hint  F2 skip  F3 show  F4 back  F5 formulas  F6 picture")
    terminal.resize(60, 40)
    terminal.wait(":help  F1 hint  F2 skip  F3 show")
    terminal.until(lambda: "F4" not in str(terminal), "fewer keys")
    terminal.type(F1)
    terminal.wait("What matters")
    terminal.type(CTRL_D)
    assert terminal.ended() == 0
    assert "F1 hint" not in str(terminal)
    assert "WARNING" not in str(terminal)


def test_the_keys_at_the_foot_are_left_out_whole_and_from_the_end() -> None:
    entries = [":help", "F1 hint", "F2 überspringen", "Ctrl-D stops"]
    whole = "  ".join(entries)
    for width in range(len(whole) + 3):
        found = fitting(entries, width)
        assert len(found) <= width
        kept = found.split("  ") if found else []
        assert kept == entries[: len(kept)]
        more = "  ".join(entries[: len(kept) + 1])
        assert found == whole or len(more) > width
    assert fitting(["日本"], 3) == ""


def test_forty_columns(home: Path) -> None:
    """Nothing is cut, and no line is left to the terminal to break: it would break words."""
    terminal = Terminal(home, PROBLEM, columns=40, rows=400)
    terminal.wait_line(FIRST)
    for typed, says in (
        ("0.25", "✗ Almost."),
        (":help", "What you can type"),
        (":formulas", "an example here"),
        (":score", "So far"),
        ("0.24", "✓ Right."),
        ("0.2..4", "It costs"),
    ):
        terminal.answer(typed, says)
    terminal.until(lambda: terminal.line == "z₂⁽¹⁾ =", "the second question")
    terminal.type(CTRL_D)
    assert terminal.ended() == 0
    assert f"\n  backprop-tutor quiz {PROBLEM}" in str(terminal)
    # The command to go on with stays in one piece, so that it can be copied.
    command = f"  backprop-tutor quiz {PROBLEM} --no-questions"
    assert max(len(row) for row in terminal.display if row not in command) <= 40
    assert terminal.broken_by_the_edge == 1
    assert "…" not in str(terminal)
    together = " ".join(str(terminal).split())
    for whole in (
        "Two inputs, two hidden units, one output",
        "The last activation and the loss are differentiated in one go: factors of the two cancel.",
        "━━ Question 1 of 35: forward pass ━",
        "━━ Formulas, each with an example here",
    ):
        assert whole in together


@pytest.mark.parametrize(("rows", "is_drawn"), [(24, False), (60, True)])
def test_a_picture_without_room_is_told_as_a_list(home: Path, rows: int, is_drawn: bool) -> None:
    terminal = Terminal(home, "cmu-tanh", "--no-questions", rows=rows)
    terminal.wait_line("a₁ =")
    terminal.type("5" + ENTER)
    terminal.wait("✓ Right.", "Question 2 of", "the weighted sum that enters hidden unit 2")
    terminal.wait_line("a₂ =")
    assert ("╭" in str(terminal)) == is_drawn
    assert ("Known so far: a₁ = 5." in str(terminal)) != is_drawn
    terminal.hang_up()


def coloured(raw: bytes) -> list[bytes]:
    """The sequences that set a colour, whatever else they set."""
    found = [sequence for sequence in escapes(raw) if sequence.endswith(b"m")]
    return [each for each in found if any(30 <= int(part or b"0") <= 49 for part in each[2:-1].split(b";"))]


@pytest.mark.parametrize("environment", [{}, {"NO_COLOR": "1"}], ids=["colour", "NO_COLOR"])
def test_no_color(home: Path, environment: dict[str, str]) -> None:
    terminal = Terminal(home, PROBLEM, answers_position=True, **environment)
    terminal.wait("z₁⁽¹⁾ =", "F1 hint")
    terminal.answer("0.25", "✗ Almost.")
    terminal.type(":h" + TAB)
    terminal.wait("a little help, and a little more every time")
    terminal.type(CTRL_U)
    terminal.wait_line(FIRST)
    terminal.answer("0.24", "✓ Right.")
    terminal.wait_line("z₂⁽¹⁾ =")
    terminal.type(CTRL_D)
    assert terminal.ended() == 0
    assert bool(coloured(terminal.raw)) != bool(environment), coloured(terminal.raw)


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (("--ascii",), {}),
        ((), {"PYTHONIOENCODING": "ascii"}),
        ((), {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    ],
    ids=["--ascii", "PYTHONIOENCODING", "locale"],
)
def test_plain_ascii(home: Path, arguments: tuple[str, ...], environment: dict[str, str]) -> None:
    terminal = Terminal(home, PROBLEM, *arguments, rows=200, **environment)
    terminal.wait_line(ASCII_PROMPTS[0])
    terminal.answer("0.25", "X Almost.")
    terminal.answer(":help", "What you can type")
    terminal.answer(":formulas", "Formulas, each")
    terminal.type(F1)
    terminal.wait("What matters")
    terminal.answer("0.24", "Right.")
    terminal.wait_line(ASCII_PROMPTS[1])
    terminal.type(CTRL_C)
    assert terminal.ended() == 130
    assert terminal.raw.isascii(), [row for row in terminal.display if not row.isascii()]


def test_a_dumb_terminal_gets_no_escape_sequence(home: Path) -> None:
    terminal = Terminal(home, PROBLEM, TERM="dumb")
    terminal.wait_line(ASCII_PROMPTS[0])
    terminal.answer("0.25", "X Almost.")
    terminal.answer(":hint", "What matters")
    terminal.answer("0.24", "Right.")
    terminal.wait_line(ASCII_PROMPTS[1])
    terminal.type(CTRL_C)
    assert terminal.ended() == 130
    assert ESCAPE not in terminal.raw
    terminal.assert_summed_up(f"{ASCII_PROMPTS[1]} ^C", "==")
    assert given(home) == ["0.25", "0.24"]


def test_plain_is_told_in_sentences(home: Path) -> None:
    terminal = Terminal(home, PROBLEM, "--plain")
    terminal.wait_line(FIRST)
    assert "Given: x₁ = 0.5, x₂ = 0.1" in str(terminal)
    assert not set("╭│╰") & set(str(terminal))
    terminal.answer("0.24", "✓ Right.")
    terminal.wait("Known so far: z₁⁽¹⁾ = 0.24.")
    terminal.wait_line("z₂⁽¹⁾ =")
    terminal.type(CTRL_D)
    assert terminal.ended() == 0
    terminal.assert_summed_up("z₂⁽¹⁾ =")
    assert b"\x1b[?" not in terminal.raw
