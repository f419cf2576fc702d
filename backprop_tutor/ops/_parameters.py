"""What pages with parameters share: writing a parameter without clutter, and its value in floating point."""

from __future__ import annotations

import math
from fractions import Fraction

from ..model.formula import Call, Formula, Negative, Number, Power, Product, Quotient, Sum, product
from ..model.op import words

MEAN = words(" The mean over the outputs leaves its factor in front.")

_FUNCTIONS = {"exp": math.exp, "ln": math.log, "sqrt": math.sqrt, "sin": math.sin, "cos": math.cos, "tan": math.tan}


def number(value: int | str) -> Number:
    """An exact number from an integer or from ``"1/100"``."""
    return Number(Fraction(value))


def is_number(tree: Formula, value: int) -> bool:
    """Whether the formula is this number, literally."""
    return isinstance(tree, Number) and tree.value == value


def times(factor: Formula, tree: Formula) -> Formula:
    """``factor * tree``, without a factor that is 1."""
    return tree if is_number(factor, 1) else product((factor, tree))


def float_of(tree: Formula) -> float:
    """A parameter's value in floating point: a number or a formula of constants.

    Raises ValueError for anything that is not constant.
    """
    match tree:
        case Number(value):
            return float(value)
        case Negative(operand):
            return -float_of(operand)
        case Sum(terms):
            return math.fsum(float_of(term) for term in terms)
        case Product(factors):
            return math.prod(float_of(factor) for factor in factors)
        case Quotient(numerator, denominator):
            return float_of(numerator) / float_of(denominator)
        case Power(base, exponent):
            return math.pow(float_of(base), float_of(exponent))
        case Call("pi", ()):
            return math.pi
        case Call(function, (argument,)) if function in _FUNCTIONS:
            return _FUNCTIONS[function](float_of(argument))
    raise ValueError("a parameter must be a number or a formula of constants")
