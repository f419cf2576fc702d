"""Which formula is it: one right choice, wrong ones from the catalogue, and never two that are equal."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from learner import Sitting, hold, right_text, tutor
from support import problem

from backprop_tutor.engine.reckoning import Reckoning
from backprop_tutor.marking.setting import Setting
from backprop_tutor.model.quiz import ItemKind
from backprop_tutor.quiz.reasons import Reason, reasons
from backprop_tutor.quiz.state import item_before
from backprop_tutor.quiz.summary import summary
from backprop_tutor.quiz.transcript import transcript
from backprop_tutor.writers.maths import Maths

NAMES = (
    "slides-example-3",
    "cmu-tanh",
    "softmax-three-classes",
    "uw-chain-rule-point",
    "relu-dead-unit",
    "regression-l2",
)


def value_at(setting: Setting, name: str, reason: Reason, held: dict[str, object]) -> object:
    formulas = {**setting.formulas[0], name: reason.formula}
    return Reckoning(formulas, setting.arithmetic, held).derived(name)


@pytest.mark.parametrize("name", NAMES)
def test_one_is_right_and_no_two_are_equal(name: str) -> None:
    setting = Setting(problem(name))
    offered = 0
    for step in setting.steps:
        found = reasons(setting, step, seed=3)
        if not found:
            continue
        offered += 1
        assert sum(reason.right for reason in found) == 1
        assert 3 <= len(found) <= 4
        ideas = [reason.idea for reason in found if reason.idea is not None]
        assert len({idea.id for idea in ideas}) == len(ideas)
        assert all(idea.title and idea.repair for idea in ideas)
        # Independently of how they were chosen: at the problem's own numbers, and at others, all values differ.
        for one, other in combinations(found, 2):
            here = [value_at(setting, step, reason, dict(setting.base)) for reason in (one, other)]
            assert here[0] != here[1], (step, one, other)
    assert offered


def test_the_order_comes_from_the_seed() -> None:
    setting = Setting(problem("slides-example-3"))
    first = [reasons(setting, "dL/dw1_11", seed) for seed in range(12)]
    assert first[5] == reasons(setting, "dL/dw1_11", 5)
    places = {next(i for i, reason in enumerate(found) if reason.right) for found in first}
    assert len(places) > 1


def test_where_there_are_too_few_ideas_nothing_is_asked() -> None:
    setting = Setting(problem("week05-xyz"))
    assert all(not reasons(setting, step, 1) or len(reasons(setting, step, 1)) >= 3 for step in setting.steps)


def up_to_the_choice(*lines: str, ahead: str = "") -> Sitting:
    """A sitting in which the choice before dv/dy is met with these lines, and everything before it is right."""
    at_the_choice, at_first = iter(lines), iter([ahead] if ahead else [])

    def answer(teacher, state, ask, item):  # type: ignore[no-untyped-def]
        if item.kind is ItemKind.WHY or (lines and "step:dv/dy" in state.standings):
            return next(at_the_choice, None)
        return next(at_first, None) or right_text(teacher, item)

    return hold(tutor("uw-chain-rule-point"), answer)


def test_whoever_gives_the_value_at_a_choice_of_formulas_is_not_held_there() -> None:
    sitting = up_to_the_choice("dv/dy = 128", "2")
    assert "Its value is found, and so the choice of its formula is left out." in sitting.screen
    assert "✓ Right. Local slope: ∂b/∂z" in sitting.screen
    assert sitting.state.item == next(item for item in sitting.state.agenda if item.id == "step:dv/dz")
    # It counts for nothing, neither in the summary and on the page nor among the questions that one goes back to.
    whole = replace(sitting.state, ended=True)
    assert "sum-over-paths" not in dict(summary(sitting.tutor, whole).hard)
    assert all("Which formula" not in str(one.words) for one in transcript(sitting.tutor, sitting.state).answered)
    back = item_before(replace(sitting.state, here=sitting.state.here - 1))
    assert back is not None
    assert back.id == "step:dv/dy"
    again = tutor("uw-chain-rule-point").begin(sitting.records)
    assert (again.here, again.standings) == (sitting.state.here, sitting.state.standings)


@pytest.mark.parametrize("is_right", [True, False])
def test_a_formula_that_is_typed_out_is_the_line_that_it_stands_in(is_right: bool) -> None:
    sitting = up_to_the_choice()
    item = sitting.state.item
    assert item is not None
    quiz = sitting.tutor
    plain = Maths(quiz.lesson.notation, quiz.lesson.graph, "plain")
    number, reason = next((n, r) for n, r in enumerate(quiz.reasons(item), start=1) if r.right is is_right)
    typed, chosen = (
        quiz.advance(sitting.state, text, 0.0).records[0] for text in (plain.formula(reason.formula), str(number))
    )
    assert typed == chosen
    for typed in ("dv/dy^2", "dv/dy"):
        assert quiz.advance(sitting.state, typed, 0.0).records == ()


def test_a_letter_that_is_a_name_is_a_formula_and_no_number_of_a_line() -> None:
    sitting = up_to_the_choice()
    item = sitting.state.item
    assert item is not None
    quiz = sitting.tutor
    assert "c" in quiz.lesson.graph.values
    assert len(quiz.reasons(item)) >= 3
    assert quiz.advance(sitting.state, "c", 0.0).records == ()
    assert quiz.advance(sitting.state, "d", 0.0).records == quiz.advance(sitting.state, "4", 0.0).records


def test_a_wrong_value_at_a_choice_of_formulas_leaves_the_choice_open() -> None:
    sitting = up_to_the_choice("dv/dy = 12")
    item = sitting.state.item
    assert item is not None
    assert item.kind is ItemKind.WHY


def test_of_a_value_that_was_given_ahead_no_formula_is_asked() -> None:
    sitting = up_to_the_choice(ahead="dv/dy = 128")
    assert "which formula?" not in sitting.screen
