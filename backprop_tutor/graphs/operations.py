"""Which operation a line is: exactly one of ours, with its words and slips, or a formula of the author's own."""

from __future__ import annotations

from collections.abc import Iterator

from .. import ops
from ..model.formula import (
    Call,
    Formula,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    names_in,
    walk,
)
from ..model.op import Op
from ..symbolic.expression import Expression


def recognise(tree: Formula) -> tuple[Op, tuple[str, ...]]:
    """The operation of a line and the names of its inputs."""
    found = _single(tree)
    if found is not None:
        operation, inputs = found
        names = tuple(part.name for part in inputs if isinstance(part, Name))
        if len(names) == len(inputs) == len(set(names)):
            return operation, names
    names = names_in(tree)
    return Expression(tree, names), names


def _single(tree: Formula) -> tuple[Op, tuple[Formula, ...]] | None:
    match tree:
        case Name():
            return ops.operation("identity")(), (tree,)
        case Sum((a, Negative(b))):
            return ops.operation("subtract")(), (a, b)
        case Sum(terms):
            return ops.operation("add")(), terms
        case Product(factors):
            return ops.operation("multiply")(), factors
        case Quotient(a, b):
            return ops.operation("divide")(), (a, b)
        case Negative(operand):
            return ops.operation("negate")(), (operand,)
        case Power(base, Number(value)) if value == 2:
            return ops.operation("square")(), (base,)
        case Call(function, arguments) if arguments:
            operation, inputs = ops.from_call(function, arguments)
            parameters = arguments[len(inputs) :]
            if any(isinstance(part, Name) for argument in parameters for part in walk(argument)):
                return None
            return operation, inputs
    return None


def split(tree: Formula, taken: set[str]) -> list[tuple[str, Formula]]:
    """One line for each operation, innermost first; equal parts become one line.

    The last line is the whole formula and has the name "".  New names are u1, u2, … as far as they are free.
    """
    fresh = (name for name in _numbered() if name not in taken)
    lines: dict[Formula, str] = {}

    def name_of(part: Formula) -> Formula:
        if isinstance(part, (Name, Number)) or not names_in(part):
            return part
        line = flat(part)
        if line not in lines:
            lines[line] = next(fresh)
        return Name(lines[line])

    def flat(part: Formula) -> Formula:
        match part:
            case Sum(terms):
                return Sum(
                    tuple(Negative(name_of(t.operand)) if isinstance(t, Negative) else name_of(t) for t in terms)
                )
            case Product(factors):
                return Product(tuple(name_of(factor) for factor in factors))
            case Quotient(a, b):
                return Quotient(name_of(a), name_of(b))
            case Power(a, b):
                return Power(name_of(a), name_of(b))
            case Negative(operand):
                return Negative(name_of(operand))
            case Call(function, arguments):
                return Call(function, tuple(name_of(argument) for argument in arguments))
        return part

    whole = flat(tree)
    return [*((name, line) for line, name in lines.items()), ("", whole)]


def _numbered() -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield f"u{number}"
