"""Running a graph in as many digits as it takes for every digit shown to be right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from mpmath.libmp import fone, mpf_le, mpf_shift

from ..errors import ProblemError
from ..model.graph import Graph
from ..model.problem import Finding
from ..model.trace import Trace
from .ball import Ball
from .plan import Plan
from .precise import Precise
from .run import run, undefined_at

Make = Callable[[int], Precise]

FIRST_DIGITS = 50
MOST_DIGITS = 3_200
DECIDING_DIGITS = 800
"""What cannot be told from 0 with so many digits is 0; only an undefined result is looked at with more."""
LARGE = 2_000
KNOWN_BITS = 66
"""Every number that is handed out is known to 20 significant digits."""
NEGLIGIBLE = mpf_shift(fone, -2_000)
"""What is surely below 10^-600, and not known better, is 0 to every program and every reader."""


def settled(plan: Plan, make: Make = Precise) -> Trace:
    """The pass in as many digits as it takes.

    Numbers know their own error, so one run is enough when every quantity is known to 20 digits and nothing
    hung on digits that are not known; else the graph is run again with twice as many.  What cannot be told
    from 0 in the end (a tie, a cancellation, the slope of tanh at 9000) is 0.  Raises ProblemError for what
    never settles (tan(pi/2)), at the first quantity that does not.
    """
    graph = plan.graph
    most = MOST_DIGITS if len(graph.nodes) <= LARGE else DECIDING_DIGITS
    digits = FIRST_DIGITS
    while True:
        arithmetic = make(digits)
        last = digits >= most
        deciding = digits >= DECIDING_DIGITS
        try:
            trace = run(plan, arithmetic)
        except ProblemError as error:
            # ln(1 - y) of a y that rounds to 1 is no mistake of the author's: look again with more digits.
            if not arithmetic.undecided:
                raise
            if last:
                raise _saturated(error, digits) from error
        else:
            if deciding or not arithmetic.undecided:
                found = _known(trace, digits, deciding)
                if found is not None:
                    return found
                if last:
                    raise _unsettled(graph, trace)
        digits *= 2


def _known(trace: Trace, digits: int, last: bool) -> Trace | None:
    """The run with what is negligible put to 0, if everything else is known well enough; else None."""
    parts: dict[str, dict[Any, object]] = {}
    for part in ("values", "slopes", "gradients"):
        numbers: Mapping[Any, object] = getattr(trace, part)
        found = {key: _well_known(number, last) for key, number in numbers.items()}
        if None in found.values():
            return None
        parts[part] = found
    inexact = any(type(number) is Ball for part in parts.values() for number in part.values())
    return Trace(
        parts["values"],
        parts["slopes"],
        parts["gradients"],
        digits=digits if inexact else 0,
        rounded=trace.rounded,
    )


def _well_known(number: object, last: bool) -> object | None:
    if type(number) is not Ball or number.is_known_to(KNOWN_BITS):
        return number
    return Fraction(0) if last and mpf_le(number.most, NEGLIGIBLE) else None


def _saturated(error: ProblemError, digits: int) -> ProblemError:
    repair = (
        f"A number here cannot be told from 0 or 1 even with {digits} digits: make the weights or inputs smaller, or "
        "use a loss of scores (logits: true) on the identity."
    )
    return ProblemError(tuple(replace(finding, repair=repair) for finding in error.findings), error.text)


def _unsettled(graph: Graph, trace: Trace) -> ProblemError:
    for node in graph.nodes:
        for name in node.outputs:
            if name in trace.values and _well_known(trace.values[name], True) is None:
                return undefined_at(node, {}, "the result does not settle, however many digits are used")
    return ProblemError((Finding("a gradient does not settle, however many digits are used", None),))
