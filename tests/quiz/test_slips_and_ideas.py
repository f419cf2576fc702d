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


def test_an_idea_with_all_the_digits_goes_before_digits_that_are_swapped() -> None:
    """The rate twice is 0.1008, and it should be 0.1080."""
    assert titles("softmax-three-classes", "new_b1_1", "0.1008") == ["Learning rate applied twice"]


def test_a_slope_that_was_worked_out_once_more_goes_before_bad_rounding() -> None:
    """−0.5510304·(1 − 0.4²) = −0.462866, beside −0.471483."""
    told = titles("regression-l2", "dL/dz1_2", "-0.462866")
    assert told == ["Input of the activation put where its output belongs in the slope"]


def judged(problem: str, name: str, typed: str) -> tuple[str, list[str]]:
    """The verdict with what comes before on the screen, and the titles of the ideas that are told."""
    sitting = hold(tutor(problem, questions=False, ask=(name,)), [typed])
    [answer] = [record for record in sitting.records if record.what is What.ANSWERED]
    return answer.verdict, [idea.title for idea in answer.ideas]


@pytest.mark.parametrize(
    ("problem", "name", "typed", "verdict"),
    [
        ("slides-example-3", "dL/dx1", "-0.0348*0.2-0.0507*0.3", "correct"),
        # Updated weights give the same digits from all digits of δ: that is asked, and nobody is accused.
        ("slides-example-3", "dL/dx1", "-0.02217", "undecided"),
        ("week05-small-net", "dL/dw1_11", "-0.0149*1.5", "correct"),
        ("week05-small-net", "dL/dw1_11", "-0.0224", "imprecise"),
    ],
)
def test_whoever_works_with_four_decimals_is_accused_of_nothing(
    problem: str, name: str, typed: str, verdict: str
) -> None:
    assert judged(problem, name, typed) == (verdict, [])


def test_another_gradient_in_a_formula_is_no_idea_of_how_the_right_one_comes_about() -> None:
    assert judged("uw-chain-rule-point", "dv/dz", "dv/da*db/dz") == ("wrong", [])


def test_a_factor_of_a_tenth_is_no_slipped_point_where_it_was_typed() -> None:
    teacher = tutor("week05-small-net", questions=False, mode="test")
    lines = [("dL/da1_1", "-0.0507*0.7"), ("dL/dz1_1", "dL/da1_1"), ("dL/db1_1", "-0.0355*0.1")]
    entries = {entry.name: entry for entry in teacher.venues[0].examiner.report(lines).entries}
    assert entries["dL/db1_1"].misconception == "M40"


@pytest.mark.parametrize("typed", ["0.4410835", "0.44108352", "0.441083520"])
def test_an_idea_is_known_by_more_digits_than_the_screen_shows(typed: str) -> None:
    """0.4 + 0.5·0.08216704056; on the screen stands 0.0821670."""
    assert titles("two-by-two", "new_w5", typed) == ["Step taken up the gradient instead of down"]


def test_one_digit_that_is_another_is_no_idea_that_only_rounding_would_bring_near() -> None:
    """It should be 0.0087714; without the bias it would be 0.0087120, and not 0.0087114."""
    assert titles("two-by-two", "dL/dz1_1", "0.0087114", alone=False) == []
    assert titles("two-by-two", "dL/dz1_1", "0.0087120", alone=False) == ["Bias left out of the weighted sum"]
