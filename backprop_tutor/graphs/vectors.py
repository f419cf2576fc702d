"""Vectors, unfolded: the graph is scalar, so a line with vectors becomes one formula for each element."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from ..model.formula import Call, Formula, Name, Negative, Number, Power, Product, Quotient, Sum, total

Elements = tuple[Formula, ...]


class ShapeError(ValueError):
    """Vectors of different lengths meet, or a function is used on the wrong kind of thing."""


def unfold(tree: Formula, vectors: Mapping[str, tuple[str, ...]]) -> Formula | Elements:
    """A formula of scalars for a scalar result, a tuple of formulas for a vector.

    ``vectors`` names the elements of each vector.  Raises ShapeError.
    """
    match tree:
        case Number():
            return tree
        case Name(name):
            return tuple(Name(element) for element in vectors[name]) if name in vectors else tree
        case Call("dot", (left, right)):
            a, b = unfold(left, vectors), unfold(right, vectors)
            if not isinstance(a, tuple) or not isinstance(b, tuple):
                raise ShapeError("dot needs two vectors")
            _same_length((a, b))
            return total(tuple(Product((p, q)) for p, q in zip(a, b, strict=True)))
        case Call("sum", (operand,)):
            elements = unfold(operand, vectors)
            if not isinstance(elements, tuple):
                raise ShapeError("sum needs a vector")
            return total(elements)
        case Call("max" | "min" | "logsumexp" as function, (operand,)):
            elements = unfold(operand, vectors)
            if not isinstance(elements, tuple):
                raise ShapeError(f"{function} of one thing needs a vector")
            return Call(function, elements)
        case Sum(terms):
            return _elementwise(terms, vectors, Sum)
        case Product(factors):
            return _elementwise(factors, vectors, Product)
        case Negative(operand):
            return _elementwise((operand,), vectors, lambda parts: Negative(parts[0]))
        case Quotient(a, b):
            return _elementwise((a, b), vectors, lambda parts: Quotient(*parts))
        case Power(a, b):
            return _elementwise((a, b), vectors, lambda parts: Power(*parts))
        case Call(function, arguments) if arguments:
            return _elementwise(arguments, vectors, lambda parts: Call(function, parts))
    return tree


def _elementwise(parts: Elements, vectors: Mapping[str, tuple[str, ...]], build: object) -> Formula | Elements:
    unfolded = [unfold(part, vectors) for part in parts]
    lists = [part for part in unfolded if isinstance(part, tuple)]
    if not lists:
        return build(tuple(unfolded))  # type: ignore[operator, no-any-return]
    _same_length(lists)
    return tuple(
        build(tuple(part[i] if isinstance(part, tuple) else part for part in unfolded))  # type: ignore[operator]
        for i in range(len(lists[0]))
    )


def _same_length(lists: list[Elements] | tuple[Elements, ...]) -> None:
    for a, b in pairwise(lists):
        if len(a) != len(b):
            raise ShapeError(f"vectors of {len(a)} and {len(b)} elements do not fit together")
