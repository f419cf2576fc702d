"""Does what is written agree with its formula?  The answer by the learner's own digits.

The rule: |s − f(u)| ≤ h + Σᵢ max |f(u ± hᵢ eᵢ) − f(u)|, where s is what is written with half unit h, and the
inputs uᵢ are what the learner wrote before, each with its own half unit hᵢ.  Where the inputs' part is needed,
a factor just above 1 on both parts takes in what is of second order.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from math import inf, isfinite

from ..engine.reckoning import Reckoning
from ..errors import UndefinedValueError
from ..model.formula import Formula
from .precision import Numbers, Precision
from .setting import rational

OWN = Fraction(102, 100)
PROPAGATED = Fraction(105, 100)
RELATIVE = Fraction(1, 10**9)
"""What a calculator may lose of a number that was carried with all its digits."""
NOTHING = Fraction(1, 10**12)
"""What a calculator may leave of digits that cancel to 0."""


FEWEST_UNITS = 5
MOST_PLACES = 12
"""A given number with more decimals is rounded before it is used."""
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
    return RELATIVE * abs(value) if value else NOTHING


def tolerance(half_unit: Fraction, reach: Fraction) -> Fraction:
    """How far an entry may be off when its inputs reach so far."""
    return OWN * half_unit + PROPAGATED * reach


def is_within(written: Fraction, value: Fraction, half_unit: Fraction) -> bool:
    """Whether what is written is this value, to half a unit of its last place; a tie may go either way."""
    return abs(written - value) <= half_unit + slack(value)


def is_written(sheet: Numbers, name: str, value: Fraction | None, *, exactly: bool = False) -> bool:
    """Whether a value, where there is one, is what is written for a step: to its last place, or ``exactly``."""
    half_unit = Fraction(0) if exactly else sheet.half_units[name]
    return value is not None and is_within(sheet.values[name], value, half_unit)


class Fitter:
    """Holds what a learner wrote, with its half units, against formulas.

    ``loose`` is how far rounding on the way may move an entry, where that is known; ``unmoved`` are entries whose own
    half unit is no excuse for what rests on them.
    """

    def __init__(
        self,
        half_units: Mapping[str, Fraction],
        precision: Precision,
        loose: Mapping[str, Fraction] | None = None,
        unmoved: Collection[str] = (),
    ) -> None:
        self.half_units = half_units
        self.precision = precision
        self.loose = loose or {}
        self.unmoved = unmoved

    def fitted(self, name: str, written: Fraction, reckoning: Reckoning) -> Fitted | None:
        """How what is written agrees with the formula; None where the formula has no number here."""
        found = derived(reckoning, name)
        if found is None:
            return None
        off = abs(written - found)
        half_unit = self.half_units.get(name, Fraction(0))
        if is_within(written, found, half_unit):
            return Fitted(Fit.WITHIN, found)
        reach = self.reach(name, found, reckoning) + self.loose.get(name, Fraction(0))
        if name in self.loose:
            return Fitted(Fit.NEAR if off <= tolerance(half_unit, reach) + slack(found) else Fit.OFF, found, reach)
        if off > tolerance(half_unit, reach) + slack(found) and off <= FAR * abs(found):
            reach += self.reach_between(name, found, reckoning)
        return Fitted(Fit.NEAR if off <= tolerance(half_unit, reach) + slack(found) else Fit.OFF, found, reach)

    def reach(self, name: str, found: Fraction, reckoning: Reckoning) -> Fraction:
        """How far the half units of its inputs can move what a formula gives."""
        total = Fraction(0)
        for source in reckoning.sources(name):
            if source in self.unmoved:
                continue
            here = rational(reckoning.held[source])
            half_unit = self.half_units[source] if source in self.half_units else self._of_given(here)
            if half_unit:
                total += _moved(name, found, reckoning, source, here, half_unit)
        return total

    def _of_given(self, value: Fraction) -> Fraction:
        """A number that the problem gives is exact, but nobody writes out π/6 or 1/3."""
        ends = (value * 10**MOST_PLACES).denominator == 1
        half_unit = Fraction(0) if ends else self.precision.rounding(value)
        return half_unit if half_unit * FEWEST_UNITS <= abs(value) else Fraction(0)

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
            here = found if line == name else value_of(reckoning, line)
            if here is None:
                return Fraction(0)
            if line != name:
                total += abs(weight) * as_float(self.precision.rounding(here))
            for used in reckoning.formulas.uses(line):
                if used in lines:
                    weights[used] += weight * _slope(reckoning, line, used, here)
        return Fraction(total) if isfinite(total) else Fraction(0)


def _slope(reckoning: Reckoning, line: str, used: str, here: Fraction) -> float:
    """How much a line moves when one quantity in it does; 0 where it has no value a little further on."""
    before = value_of(reckoning, used)
    if before is None:
        return 0.0
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
        return inf if value > 0 else -inf


def _moved(
    name: str, found: Fraction, reckoning: Reckoning, source: str, here: Fraction, half_unit: Fraction
) -> Fraction:
    sides = (derived(reckoning.changed({source: here + sign * half_unit}), name) for sign in (1, -1))
    return max((abs(side - found) for side in sides if side is not None), default=Fraction(0))


def value_of(reckoning: Reckoning, name: str) -> Fraction | None:
    """The number of a quantity, held or computed; None where it has none."""
    try:
        return rational(reckoning.value(name))
    except (LookupError, UndefinedValueError):
        return None


def at(reckoning: Reckoning, tree: Formula) -> Fraction | None:
    """The number of a formula of the learner's own quantities; None where it has none."""
    try:
        return rational(reckoning.at(tree))
    except (LookupError, UndefinedValueError):
        return None


def derived(reckoning: Reckoning, name: str) -> Fraction | None:
    """The number that a formula gives; None where it has none."""
    try:
        return rational(reckoning.derived(name))
    except (LookupError, UndefinedValueError):
        return None
