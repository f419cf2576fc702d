"""Numbers that lie so close to 0 or 1 that a reader takes them for it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from mpmath.libmp import dps_to_prec, fone, mpf_lt, mpf_shift

from ..model.trace import Trace
from .ball import Ball, add, from_fraction

MANY_DIGITS = 100
"""More digits than an ordinary problem takes: something in it is saturated, or 0 without being seen to be."""
NEAR_ONE = 21
"""Within 2^-21 of 1, a number is 1 in six digits."""
NEAR_ZERO = 166
"""Below 2^-166, which is 10^-50, a number is no ordinary one."""


def is_close(trace: Trace) -> bool:
    """Whether a number took many digits and lies close to 0 or 1 without being it.

    What is 0 or 1 without any difference may take many digits, too.
    """
    if trace.digits <= MANY_DIGITS:
        return False
    precision = dps_to_prec(trace.digits)
    minus = from_fraction(Fraction(-1), precision)
    found = [_ball(number, precision) for number in _numbers(trace)]
    return any(
        _is_tiny(number, NEAR_ZERO) or _is_tiny(add(_size(number), minus, precision), NEAR_ONE) for number in found
    )


def _numbers(trace: Trace) -> Iterator[object]:
    for part in (trace.values, trace.slopes, trace.gradients):
        yield from part.values()


def _ball(number: object, precision: int) -> Ball:
    if isinstance(number, Ball):
        return number
    assert isinstance(number, Fraction)
    return from_fraction(number, precision)


def _size(number: Ball) -> Ball:
    return Ball((0, *number._mpf_[1:]), number.rad)


def _is_tiny(number: Ball, bits: int) -> bool:
    """Whether it is surely not 0, and surely below 2^-bits."""
    return not number.holds_zero and bool(mpf_lt(number.most, mpf_shift(fone, -bits)))
