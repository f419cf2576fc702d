"""Numbers as they are shown, and as they are handed to programs."""

from __future__ import annotations

from fractions import Fraction

from ..engine.by_hand import ByHand, leading_place, round_half_up, written_digits
from ..model.lesson import Figure
from ..model.problem import Given, Rounding

SHOWN = 6
FULL = 17


def figure(value: object, rounding: Rounding | None = None, was_rounded: bool = False) -> Figure:
    """The figure of a number: six significant digits, or the places that a rounding by hand keeps.

    A number that is short as it stands is shown whole.  ``was_rounded`` says that a number rounded by hand is
    not the whole result of its step.
    """
    full = digits(value, FULL)
    if rounding is not None and was_rounded and isinstance(value, Fraction):
        places = ByHand(decimals=rounding.decimals, significant=rounding.digits).places(value)
        return Figure(fixed(value, max(places, 0)), full, rounded=True)
    if isinstance(value, Fraction):
        whole = terminating(value, FULL)
        if whole is not None and len(whole.strip("-").replace(".", "").lstrip("0")) <= SHOWN + 2:
            return Figure(whole, full)
    return Figure(digits(value, SHOWN, keep_zeros=True), full, rounded=True)


def given_figure(given: Given, value: object) -> Figure:
    """The figure of a given number: as its author wrote it."""
    if given.number is not None:
        return Figure(given.written.lstrip("+"), digits(value, FULL))
    return figure(value)


def terminating(value: Fraction, most: int) -> str | None:
    """The decimal expansion of a fraction, if it ends within so many digits."""
    denominator = value.denominator
    twos = fives = 0
    while denominator % 2 == 0:
        denominator, twos = denominator // 2, twos + 1
    while denominator % 5 == 0:
        denominator, fives = denominator // 5, fives + 1
    places = max(twos, fives)
    if denominator != 1 or places > most or len(str(abs(value.numerator))) > most:
        return None
    return fixed(value, places)


def fixed(value: Fraction, places: int) -> str:
    """The number with so many decimals, rounded half up; never -0."""
    rounded = round_half_up(value, places)
    whole = abs(rounded.numerator) * 10**places // rounded.denominator
    text = str(whole).rjust(places + 1, "0")
    text = f"{text[:-places]}.{text[-places:]}" if places else text
    return f"-{text}" if rounded < 0 else text


def digits(value: object, count: int, keep_zeros: bool = False) -> str:
    """The number with so many significant digits, half up: ``0.24``, ``1.2e-7``; trailing zeros only on request."""
    if value == 0:
        return "0"
    place = leading_place(value)
    if place < -400 or place > 400 or not isinstance(value, Fraction):
        mantissa, place, negative = _from_many_digits(value, count)
    else:
        rounded = round_half_up(value, count - 1 - place)
        place = leading_place(rounded)
        negative = rounded < 0
        mantissa = str(int(abs(rounded) * Fraction(10) ** (count - 1 - place))).rstrip("0")
    if keep_zeros:
        mantissa = mantissa.ljust(count, "0")
    sign = "-" if negative else ""
    if -5 <= place < 0:
        return f"{sign}0.{'0' * (-place - 1)}{mantissa}"
    if 0 <= place < max(count, 7):
        whole = mantissa.ljust(place + 1, "0")
        return f"{sign}{whole[: place + 1]}.{whole[place + 1 :]}".rstrip(".")
    rest = f".{mantissa[1:]}" if len(mantissa) > 1 else ""
    return f"{sign}{mantissa[0]}{rest}e{place}"


def _from_many_digits(value: object, count: int) -> tuple[str, int, bool]:
    """Digits without trailing zeros, the place of the first, and whether the number is negative."""
    sign, text, place = written_digits(value, count + 20)
    text = text[: count + 20].ljust(count + 1, "0")
    whole = int(text[:count]) + (text[count] >= "5")
    if whole == 10**count:
        whole, place = whole // 10, place + 1
    return str(whole).rstrip("0"), place, sign == "-"
