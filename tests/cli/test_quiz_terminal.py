"""The quiz at a real keyboard: a pseudo-terminal with a screen, and keys that a learner presses."""

from __future__ import annotations

import os
import shutil
import sys
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest
from terminals import (
    CTRL_C,
    CTRL_D,
    ENTER,
    ESCAPE,
    F1,
    F3,
    HOME,
    LEFT,
    PROBLEM,
    TAB,
    UP,
    Terminal,
    escapes,
)

from backprop_tutor.cli import screen
from backprop_tutor.cli.store import Store

FIRST = "z1_1 ="
CTRL_U, CTRL_Z = "\x15", "\x1a"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where the quizzes of one test keep what they keep."""
    return tmp_path / "home"


@pytest.fixture
def terminal(home: Path) -> Iterator[Terminal]:
    """A quiz on a tall screen, at its first question."""
    made = Terminal(home, PROBLEM, rows=100)
    made.wait_line(FIRST)
    yield made
    made.hang_up()


def given(home: Path) -> list[str]:
    """The answers that were kept, in their order."""
    return [record.given for record in Store(home).records() if record.given]


def test_a_quiz_is_asked_answered_stopped_and_goes_on(terminal: Terminal, home: Path) -> None:
    for text in (
        "Two inputs, two hidden units, one output",
        "Question 1 of 39: forward pass",
        "╭─ Sigmoid ─╮",
        ":hint",
    ):
        assert text in str(terminal)
    terminal.answer("0.25", "✗ Almost.")
    terminal.answer("0.24", "✓ Right.")
    terminal.wait("Question 2 of 39", "│ z₁⁽¹⁾ 0.24 │")
    terminal.wait_line("z1_2 =")
    assert given(home) == ["0.25", "0.24"]
    terminal.type(CTRL_D)
    assert terminal.ended() == 0
    assert "So far" in str(terminal)
    assert f"Kept. To go on here:\n  backprop-tutor quiz {PROBLEM}" in str(terminal)

    again = Terminal(home, PROBLEM)
    again.wait("You go on where you stopped: 1 of 39 questions are behind you.", "Question 2 of 39")
    again.wait_line("z1_2 =")
    again.type(UP)
    again.wait_line("z1_2 = 0.24")
    again.type(UP)
    again.wait_line("z1_2 = 0.25")
    again.hang_up()


def test_arrows_edit_the_line_and_recall_earlier_ones(terminal: Terminal, home: Path) -> None:
    terminal.type("0.25")
    terminal.wait_line("z1_1 = 0.25")
    terminal.type(LEFT + "4" + HOME + "1")
    terminal.wait_line("z1_1 = 10.245")
    assert terminal.column == len("z1_1 = 1")
    terminal.answer("", "✗")
    terminal.wait_line(FIRST)
    terminal.type(UP)
    terminal.wait_line("z1_1 = 10.245")
    assert given(home) == ["10.245"]


def test_tab_completes_names_and_commands(terminal: Terminal) -> None:
    terminal.type("da1_1/d" + TAB)
    terminal.wait_line("z1_1 = da1_1/dz1_1")
    terminal.type(CTRL_U + "2*(dL/dz1_" + TAB)
    terminal.wait("dL/dz1_1", "dL/dz1_2")
    terminal.type(CTRL_U + "sigm" + TAB)
    terminal.wait_line("z1_1 = sigmoid")
    terminal.type(CTRL_U + ":form" + TAB)
    terminal.wait_line("z1_1 = :formulas")
    terminal.answer("", "Formulas, each with its first example here")


def test_keys_for_commands_leave_what_was_typed(terminal: Terminal, home: Path) -> None:
    terminal.type("0.2*0.5 + ")
    terminal.wait_line("z1_1 = 0.2*0.5 +")
    terminal.type(F1)
    terminal.wait("z1_1 = :hint", "What matters")
    terminal.wait_line("z1_1 = 0.2*0.5 +")
    assert terminal.column == len("z1_1 = 0.2*0.5 + ")
    terminal.answer("0.4*0.1 + 0.1", "✓ Right.")
    assert given(home) == ["0.2*0.5 + 0.4*0.1 + 0.1"]
    terminal.wait_line("z1_2 =")
    terminal.type("0.4")
    terminal.wait_line("z1_2 = 0.4")
    terminal.type(F3)
    terminal.wait("The answer", "z1_2 = :show", "Question 3 of 40")
    terminal.wait_line("a1_1 = 0.4")


ROWS = ("[[-0.01739, -0.003478],", "[-0.02533, -0.005066]]")


def test_a_matrix_is_typed_row_by_row(home: Path) -> None:
    terminal = Terminal(home, PROBLEM, "--ask", "dL/dW1", rows=100)
    prompt = "dL/dW1 ="
    terminal.wait_line(prompt)
    terminal.type(ROWS[0] + ENTER)
    terminal.wait_line(" " * (len(prompt) - 3) + "...")
    terminal.type("[7")
    terminal.until(lambda: terminal.line.endswith("... [7"), "the second row")
    terminal.type(F1)
    terminal.wait("What matters")
    terminal.until(lambda: terminal.line.endswith("... [7"), "both rows once more")
    terminal.type(ENTER + ":help" + ENTER)
    terminal.wait("What you can type")
    terminal.until(lambda: terminal.line.endswith("... [7"), "both rows once more")
    assert f"{prompt} {ROWS[0]}" in str(terminal)
    terminal.type("\x7f\x7f" + ROWS[1] + ENTER)
    assert terminal.ended() == 0
    assert "✓ Right" in str(terminal)
    assert given(home) == ["\n".join(ROWS)]


def test_nobody_is_caught_in_a_matrix(terminal: Terminal, home: Path) -> None:
    terminal.type("[0.24" + ENTER)
    terminal.wait_line("   ...")
    terminal.answer("", "This bracket is never closed.")
    terminal.wait_line(FIRST)
    assert [(record.given, record.verdict) for record in Store(home).records()] == [("[0.24", "unreadable")]


@pytest.mark.parametrize("size", [(30, 60), (18, 132), (100, 40)])
def test_the_window_changes_its_size(terminal: Terminal, home: Path, size: tuple[int, int]) -> None:
    terminal.answer("0.25", "✗ Almost.")
    terminal.type("0.2*0.5")
    terminal.wait_line("z1_1 = 0.2*0.5")
    terminal.resize(*size)
    terminal.type(" + 0.14")
    terminal.wait_line("z1_1 = 0.2*0.5 + 0.14")
    terminal.type(ENTER)
    terminal.wait("Question 2 of 39")
    terminal.wait_line("z1_2 =")
    assert given(home) == ["0.25", "0.2*0.5 + 0.14"]
    heading = next(row for row in reversed(terminal.display) if "Question 2" in row)
    assert len(heading) == size[1]


def test_ctrl_c_keeps_and_the_printed_command_goes_on(terminal: Terminal, home: Path) -> None:
    terminal.answer("0.24", "✓ Right.")
    terminal.wait_line("z1_2 =")
    terminal.type("0.4")
    terminal.wait_line("z1_2 = 0.4")
    terminal.type(CTRL_C)
    assert terminal.ended() == 130
    rows = terminal.display
    place = rows.index("z1_2 = 0.4")
    assert rows[place + 1] == ""
    assert rows[place + 2].startswith("━━ So far ━")
    assert "Traceback" not in str(terminal)
    told = str(terminal).split("Kept. To go on here:\n  backprop-tutor quiz ")[1].split("\n")[0]
    again = Terminal(home, *told.split())
    again.wait("You go on where you stopped: 1 of 39", "Question 2 of 39")
    again.wait_line("z1_2 =")
    again.hang_up()


def test_the_window_is_closed(terminal: Terminal, home: Path) -> None:
    terminal.answer("0.25", "✗ Almost.")
    terminal.answer("0.24", "✓ Right.")
    terminal.type("0.4")
    terminal.wait_line("z1_2 = 0.4")
    terminal.hang_up()
    assert not terminal.child.isalive()
    assert given(home) == ["0.25", "0.24"]
    again = Terminal(home, PROBLEM)
    again.wait("1 of 39 questions are behind you")
    again.hang_up()


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs a shell with jobs")
def test_ctrl_z_puts_the_quiz_aside(home: Path) -> None:
    shell = ("bash", "--norc", "--noprofile", "-i")
    terminal = Terminal(home, command=shell, rows=100, PS1="$ ")
    terminal.wait_line("$")
    terminal.type(f"'{sys.executable}' -m backprop_tutor quiz {PROBLEM}" + ENTER)
    terminal.wait_line(FIRST)
    terminal.type("0.2")
    terminal.wait_line("z1_1 = 0.2")
    terminal.type(CTRL_Z)
    terminal.wait("Stopped")
    terminal.wait_line("$")
    terminal.type("fg" + ENTER)
    terminal.wait_line("z1_1 = 0.2")
    terminal.answer("4", "✓ Right.")
    terminal.hang_up()
    assert given(home) == ["0.24"]


def test_keys_that_are_typed_before_they_are_asked_for_wait_in_silence(terminal: Terminal, home: Path) -> None:
    """An impatient learner: nobody reads while an answer is judged, and nothing of it stands between the lines."""
    keys = "".join(f"0.{number}{ENTER}" for number in range(301, 313)) + CTRL_D
    for key in keys:
        terminal.type(key)
    assert terminal.ended() == 0
    kept = [record.given for record in Store(home).records()]
    assert [text for text in kept if text] == [f"0.{number}" for number in range(301, 313)]
    loose = [row for row in terminal.display if row.startswith("0.3") or row.strip() == "^D"]
    assert not loose


def test_the_terminal_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    mine, its = os.openpty()
    with os.fdopen(mine), os.fdopen(its, "r") as keyboard:
        monkeypatch.setattr(sys, "stdin", keyboard)
        before = termios.tcgetattr(keyboard)

        def interrupted() -> None:
            with screen.keys_in_silence():
                local = termios.tcgetattr(keyboard)[3]
                assert not local & (termios.ECHO | termios.ICANON)
                assert local & termios.ISIG
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            interrupted()
        assert termios.tcgetattr(keyboard) == before


def test_the_keys_stand_at_the_foot_of_a_terminal_that_knows_its_cursor(home: Path) -> None:
    terminal = Terminal(home, PROBLEM, answers_position=True)
    terminal.wait_line(FIRST)
    terminal.wait("F1 hint  F2 skip  F3 show  F4 back  F5 formulas  F6 picture  Tab completes")
    terminal.resize(60, 40)
    terminal.wait("F1 hint  F2 skip  F3 show  F4 back")
    terminal.until(lambda: "F5" not in str(terminal), "fewer keys")
    terminal.type(F1)
    terminal.wait("What matters")
    terminal.type(CTRL_D)
    assert terminal.ended() == 0
    assert "F1 hint" not in str(terminal)
    assert "WARNING" not in str(terminal)


def test_forty_columns(home: Path) -> None:
    """Nothing is cut, and no line is left to the terminal to break: it would break words."""
    terminal = Terminal(home, PROBLEM, columns=40, rows=400)
    terminal.wait_line(FIRST)
    for typed, says in (
        ("0.25", "✗ Almost."),
        (":help", "What you can type"),
        (":formulas", "first example"),
        (":score", "So far"),
        ("0.24", "✓ Right."),
        ("0.2..4", "It costs"),
    ):
        terminal.answer(typed, says)
    terminal.until(lambda: terminal.line == "z1_2 =", "the second question")
    terminal.type(CTRL_D)
    assert terminal.ended() == 0
    assert f"\n  backprop-tutor quiz {PROBLEM}" in str(terminal)
    assert max(map(len, terminal.display)) <= 40
    assert not terminal.broken_by_the_edge
    assert "…" not in str(terminal)
    together = " ".join(str(terminal).split())
    for whole in (
        "Two inputs, two hidden units, one output",
        "The last activation and the loss are differentiated in one go: factors of the two cancel.",
        "━━ Question 1 of 39: forward pass ━",
        "━━ Formulas, each with its first example here",
    ):
        assert whole in together


@pytest.mark.parametrize(("rows", "is_drawn"), [(24, False), (60, True)])
def test_a_picture_without_room_is_told_as_a_list(home: Path, rows: int, is_drawn: bool) -> None:
    terminal = Terminal(home, "cmu-tanh", "--no-questions", rows=rows)
    terminal.wait_line(FIRST)
    terminal.type("5" + ENTER)
    terminal.wait("✓ Right.", "Question 2 of", "the weighted sum that enters hidden unit 2")
    terminal.wait_line("z1_2 =")
    assert ("╭" in str(terminal)) == is_drawn
    assert ("Found so far: a₁ = 5." in str(terminal)) != is_drawn
    terminal.hang_up()


def coloured(raw: bytes) -> list[bytes]:
    """The sequences that set a colour, whatever else they set."""
    found = [sequence for sequence in escapes(raw) if sequence.endswith(b"m")]
    return [each for each in found if any(30 <= int(part or b"0") <= 49 for part in each[2:-1].split(b";"))]


def test_no_color(home: Path) -> None:
    for more, has_colour in (({}, True), ({"NO_COLOR": "1"}, False)):
        terminal = Terminal(home, PROBLEM, answers_position=True, **more)
        terminal.wait_line("z1_1 =" if has_colour else "z1_2 =")
        terminal.wait("F1 hint")
        terminal.answer("0.25", "✗")
        terminal.answer("0.24" if has_colour else "0.42", "✓ Right.")
        terminal.answer(":h" + TAB, "What matters") if has_colour else None
        terminal.type(CTRL_D)
        assert terminal.ended() == 0
        assert bool(coloured(terminal.raw)) == has_colour, coloured(terminal.raw)


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
    terminal.wait_line(FIRST)
    terminal.answer("0.25", "X Almost.")
    terminal.answer(":help", "What you can type")
    terminal.answer(":formulas", "Formulas, each")
    terminal.type(F1)
    terminal.wait("What matters")
    terminal.answer("0.24", "Right.")
    terminal.wait_line("z1_2 =")
    terminal.type(CTRL_C)
    assert terminal.ended() == 130
    assert terminal.raw.isascii(), [row for row in terminal.display if not row.isascii()]


def test_a_dumb_terminal_gets_no_escape_sequence(home: Path) -> None:
    terminal = Terminal(home, PROBLEM, TERM="dumb")
    terminal.wait_line(FIRST)
    terminal.answer("0.25", "X Almost.")
    terminal.answer(":hint", "What matters")
    terminal.answer("0.24", "Right.")
    terminal.wait_line("z1_2 =")
    terminal.type(CTRL_C)
    assert terminal.ended() == 130
    assert ESCAPE not in terminal.raw
    rows = terminal.display
    place = rows.index("z1_2 = ^C")
    assert rows[place + 1] == ""
    assert rows[place + 2].startswith("== So far =")
    assert given(home) == ["0.25", "0.24"]


def test_plain_is_told_in_sentences(home: Path) -> None:
    terminal = Terminal(home, PROBLEM, "--plain")
    terminal.wait_line(FIRST)
    assert "Given: x₁ = 0.5, x₂ = 0.1" in str(terminal)
    assert not set("╭│╰") & set(str(terminal))
    terminal.answer("0.24", "✓ Right.")
    terminal.wait("Found so far: z₁⁽¹⁾ = 0.24.")
    terminal.wait_line("z1_2 =")
    terminal.type(CTRL_D)
    assert terminal.ended() == 0
    rows = terminal.display
    place = rows.index("z1_2 =")
    assert rows[place + 1] == ""
    assert rows[place + 2].startswith("━━ So far ━")
    assert b"\x1b[?" not in terminal.raw


def test_what_is_pasted_is_one_answer_and_harmless(terminal: Terminal, home: Path) -> None:
    pasted = "0.2\x1b]0;stolen\x07\x1b[31m\u202e4\n0.5\r\n"
    terminal.type(f"\x1b[200~{pasted}\x1b[201~")
    terminal.wait("z1_1 = 0.2]0;stolen[31m4")
    terminal.wait_line("   ... 0.5")
    terminal.answer("", "It costs nothing.")
    terminal.wait_line(FIRST)
    for harmful in ("\x1b]0;stolen", "\x1b[31m4", "\u202e"):
        assert harmful.encode() not in terminal.raw
    assert all(record.verdict == "unreadable" for record in Store(home).records())
    terminal.type(f"\x1b[200~{'9' * 100_000}\x1b[201~")
    terminal.answer("", "is too long")
    terminal.wait_line(FIRST)
    terminal.answer("0.24", "✓ Right.")
