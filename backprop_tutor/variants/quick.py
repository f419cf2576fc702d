"""Quick arithmetic for comparing thousands of wrong numbers: doubles, the same on every machine.

Sums, products and quotients of doubles are the same everywhere; exponentials and the like are not, so they are
computed in many digits and then rounded.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from ..engine.arithmetic import Arithmetic
from ..engine.precise import Precise
from ..errors import UndefinedValueError

MOST_EXPONENT = 64


class Quick(Arithmetic[float]):
    """Doubles.  Raises UndefinedValueError where there is no value, or none that a double holds."""

    def __init__(self) -> None:
        self.precise = Precise(20)

    def number(self, value: Fraction) -> float:
        try:
            return float(value)
        except OverflowError:
            raise UndefinedValueError("overflow") from None

    def add(self, terms: Sequence[float]) -> float:
        found = 0.0
        for term in terms:
            found += term
        return found

    def multiply(self, factors: Sequence[float]) -> float:
        found = 1.0
        for factor in factors:
            found *= factor
        return found

    def divide(self, numerator: float, denominator: float) -> float:
        if denominator == 0:
            raise UndefinedValueError("division by zero")
        return numerator / denominator

    def power(self, base: float, exponent: float) -> float:
        if exponent == int(exponent) and abs(exponent) <= MOST_EXPONENT:
            found = self.multiply([base] * abs(int(exponent)))
            return found if exponent >= 0 else self.divide(1.0, found)
        return self._precisely(self.precise.power(_exactly(base), _exactly(exponent)))

    def primitive(self, function: str, arguments: Sequence[float]) -> float:
        match function:
            case "max":
                return max(arguments)
            case "min":
                return min(arguments)
            case "abs":
                return abs(arguments[0])
            case "sign":
                return float((arguments[0] > 0) - (arguments[0] < 0))
        return self._precisely(self.precise.primitive(function, [_exactly(x) for x in arguments]))

    def compare(self, left: float, right: float) -> int:
        return (left > right) - (left < right)

    def _precisely(self, value: object) -> float:
        if isinstance(value, Fraction):
            return self.number(value)
        return finite(float(value))  # type: ignore[arg-type]


def finite(value: float) -> float:
    """The number itself.  Raises UndefinedValueError for what is too large for a double."""
    if not math.isfinite(value):
        raise UndefinedValueError("overflow")
    return value


def _exactly(value: float) -> Fraction:
    return Fraction(finite(value))
