"""The learner's own numbers: one for each quantity, in the picture, in what is known, and in what is judged."""

from __future__ import annotations

from fractions import Fraction

import pytest
from learner import right_text, tutor

from backprop_tutor.model.marking import STRICT
from backprop_tutor.model.quiz import Item, ItemKind, Remark, State
from backprop_tutor.quiz.asking import picture
from backprop_tutor.quiz.helping import MORE_DIGITS
from backprop_tutor.quiz.tutor import Tutor


def at(teacher: Tutor, name: str, typed: dict[str, str]) -> tuple[State, Item]:
    """Where a step is asked, after these answers and otherwise right ones."""
    state = teacher.begin()
    while (item := state.item) is not None and item.name != name:
        state = teacher.advance(state, typed.get(item.name, right_text(teacher, item)), 0.0).state
        if item.kind is ItemKind.STEP and item.name in typed:
            assert state.standing(item).verdict in STRICT
    assert item is not None
    return state, item


def test_what_follows_from_a_right_formula_is_judged_by_the_number_that_is_shown_for_it() -> None:
    # f was rounded to 0.62, and so −f² is −0.3844 for whoever works from the screen.
    teacher = tutor("sigmoid-circuit", questions=False)
    state, item = at(teacher, "df/de", {"f": "0.62", "g": "1.61", "df/dg": "-f^2"})
    figures = picture(teacher, state, item).lesson.figures
    assert figures["f"].shown == "0.62"
    assert figures["df/dg"].shown == "-0.3844"
    # g is e + 1, and so this is ∂f/∂e, too.
    turn = teacher.advance(state, "-0.3844", 0.0)
    assert turn.state.standing(item).verdict in STRICT


def test_the_number_of_a_formula_is_worked_out_once_from_what_stands_on_the_screen() -> None:
    typed = {
        "yhat": "0.765", "dL/dz2_1": "-0.235", "dL/da1_1": "-0.141", "da1_1/dz1_1": "0.246",
        "dL/dz1_1": "dL/da1_1*da1_1/dz1_1", "dL/db1_1": "delta1_1", "dL/dw1_11": "delta1_1*x1",
    }  # fmt: skip
    teacher = tutor("slides-example-3", questions=False)
    state, item = at(teacher, "dL/db1_2", typed)
    figures = picture(teacher, state, item).lesson.figures
    delta = Fraction("-0.141") * Fraction("0.246")
    assert Fraction(figures["dL/dz1_1"].shown) == delta
    assert Fraction(figures["dL/db1_1"].shown) == delta
    assert Fraction(figures["dL/dw1_11"].shown) == delta / 2
    # A gradient that nobody rounded stays as it is shown.
    assert figures["dL/dz1_2"].shown == teacher.lesson.figures["dL/dz1_2"].shown


def test_a_matrix_stands_in_the_picture_as_it_was_typed() -> None:
    teacher = tutor("slides-example-3", ask=("dL/dW2", "new_w2_11", "new_w2_12"))
    typed = {"dL/dW2": "[[-0.132, -0.142]]", "new_w2_11": "w2_11 - 0.01*dL/dw2_11"}
    state, item = at(teacher, "new_w2_12", typed)
    figures = picture(teacher, state, item).lesson.figures
    assert (figures["dL/dw2_11"].shown, figures["dL/dw2_12"].shown) == ("-0.132", "-0.142")
    assert figures["new_w2_11"].shown == "0.60132"


@pytest.mark.parametrize(("typed", "is_said"), [("0.246", True), ("0.246434", False)])
def test_an_answer_that_is_shown_says_that_its_numbers_have_more_digits(typed: str, is_said: bool) -> None:
    teacher = tutor("slides-example-3", questions=False)
    state = at(teacher, "dL/dz1_1", {"da1_1/dz1_1": typed})[0]
    said = [part.words for part in teacher.advance(state, ":show", 0.0).parts if isinstance(part, Remark)]
    assert ((MORE_DIGITS,) in said) is is_said
