"""Fractions while everything is rational, and numbers that know their own error from there on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import isqrt

from mpmath.libmp import dps_to_prec

from ..errors import BeyondLimitsError, UndefinedValueError
from . import ball
from .arithmetic import Arithmetic
from .ball import Ball, ImpreciseError

MAX_FRACTION_BITS = 1024
LARGEST_ARGUMENT = 10**9
LARGEST_EXPONENT = 10**15

_FUNCTIONS: dict[str, Callable[[Ball, int], Ball]] = {
    "sin": ball.sin,
    "cos": ball.cos,
    "tan": ball.tan,
    "tanh": ball.tanh,
    "erf": ball.erf,
}


class Precise(Arithmetic[object]):
    """Fractions while everything is rational (and short), then balls of ``digits`` decimal digits.

    ``inexact`` says whether any digit was ever rounded off; ``undecided`` whether something hung on digits
    that are not known: a comparison of numbers that may be equal, a division by what may be 0.
    (``type(x) is Fraction``: ``isinstance`` asks an abstract base class whenever the answer is no, which took a
    fifth of a run.)
    """

    def __init__(self, digits: int = 50) -> None:
        self.digits = digits
        self.precision = dps_to_prec(digits)
        self.inexact = False
        self.undecided = False

    def number(self, value: Fraction) -> object:
        return value

    def real(self, value: object) -> Ball:
        """The value as a ball."""
        self.inexact = True
        if type(value) is Fraction:
            return ball.from_fraction(value, self.precision)
        assert type(value) is Ball
        return value

    def _short(self, value: Fraction) -> object:
        if value.numerator.bit_length() + value.denominator.bit_length() > MAX_FRACTION_BITS:
            return self.real(value)
        return value

    def add(self, terms: Sequence[object]) -> object:
        exact = Fraction(0)
        rounded: Ball | None = None
        for term in terms:
            if type(term) is Fraction:
                exact += term
            elif rounded is None:
                rounded = self.real(term)
            else:
                rounded = ball.add(rounded, self.real(term), self.precision)
        if rounded is None:
            return self._short(exact)
        return ball.add(rounded, self.real(exact), self.precision) if exact else rounded

    def multiply(self, factors: Sequence[object]) -> object:
        exact = Fraction(1)
        rounded: Ball | None = None
        for factor in factors:
            if type(factor) is Fraction:
                exact *= factor
            elif rounded is None:
                rounded = self.real(factor)
            else:
                rounded = ball.multiply(rounded, self.real(factor), self.precision)
        if rounded is None or exact == 0:
            return self._short(exact)
        if abs(exact) == 1:
            return rounded if exact == 1 else ball.negative(rounded)
        return ball.multiply(rounded, self.real(exact), self.precision)

    def divide(self, numerator: object, denominator: object) -> object:
        if type(denominator) is Fraction:
            if denominator == 0:
                raise UndefinedValueError("division by zero")
            if type(numerator) is Fraction:
                return self._short(numerator / denominator)
        quotient = self._try(ball.divide, "division by zero", numerator, denominator)
        return numerator if type(numerator) is Fraction and numerator == 0 else quotient

    def _try(self, operation: Callable[..., Ball], undefined: str, *arguments: object) -> Ball:
        """The result of an operation; when the digits do not suffice to have one, say what it looks like."""
        try:
            return operation(*map(self.real, arguments), self.precision)
        except ImpreciseError:
            self.undecided = True
            raise UndefinedValueError(undefined) from None

    def sign(self, value: object) -> int:
        """-1, 0 or 1; 0 for what cannot be told from 0, which is then noted."""
        if type(value) is Fraction:
            return (value > 0) - (value < 0)
        found = self.real(value)
        if found.holds_zero:
            self.undecided = True
            return 0
        return found.sign

    def compare(self, left: object, right: object) -> int:
        if type(left) is Fraction and type(right) is Fraction:
            return (left > right) - (left < right)
        if left is right:
            return 0
        return self.sign(ball.add(self.real(left), ball.negative(self.real(right)), self.precision))

    def power(self, base: object, exponent: object) -> object:
        if type(exponent) is Fraction and exponent.denominator == 1:
            return self._integer_power(base, int(exponent))
        sign = self.sign(base)
        if sign == 0 and self.sign(exponent) > 0:
            return Fraction(0)
        if sign <= 0:
            raise UndefinedValueError("a power of a number that is not positive with an exponent that is no integer")
        return self._exp(self.multiply([exponent, self._ln(base)]))

    def _integer_power(self, base: object, exponent: int) -> object:
        if exponent == 0:
            return Fraction(1)
        if type(base) is Fraction:
            if base == 0 and exponent < 0:
                raise UndefinedValueError("division by zero (a negative power of zero)")
            bits = max(base.numerator.bit_length(), base.denominator.bit_length())
            if bits * abs(exponent) <= MAX_FRACTION_BITS:
                return base**exponent
        if abs(exponent) > LARGEST_ARGUMENT:
            raise BeyondLimitsError("overflow: the exponent is too large")
        what = "division by zero (a negative power of zero)"
        return self._try(lambda a, precision: ball.power(a, exponent, precision), what, base)

    def _exp(self, x: object) -> object:
        if type(x) is Fraction and x == 0:
            return Fraction(1)
        if self._is_beyond(x, LARGEST_EXPONENT):
            if self.sign(x) < 0:
                self.inexact = True
                return ball.NEXT_TO_ZERO
            raise BeyondLimitsError("overflow: exp of a number above 10^15")
        return self._try(ball.exp, "exp of a number that is not known well enough", x)

    def _is_beyond(self, x: object, bound: int) -> bool:
        """Whether the absolute value is above a bound; its size in bits tells."""
        if type(x) is Fraction:
            return abs(x) > bound
        raw = self.real(x)._mpf_
        return raw[2] + raw[3] > bound.bit_length()

    def _ln(self, x: object) -> object:
        if type(x) is Fraction and x == 1:
            return Fraction(0)
        sign = self.sign(x)
        if sign < 0:
            raise UndefinedValueError("the logarithm of a negative number")
        if sign == 0:
            raise UndefinedValueError("the logarithm of zero")
        return self._try(ball.ln, "the logarithm of zero", x)

    def _sqrt(self, x: object) -> object:
        if self.sign(x) < 0:
            raise UndefinedValueError("the square root of a negative number")
        if type(x) is Fraction:
            root = Fraction(isqrt(x.numerator), isqrt(x.denominator))
            if root * root == x:
                return root
        return ball.sqrt(self.real(x), self.precision)

    def _extremum(self, arguments: Sequence[object], wanted: int) -> object:
        best = arguments[0]
        for other in arguments[1:]:
            if self.compare(other, best) == wanted:
                best = other
        return best

    def primitive(self, function: str, arguments: Sequence[object]) -> object:
        match function:
            case "pi":
                self.inexact = True
                return ball.pi(self.precision)
            case "max":
                return self._extremum(arguments, 1)
            case "min":
                return self._extremum(arguments, -1)
        (x,) = arguments
        match function:
            case "exp":
                return self._exp(x)
            case "ln":
                return self._ln(x)
            case "sqrt":
                return self._sqrt(x)
            case "abs":
                return abs(x) if type(x) is Fraction else ball.absolute(self.real(x))
            case "sign":
                return Fraction(self.sign(x))
        if type(x) is Fraction and x == 0:
            return Fraction(1) if function == "cos" else Fraction(0)
        if function in {"sin", "cos", "tan"} and self._is_beyond(x, LARGEST_ARGUMENT):
            raise BeyondLimitsError(f"{function} of a number above 10^9 is left out")
        return self._try(_FUNCTIONS[function], f"{function} has no value there", x)
