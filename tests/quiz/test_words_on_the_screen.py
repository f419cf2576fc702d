"""What is said of answers in a quiz: names and numbers as the learner sees them."""

from __future__ import annotations

import pytest
from learner import hold, right_text, tutor
from support import problem

from backprop_tutor.engine.derivations import leaves
from backprop_tutor.marking.mark import Marker
from backprop_tutor.model.formula import quantity
from backprop_tutor.model.lesson import StepKind
from backprop_tutor.model.marking import Verdict
from backprop_tutor.model.sheet import Sheet, SheetLine
from backprop_tutor.quiz.examiner import Examiner
from backprop_tutor.writers.report_words import with_minus

EXAMPLE = "slides-example-3"


def test_a_typed_formula_is_not_shown_with_all_digits_that_it_has() -> None:
    marker = Marker(problem(EXAMPLE))
    (entry,) = marker.mark(Sheet("", (SheetLine("dL/dz2_1", "-1/0.764761"),)), names={"dL/dz2_1"}).entries
    assert entry.yours is not None
    assert entry.yours.result is not None
    assert entry.yours.result.shown == "-1.30760"


def test_a_quantity_is_called_as_the_course_calls_it() -> None:
    entry = Examiner(problem("cmu-tanh")).judge("a2", "[1, 2]").entry
    assert entry is not None
    assert entry.given is not None
    assert entry.given.trouble == "a2 is one number, and this is a list of 2"


def test_what_is_near_and_fits_a_wrong_idea_is_not_decided() -> None:
    examiner = Examiner(problem("regression-l2"))
    judged = examiner.judge("dL/dw1_12", "-0.46")
    assert judged.verdict is Verdict.UNDECIDED
    assert judged.entry is not None
    assert judged.entry.message == (
        "These digits fit something else as well, which is not right here: write more of them.",
    )
    assert examiner.judge("dL/dw1_12", "-0.466").verdict is Verdict.CORRECT
    assert examiner.judge("dL/dw1_12", "-0.460").verdict is Verdict.WRONG


@pytest.mark.parametrize(
    ("name", "typed", "other"),
    [
        ("dL/dw1_12", "-0.0174", "dL/dw1_11"),
        ("dL/db1_2", "-0.0348", "dL/db1_1"),
        ("dL/dw2_12", "-0.132", "dL/dw2_11"),
    ],
)
def test_the_number_of_a_quantity_before_is_called_by_its_name(name: str, typed: str, other: str) -> None:
    judged = Examiner(problem(EXAMPLE)).judge(name, typed)
    assert judged.entry is not None
    assert judged.explanations == ()
    assert judged.entry.slip == "number of another step"
    assert judged.entry.message == ("This number is ", quantity(other), ", not ", quantity(name), ".")


def test_two_digits_are_those_of_many_quantities() -> None:
    judged = Examiner(problem(EXAMPLE)).judge("dL/db1_2", "-0.035")
    assert judged.entry is not None
    assert judged.entry.slip != "number of another step"


@pytest.mark.parametrize(
    ("example", "name", "typed"),
    [
        ("softmax-three-classes", "dL/dz2_2", "0.4351"),
        ("softmax-three-classes", "dL/dz2_2", "yhat2"),
        (EXAMPLE, "dL/dz2_1", "0.7648"),
    ],
)
def test_a_target_that_is_left_out_is_named_alone(example: str, name: str, typed: str) -> None:
    judged = Examiner(problem(example)).judge(name, typed)
    assert judged.ids == ("M50",)
    assert judged.entry is not None
    assert judged.entry.right is not None
    assert len(leaves(judged.entry.right.formula)) == 2, "output and target, and not the long road"


@pytest.mark.parametrize("width", range(40, 90, 7))
@pytest.mark.parametrize("plain", [False, True])
def test_the_name_of_a_new_value_is_not_broken(width: int, plain: bool) -> None:
    teacher = tutor(EXAMPLE, kinds=frozenset({StepKind.UPDATE}), questions=False)
    screen = hold(teacher, lambda teacher, state, ask, item: right_text(teacher, item), width=width, plain=plain).screen
    assert not [line for line in screen.splitlines() if line.endswith("new")]


def test_the_minus_of_a_difference_is_that_of_its_numbers() -> None:
    assert with_minus("Read as 0.2 - 0.01*(-0.368277).") == "Read as 0.2 − 0.01*(−0.368277)."
    assert with_minus("Read as w1_11 - learning_rate*dL/dw1_11.") == "Read as w1_11 − learning_rate*dL/dw1_11."
    assert with_minus("a step - and one more; dL/dw1-2 stays") == "a step - and one more; dL/dw1-2 stays"
