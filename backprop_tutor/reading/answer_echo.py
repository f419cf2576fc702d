"""How an answer was read, in plain characters: for the learner to see where the text left it open."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from ..model.formula import Call, Derivative, Formula, Name, Negative, Number, Power, Product, Quotient, Sum
from .characters import fold, visible

_SUM, _PRODUCT, _DERIVATIVE, _POWER, _ATOM = 1, 2, 3, 4, 5
_LONGEST = 200
_WRITTEN_OUT = 12
"""Powers of ten up to which a number is shown with all its zeros."""


def echo(tree: Formula, typed: str) -> str:
    """The formula as it was read, or an empty text where that is plain to see from what was typed.

    Brackets that change nothing are plain to see; signs, names and brackets that were added are not.
    """
    said, _ = _written(tree)
    plain = fold(typed).replace("**", "^")
    if _bare(said) == _bare(plain) and said.count("(") <= plain.count("("):
        return ""
    return visible(said, _LONGEST)


def expanded(mantissa: str, exponent: int) -> str:
    """A number in scientific notation with its zeros (``2.5``, -3: ``0.0025``), or as it is if these are many."""
    if abs(exponent) > _WRITTEN_OUT:
        return f"{mantissa}e{exponent}"
    return f"{Decimal(f'{mantissa}e{exponent}'):f}"


def _bare(text: str) -> str:
    return re.sub(r"[\s()]", "", text)


def _written(tree: Formula) -> tuple[str, int]:
    """The text of a formula and how strongly it holds together."""
    match tree:
        case Number(value, written):
            return _number(value, written)
        case Name(name):
            return name, _ATOM
        case Derivative(of, by):
            return f"d{of}/d{by}", _DERIVATIVE
        case Sum(terms):
            return _sum(terms), _SUM
        case Product(factors):
            return "*".join(_factor(factor) for factor in factors), _PRODUCT
        case Quotient(numerator, denominator):
            top = _inside(numerator, _POWER if isinstance(numerator, (Quotient, Derivative)) else _PRODUCT)
            return f"{top}/{_inside(denominator, _POWER)}", _PRODUCT
        case Power(base, exponent):
            return f"{_inside(base, _ATOM)}^{_exponent(exponent)}", _POWER
        case Negative(operand):
            return f"-{_inside(operand, _PRODUCT)}", _SUM
        case Call(function, arguments):
            inside = ", ".join(_written(argument)[0] for argument in arguments)
            return (f"{function}({inside})" if arguments else function), _ATOM
    raise TypeError(f"nobody can type {tree!r}")


def _number(value: Fraction, written: str) -> tuple[str, int]:
    text = written or str(value)
    if text.startswith("-"):
        return text, _SUM
    return text, _PRODUCT if "/" in text else _ATOM


def _sum(terms: tuple[Formula, ...]) -> str:
    text = _inside(terms[0], _PRODUCT) if not isinstance(terms[0], Negative) else _written(terms[0])[0]
    for term in terms[1:]:
        sign, part = ("-", term.operand) if isinstance(term, Negative) else ("+", term)
        text += f" {sign} {_inside(part, _PRODUCT)}"
    return text


def _factor(factor: Formula) -> str:
    return _written(factor)[0] if isinstance(factor, Derivative) else _inside(factor, _POWER)


def _exponent(exponent: Formula) -> str:
    if isinstance(exponent, Negative) and isinstance(exponent.operand, Number):
        text, strength = _written(exponent.operand)
        return f"-{text}" if strength == _ATOM else f"(-{text})"
    return _inside(exponent, _ATOM)


def _inside(tree: Formula, weakest: int) -> str:
    text, strength = _written(tree)
    return text if strength >= weakest else f"({text})"
