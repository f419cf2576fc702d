"""What can go wrong in one step by chance: a wrong number, or a slip of writing."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random

from .learners import Style

Slip = Callable[[Decimal, Style, Random], Decimal | None]
"""The number written instead of the right one; None where this slip changes nothing."""


def arithmetic(value: Decimal, style: Style, random: Random) -> Decimal | None:
    """A wrong result: 3 to 60 % off, or now and then any other number."""
    if not value or random.random() < 0.1:
        return Decimal(f"{random.choice((-1, 1)) * random.uniform(0.1, 2):.6f}")
    return value * (1 + random.choice((-1, 1)) * Decimal(f"{random.uniform(0.03, 0.6):.6f}"))


def sign(value: Decimal, style: Style, random: Random) -> Decimal | None:
    """S1: the sign lost."""
    return -value if value else None


def ten(value: Decimal, style: Style, random: Random) -> Decimal | None:
    """S2: the decimal point one place too far left or right."""
    return value * random.choice((Decimal(10), Decimal("0.1"))) if value else None


def swap(value: Decimal, style: Style, random: Random) -> Decimal | None:
    """S3: two neighbouring digits written in the wrong order."""
    text = style.written(value)
    places = [i for i in range(len(text) - 1) if text[i : i + 2].isdigit() and text[i] != text[i + 1]]
    if not places:
        return None
    i = random.choice(places)
    return Decimal(text[:i] + text[i + 1] + text[i] + text[i + 2 :])


def one_digit(value: Decimal, style: Style, random: Random) -> Decimal | None:
    """S4: one digit too high or too low by one."""
    text = style.written(value)
    mantissa = text.partition("e")[0]
    choices = [
        f"{text[:i]}{int(digit) + step}{text[i + 1 :]}"
        for i, digit in enumerate(mantissa)
        if digit.isdigit()
        for step in (1, -1)
        if 0 <= int(digit) + step <= 9
    ]
    return Decimal(random.choice(choices))


def cut_off(value: Decimal, style: Style, random: Random) -> Decimal | None:
    """S5: cut off where it should be rounded."""
    text = style.written(value, cut=True)
    return Decimal(text) if text != style.written(value) else None


SLIPS: dict[str, Slip] = {
    "S1 sign": sign,
    "S2 factor of ten": ten,
    "S3 swapped digits": swap,
    "S4 one digit": one_digit,
    "S5 cut off": cut_off,
}
FAULTS: dict[str, Slip] = {"arithmetic": arithmetic, **SLIPS}
