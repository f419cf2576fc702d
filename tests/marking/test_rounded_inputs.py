"""The law of honest rounding: a line from its inputs in four digits, or decimals, is never wrong on a screen."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest
from support import BUNDLED, problem

from backprop_tutor.engine.derivations import leaves
from backprop_tutor.engine.reckoning import Reckoning
from backprop_tutor.lessons.figures import digits
from backprop_tutor.marking.doubts import doubted
from backprop_tutor.marking.fits import at
from backprop_tutor.marking.judging import Judge
from backprop_tutor.marking.numbers import numbers
from backprop_tutor.model.marking import Verdict
from backprop_tutor.model.sheet import Sheet, SheetLine
from backprop_tutor.quiz.examiner import ON_THE_SCREEN, Examiner

WORKED_WITH, TYPED = 4, (3, 4)
LARGEST = 10**300


def honest(examiner: Examiner, name: str) -> Iterator[str]:
    """What a step comes to along each way, from the numbers on the screen in four digits."""
    setting = examiner.marker.setting
    for formulas in setting.formulas:
        found = [other for other in leaves(formulas[name]) if other in setting.truth and other not in setting.base]
        exactly = {other: Fraction(digits(setting.truth[other], WORKED_WITH)) for other in found}
        off_the_screen = {
            other: Fraction(digits(Fraction(setting.lesson.figures[other].shown), WORKED_WITH))
            for other in found
            if other in setting.lesson.figures
        }
        # Many write four decimals: 0.0348 is as good as 0.03478.
        in_decimals = {
            other: Fraction(round(Fraction(setting.lesson.figures[other].shown), WORKED_WITH))
            if Fraction(1, 100) <= abs(setting.truth[other]) < Fraction(1, 10)
            else rounded
            for other, rounded in off_the_screen.items()
        }
        for rounded in (exactly, off_the_screen, in_decimals):
            held = {**setting.base, **setting.truth, **rounded}
            value = at(Reckoning(formulas, setting.arithmetic, held), formulas[name])
            texts = [digits(value, count, keep_zeros=True) for count in TYPED] if value else []
            # A whole number has all its digits, however few were meant.
            yield from (text for text in texts if "." in text)


def verdict(examiner: Examiner, name: str, typed: str, before: list[tuple[str, str]]) -> Verdict:
    setting = examiner.marker.setting
    lines = tuple(SheetLine(*line) for line in [*before, (name, typed)])
    found, _ = numbers(setting, examiner.marker.collector.collect(Sheet("", lines)).answers, ON_THE_SCREEN)
    judge = Judge(setting, found, ON_THE_SCREEN)
    judge.judge()
    return {**judge.found, **doubted(judge, [name])}[name].verdict


def rests_on_beyond(examiner: Examiner, name: str) -> bool:
    """Whether a line uses a number that no machine has, and that cannot be typed."""
    truth = examiner.marker.setting.truth
    used = {other for formulas in examiner.marker.setting.formulas for other in leaves(formulas[name])}
    return any(abs(truth[other]) > LARGEST for other in used if other in truth)


def shown_before(examiner: Examiner, name: str) -> list[tuple[str, str]]:
    setting = examiner.marker.setting
    steps = (other for other in setting.steps if setting.position[other] < setting.position[name])
    return [(other, figure.shown) for other in steps if (figure := setting.lesson.figures.get(other))]


@pytest.mark.parametrize("name", BUNDLED)
def test_a_line_from_four_digits_or_decimals_is_never_wrong(name: str) -> None:
    examiner = Examiner(problem(name))
    setting = examiner.marker.setting
    for step in setting.steps:
        if step not in setting.truth or rests_on_beyond(examiner, step):
            continue
        before = shown_before(examiner, step)
        for typed in set(honest(examiner, step)):
            for typed_before in ([], before):
                assert verdict(examiner, step, typed, typed_before) is not Verdict.WRONG, (step, typed, typed_before)


@pytest.mark.parametrize(
    ("problem_name", "name", "typed"),
    [
        ("cmu-tanh", "da1_2/dz1_2", "0.00978"),  # 1 − 0.9951²
        ("cmu-tanh", "da1_1/dz1_1", "0.0002000"),  # 1 − 0.9999², a tenth off
        ("softmax-three-classes", "da1_2/dz1_2", "0.7115"),  # 1 − 0.5371²
        ("deep-network", "dL/dw2_11", "0.04824"),
        ("gelu-and-silu", "dL/dyhat", "0.1740"),
        ("olin-titanic", "L", "0.0001000"),  # and no logarithm to another base
    ],
)
def test_what_four_digits_give_has_no_false_name(problem_name: str, name: str, typed: str) -> None:
    examiner = Examiner(problem(problem_name))
    judged = examiner.judge(name, typed, shown_before(examiner, name))
    assert judged.entry is not None
    assert (judged.verdict, judged.ideas, judged.entry.slip) == (Verdict.IMPRECISE, (), "")
    assert str(judged.entry.message[-1]).startswith("With the numbers on the screen this is ")


@pytest.mark.parametrize(
    ("problem_name", "name", "typed"),
    [
        ("cmu-tanh", "da1_2/dz1_2", "0.00968"),
        ("cmu-tanh", "da1_2/dz1_2", "0.00979"),
        ("softmax-three-classes", "da1_2/dz1_2", "0.7161"),
        ("deep-network", "dL/dw2_11", "0.04822"),
    ],
)
def test_what_no_four_digits_give_is_as_wrong_as_before(problem_name: str, name: str, typed: str) -> None:
    examiner = Examiner(problem(problem_name))
    assert examiner.judge(name, typed, shown_before(examiner, name)).verdict is Verdict.WRONG
