"""Which formula is it: one right choice, wrong ones from the catalogue, and never two that are equal."""

from __future__ import annotations

from itertools import combinations

import pytest
from support import problem

from backprop_tutor.engine.reckoning import Reckoning
from backprop_tutor.marking.setting import Setting
from backprop_tutor.quiz.reasons import Reason, reasons

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
        ideas = [reason.idea for reason in found if not reason.right]
        assert len(set(ideas)) == len(ideas)
        assert all(reason.says for reason in found if not reason.right)
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
