"""A learner's keys in a quiz on a real terminal: editing, completion, commands, interrupts, and what is pasted."""

from __future__ import annotations

import os
import shutil
import sys
import termios
from pathlib import Path

import pytest
from terminals import (
    CTRL_C,
    CTRL_D,
    CTRL_U,
    CTRL_Z,
    ENTER,
    F1,
    F3,
    FIRST,
    HOME,
    LEFT,
    PROBLEM,
    TAB,
    UP,
    Terminal,
    given,
)

from backprop_tutor.cli import screen
from backprop_tutor.cli.store import Store

GIVEN_BACK = b"\x1b[?2004l"
"""What a prompt writes last: from here on, pasted text is not marked as such."""


def test_a_quiz_is_asked_answered_stopped_and_goes_on(terminal: Terminal, home: Path) -> None:
    for text in (
        "Two inputs, two hidden units, one output",
        "Question 1 of 35: forward pass",
        "╭─ Sigmoid ─╮",
        ":hint",
    ):
        assert text in str(terminal)
    terminal.answer("0.25", "✗ Almost.")
    terminal.answer("0.24", "✓ Right.")
    terminal.wait("Question 2 of 35", "│ z₁⁽¹⁾ 0.24 │")
    terminal.wait_line("z₂⁽¹⁾ =")
    assert given(home) == ["0.25", "0.24"]
    terminal.type(CTRL_D)
    assert terminal.ended() == 0
    assert "So far" in str(terminal)
    assert f"Kept. To go on here:\n  backprop-tutor quiz {PROBLEM}" in str(terminal)

    again = Terminal(home, PROBLEM)
    again.wait("You go on where you stopped: 1 of 35 questions is behind you.", "Question 2 of 35")
    again.wait_line("z₂⁽¹⁾ =")
    again.type(UP)
    again.wait_line("z₂⁽¹⁾ = 0.24")
    again.type(UP)
    again.wait_line("z₂⁽¹⁾ = 0.25")
    again.hang_up()


def test_arrows_edit_the_line_and_recall_earlier_ones(terminal: Terminal, home: Path) -> None:
    terminal.type("0.25")
    terminal.wait_line("z₁⁽¹⁾ = 0.25")
    terminal.type(LEFT + "4" + HOME + "1")
    terminal.wait_line("z₁⁽¹⁾ = 10.245")
    assert terminal.column == len("z₁⁽¹⁾ = 1")
    terminal.answer("", "✗")
    terminal.wait_line(FIRST)
    terminal.type(UP)
    terminal.wait_line("z₁⁽¹⁾ = 10.245")
    assert given(home) == ["10.245"]


def test_tab_completes_names_and_commands(terminal: Terminal) -> None:
    terminal.type("da1_1/d" + TAB)
    terminal.wait_line("z₁⁽¹⁾ = da1_1/dz1_1")
    terminal.type(CTRL_U + "2*(dL/dz1_" + TAB)
    terminal.wait("dL/dz1_1", "dL/dz1_2")
    terminal.type(CTRL_U + "sigm" + TAB)
    terminal.wait_line("z₁⁽¹⁾ = sigmoid")
    terminal.type(CTRL_U + ":form" + TAB)
    terminal.wait_line("z₁⁽¹⁾ = :formulas")
    terminal.answer("", "Formulas, each with an example here")


def test_keys_for_commands_leave_what_was_typed(terminal: Terminal, home: Path) -> None:
    terminal.type("0.2*0.5 + ")
    terminal.wait_line("z₁⁽¹⁾ = 0.2*0.5 +")
    terminal.type(F1)
    terminal.wait("z₁⁽¹⁾ = :hint", "What matters")
    terminal.wait_line("z₁⁽¹⁾ = 0.2*0.5 +")
    assert terminal.column == len("z₁⁽¹⁾ = 0.2*0.5 + ")
    terminal.answer("0.4*0.1 + 0.1", "✓ Right.")
    assert given(home) == ["0.2*0.5 + 0.4*0.1 + 0.1"]
    terminal.wait_line("z₂⁽¹⁾ =")
    terminal.type("0.4")
    terminal.wait_line("z₂⁽¹⁾ = 0.4")
    terminal.type(F3)
    terminal.wait("The answer", "z₂⁽¹⁾ = :show", "Question 3 of 36")
    terminal.wait_line("a₁⁽¹⁾ = 0.4")


ROWS = ("[[-0.01739, -0.003478],", "[-0.02533, -0.005066]]")


def test_a_matrix_is_typed_row_by_row(home: Path) -> None:
    terminal = Terminal(home, PROBLEM, "--ask", "dL/dW1", rows=100)
    prompt = "dL/dW1 ="
    terminal.wait_line(prompt)
    assert any("[[1, 2], [3, 4]]" in row for row in terminal.display), "the example stands in one piece"
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
    terminal.wait_line("    ...")
    terminal.answer("", "This bracket is never closed.")
    terminal.wait_line(FIRST)
    assert [(record.given, record.verdict) for record in Store(home).records()] == [("[0.24", "unreadable")]


def test_ctrl_c_keeps_and_the_printed_command_goes_on(terminal: Terminal, home: Path) -> None:
    terminal.answer("0.24", "✓ Right.")
    terminal.wait_line("z₂⁽¹⁾ =")
    terminal.type("0.4")
    terminal.wait_line("z₂⁽¹⁾ = 0.4")
    terminal.type(CTRL_C)
    assert terminal.ended() == 130
    terminal.assert_summed_up("z₂⁽¹⁾ = 0.4")
    assert "Traceback" not in str(terminal)
    told = str(terminal).split("Kept. To go on here:\n  backprop-tutor quiz ")[1].split("\n")[0]
    again = Terminal(home, *told.split())
    again.wait("You go on where you stopped: 1 of 35", "Question 2 of 35")
    again.wait_line("z₂⁽¹⁾ =")
    again.hang_up()


def test_the_window_is_closed(terminal: Terminal, home: Path) -> None:
    terminal.answer("0.25", "✗ Almost.")
    terminal.answer("0.24", "✓ Right.")
    terminal.type("0.4")
    terminal.wait_line("z₂⁽¹⁾ = 0.4")
    terminal.hang_up()
    assert not terminal.child.isalive()
    assert given(home) == ["0.25", "0.24"]
    again = Terminal(home, PROBLEM)
    again.wait("1 of 35 questions is behind you")
    again.hang_up()


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs a shell with jobs")
def test_ctrl_z_puts_the_quiz_aside(home: Path) -> None:
    shell = ("bash", "--norc", "--noprofile", "-i")
    terminal = Terminal(home, command=shell, rows=100, PS1="$ ")
    terminal.wait_line("$")
    terminal.type(f"'{sys.executable}' -m backprop_tutor quiz --no-questions {PROBLEM}" + ENTER)
    terminal.wait_line(FIRST)
    terminal.type("0.2")
    terminal.wait_line("z₁⁽¹⁾ = 0.2")
    terminal.type(CTRL_Z)
    terminal.wait("Stopped")
    terminal.wait_line("$")
    terminal.type("fg" + ENTER)
    terminal.wait_line("z₁⁽¹⁾ = 0.2")
    terminal.answer("4", "✓ Right.")
    terminal.hang_up()
    assert given(home) == ["0.24"]


def test_keys_that_are_typed_before_they_are_asked_for_wait_in_silence(terminal: Terminal, home: Path) -> None:
    """An impatient learner types on while an answer is judged: nothing of it stands between the lines, or is lost."""
    texts = [f"0.{number}" for number in range(301, 313)]
    terminal.type(texts[0])
    for number, text in enumerate([*texts[1:], CTRL_D], start=1):
        terminal.type(ENTER)
        # The prompt gives the keyboard back, and takes it again when it has said what it thinks of the answer.
        terminal.until(lambda number=number: terminal.raw.count(GIVEN_BACK) >= number, "the end of a prompt")
        terminal.type(text)
    assert terminal.ended() == 0
    assert given(home) == texts
    assert not [row for row in terminal.display if row.startswith(("0.3", "^D"))]


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


def test_what_is_pasted_is_one_answer_and_harmless(terminal: Terminal, home: Path) -> None:
    pasted = "0.2\x1b]0;stolen\x07\x1b[31m\u202e4\n0.5\r\n"
    terminal.type(f"\x1b[200~{pasted}\x1b[201~")
    terminal.wait("z₁⁽¹⁾ = 0.2]0;stolen[31m4")
    terminal.wait_line("    ... 0.5")
    terminal.answer("", "It costs nothing.")
    terminal.wait_line(FIRST)
    for harmful in ("\x1b]0;stolen", "\x1b[31m4", "\u202e"):
        assert harmful.encode() not in terminal.raw
    assert all(record.verdict == "unreadable" for record in Store(home).records())
    terminal.type(f"\x1b[200~{'9' * 100_000}\x1b[201~")
    terminal.answer("", "is too long")
    terminal.wait_line(FIRST)
    terminal.answer("0.24", "✓ Right.")


def test_coloured_text_that_is_typed_does_no_harm(terminal: Terminal, home: Path) -> None:
    terminal.type("\x1b[31m\x1b[<0m")
    terminal.answer("0.24", "✓ Right.")
    assert "Traceback" not in str(terminal)
    assert given(home) == ["0.24"]
