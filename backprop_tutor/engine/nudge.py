"""The other roads to every number: central differences that know no slope, and floats that know no formula."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from .. import ops
from ..errors import ProblemError
from ..model.formula import Call, Cases, Formula, Name, Negative, Number, Power, Product, Quotient, Sum
from ..model.graph import Graph
from ..model.op import Op
from ..symbolic.expression import Expression
from .precise import Precise
from .run import forward

DIGITS = 50


def central_difference(graph: Graph, values: Mapping[str, object], name: str, digits: int = DIGITS) -> object | None:
    """The derivative of the objective by a value, from two forward passes beside the point.

    With d digits and a step of 10^(-d/3) the error is about 10^(-2d/3).  None where a pass is undefined.
    """
    arithmetic = Precise(digits)
    step = Fraction(1, 10 ** (digits // 3))
    here = values[name]
    sides = []
    for sign in (1, -1):
        start = {name: arithmetic.add([here, sign * step])}
        try:
            found = forward(graph, arithmetic, start)
        except ProblemError:
            return None
        sides.append(found[graph.objective])
    return arithmetic.divide(arithmetic.add([sides[0], arithmetic.multiply([Fraction(-1), sides[1]])]), 2 * step)


def float_values(graph: Graph) -> dict[str, float]:
    """Every value in floating point, computed by the operations' kernels; stops where floats fail."""
    found: dict[str, float] = {}
    for name, value in graph.values.items():
        if value.given is not None:
            try:
                found[name] = float_formula(value.given.formula, {})
            except LookupError:
                continue
    for node in graph.nodes:
        if any(name not in found for name in node.inputs):
            continue
        inputs = [found[name] for name in node.inputs]
        try:
            outputs = _outputs(node.op, inputs)
        except (ArithmeticError, ValueError):
            continue
        found.update(zip(node.outputs, outputs, strict=True))
    return {name: value for name, value in found.items() if math.isfinite(value)}


def _outputs(op: Op, inputs: Sequence[float]) -> tuple[float, ...]:
    if isinstance(op, Expression):
        return (float_formula(op.tree, dict(zip(op.inputs, inputs, strict=True))),)
    return op.kernel(inputs)


_FLOAT: Mapping[str, Callable[[float], float]] = {
    "exp": math.exp, "ln": math.log, "sin": math.sin, "cos": math.cos, "tan": math.tan, "tanh": math.tanh,
    "sqrt": math.sqrt, "abs": abs, "erf": math.erf,
}  # fmt: skip


def float_formula(tree: Formula, values: Mapping[str, float]) -> float:
    """A formula in floating point, written independently of the arithmetics."""
    match tree:
        case Number(value):
            return float(value)
        case Name(name):
            return values[name]
        case Sum(terms):
            return math.fsum(float_formula(term, values) for term in terms)
        case Product(factors):
            return math.prod(float_formula(factor, values) for factor in factors)
        case Negative(operand):
            return -float_formula(operand, values)
        case Quotient(numerator, denominator):
            return float_formula(numerator, values) / float_formula(denominator, values)
        case Power(base, exponent):
            return math.pow(float_formula(base, values), float_formula(exponent, values))
        case Call("pi", ()):
            return math.pi
        case Call(function, arguments):
            numbers = [float_formula(argument, values) for argument in arguments]
            if function in _FLOAT:
                return _FLOAT[function](*numbers)
            operation, inputs = ops.from_call(function, arguments)
            return operation.kernel([float_formula(part, values) for part in inputs])[0]
        case Cases():
            raise ValueError("authors write no cases")
    raise LookupError("a derivative has no value here")
