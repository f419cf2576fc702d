"""A quiz that asks for formulas: what is told of a wrong one, and what counts as none."""

from __future__ import annotations

import pytest
from learner import Sitting, hold, tutor
from support import from_text

from backprop_tutor.model.problem import Problem
from backprop_tutor.model.quiz import Compared, Remark

EXAMPLE = "slides-example-3"
PRODUCT = """
title: A product in two lines
inputs: {a: 2, d: 3}
expressions:
  b: a + d
  c: a*b
"""


def asked(problem: str | Problem, name: str, *typed: str) -> Sitting:
    return hold(tutor(problem, symbolic=True, ask=(name,), questions=False), typed)


def screen(problem: str | Problem, name: str, *typed: str) -> str:
    """What stands on the screen behind the question, spaces and line ends as one space."""
    return " ".join(asked(problem, name, *typed).screen.split())


@pytest.mark.parametrize(
    ("problem", "name", "typed"),
    [
        (EXAMPLE, "dL/da1_1", "delta2_1*a1_1"),
        (EXAMPLE, "dL/dw1_11", "delta1_1*w1_11"),
        (EXAMPLE, "dL/dz2_1", "y - yhat"),
        ("two-by-two", "dL/dz1_1", "delta2_1*w5*a1_1*(1 - a1_1)"),
        ("softmax-three-classes", "dL/dz2_1", "y1 - yhat1"),
    ],
)
def test_a_wrong_formula_is_not_answered_with_the_right_one(problem: str, name: str, typed: str) -> None:
    sitting = asked(problem, name, typed)
    compared = [part for part in sitting.said if isinstance(part, Compared)]
    assert [part.right for part in compared] == [None]
    assert sum(isinstance(part, Remark) and "Not yet. " in str(part.words[0]) for part in sitting.said) == 1
    assert "yours" in sitting.screen
    assert "right  " not in sitting.screen


def test_a_mistake_in_an_expression_is_not_answered_with_the_right_formula() -> None:
    assert "= ?" not in screen(from_text(PRODUCT), "dc/da", "b").partition("dc/da = b")[2]


def test_the_learners_line_is_what_was_typed() -> None:
    sitting = asked("two-by-two", "dL/dz2_1", "2*(yhat1 - y1)*yhat1*(1 - yhat1)", "y1 - yhat1")
    for part in sitting.said:
        if isinstance(part, Compared):
            assert part.yours is not None
            assert part.yours.result is None
    assert "δ₁⁽²⁾ = ∂L/∂ŷ₁" not in sitting.screen
