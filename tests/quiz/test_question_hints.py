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


@pytest.mark.parametrize("name", [head.name for head in heads()])
def test_no_hint_is_the_answer(name: str) -> None:
    teacher = tutor(name)
    for question in teacher.questions:
        for hint in question_hints(question, teacher.seed) if question.kind not in OWN_WORDS else ():
            assert mark(question, hint, teacher.lesson, teacher.seed).verdict not in ACCEPTED
