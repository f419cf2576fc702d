"""How far the value of a typed formula may be off, by the digits of what was put into it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from fractions import Fraction

from ..engine.derivations import leaves
from ..engine.reckoning import Reckoning
from ..lessons.figures import FULL, terminating
from ..model.formula import Formula, Number, replace, walk
from ..model.sheet import Answer
from .fits import at, is_within
from .precision import Numbers, Precision
from .rounded import half_unit_of
from .sampling import local_slope
from .setting import Setting, rational

FEWEST_DIGITS = 3
"""What comes to fewer digits says too little by its last one."""
HARDLY = Fraction(1, 1000)
"""So small a part of its value a formula in numbers may be off by, whatever its numbers were rounded to."""


def reaches(
    setting: Setting,
    name: str,
    tree: Formula,
    value: Fraction,
    sheet: Numbers,
    shown: Precision,
) -> tuple[Fraction, Fraction]:
    """How far a formula of numbers on a screen may be off and be right; and how far, if they were rounded too early.

    ``sheet`` holds what was typed before, and ``shown`` is how precisely one works from what is on the screen.
    A decimal that is a number on the screen, or what it lacks to 1 beside it, is that number and no rounded one.
    """
    held = {**setting.base, **sheet.values}
    known = [*map(rational, setting.base.values()), *sheet.values.values(), *_exact_before(setting, name)]
    exact = {abs(number) for number in known}
    exact |= {1 - part.value for part in walk(tree) if isinstance(part, Number) and part.value in exact}
    decimals = _decimals(tree, exact)
    careful = [decimal for decimal in decimals if digits_of(decimal) >= (shown.significant or 0)]
    fine, loose = (_reach(setting, tree, value, held, chosen) for chosen in (careful, decimals))
    if decimals or not leaves(tree):
        size = size_of_work(setting, name, value)
        fine = max(fine, shown.half_unit(size))
        loose = max(loose, HARDLY * size)
        if decimals and (half_unit := _half_unit_written_out(value)) > fine:
            # The last place of a sum is that of its decimals: what it excuses is not excused once more.
            fine, loose = half_unit, max(loose - half_unit, Fraction(0))
    own = _reach_of_own(setting, name, tree, value, sheet, fine)
    return fine + own, loose + own


def _half_unit_written_out(value: Fraction) -> Fraction:
    """Half a unit of the last place of what an expression comes to: it may be as rough as that number by itself.

    Of few digits it is none: 0.5·0.4 is as good as its numbers, and not anything between 0.15 and 0.25.
    """
    whole = terminating(value, FULL)
    if whole is None or "." not in whole or len(whole.lstrip("-0.").replace(".", "")) < FEWEST_DIGITS:
        return Fraction(0)
    return Fraction(10) ** -len(whole.partition(".")[2]) / 2


def size_of_work(setting: Setting, name: str, value: Fraction) -> Fraction:
    """What an answer is measured by: of an update it is the change."""
    before = setting.base.get(name.removeprefix("new_")) if name.startswith("new_") else None
    return abs(value) if before is None else abs(value - rational(before))


def _exact_before(setting: Setting, name: str) -> Iterator[Fraction]:
    """The right numbers of the steps before this one."""
    for other in setting.steps:
        if other == name:
            return
        if other in setting.truth:
            yield setting.truth[other]


def _reach_of_own(
    setting: Setting,
    name: str,
    tree: Formula,
    value: Fraction,
    sheet: Numbers,
    fine: Fraction,
) -> Fraction:
    """How far the learner's own rounded numbers move a formula that is right at the true ones."""
    used = [
        other
        for other in _behind(setting, tree)
        if sheet.half_units.get(other) and not has_one_digit(sheet.answers.get(other))
    ]
    if not used:
        return Fraction(0)
    right = value_at(setting, tree, {**setting.base, **setting.truth})
    if right is None or not is_within(right, setting.truth[name], fine):
        return Fraction(0)
    held, total = {**setting.base, **sheet.values}, Fraction(0)
    for other in used:
        moved = value_at(setting, tree, {**held, other: sheet.values[other] + sheet.half_units[other]})
        total += abs(moved - value) if moved is not None else Fraction(0)
    return total


def _behind(setting: Setting, tree: Formula) -> Collection[str]:
    """The names in a formula, and those that they stand for."""
    found: dict[str, None] = {}
    waiting = list(leaves(tree))
    while waiting:
        used = waiting.pop()
        if used not in found:
            found[used] = None
            waiting += leaves(setting.formulas[0][used]) if used in setting.formulas[0] else ()
    return found


def has_one_digit(answer: Answer | None) -> bool:
    """Whether a plain number was typed with a single digit, which says next to nothing."""
    if answer is None or answer.number is None or "/" in answer.written:
        return False
    digits = answer.digits if answer.digits is not None else len(str(abs(answer.number)))
    return digits == 1


def digits_of(number: Number) -> int:
    """The significant digits of a decimal as it is written."""
    return len(number.written.lower().partition("e")[0].replace(".", "").lstrip("0"))


def reach_of_decimals(setting: Setting, tree: Formula, value: Fraction, held: Mapping[str, object]) -> Fraction:
    """How far the decimals that are written in a formula can move its value; those of the problem are exact."""
    given = {abs(rational(number)) for number in setting.base.values()}
    return _reach(setting, tree, value, held, _decimals(tree, given))


def _decimals(tree: Formula, exact: Collection[Fraction]) -> list[Number]:
    """The decimals of a formula that may have been rounded."""
    every = (part for part in walk(tree) if isinstance(part, Number) and "." in part.written)
    return list(dict.fromkeys(part for part in every if abs(part.value) not in exact))


def _reach(
    setting: Setting, tree: Formula, value: Fraction, held: Mapping[str, object], decimals: Collection[Number]
) -> Fraction:
    """How far half a unit of each of these decimals moves the value, all together."""
    total = Fraction(0)
    for decimal in decimals:
        half_unit = half_unit_of(decimal)
        if not half_unit:
            continue
        moved = replace(tree, _instead(decimal, Number(decimal.value + half_unit)))
        other = value_at(setting, moved, dict(held))
        total += abs(other - value) if other is not None else Fraction(0)
    return total


def _instead(old: Formula, new: Formula) -> Callable[[Formula], Formula | None]:
    return lambda part: new if part == old else None


def value_at(setting: Setting, tree: Formula, held: dict[str, object]) -> Fraction | None:
    """The value of a formula from the numbers that are held; None where it has none."""
    formulas = dict(setting.formulas[0])
    for name in leaves(tree):
        if name not in held and name not in formulas:
            slope = local_slope(setting.graph, name)
            if slope is None:
                return None
            formulas[name] = slope
    return at(Reckoning(formulas, setting.arithmetic, held), tree)
