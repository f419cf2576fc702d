"""How what is said stands on the screen: indents, empty lines, and names in the letters of the notation."""

from __future__ import annotations

import pytest
from learner import hold, right_text, tutor
from support import problem

from backprop_tutor.marking.mark import Marker
from backprop_tutor.model.formula import Derivative, Name
from backprop_tutor.model.lesson import StepKind
from backprop_tutor.model.op import Words
from backprop_tutor.model.quiz import Caret
from backprop_tutor.model.sheet import Sheet, SheetLine
from backprop_tutor.quiz.asking import picture
from backprop_tutor.writers.lines import Line
from backprop_tutor.writers.quiz import ASK_ROWS, MOST_BESIDE, MOST_INSTEAD, QuizTelling


def test_ideas_in_a_list_have_a_hanging_indent() -> None:
    teacher = tutor("cmu-tanh", questions=False, ask=("dL/dw2_10",))
    parts = teacher.advance(teacher.begin(), "0.000", 0.0).parts
    lines = ["".join(run.text for run in line) for line in QuizTelling(teacher.lesson).parts(parts, 30)]
    start = next(number for number, line in enumerate(lines) if line.startswith("  • "))
    folded = [line for line in lines[start:] if not line.startswith("  • ")]
    assert folded
    assert all(line.startswith("    ") for line in folded)


def test_an_answer_of_a_test_and_the_next_question_stand_apart() -> None:
    lines = hold(tutor("slides-example-3", mode="test", questions=False), ["0.24", "0.42"]).screen.splitlines()
    rules = [number for number, line in enumerate(lines) if line.startswith("━━ Question")]
    assert len(rules) == 3
    assert all(not lines[number - 1] and lines[number - 2] for number in rules[1:])


def test_what_was_left_before_is_not_said_to_come_once_more() -> None:
    answers = ["0.24", ":skip", ":back", "0.9", ":skip"]
    said = hold(tutor("slides-example-3", questions=False, ask=("z1_1", "a1_1", "z2_1")), answers).screen
    assert said.count("it comes once more at the end") == 1
    assert "  Left open.\n" in said


def message(typed: str) -> Words:
    """What is said of an answer to the gradient of a weight."""
    sheet = Sheet("", (SheetLine("dL/dw1_21", typed),))
    (entry,) = Marker(problem("slides-example-3")).mark(sheet, names={"dL/dw1_21"}).entries
    return entry.message


def test_what_was_read_into_a_formula_is_told_in_the_letters_of_the_notation() -> None:
    assert message("delta2*x2")[:3] == ("Read as ", Derivative("L", "z1_2") * Name("x2"), ".")


@pytest.mark.parametrize("typed", ["z_2*1.918", "z2*1.918"])
def test_what_was_read_is_told_in_the_letters_of_the_problems_own_notation(typed: str) -> None:
    screen = hold(tutor("cmu-tanh", questions=False, ask=("dL/dw2_11",)), [typed]).screen
    assert "Read as z₂·1.918." in screen


def test_a_name_of_the_notation_is_not_told_in_other_letters() -> None:
    assert "Read as " not in message("delta1_2*x2")


@pytest.mark.parametrize("typed", ["delta1_2", "dL/dz1_2", "2*delta1_2 + x1"])
@pytest.mark.parametrize("symbolic", [False, True])
def test_whoever_answers_with_what_is_asked_for_is_told_so(typed: str, symbolic: bool) -> None:
    teacher = tutor("slides-example-3", questions=False, ask=("dL/dz1_2",), symbolic=symbolic)
    (said,) = teacher.advance(teacher.begin(), typed, 0.0).parts
    assert isinstance(said, Caret)
    assert said.trouble == "the very quantity that is to be found stands in this answer: write it in what stands before"


def test_a_picture_that_was_split_stays_split() -> None:
    """In every round of a worked example fewer numbers are known at first, and the picture has room in one piece."""
    teacher = tutor("slides-example-3", mode="learn", questions=False)
    state, pictures = teacher.begin(), []
    while (item := state.item) is not None:
        pictures.append(picture(teacher, state, item))
        state = teacher.advance(state, right_text(teacher, item), 0.0).state
    writer = QuizTelling(teacher.lesson)
    kept = [is_split(writer.picture(each, 100)) for each in pictures]
    alone = [is_split(QuizTelling(teacher.lesson).picture(each, 100)) for each in pictures]
    assert kept == sorted(kept)
    assert alone != sorted(alone)
    assert any(kept)
    assert not all(kept)


def is_split(lines: list[Line]) -> bool:
    """Whether the sums of the two layers begin below each other: the last one in the first half of a line."""
    texts = ["".join(run.text for run in line) for line in lines]
    return any(0 <= text.find("z₁⁽²⁾") < 60 for text in texts)


def test_beside_the_picture_of_a_question_stands_what_was_found_last() -> None:
    teacher = tutor("two-by-two", mode="test", symbolic=True, questions=False)
    state = teacher.begin()
    while (item := state.item) is not None and item.name != "new_w8":
        state = teacher.advance(state, right_text(teacher, item), 0.0).state
    (ask,) = teacher.question(state)
    asked = text_of(QuizTelling(teacher.lesson).part(ask, 80))
    beside = asked.partition("beside it")[2].partition("η = 0.5")[0]
    found = len(teacher.known(state, state.agenda[state.here]))
    assert beside.count(" = ") == MOST_BESIDE + 1
    assert f"and {found - MOST_BESIDE} more, which :picture lists, new w₈ = ?" in beside
    everything = text_of(QuizTelling(teacher.lesson).part(picture(teacher, state, state.agenda[state.here]), 80))
    assert everything.partition("beside it")[2].count(" = ") == found + 1 + 1


TOO_TALL = "The picture is too tall here; :picture shows it, with all that was found."


def question_and_picture(name: str, asked: str, height: int, width: int = 90) -> tuple[list[str], list[str]]:
    """A question on a screen of so many rows, and what :picture shows at it."""
    teacher = tutor(name, mode="test", kinds=frozenset({StepKind.BACKWARD}), questions=False)
    state = teacher.begin()
    while (item := state.item) is not None and item.name != asked:
        state = teacher.advance(state, right_text(teacher, item), 0.0).state
    assert item is not None
    writer = QuizTelling(teacher.lesson, height=height)
    (ask,) = teacher.question(state)
    shown = (writer.part(ask, width), writer.part(picture(teacher, state, item), width))
    question, drawn = (["".join(run.text for run in line) for line in lines] for lines in shown)
    return question, drawn


def test_a_picture_is_shown_to_whoever_asks_for_it_however_tall_it_is() -> None:
    question, drawn = question_and_picture("softmax-three-classes", "dL/dz1_1", 40)
    assert len(drawn) > 40 - ASK_ROWS
    assert any("Softmax" in line for line in drawn)
    assert not any("Softmax" in line for line in question)
    assert TOO_TALL in question
    assert len(question) <= MOST_INSTEAD + 5
    assert question[1].startswith("Found last: ")
    assert sum(line.count(" = ") for line in question[1 : question.index(TOO_TALL)]) == 2 * MOST_BESIDE
    roomy, _ = question_and_picture("softmax-three-classes", "dL/dz1_1", 60)
    assert any("Softmax" in line for line in roomy)
    assert TOO_TALL not in roomy


def test_where_little_is_known_all_of_it_stands_in_place_of_the_picture() -> None:
    question, _ = question_and_picture("slides-example-3", "dL/dw2_11", 24, 80)
    assert question[1].startswith("Given: ")
    assert TOO_TALL in question
    told = " ".join(question)
    assert "Known so far: z₁⁽¹⁾ = 0.24" in told.replace("\u00a0", " ")


def text_of(lines: list[Line]) -> str:
    return " ".join("".join(run.text for run in line) for line in lines).replace("\u00a0", " ")
