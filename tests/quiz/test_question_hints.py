"""Hints at the author's questions, also where the author wrote none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from learner import hold, tutor
from support import from_text

from backprop_tutor.cli.listing import heads
from backprop_tutor.model.marking import ACCEPTED
from backprop_tutor.model.question import QuestionKind
from backprop_tutor.model.quiz import ItemKind
from backprop_tutor.quiz.question_hints import question_hints
from backprop_tutor.quiz.questions import mark

NETWORK = """
inputs: [1, 2]
target: 1
layers:
  - {weights: [[1, 2]], bias: [1]}
loss: half_squared_error
questions:
  - QUESTION
"""
OWN_WORDS = {QuestionKind.POINTS, QuestionKind.FREE}


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("{ask: In which order?, order: [First, Then, At last]}", "comes first."),
        ("{ask: How many?, count: weights}", "one weight for each value that leads into it"),
        ("{ask: How many?, count: paths from x1}", "Every way from one end to the other counts"),
        ("{ask: How much?, number: 3}", "There is no hint for this one: :show has the answer"),
        ("{ask: Which symbol?, symbol: w1_12}", "has its name in the picture"),
        ("{ask: How much?, number: 3, hint: It is odd.}", "It is odd."),
    ],
)
def test_a_hint_is_asked_for_and_the_question_stays(question: str, says: str) -> None:
    teacher = tutor(from_text(NETWORK.replace("QUESTION", question)), ask=())
    begun = teacher.begin()
    place = next(place for place, item in enumerate(begun.agenda) if item.kind is ItemKind.QUESTION)
    turn = teacher.advance(replace(begun, here=place), ":hint", 0.0)
    assert turn.state.item == begun.agenda[place]
    assert says in repr(turn.parts)


def test_wrong_answers_never_show_the_answer_of_a_question() -> None:
    teacher = tutor(from_text(NETWORK.replace("QUESTION", "{ask: How much?, number: 3}")))
    wrong = iter(["4", "5", "6", "7"])
    sitting = hold(teacher, lambda t, s, ask, item: next(wrong, None) if item.kind is ItemKind.QUESTION else ":skip")
    assert "The answer" not in sitting.screen
    assert "no hint for this one" in sitting.screen


CHOICE = "{ask: Which?, choices: [right: A, {wrong: B, why: B is blue.}, {wrong: C, why: C is cyan.}], hint: Think.}"


def test_the_first_hint_of_a_choice_helps_to_think_and_the_second_takes_a_line_away_with_its_reason() -> None:
    asked = tutor(from_text(NETWORK.replace("QUESTION", CHOICE))).questions[0]
    first, second = question_hints(asked, 1)
    assert first == "Think."
    assert second.startswith("It is not number ")
    assert second.endswith(("B is blue.", "C is cyan."))


@pytest.mark.parametrize("name", [head.name for head in heads()])
def test_every_bundled_choice_has_a_hint_to_think_about(name: str) -> None:
    for question in tutor(name).questions:
        if question.kind is QuestionKind.CHOICE:
            assert question.hint, question.ask
            assert not any(choice.text.rstrip(".").lower() in question.hint.lower() for choice in question.choices)


@pytest.mark.parametrize(
    ("typed", "said"), [("0.1", "'0.1'"), ("2.5, 1", "'2.5'"), ("0,7", "'0,7'"), ("9", "'9'"), ("1 7", "'7'")]
)
def test_of_what_is_no_line_the_whole_number_is_named(typed: str, said: str) -> None:
    quiz = tutor(from_text(NETWORK.replace("QUESTION", CHOICE)))
    found = mark(quiz.questions[0], typed, quiz.lesson, 1)
    assert found.trouble == f"there is no line {said}"
    assert found.repair == "Type the number of a line, 1 to 3."
    start, end = found.place
    assert typed[start:end] == said.strip("'")


@pytest.mark.parametrize("name", [head.name for head in heads()])
def test_no_hint_is_the_answer(name: str) -> None:
    teacher = tutor(name)
    for question in teacher.questions:
        for hint in question_hints(question, teacher.seed) if question.kind not in OWN_WORDS else ():
            assert mark(question, hint, teacher.lesson, teacher.seed).verdict not in ACCEPTED
