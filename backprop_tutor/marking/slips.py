"""Random slips of writing and arithmetic: a sign, a factor of ten, two digits swapped, one digit off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .fits import is_within

FEWEST_UNITS = 5
SHORT = 2
"""So few digits say little by one of them."""
POINT = "The digits are right, but the decimal point is not in its place: look at the power of ten."
"""Not by how many places, or in which direction: with that the answer would be read off."""
CUT_OFF = "The last digit is cut off, or rounded too early: round at the end of the line."


@dataclass(frozen=True, slots=True)
class Slip:
    """What happened, in words; ``is_certain`` says that only a few wrong numbers look like this."""

    kind: str
    says: str
    is_certain: bool = True


OF_DIGITS = frozenset({"digits swapped", "last digit cut off", "one digit"})
"""Slips that leave all digits but one or two as they should be."""

NOT_NEAR_ENOUGH = Slip("not near enough", "That is near, but not near enough: work with four digits at every step.")


def slip(
    written: Fraction, half_unit: Fraction, should_be: Sequence[Fraction], *, in_digits: bool = True
) -> Slip | None:
    """The slip that turns one of the right numbers into what is written; None if no slip does.

    ``in_digits`` says that the very digits were written: those that an expression comes to were not.
    """
    if written == 0:
        return None
    # Of a number in its first digit every other is one digit off.
    should_be = [value for value in should_be if half_unit * FEWEST_UNITS <= abs(value) and value != 0]
    for value in should_be:
        if is_within(-written, value, half_unit):
            return Slip("sign", "Only the sign is different.")
        for power in (1, -1, 2, -2, 3, -3):
            shifted = written * Fraction(10) ** power
            # The digits are those of the right number, cut where the learner's own last place falls.
            if is_within(shifted, value, half_unit * Fraction(10) ** power) and not is_within(
                written, value, half_unit
            ):
                return Slip("decimal point", POINT, abs(power) == 1)
    return _of_digits(written, half_unit, should_be) if in_digits else None


def _of_digits(written: Fraction, half_unit: Fraction, should_be: Sequence[Fraction]) -> Slip | None:
    """Two digits swapped, or one that is another."""
    for value in should_be:
        for other in _swapped(written, half_unit):
            if is_within(other, value, half_unit):
                return Slip("digits swapped", "Two neighbouring digits are swapped.")
    for value in should_be:
        if half_unit and abs(written - value) < 2 * half_unit:
            return Slip("last digit cut off", CUT_OFF)
        for other, step in _other_digit(written, half_unit):
            if is_within(other, value, half_unit) and _is_like(written, value, half_unit):
                off_by_one = step == 1
                says = "One digit is off by one." if off_by_one else "Only one digit is different."
                return Slip("one digit", says, off_by_one)
    return None


def _is_like(written: Fraction, value: Fraction, half_unit: Fraction) -> bool:
    """Whether two digits, which are a digit off most others, are near enough to be no other number altogether."""
    return len(_digits(written, half_unit)[0]) > SHORT or abs(written - value) * FEWEST_UNITS <= abs(value)


def _digits(written: Fraction, half_unit: Fraction) -> tuple[str, Fraction]:
    """The digits as they were written, and the unit of the last of them."""
    unit = 2 * half_unit if half_unit else Fraction(1)
    scaled = abs(written) / unit
    return (str(scaled.numerator), unit) if scaled.denominator == 1 else ("", unit)


def _signed(written: Fraction, digits: str, unit: Fraction) -> Fraction:
    value = int(digits) * unit
    return -value if written < 0 else value


def _swapped(written: Fraction, half_unit: Fraction) -> Iterator[Fraction]:
    digits, unit = _digits(written, half_unit)
    for i in range(len(digits) - 1):
        if digits[i] != digits[i + 1]:
            yield _signed(written, digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :], unit)


def _other_digit(written: Fraction, half_unit: Fraction) -> Iterator[tuple[Fraction, int]]:
    """The number with one digit changed, the neighbouring digits first; of two digits only neighbours."""
    digits, unit = _digits(written, half_unit)
    if len(digits) < 2:
        return
    for step in range(1, 10 if len(digits) > 2 else 2):
        for i, digit in enumerate(digits):
            for other in (int(digit) + step, int(digit) - step):
                if 0 <= other <= 9:
                    yield _signed(written, f"{digits[:i]}{other}{digits[i + 1 :]}", unit), step
