"""An evaluator of formulas for the laws alone: 50 digits, and not the engine's, so that they check each other."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from mpmath import mpf
from mpmath.ctx_mp import MPContext

from backprop_tutor import ops
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
    formula,
    replace,
)

context = MPContext()
context.dps = 50
NOTHING = context.mpf(10) ** -40

Point = Mapping[str, mpf]


def real(value: Fraction | int) -> mpf:
    """A fraction in 50 digits."""
    fraction = Fraction(value)
    return context.mpf(fraction.numerator) / fraction.denominator


def order(condition: Condition, point: Point) -> int:
    """-1, 0 or 1: how the left side compares with the right one; the last ten digits are noise."""
    difference = evaluate(condition.left, point) - evaluate(condition.right, point)
    return 0 if abs(difference) < NOTHING else (1 if difference > 0 else -1)


def holds(condition: Condition, point: Point) -> bool:
    """Whether the condition is true at this point."""
    return order(condition, point) in {">": (1,), ">=": (0, 1), "=": (0,)}[condition.relation]


def chosen(tree: Cases, point: Point) -> Formula:
    """The case that counts at this point."""
    return next((value for condition, value in tree.cases if holds(condition, point)), tree.otherwise)


def written_out(call: Call) -> Formula:
    """The formula on the page of the function that is called."""
    operation, inputs = ops.from_call(call.function, call.arguments)
    return operation.formula(inputs)[0]


def evaluate(tree: Formula, point: Point) -> mpf:
    """The value of a formula at a point.  Raises ZeroDivisionError or ValueError where there is none."""
    match tree:
        case Number(value):
            return real(value)
        case Name(name):
            return point[name]
        case Sum(terms):
            return context.fsum(evaluate(term, point) for term in terms)
        case Product(factors):
            return context.fprod(evaluate(factor, point) for factor in factors)
        case Quotient(numerator, denominator):
            return evaluate(numerator, point) / evaluate(denominator, point)
        case Power(base, exponent):
            return _real(evaluate(base, point) ** evaluate(exponent, point))
        case Negative(operand):
            return -evaluate(operand, point)
        case Cases():
            return evaluate(chosen(tree, point), point)
        case Call():
            return _call(tree, [evaluate(argument, point) for argument in tree.arguments], point)
    raise AssertionError(f"a page cannot use {tree}")


def _call(tree: Call, arguments: list[mpf], point: Point) -> mpf:
    match tree.function, arguments:
        case "pi", []:
            return +context.pi
        case "ln", [x]:
            return _real(context.ln(x))
        case "sqrt", [x]:
            return _real(context.sqrt(x))
        case "exp" | "sin" | "cos" | "tan" | "tanh" | "erf", [x]:
            return getattr(context, tree.function)(x)
        case "abs", [x]:
            return abs(x)
        case "sign", [x]:
            return context.mpf(0) if abs(x) < NOTHING else context.sign(x)
        case "max" | "min", _:
            return max(arguments) if tree.function == "max" else min(arguments)
    return evaluate(written_out(tree), point)


def _real(value: object) -> mpf:
    if not isinstance(value, context.mpf):
        raise ValueError("no real value")
    return value


def smooth_piece(tree: Formula, point: Point) -> Formula:
    """The formula without cases that equals this one around the point, functions of pages written out."""

    def choose(part: Formula) -> Formula | None:
        match part:
            case Cases():
                return smooth_piece(chosen(part, point), point)
            case Call("abs", (x,)):
                inside = smooth_piece(x, point)
                return inside if evaluate(x, point) > 0 else Negative(inside)
            case Call("sign", (x,)):
                return formula(1 if evaluate(x, point) > 0 else -1)
            case Call("max" | "min" as name, arguments):
                pick = max if name == "max" else min
                return smooth_piece(pick(arguments, key=lambda argument: evaluate(argument, point)), point)
            case Call(name) if name not in {"pi", "exp", "ln", "sin", "cos", "tan", "tanh", "sqrt", "erf"}:
                return smooth_piece(written_out(part), point)
        return None

    return replace(tree, choose)
