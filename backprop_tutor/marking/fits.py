"""Does what is written agree with its formula?  The answer by the learner's own digits.

The rule: |s − f(u)| ≤ h + Σᵢ max |f(u ± hᵢ eᵢ) − f(u)|, where s is what is written with half unit h, and the
inputs uᵢ are what the learner wrote before, each with its own half unit hᵢ.  Where the inputs' part is needed,
a factor just above 1 on both parts takes in what is of second order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from math import copysign, inf, isfinite

from ..engine.reckoning import Reckoning
from ..errors import UndefinedValueError
from .precision import Precision
from .setting import rational

OWN = Fraction(102, 100)
PROPAGATED = Fraction(105, 100)
RELATIVE = Fraction(1, 10**9)
"""What a calculator may lose of a number that was carried with all its digits."""
ABSOLUTE = Fraction(1, 10**15)


STEP = 10**6
"""One over the relative step with which a slope is measured."""
FAR = Fraction(1, 2)
"""What is off by more than this part of the right number is not off by rounding."""


class Fit(IntEnum):
    """How well an entry agrees with a formula."""

    OFF = 0
    NEAR = 1
    """Within what the digits of its inputs allow."""
    WITHIN = 2
    """Within half a unit of its own last place."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """How an entry agrees with its formula, the number that the formula gives, and how far its inputs reach."""

    fit: Fit
    value: Fraction
    reach: Fraction = Fraction(0)


def slack(value: Fraction) -> Fraction:
    """What is no difference at all, beside a number of this size."""
    return RELATIVE * abs(value) + ABSOLUTE


def tolerance(half_unit: Fraction, reach: Fraction) -> Fraction:
    """How far an entry may be off when its inputs reach so far."""
    return OWN * half_unit + PROPAGATED * reach


def is_within(written: Fraction, value: Fraction, half_unit: Fraction) -> bool:
    """Whether what is written is this value, to half a unit of its last place; a tie may go either way."""
    return abs(written - value) <= half_unit + slack(value)


class Fitter:
    """Holds what a learner wrote, with its half units, against formulas."""

    def __init__(self, half_units: Mapping[str, Fraction], precision: Precision) -> None:
        self.half_units = half_units
        self.precision = precision

    def fitted(self, name: str, written: Fraction, reckoning: Reckoning) -> Fitted | None:
        """How what is written agrees with the formula; None where the formula has no number here."""
        found = derived(reckoning, name)
        if found is None:
            return None
        off = abs(written - found)
        half_unit = self.half_units.get(name, Fraction(0))
        if is_within(written, found, half_unit):
            return Fitted(Fit.WITHIN, found)
        reach = self.reach(name, found, reckoning)
        if off > tolerance(half_unit, reach) + slack(found) and off <= FAR * abs(found):
            reach += self.reach_between(name, found, reckoning)
        return Fitted(Fit.NEAR if off <= tolerance(half_unit, reach) + slack(found) else Fit.OFF, found, reach)

    def reach(self, name: str, found: Fraction, reckoning: Reckoning) -> Fraction:
        """How far the half units of its inputs can move what a formula gives."""
        total = Fraction(0)
        for source in reckoning.sources(name):
            half_unit = self.half_units.get(source)
            if not half_unit:
                continue
            total += _moved(name, found, reckoning, source, rational(reckoning.held[source]), half_unit)
        return total

    def reach_between(self, name: str, found: Fraction, reckoning: Reckoning) -> Fraction:
        """How far rounding on lines that are not on the sheet can move it, if they are as precise as the others.

        Every half unit is carried to the end along slopes of first order, in one pass from the end.
        """
        lines = set(reckoning.between(name))
        weights = dict.fromkeys(lines, 0.0) | {name: 1.0}
        total = 0.0
        for line in (name, *reversed(reckoning.in_order(lines))):
            weight = weights[line]
            if weight == 0:
                continue
            here = found if line == name else rational(reckoning.value(line))
            if line != name:
                total += abs(weight) * as_float(self.precision.half_unit(here))
            for used in reckoning.formulas.uses(line):
                if used in lines:
                    weights[used] += weight * _slope(reckoning, line, used, here)
        return Fraction(total) if isfinite(total) else Fraction(0)


def _slope(reckoning: Reckoning, line: str, used: str, here: Fraction) -> float:
    """How much a line moves when one quantity in it does; 0 where it has no value a little further on."""
    before = rational(reckoning.value(used))
    step = abs(before) / STEP + Fraction(1, STEP**2)
    try:
        return as_float((rational(reckoning.moved(line, used, before + step)) - here) / step)
    except UndefinedValueError:
        return 0.0


def as_float(value: Fraction) -> float:
    """The nearest double, infinite where there is none."""
    try:
        return float(value)
    except OverflowError:
        return copysign(inf, value)


def _moved(
    name: str, found: Fraction, reckoning: Reckoning, source: str, here: Fraction, half_unit: Fraction
) -> Fraction:
    sides = (derived(reckoning.changed({source: here + sign * half_unit}), name) for sign in (1, -1))
    return max((abs(side - found) for side in sides if side is not None), default=Fraction(0))


def derived(reckoning: Reckoning, name: str) -> Fraction | None:
    """The number that a formula gives; None where it has none."""
    try:
        return rational(reckoning.derived(name))
    except (LookupError, UndefinedValueError):
        return None
