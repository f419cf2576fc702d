"""Running a graph in as many digits as it takes for every digit shown to be right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from mpmath.libmp import fone, from_rational, mpf_abs, mpf_le, mpf_shift, mpf_sub

from ..errors import ProblemError
from ..model.graph import Graph
from ..model.problem import Finding
from ..model.trace import Trace
from .plan import Plan
from .precise import Precise
from .rules import Rules
from .run import run, undefined_at

Make = Callable[[int], Precise]

FIRST_DIGITS = 50
MOST_DIGITS = 12_800
MOST_DIGITS_OF_LARGE_GRAPHS = 1_600
LARGE = 2_000
AGREEING_BITS = 84
COMPARED_BITS = 200
NEGLIGIBLE_BITS = 10_000


def settled(plan: Plan, make: Make = Precise, rules: Rules[object] | None = None) -> Trace:
    """The pass in as many digits as it takes.

    The same graph is run in more and more digits until two runs agree in every quantity to 25 digits and no
    sum has lost a whole term: 1 - tanh(8)² is then right in every digit that is shown.  What shrinks with
    every digit that is added is zero.  Problems in fractions run once.  Raises ProblemError for what never
    settles (tan(pi/2)), at the first quantity that does not.
    """
    graph = plan.graph
    most = MOST_DIGITS if len(graph.nodes) <= LARGE else MOST_DIGITS_OF_LARGE_GRAPHS
    digits = FIRST_DIGITS
    runs: list[Trace] = []
    while True:
        arithmetic = make(digits)
        try:
            trace = run(plan, arithmetic, rules)
        except ProblemError as error:
            # ln(1 - y) of a y that rounds to 1 is no mistake of the author's: look again with more digits.
            if not arithmetic.absorbed:
                raise
            if digits >= most:
                raise _saturated(error, digits) from error
            runs.clear()
        else:
            if not arithmetic.inexact:
                return trace
            runs.append(trace)
            last = digits >= most
            if len(runs) >= 2 and (last or not arithmetic.absorbed):
                agreed = _agreed(runs, digits, last)
                if agreed is not None:
                    return agreed
            if last:
                raise _unsettled(graph, runs)
        digits *= 2


def _agreed(runs: list[Trace], digits: int, last: bool) -> Trace | None:
    """The last run with its zeros put right, if it agrees with the run before; else None."""
    parts: dict[str, dict[Any, object]] = {}
    for part in ("values", "slopes", "gradients"):
        columns = [getattr(trace, part) for trace in runs[-3:]]
        found = {}
        for key in columns[-1]:
            settled_value = _settled_value([column.get(key) for column in columns], digits, last)
            if settled_value is None:
                return None
            found[key] = settled_value
        parts[part] = found
    return Trace(parts["values"], parts["slopes"], parts["gradients"], digits=digits, rounded=runs[-1].rounded)


def _settled_value(history: list[object], digits: int, last: bool = False) -> object | None:
    """The value on which the runs agree; 0 for one that shrinks with the digits; None: they differ."""
    value, before = history[-1], history[-2]
    if before is None or value is None:
        return None
    if type(value) is Fraction and type(before) is Fraction:
        return value if value == before else None
    if _within(value, before):
        return value
    if last and _is_negligible(value) and _is_negligible(before):
        return Fraction(0)
    # The runs had digits / 2 and digits (and digits / 4 before): noise shrinks by as many places.
    if len(history) < 3:
        return None
    if _shrinks(before, value, digits // 4) and _shrinks(history[0], before, digits // 8):
        return Fraction(0)
    return None


def _within(value: object, before: object) -> bool:
    """Whether the two differ by less than the digits that must agree."""
    difference = mpf_abs(mpf_sub(_raw(value), _raw(before), COMPARED_BITS))
    return bool(mpf_le(difference, mpf_shift(mpf_abs(_raw(value)), -AGREEING_BITS)))


def _is_negligible(value: object) -> bool:
    """Whether the value is far below anything that is ever shown: the slope of tanh at 9000."""
    return bool(mpf_le(mpf_abs(_raw(value)), mpf_shift(fone, -NEGLIGIBLE_BITS)))


def _shrinks(before: object, value: object, digits: int) -> bool:
    """Whether the value lost so many decimal places in size."""
    return bool(mpf_le(mpf_shift(mpf_abs(_raw(value)), digits * 10 // 3), mpf_abs(_raw(before))))


def _raw(value: object) -> tuple[int, int, int, int]:
    if isinstance(value, Fraction):
        raw = from_rational(value.numerator, value.denominator, COMPARED_BITS)
    else:
        raw = value._mpf_  # type: ignore[attr-defined]
    return raw  # type: ignore[no-any-return]


def _saturated(error: ProblemError, digits: int) -> ProblemError:
    repair = (
        f"A number here cannot be told from 0 or 1 even with {digits} digits: make the weights or inputs smaller, or "
        "use a loss of scores (logits: true) on the identity."
    )
    return ProblemError(tuple(replace(finding, repair=repair) for finding in error.findings), error.text)


def _unsettled(graph: Graph, runs: list[Trace]) -> ProblemError:
    for node in graph.nodes:
        for name in node.outputs:
            history = [trace.values.get(name) for trace in runs[-2:]]
            if len(history) == 2 and _settled_value(history, MOST_DIGITS) is None:
                return undefined_at(node, {}, "the result does not settle, however many digits are used")
    return ProblemError((Finding("a gradient does not settle, however many digits are used", None),))
