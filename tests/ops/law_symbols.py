"""SymPy as a judge for the laws alone: is the derivative of this formula that formula, identically?"""

from __future__ import annotations

import sympy

from backprop_tutor.model.formula import (
    Call,
    Formula,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
)

_FUNCTIONS = {
    "exp": sympy.exp,
    "ln": sympy.log,
    "sin": sympy.sin,
    "cos": sympy.cos,
    "tan": sympy.tan,
    "tanh": sympy.tanh,
    "sqrt": sympy.sqrt,
    "erf": sympy.erf,
}


def to_sympy(tree: Formula) -> sympy.Expr:
    """A formula without cases as a SymPy expression."""
    match tree:
        case Number(value):
            return sympy.Rational(value.numerator, value.denominator)
        case Name(name):
            return sympy.Symbol(name, real=True)
        case Sum(terms):
            return sympy.Add(*map(to_sympy, terms))
        case Product(factors):
            return sympy.Mul(*map(to_sympy, factors))
        case Quotient(numerator, denominator):
            return to_sympy(numerator) / to_sympy(denominator)
        case Power(base, exponent):
            return to_sympy(base) ** to_sympy(exponent)
        case Negative(operand):
            return -to_sympy(operand)
        case Call("pi", ()):
            return sympy.pi
        case Call(function, (argument,)):
            return _FUNCTIONS[function](to_sympy(argument))
    raise AssertionError(f"no SymPy for {tree}")


def is_derivative(slope: Formula, of: Formula, by: str) -> bool:
    """Whether SymPy proves it; False says only that it does not."""
    difference = sympy.diff(to_sympy(of), sympy.Symbol(by, real=True)) - to_sympy(slope)
    for form in (difference, difference.rewrite(sympy.exp)):
        numerator, _ = sympy.fraction(sympy.together(form))
        if sympy.expand(numerator) == 0:
            return True
    return False
