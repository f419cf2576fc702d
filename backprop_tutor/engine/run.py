"""Running a graph forward and backward, in any arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TypeVar

from mpmath.libmp import mpf_pos, to_str

from ..errors import ProblemError, UndefinedValueError
from ..model.formula import Derivative, Name
from ..model.graph import Graph, Node
from ..model.problem import Finding, Given, Span
from ..model.trace import Trace
from .arithmetic import Arithmetic, Leaf
from .plan import Plan, is_told

T = TypeVar("T")

LARGEST_DOUBLE = 1797693134862315708 * 10**290


def is_too_large(value: object) -> bool:
    """Whether a number is larger than the largest double."""
    if isinstance(value, Fraction):
        # Most numbers are short, which their bits tell at once.
        return value.numerator.bit_length() - value.denominator.bit_length() > 1022 and abs(value) > LARGEST_DOUBLE
    _, _, exponent, bits = value._mpf_  # type: ignore[attr-defined]
    return bool(exponent + bits > 1024)


class _UnknownError(LookupError):
    """A name has no number: it is a symbol, or depends on one."""


def forward(
    graph: Graph,
    arithmetic: Arithmetic[object],
    start: Mapping[str, object] | None = None,
    rounded: set[str] | None = None,
) -> dict[str, object]:
    """The value of everything that has a number, in forward order; what is in ``start`` is held at that.

    ``rounded`` collects the names of results that were rounded by hand.

    Raises ProblemError, with the place in the file, where an operation has no value at this point.
    """
    values: dict[str, object] = dict(start or {})
    lookup = _lookup(values)
    findings: list[Finding] = []
    for name, value in graph.values.items():
        if value.given is not None and name not in values:
            _put(values, name, value.given, arithmetic)
    for node in graph.nodes:
        try:
            for name, tree in zip(node.outputs, node.op.formula(graph.inputs_of(node)), strict=True):
                if start and name in start:
                    continue
                result = arithmetic.keep(arithmetic.evaluate(tree, lookup))
                if rounded is not None and arithmetic.last_was_rounded:
                    rounded.add(name)
                if is_too_large(result):
                    raise UndefinedValueError("overflow: the result is larger than 1.8·10^308")
                values[name] = result
        except _UnknownError:
            continue
        except UndefinedValueError as error:
            # Other lines may be wrong too, and all mistakes are told at once.
            findings += undefined_at(node, values, str(error)).findings
    if findings:
        raise ProblemError(tuple(findings))
    return values


def backward(
    plan: Plan,
    values: Mapping[str, object],
    arithmetic: Arithmetic[object],
    rounded: set[str],
) -> tuple[dict[tuple[str, int], object], dict[str, object]]:
    """Slopes and gradients from the last value to the first; those that hang on a symbol are left out."""
    slopes: dict[tuple[str, int], object] = {}
    gradients: dict[str, object] = {}
    lookup = _lookup(values)
    for name in plan.order:
        if name == plan.objective:
            gradients[name] = arithmetic.number(Fraction(1))
            continue
        shares = []
        for position, edge in enumerate(plan.edges[name]):
            try:
                slope = arithmetic.evaluate(edge.reckoned or edge.slope, lookup)
            except _UnknownError:
                continue
            except UndefinedValueError as error:
                raise undefined_at(edge.node, values, str(error), edge.name) from error
            if is_told(edge) and edge.target != plan.objective:
                slope = arithmetic.keep(slope)
                if arithmetic.last_was_rounded:
                    rounded.add(edge.name)
            slopes[name, position] = slope
            if edge.target in gradients:
                shares.append(arithmetic.multiply([gradients[edge.target], slope]))
        if len(shares) == len(plan.edges[name]):
            gradients[name] = arithmetic.keep(arithmetic.add(shares))
            if arithmetic.last_was_rounded:
                rounded.add(f"d{plan.objective}/d{name}")
    return slopes, gradients


def run(plan: Plan, arithmetic: Arithmetic[object]) -> Trace:
    """One forward and one backward pass."""
    rounded: set[str] = set()
    values = forward(plan.graph, arithmetic, rounded=rounded)
    slopes, gradients = backward(plan, values, arithmetic, rounded)
    return Trace(values, slopes, gradients, rounded=frozenset(rounded))


def _lookup(values: Mapping[str, object]) -> Callable[[Leaf], object]:
    def lookup(leaf: Leaf) -> object:
        assert isinstance(leaf, Name)
        try:
            return values[leaf.name]
        except KeyError:
            raise _UnknownError(leaf.name) from None

    return lookup


def _put(values: dict[str, object], name: str, given: Given, arithmetic: Arithmetic[object]) -> None:
    try:
        number = arithmetic.evaluate(given.formula, _no_names)
    except _UnknownError:
        return
    except UndefinedValueError as error:
        raise _problem(f"{name} has no value: {error}", given.where) from error
    if is_too_large(number):
        raise _problem(f"{name} is larger than 1.8·10^308", given.where)
    values[name] = number if given.number is not None else arithmetic.keep(number)


def _no_names(leaf: Leaf) -> object:
    raise _UnknownError(leaf.name if isinstance(leaf, Name) else Derivative.__name__)


def undefined_at(node: Node, values: Mapping[str, object], why: str, what: str = "") -> ProblemError:
    """The error that says which quantity (``what``, or the node's output) has no value, where, and at which point."""
    """The error of a node that has no value at this point, with the place in the file and the inputs there."""
    known = [f"{name} = {_short(values[name])}" for name in node.inputs[:6] if name in values]
    point = f" (at {', '.join(known)})" if known else ""
    return _problem(f"{what or node.outputs[0]} has no value here: {why}{point}", node.where)


def _problem(message: str, where: Span | None) -> ProblemError:
    return ProblemError((Finding(message, where, "Change the numbers, or the formula, so that it is defined."),))


def _short(value: object) -> str:
    if isinstance(value, Fraction):
        return f"{float(value):.6g}"
    return str(to_str(mpf_pos(value._mpf_, 64), 6))  # type: ignore[attr-defined]
