"""A number of many digits that knows how wrong it may be: a middle, and a radius around it.

Every operation encloses its true result, rounding of the middle included, so a digit that is inside the
radius is never taken for a right one: cancellation, saturation and ties are seen, not guessed.  Middles and
radii are mpmath's raw numbers; a radius needs few bits and is rounded up.  (For the method see: van der
Hoeven, Ball arithmetic, 2010; Johansson, Arb, IEEE Transactions on Computers 66, 2017.)
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

from mpmath.libmp import (
    fone,
    from_float,
    from_int,
    from_rational,
    fzero,
    mpf_abs,
    mpf_add,
    mpf_cos,
    mpf_div,
    mpf_erf,
    mpf_exp,
    mpf_le,
    mpf_log,
    mpf_lt,
    mpf_mul,
    mpf_neg,
    mpf_pi,
    mpf_pow_int,
    mpf_shift,
    mpf_sin,
    mpf_sqrt,
    mpf_sub,
    mpf_tan,
    mpf_tanh,
    to_float,
)

Raw = tuple[int, int, int, int]

RADIUS_BITS = 30
QUARTER = mpf_shift(fone, -2)


class ImpreciseError(ArithmeticError):
    """The radius is too large to say anything about the result; more digits are needed."""


class Ball:
    """All numbers from ``mid`` − ``rad`` to ``mid`` + ``rad``.  ``_mpf_`` is what mpmath looks for."""

    __slots__ = ("_mpf_", "rad")

    def __init__(self, mid: Raw, rad: Raw) -> None:
        self._mpf_ = mid
        self.rad = rad

    def __repr__(self) -> str:
        from mpmath.libmp import to_str

        return f"Ball({to_str(self._mpf_, 20)} ± {to_str(self.rad, 3)})"

    def __float__(self) -> float:
        return float(to_float(self._mpf_))

    @property
    def holds_zero(self) -> bool:
        """Whether the number may be 0."""
        return bool(mpf_le(mpf_abs(self._mpf_), self.rad))

    @property
    def sign(self) -> int:
        """The sign of the middle."""
        return -1 if self._mpf_[0] else 0 if self._mpf_ == fzero else 1

    @property
    def least(self) -> Raw:
        """The smallest that the absolute value can be, rounded down; 0 when the ball holds 0."""
        size: Raw = mpf_sub(mpf_abs(self._mpf_), self.rad, RADIUS_BITS, "d")
        return fzero if size[0] else size

    @property
    def most(self) -> Raw:
        """The largest that the absolute value can be, rounded up."""
        return _up(mpf_add, mpf_abs(self._mpf_), self.rad)

    def is_known_to(self, bits: int) -> bool:
        """Whether the radius is below 2^-bits of the middle."""
        return bool(mpf_le(self.rad, mpf_shift(mpf_abs(self._mpf_), -bits)))


def _up(operation: Any, left: Raw, right: Raw) -> Raw:
    found: Raw = operation(left, right, RADIUS_BITS, "u")
    return found


def _around(mid: Raw, rad: Raw, precision: int) -> Ball:
    """The ball of a rounded middle: its own rounding error is added to the radius."""
    if mid == fzero:
        return Ball(mid, rad)
    # Two units in the last place: mpmath's functions are good to one.
    return Ball(mid, _up(mpf_add, rad, mpf_shift(fone, mid[2] + mid[3] - precision + 1)))


def from_fraction(value: Fraction, precision: int) -> Ball:
    """The ball of a fraction."""
    return _around(from_rational(value.numerator, value.denominator, precision), fzero, precision)


def add(a: Ball, b: Ball, precision: int) -> Ball:
    """a + b."""
    return _around(mpf_add(a._mpf_, b._mpf_, precision, "n"), _up(mpf_add, a.rad, b.rad), precision)


def negative(a: Ball) -> Ball:
    """-a."""
    return Ball(mpf_neg(a._mpf_), a.rad)


def multiply(a: Ball, b: Ball, precision: int) -> Ball:
    """a · b."""
    rad = _up(mpf_add, _up(mpf_mul, mpf_abs(a._mpf_), b.rad), _up(mpf_mul, b.most, a.rad))
    return _around(mpf_mul(a._mpf_, b._mpf_, precision, "n"), rad, precision)


def divide(a: Ball, b: Ball, precision: int) -> Ball:
    """a / b.  Raises ImpreciseError when b may be 0."""
    if b.holds_zero:
        raise ImpreciseError
    quotient = mpf_div(a._mpf_, b._mpf_, precision, "n")
    above = _up(mpf_add, a.rad, _up(mpf_mul, mpf_abs(_outer(quotient)), b.rad))
    return _around(quotient, _up(mpf_div, above, b.least), precision)


def _outer(mid: Raw) -> Raw:
    """A bound of a middle with few bits, for use in radii."""
    return _up(mpf_add, mpf_abs(mid), mpf_shift(mpf_abs(mid), -RADIUS_BITS))


def power(a: Ball, exponent: int, precision: int) -> Ball:
    """a to a whole power; |(a + r)^n − a^n| <= n·r·(|a| + r)^(n − 1)."""
    if exponent < 0:
        return divide(Ball(fone, fzero), power(a, -exponent, precision), precision)
    if exponent == 0:
        return Ball(fone, fzero)
    slope = _up(mpf_mul, from_int(exponent), mpf_pow_int(a.most, exponent - 1, RADIUS_BITS, "u"))
    return _around(mpf_pow_int(a._mpf_, exponent, precision, "n"), _up(mpf_mul, slope, a.rad), precision)


def exp(a: Ball, precision: int) -> Ball:
    """e to the a; e^r − 1 <= 2r for r <= 1."""
    if mpf_lt(fone, a.rad):
        raise ImpreciseError
    mid = mpf_exp(a._mpf_, precision, "n")
    return _around(mid, _up(mpf_mul, _outer(mid), mpf_shift(a.rad, 1)), precision)


def ln(a: Ball, precision: int) -> Ball:
    """The logarithm of a positive ball.  Raises ImpreciseError when it may be 0."""
    if a.holds_zero:
        raise ImpreciseError
    return _around(mpf_log(a._mpf_, precision, "n"), _up(mpf_div, a.rad, a.least), precision)


def sqrt(a: Ball, precision: int) -> Ball:
    """The square root of a ball that is not negative; around 0 the radius is the root of the largest."""
    if a.holds_zero:
        return Ball(fzero, mpf_sqrt(a.most, RADIUS_BITS, "u"))
    rad = _up(mpf_div, a.rad, mpf_sqrt(a.least, RADIUS_BITS, "d"))
    return _around(mpf_sqrt(a._mpf_, precision, "n"), rad, precision)


def sin(a: Ball, precision: int) -> Ball:
    """The sine; its slope is at most 1."""
    return _around(mpf_sin(a._mpf_, precision, "n"), a.rad, precision)


def cos(a: Ball, precision: int) -> Ball:
    """The cosine; its slope is at most 1."""
    return _around(mpf_cos(a._mpf_, precision, "n"), a.rad, precision)


def tan(a: Ball, precision: int) -> Ball:
    """The tangent; within r (1 + |t|) <= 1/4 it moves by at most 2r (1 + t²).  Raises ImpreciseError beyond."""
    mid = mpf_tan(a._mpf_, precision, "n")
    size = _outer(mid)
    if mpf_lt(QUARTER, _up(mpf_mul, a.rad, _up(mpf_add, fone, size))):
        raise ImpreciseError
    slope = _up(mpf_add, fone, _up(mpf_mul, size, size))
    return _around(mid, _up(mpf_mul, mpf_shift(a.rad, 1), slope), precision)


@lru_cache(maxsize=2)
def _far() -> tuple[Raw, Raw]:
    return from_float(1000.0), from_float(45.0)


NEARLY_NOTHING = mpf_shift(fone, -2800)
"""Bounds 1 − tanh(1000) and 1 − erf(45); digits beyond that would take minutes."""


NEXT_TO_ZERO = Ball(fzero, mpf_shift(fone, -(10**15)))
"""What exp gives below -10^15."""


def tanh(a: Ball, precision: int) -> Ball:
    """The hyperbolic tangent; its slope is at most 1."""
    if mpf_lt(_far()[0], a.least):
        return Ball(fone if a.sign > 0 else mpf_neg(fone), NEARLY_NOTHING)
    return _around(mpf_tanh(a._mpf_, precision, "n"), a.rad, precision)


def erf(a: Ball, precision: int) -> Ball:
    """The error function; its slope is at most 2/√π < 2."""
    if mpf_lt(_far()[1], a.least):
        return Ball(fone if a.sign > 0 else mpf_neg(fone), NEARLY_NOTHING)
    return _around(mpf_erf(a._mpf_, precision, "n"), mpf_shift(a.rad, 1), precision)


def pi(precision: int) -> Ball:
    """π."""
    return _around(mpf_pi(precision, "n"), fzero, precision)


def absolute(a: Ball) -> Ball:
    """|a|."""
    return Ball(mpf_abs(a._mpf_), a.rad)
