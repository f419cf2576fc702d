"""Formulas in 50 digits, read from their trees by mpmath alone: no page, no engine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import mpmath

from backprop_tutor.model.formula import (
    Call,
    Cases,
    Condition,
    Formula,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
)

many = mpmath.mp.clone()
many.dps = 50

ZERO = many.mpf(0)
HUNDREDTH = many.mpf(1) / 100


def _elu(z: Any, alpha: Any = 1) -> Any:
    return z if z > 0 else alpha * many.expm1(z)


FUNCTIONS: dict[str, Any] = {
    "exp": many.exp,
    "ln": lambda x: _real(many.ln(x)),
    "sin": many.sin,
    "cos": many.cos,
    "tan": many.tan,
    "tanh": many.tanh,
    "sqrt": lambda x: _real(many.sqrt(x)),
    "erf": many.erf,
    "abs": abs,
    "sign": many.sign,
    "max": max,
    "min": min,
    "identity": lambda z: z,
    "sigmoid": lambda z: 1 / (1 + many.exp(-z)),
    "relu": lambda z: max(z, ZERO),
    "leaky_relu": lambda z, slope=HUNDREDTH: z if z > 0 else slope * z,
    "elu": _elu,
    "softplus": lambda z: many.log1p(many.exp(z)),
    "silu": lambda z: z / (1 + many.exp(-z)),
    "gelu": lambda z: z * many.ncdf(z),
    "logsumexp": lambda *z: many.ln(sum(map(many.exp, z))),
    "step": lambda z: many.mpf(1 if z > 0 else 0),
    "pi": lambda: +many.pi,
}


def _real(value: Any) -> Any:
    if isinstance(value, many.mpc):
        raise ValueError("not a real number")
    return value


def evaluate(tree: Formula, values: Mapping[str, Any]) -> Any:
    """The value of a formula whose names have these values.  Raises KeyError for a name without one."""
    match tree:
        case Number(value):
            return many.mpf(value.numerator) / value.denominator
        case Name(name):
            return values[name]
        case Sum(terms):
            return sum((evaluate(term, values) for term in terms), ZERO)
        case Product(factors):
            return many.fprod(evaluate(factor, values) for factor in factors)
        case Quotient(numerator, denominator):
            return evaluate(numerator, values) / evaluate(denominator, values)
        case Power(base, exponent):
            return _real(many.power(evaluate(base, values), evaluate(exponent, values)))
        case Negative(operand):
            return -evaluate(operand, values)
        case Call(function, arguments):
            return FUNCTIONS[function](*(evaluate(argument, values) for argument in arguments))
        case Cases(cases, otherwise):
            for condition, value in cases:
                if holds(condition, values):
                    return evaluate(value, values)
            return evaluate(otherwise, values)
    raise TypeError(f"no value of {tree}")


def holds(condition: Condition, values: Mapping[str, Any]) -> bool:
    """Whether a condition holds."""
    difference = evaluate(condition.left, values) - evaluate(condition.right, values)
    return bool({">": difference > 0, ">=": difference >= 0, "=": difference == 0}[condition.relation])
