"""Fractions while everything is rational, and as many digits as are asked for from there on."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from math import isqrt

from mpmath.ctx_mp import MPContext

from ..errors import UndefinedValueError
from .arithmetic import Arithmetic


@lru_cache(maxsize=64)
def _context(digits: int) -> MPContext:
    """The context of so many digits; making one takes longer than most of what is computed in it."""
    context = MPContext()
    context.dps = digits
    return context


MAX_FRACTION_BITS = 4096
LARGEST_EXPONENT = 10**9
NEARLY_ONE = 2_000  # tanh and erf are then nearer to 1 than 10^-850, and digits beyond that take minutes.
DIGITS_THAT_DECIDE = 800  # What compares as 0 is then below 10^-560, smaller than any number of a program.


class Precise(Arithmetic[object]):
    """Fractions while everything is rational (and short), then ``digits`` significant decimal digits.

    ``inexact`` says whether any digit was ever rounded off, ``absorbed`` whether a sum lost a whole term, so
    that more digits are needed (1 + e^-800).  (``type(x) is Fraction``: ``isinstance`` asks an abstract base class
    whenever the answer is no, which took a fifth of a run.)
    """

    def __init__(self, digits: int = 50) -> None:
        self.digits = digits
        self.context = _context(digits)
        self.inexact = False
        self.absorbed = False
        self._nothing = self.context.mpf(10) ** (-(digits * 7) // 10)

    def number(self, value: Fraction) -> object:
        return value

    def real(self, value: object) -> object:
        """The value as a number of many digits."""
        if type(value) is Fraction:
            self.inexact = True
            return self.context.mpf(value.numerator) / value.denominator
        return value

    def _short(self, value: Fraction) -> object:
        if value.numerator.bit_length() + value.denominator.bit_length() > MAX_FRACTION_BITS:
            return self.real(value)
        return value

    def add(self, terms: Sequence[object]) -> object:
        exact = Fraction(0)
        rounded = None
        for term in terms:
            if type(term) is Fraction:
                exact += term
            elif rounded is None:
                rounded = term
            else:
                rounded = self._add(rounded, term)
        if rounded is None:
            return self._short(exact)
        return rounded if exact == 0 else self._add(rounded, self.real(exact))

    def _add(self, left: object, right: object) -> object:
        result = left + right  # type: ignore[operator]
        if (result == left and right != 0) or (result == right and left != 0):
            self.absorbed = True
        return result

    def multiply(self, factors: Sequence[object]) -> object:
        exact = Fraction(1)
        rounded = None
        for factor in factors:
            if type(factor) is Fraction:
                exact *= factor
            else:
                rounded = factor if rounded is None else rounded * factor  # type: ignore[operator]
        if rounded is None or exact == 0:
            return self._short(exact)
        return rounded if exact == 1 else rounded * exact.numerator / exact.denominator  # type: ignore[operator]

    def divide(self, numerator: object, denominator: object) -> object:
        if denominator == 0:
            raise UndefinedValueError("division by zero")
        if type(numerator) is Fraction and type(denominator) is Fraction:
            return self._short(numerator / denominator)
        if type(numerator) is Fraction and numerator == 0:
            return numerator
        return self.real(numerator) / self.real(denominator)  # type: ignore[operator]

    def power(self, base: object, exponent: object) -> object:
        if type(exponent) is Fraction and exponent.denominator == 1:
            return self._integer_power(base, int(exponent))
        if base == 0 and exponent > 0:  # type: ignore[operator]
            return Fraction(0)
        if base <= 0:  # type: ignore[operator]
            raise UndefinedValueError("a power of a number that is not positive with an exponent that is no integer")
        return self._exp(self.multiply([exponent, self._ln(base)]))

    def _integer_power(self, base: object, exponent: int) -> object:
        if base == 0 and exponent < 0:
            raise UndefinedValueError("division by zero (a negative power of zero)")
        if type(base) is Fraction:
            bits = max(base.numerator.bit_length(), base.denominator.bit_length())
            if bits * abs(exponent) <= MAX_FRACTION_BITS:
                return base**exponent
        if abs(exponent) > LARGEST_EXPONENT:
            raise UndefinedValueError("overflow: the exponent is too large")
        return self.real(base) ** exponent  # type: ignore[operator]

    def _exp(self, x: object) -> object:
        if x == 0:
            return Fraction(1)
        if x > LARGEST_EXPONENT:  # type: ignore[operator]
            raise UndefinedValueError("overflow: exp of a number above 10^9")
        if x < -LARGEST_EXPONENT:  # type: ignore[operator]
            self.inexact = self.absorbed = True
            return self.context.mpf(0)
        return self.context.exp(self.real(x))

    def _ln(self, x: object) -> object:
        if x == 1:
            return Fraction(0)
        if x == 0:
            raise UndefinedValueError("the logarithm of zero")
        if x < 0:  # type: ignore[operator]
            raise UndefinedValueError("the logarithm of a negative number")
        return self.context.ln(self.real(x))

    def _sqrt(self, x: object) -> object:
        if x < 0:  # type: ignore[operator]
            raise UndefinedValueError("the square root of a negative number")
        if type(x) is Fraction:
            root = Fraction(isqrt(x.numerator), isqrt(x.denominator))
            if root * root == x:
                return root
        return self.context.sqrt(self.real(x))

    def primitive(self, function: str, arguments: Sequence[object]) -> object:
        if function == "pi":
            self.inexact = True
            return +self.context.pi
        if function in {"max", "min"}:
            best = arguments[0]
            for other in arguments[1:]:
                if self.compare(other, best) == (1 if function == "max" else -1):
                    best = other
            return best
        (x,) = arguments
        match function:
            case "exp":
                return self._exp(x)
            case "ln":
                return self._ln(x)
            case "sqrt":
                return self._sqrt(x)
            case "abs":
                return abs(x)  # type: ignore[arg-type]
            case "sign":
                return Fraction(self.compare(x, Fraction(0)))
        if x == 0:
            return Fraction(1) if function == "cos" else Fraction(0)
        if function in {"sin", "cos", "tan"} and abs(x) > LARGEST_EXPONENT:  # type: ignore[arg-type]
            raise UndefinedValueError(f"{function} of a number above 10^9 is left out")
        size = abs(x) * 2 if function == "tanh" else x * x if function == "erf" else 0  # type: ignore[arg-type, operator]
        if size > NEARLY_ONE:
            self.inexact = True
            return self.context.mpf(1 if x > 0 else -1)  # type: ignore[operator]
        if size > self.digits * 2.2:
            self.absorbed = True
        return getattr(self.context, function)(self.real(x))

    def compare(self, left: object, right: object) -> int:
        if type(left) is Fraction and type(right) is Fraction:
            return (left > right) - (left < right)
        difference = self.real(left) - self.real(right)  # type: ignore[operator]
        if abs(difference) < self._nothing:
            # Noise, or a true value such as exp(-740)?  More digits will tell.
            self.absorbed |= difference != 0 and self.digits < DIGITS_THAT_DECIDE
            return 0
        return 1 if difference > 0 else -1
