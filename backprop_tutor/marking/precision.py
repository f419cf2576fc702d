"""How precisely a learner works: what is assumed of the lines that are not on the sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from statistics import median_low

from ..engine.by_hand import leading_place
from ..model.sheet import Answer

FEW = 2
"""Answers that are too few to show a habit."""


@dataclass(frozen=True, slots=True)
class Precision:
    """Decimals, significant digits, or both where the sheet does not tell; none: everything is exact."""

    decimals: int | None = None
    significant: int | None = None

    def rounding(self, value: Fraction) -> Fraction:
        """Half a unit of the last place of a line of this value; 0 where it is written whole: 0.3 with 4 decimals."""
        half_unit = self.half_unit(value)
        return half_unit if half_unit and (value / (2 * half_unit)).denominator != 1 else Fraction(0)

    def half_unit(self, value: Fraction) -> Fraction:
        """Half a unit of the last place in which a line of this value is written; the larger if both are possible."""
        found = [Fraction(0)]
        if self.decimals is not None:
            found.append(Fraction(1, 2) / Fraction(10) ** self.decimals)
        if self.significant is not None and value != 0:
            found.append(Fraction(1, 2) * Fraction(10) ** (leading_place(value) + 1 - self.significant))
        return max(found)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a sheet by plain name, as fractions, with the half unit of each, and the learner's precision.

    ``loose`` is how far formulas may be off by rounding too early, where that is known by itself.
    """

    values: Mapping[str, Fraction]
    half_units: Mapping[str, Fraction]
    precision: Precision
    answers: Mapping[str, Answer] = field(default_factory=dict)
    loose: Mapping[str, Fraction] = field(default_factory=dict)


def precision(answers: Iterable[tuple[str, Answer]]) -> Precision:
    """The precision that the answers of a sheet have in common; updates, which need more digits, count last."""
    decimal = [(name, answer) for name, answer in answers if answer.half_unit and answer.digits is not None]
    decimal = [pair for pair in decimal if not pair[0].startswith("new_")] or decimal
    places = [_places(answer.half_unit) for _, answer in decimal]
    digits = [answer.digits for _, answer in decimal if answer.digits]
    if not places or not digits:
        return Precision()
    same_places, same_digits = (len(found) > FEW and len(set(found)) == 1 for found in (places, digits))
    if same_places != same_digits:
        return Precision(decimals=places[0]) if same_places else Precision(significant=digits[0])
    return Precision(Counter(places).most_common(1)[0][0], median_low(digits))


def _places(half_unit: Fraction) -> int:
    """The decimals of a number with this half unit; 1.5e3 has -2."""
    return -leading_place(2 * half_unit)
