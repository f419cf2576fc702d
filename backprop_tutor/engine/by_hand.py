"""Rounding at every step, half up, as with pencil and calculator."""

from __future__ import annotations

from fractions import Fraction

from mpmath.libmp import (
    from_int,
    from_rational,
    mpf_abs,
    mpf_div,
    mpf_exp,
    mpf_floor,
    mpf_ln10,
    mpf_log,
    mpf_mul,
    mpf_pos,
    mpf_sub,
    to_digits_exp,
    to_int,
)

from .ball import Ball, Raw
from .precise import Precise

SMALLEST_EXPONENT = -100_000


class ByHand(Precise):
    """Every kept result rounded half up, as with pencil and calculator.

    Exactly one of ``decimals`` (after the point) and ``significant`` (digits) is given.
    """

    def __init__(self, digits: int = 50, *, decimals: int | None = None, significant: int | None = None) -> None:
        super().__init__(digits)
        self.decimals = decimals
        self.significant = significant
        self.last_was_rounded = False

    def places(self, value: object) -> int:
        """The decimals to which this value is rounded."""
        if self.significant is None:
            return self.decimals or 0
        if value == 0 or (type(value) is Ball and value.holds_zero):
            return self.significant - 1
        return self.significant - 1 - leading_place(value)

    def keep(self, value: object) -> object:
        places = self.places(value)
        rounded = self._rounded(value, places)
        if rounded:
            # 9.996 to three digits is 10.0, not 10.00: the new leading place decides.
            rounded = self._rounded(value, self.places(rounded))
        self.last_was_rounded = type(value) is not Fraction or rounded != value
        return rounded

    def _rounded(self, value: object, places: int) -> Fraction:
        """The rounded value; of a ball around a tie, which is noted, the end away from zero decides."""
        if type(value) is not Ball:
            return round_half_up(value, places)
        middle, radius = exact_fraction(value), raw_fraction(value.rad)
        ends = {round_half_up(middle - radius, places), round_half_up(middle + radius, places)}
        if len(ends) > 1:
            self.undecided = True
        return max(ends, key=abs)


def leading_place(value: object) -> int:
    """The power of ten of the leading digit: 0.034 gives -2, 120 gives 2; the value is not zero."""
    if isinstance(value, Fraction):
        size = abs(value)
        place = len(str(size.numerator)) - len(str(size.denominator))
        return place - 1 if size < Fraction(10) ** place else place
    _, _, place = written_digits(value, 40)
    return place


def written_digits(value: object, count: int) -> tuple[str, str, int]:
    """Sign, ``count`` decimal digits and the place of the first, of a number that is not zero.

    The mantissa is cut down first: of a tiny number all of its thousands of digits would be written out.
    """
    precision = 4 * count + 64
    if isinstance(value, Fraction):
        raw = from_rational(value.numerator, value.denominator, precision)
    else:
        raw = mpf_pos(value._mpf_, precision)  # type: ignore[attr-defined]
    if abs(raw[2]) > -SMALLEST_EXPONENT:
        return _digits_by_logarithm(raw, count)
    sign, digits, place = to_digits_exp(raw, count)
    return sign, digits, int(place)


def _digits_by_logarithm(raw: Raw, count: int) -> tuple[str, str, int]:
    """The digits of something like exp(10^9), whose power of ten would be a number of a billion digits."""
    precision = 4 * count + 64 + raw[2].bit_length()
    ten = mpf_ln10(precision)
    logarithm = mpf_div(mpf_log(mpf_abs(raw), precision), ten, precision)
    place = int(to_int(mpf_floor(logarithm, precision)))
    mantissa = mpf_exp(mpf_mul(mpf_sub(logarithm, from_int(place), precision), ten, precision), precision)
    _, digits, shift = to_digits_exp(mantissa, count)
    return "-" if raw[0] else "", digits, place + int(shift)


def round_half_up(value: object, places: int) -> Fraction:
    """The value rounded to so many decimals (may be negative), ties away from zero."""
    if value != 0 and leading_place(value) < -places - 2:
        return Fraction(0)
    exact = value if isinstance(value, Fraction) else exact_fraction(value)
    scaled = abs(exact) * Fraction(10) ** places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if exact >= 0 else -whole) / Fraction(10) ** places


def exact_fraction(value: object) -> Fraction:
    """The exact binary fraction that a number of many digits is; 0 for what is as small as exp(-10^6).

    A number such as exp(-10^9) would be a fraction of billions of digits.
    """
    return raw_fraction(value._mpf_)  # type: ignore[attr-defined]


def leading_bit(value: object) -> int:
    """The power of two just above a number of many digits, without writing it out; very small for 0."""
    _, mantissa, exponent, bits = value._mpf_  # type: ignore[attr-defined]
    return int(exponent + bits) if mantissa else SMALLEST_EXPONENT


def raw_fraction(raw: Raw) -> Fraction:
    """The fraction of one of mpmath's raw numbers; 0 for what is as small as exp(-10^6)."""
    sign, mantissa, exponent, _ = raw
    if exponent < SMALLEST_EXPONENT:
        return Fraction(0)
    whole = -int(mantissa) if sign else int(mantissa)
    return Fraction(whole) * Fraction(2) ** int(exponent)
