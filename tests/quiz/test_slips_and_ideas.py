"""Of a slip of the pen and an idea, the one that gives all the digits is told."""

from __future__ import annotations

import pytest
from learner import hold, tutor

from backprop_tutor.model.record import What


def titles(problem: str, name: str, typed: str, *, alone: bool = True) -> list[str]:
    """The titles of the ideas that are told: with what comes before on the screen, or with nothing (not ``alone``)."""
    teacher = tutor(problem, questions=False, ask=(name,)) if alone else tutor(problem, questions=False)
    sitting = hold(teacher, [typed if alone else f"{name} = {typed}"])
    [answer] = [record for record in sitting.records if record.what is What.ANSWERED]
    assert answer.verdict == "wrong"
    return [idea.title for idea in answer.ideas]


@pytest.mark.parametrize(
    ("name", "typed"),
    [("dL/dw1_12", "-0.459954"), ("dL/dw1_12", "-0.460"), ("dL/dw1_22", "0.471483")],
)
def test_an_idea_with_all_the_digits_goes_before_a_slip_or_bad_rounding(name: str, typed: str) -> None:
    """δ·x without the penalty: −0.459954 is 1.3 % from −0.465954, and 0.471483 one digit from 0.475483."""
    assert titles("regression-l2", name, typed) == ["Gradient of the L2 penalty forgotten"]


def test_a_slope_that_was_worked_out_once_more_goes_before_bad_rounding() -> None:
    """−0.5510304·(1 − 0.4²) = −0.462866, beside −0.471483."""
    told = titles("regression-l2", "dL/dz1_2", "-0.462866")
    assert told == ["Input of the activation put where its output belongs in the slope"]


@pytest.mark.parametrize("typed", ["0.4410835", "0.44108352", "0.441083520"])
def test_an_idea_is_known_by_more_digits_than_the_screen_shows(typed: str) -> None:
    """0.4 + 0.5·0.08216704056; on the screen stands 0.0821670."""
    assert titles("two-by-two", "new_w5", typed) == ["Step taken up the gradient instead of down"]


def test_one_digit_that_is_another_is_no_idea_that_only_rounding_would_bring_near() -> None:
    """It should be 0.0087714; without the bias it would be 0.0087120, and not 0.0087114."""
    assert titles("two-by-two", "dL/dz1_1", "0.0087114", alone=False) == []
    assert titles("two-by-two", "dL/dz1_1", "0.0087120", alone=False) == ["Bias left out of the weighted sum"]
