"""The learner's line as it was typed: with its own numbers, and with what it comes to."""

from __future__ import annotations

import pytest
from learner import hold, right_text, tutor
from support import lesson, problem

from backprop_tutor.model.quiz import Compared
from backprop_tutor.quiz.examiner import Examiner
from backprop_tutor.quiz.feedback import feedback


def shown(name: str, typed: str, mode: str = "practice", skipped: str = "") -> str:
    """What the screen says after these answers, and otherwise right ones."""
    answers = {name: [typed, ":quit"] if mode == "practice" else [typed], skipped: [":skip"]}

    def answer(teacher, state, ask, item):  # type: ignore[no-untyped-def]
        waiting = answers.get(item.name, [])
        return waiting.pop(0) if waiting else right_text(teacher, item)

    said = hold(tutor("slides-example-3", mode=mode, questions=False), answer, plain=True).screen
    return said.partition("yours")[2].partition("right")[0]


@pytest.mark.parametrize("mode", ["practice", "test"])
@pytest.mark.parametrize(
    ("name", "typed", "numbers", "result"),
    [
        ("dL/da1_1", "-0.2352*0.5597", "= −0.2352·0.5597\n", "= −0.13164144\n"),
        ("da1_1/dz1_1", "1 - 0.5597", "= 1 − 0.5597\n", "= 0.4403\n"),
        ("dL/dz2_1", "1 - 0.7648", "= 1 − 0.7648\n", "= 0.2352\n"),
        ("dL/dz1_2", "delta2_1*a1_2*(1-a1_2)", "= (−0.235239)·0.603483·(1 − 0.603483)\n", "≈ −0.0562906\n"),
    ],
)
def test_the_learners_line_has_its_own_numbers_and_its_value(
    mode: str, name: str, typed: str, numbers: str, result: str
) -> None:
    said = shown(name, typed, mode)
    assert numbers in said
    assert result in said


def test_a_formula_in_a_test_ends_with_its_value() -> None:
    assert shown("dL/dz2_1", "0.5 - 1", "test").split() == ["δ⁽²⁾", "=", "0.5", "−", "1", "=", "−0.5"]


@pytest.mark.parametrize(("skipped", "is_told"), [("", True), ("a1_2", False), ("dL/dz2_1", False)])
def test_no_number_of_a_question_that_was_left_open_stands_in_the_learners_line(skipped: str, is_told: bool) -> None:
    said = shown("dL/dz1_2", "delta2_1*a1_2*(1-a1_2)", skipped=skipped)
    assert "δ⁽²⁾·a₂⁽¹⁾·(1 − a₂⁽¹⁾)" in said
    assert ("0.0562906" in said) is is_told
    assert ("0.603483" in said) is is_told


@pytest.mark.parametrize(
    ("typed", "claimed"),
    [("0.29876", "0.29876"), ("-12288", "−12288"), ("-2*0.35289", "−0.70578"), ("1/3", "0.333333")],
)
def test_the_experiment_supposes_the_very_number_on_the_screen(typed: str, claimed: str) -> None:
    said = hold(
        tutor("slides-example-3", questions=False, ask=("dL/dw1_21",)), [typed, ":quit"], plain=True, width=200
    ).screen
    assert f"Try it. If ∂L/∂w₂₁⁽¹⁾ were {claimed}, moving" in said


@pytest.mark.parametrize(
    ("name", "asked", "typed", "lines"),
    [
        ("cmu-tanh", "dL/da3", "3.698", ("∂ℓ/∂a₃ = ∂ℓ/∂z₃ · z₃", "= 3.83615·0.964028", "≈ 3.698")),
        ("shared-subexpression", "df/dx", "-0.2702", ("∂f/∂x = ∂f/∂s · y", "= 0.540302·(−0.5)", "≈ −0.2702")),
        # A product with 0 is exactly 0, in however many digits that is written.
        ("cmu-tanh", "dL/dw1_22", "0.000", ("∂ℓ/∂α₂,₂ = ∂ℓ/∂a₂ · α₂,₂", "= 0.0378476·0", "= 0")),
        # Here there is no line for the slope, and the idea is at work in this very one.
        ("slides-saturation", "db/dv", "0.9933", ("∂b/∂v = b", "= 0.993307", "≈ 0.9933")),
    ],
)
def test_a_number_stands_below_the_formula_that_an_idea_makes_of_its_line(
    name: str, asked: str, typed: str, lines: tuple[str, ...]
) -> None:
    said = hold(tutor(name, questions=False, ask=(asked,)), [typed, ":quit"]).screen
    yours = said.partition("yours")[2].partition("right")[0]
    assert tuple(" ".join(line.split()) for line in yours.strip().splitlines()) == lines
    assert "That is" not in said


def test_numbers_do_not_stand_below_the_right_line_as_the_learners_own() -> None:
    said = hold(tutor("olin-cos-sqrt-point", questions=False, ask=("df/dz",)), ["4/2*3", ":quit"], plain=True).screen
    yours = said.partition("yours")[2].partition("right")[0]
    assert [" ".join(line.split()) for line in yours.strip().splitlines()] == [
        "∂f/∂z = ∂f/∂r · (½·r)",
        "= (4/2)·3",
        "= 6",
    ]


def test_a_number_of_which_only_the_idea_is_known_is_not_told_again() -> None:
    judged = Examiner(problem("olin-cos-sqrt-point")).judge("df/dz", "8")
    _, compared, *_ = feedback(judged, lesson("olin-cos-sqrt-point").steps[-1])
    assert isinstance(compared, Compared)
    assert (compared.given, compared.yours) == ("", None)
