"""Formulas worked out in decimal numbers, as with a good pocket calculator: no page, no engine, no marker."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Context, Decimal, localcontext

from backprop_tutor.model.formula import (
    Call,
    Cases,
    Condition,
    Derivative,
    Formula,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
)

DIGITS = 34
CALCULATOR = Context(prec=DIGITS)
Leaf = Name | Derivative
Lookup = Callable[[Leaf], Decimal]

ZERO, ONE, TWO = Decimal(0), Decimal(1), Decimal(2)


def _tanh(x: Decimal) -> Decimal:
    power = (-2 * abs(x)).exp()
    size = (1 - power) / (1 + power)
    return size if x >= 0 else -size


def _sigmoid(z: Decimal) -> Decimal:
    return 1 / (1 + (-z).exp()) if z >= 0 else z.exp() / (1 + z.exp())


def _softplus(z: Decimal) -> Decimal:
    return max(z, ZERO) + (1 + (-abs(z)).exp()).ln()


def _by_floats(function: Callable[[float], float]) -> Callable[[Decimal], Decimal]:
    # Sixteen digits are enough beside the three or four that a learner writes.
    return lambda x: +Decimal(function(float(x)))


FUNCTIONS: dict[str, Callable[..., Decimal]] = {
    "exp": Decimal.exp,
    "ln": Decimal.ln,
    "sqrt": Decimal.sqrt,
    "sin": _by_floats(math.sin),
    "cos": _by_floats(math.cos),
    "tan": _by_floats(math.tan),
    "erf": _by_floats(math.erf),
    "tanh": _tanh,
    "abs": abs,
    "sign": lambda x: Decimal((x > 0) - (x < 0)),
    "max": max,
    "min": min,
    "pi": lambda: +Decimal("3.14159265358979323846264338327950288419716939937511"),
    "identity": lambda z: z,
    "sigmoid": _sigmoid,
    "relu": lambda z: max(z, ZERO),
    "leaky_relu": lambda z, slope=ONE / 100: z if z > 0 else slope * z,
    "elu": lambda z, alpha=ONE: z if z > 0 else alpha * (z.exp() - 1),
    "softplus": _softplus,
    "silu": lambda z: z * _sigmoid(z),
    "step": lambda z: Decimal(z > 0),
    "logsumexp": lambda *z: sum((x.exp() for x in z), ZERO).ln(),
}


def calculate(tree: Formula, lookup: Lookup) -> Decimal:
    """The value of a formula to 34 digits.  Raises ArithmeticError where it has none."""
    with localcontext(CALCULATOR):
        return _value(tree, lookup)


def _value(tree: Formula, lookup: Lookup) -> Decimal:
    match tree:
        case Number(value):
            return Decimal(value.numerator) / value.denominator
        case Name() | Derivative():
            return lookup(tree)
        case Sum(terms):
            return sum((_value(term, lookup) for term in terms), ZERO)
        case Product(factors):
            return math.prod((_value(factor, lookup) for factor in factors), start=ONE)
        case Quotient(numerator, denominator):
            return _value(numerator, lookup) / _value(denominator, lookup)
        case Power(base, exponent):
            return _value(base, lookup) ** _value(exponent, lookup)
        case Negative(operand):
            return -_value(operand, lookup)
        case Call(function, arguments):
            return FUNCTIONS[function](*(_value(argument, lookup) for argument in arguments))
        case Cases(cases, otherwise):
            for condition, chosen in cases:
                if _holds(condition, lookup):
                    return _value(chosen, lookup)
            return _value(otherwise, lookup)
    raise TypeError(f"no value of {tree}")


def _holds(condition: Condition, lookup: Lookup) -> bool:
    difference = _value(condition.left, lookup) - _value(condition.right, lookup)
    return {">": difference > 0, ">=": difference >= 0, "=": difference == 0}[condition.relation]
