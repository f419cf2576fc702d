"""Which formulas are plain numbers, and how exactly a number was written."""

from __future__ import annotations

from fractions import Fraction

from ..model.formula import Formula, Negative, Number, Power, Product, Quotient
from ..model.sheet import Answer
from .answer_echo import expanded
from .characters import fold


def plain_number(tree: Formula, text: str) -> Answer | None:
    """The answer for a plain number, a fraction, or a number times a power of ten; None for other formulas.

    ``text`` is the answer as written, safe to print.  A number has a last place where a decimal point or a power
    of ten is written: ``5.`` and ``3e2`` have, ``5`` and ``10^-3`` are exact.
    """
    negative = False
    while isinstance(tree, Negative):
        negative, tree = not negative, tree.operand
    match tree:
        case Number(_, literal) if "/" not in literal:
            return _decimal(literal, 0, negative, False, text)
        case Number(value, literal):
            return _exact(value, literal, negative, text)
        case Quotient(Negative(Number() as top), Number() as bottom):
            negative = not negative
        case Quotient(Number() as top, Number() as bottom):
            pass
        case Product((Negative(Number(_, literal)), Power(Number(_, "10"), power))):
            exponent = _whole(power)
            return None if exponent is None else _decimal(literal, exponent, not negative, True, text)
        case Product((Number(_, literal), Power(Number(_, "10"), power))):
            exponent = _whole(power)
            return None if exponent is None else _decimal(literal, exponent, negative, True, text)
        case Power(Number(_, "10"), power):
            exponent = _whole(power)
            return (
                None if exponent is None else _exact(Fraction(10) ** exponent, expanded("1", exponent), negative, text)
            )
        case _:
            return None
    if not (top.written.isdigit() and bottom.written.isdigit()):
        return None
    return _exact(top.value / bottom.value, f"{top.written}/{bottom.written}", negative, text)


def _whole(power: Formula) -> int | None:
    sign, power = (-1, power.operand) if isinstance(power, Negative) else (1, power)
    return sign * int(power.value) if isinstance(power, Number) and power.written.isdigit() else None


def _exact(value: Fraction, literal: str, negative: bool, text: str) -> Answer:
    value, sign = (-value, "-") if negative and value else (value, "")
    written = sign + literal
    return Answer(text, Number(value, written), read_as="" if "/" in fold(text) else written)


def _decimal(literal: str, exponent: int, negative: bool, product: bool, text: str) -> Answer | None:
    """A number by its digits: ``literal`` times ten to the ``exponent``; ``product`` if a power of ten is written."""
    digits, letter, power = literal.lower().partition("e")
    if (letter and product) or "/" in literal:
        return None
    exponent += int(power or 0)
    whole, point, places = digits.partition(".")
    value = Fraction(digits.removesuffix(".")) * Fraction(10) ** exponent
    value, sign = (-value, "-") if negative and value else (value, "")
    if not point and not letter and not product:
        return Answer(text, Number(value, sign + literal))
    written = f"{sign}{digits}e{exponent}" if letter or product else f"{sign}{literal}"
    return Answer(
        text,
        Number(value, written),
        half_unit=Fraction(10) ** (exponent - len(places)) / 2,
        digits=len((whole + places).lstrip("0")),
        read_as=expanded(sign + digits, exponent) if letter or product else "",
    )
