"""Problem to graph, with everything that can be checked before a number is computed."""

from __future__ import annotations

import difflib

from ..errors import ProblemError
from ..model.graph import Graph
from ..model.problem import Finding, Network, Problem
from . import from_expressions, from_layers
from .builder import Builder


def build_graph(problem: Problem) -> Graph:
    """The computation graph of a problem.

    Raises ProblemError with all findings: cycles, shapes of vectors, unknown names under ``differentiate``
    and ``frozen``, parameters that are no numbers.
    """
    builder = Builder()
    body = problem.body
    if isinstance(body, Network):
        graph = from_layers.build(body, builder, problem.differentiate)
    else:
        graph = from_expressions.build(body, builder, problem.differentiate)
    findings = builder.findings or _unknown(graph)
    if findings:
        raise ProblemError(tuple(findings), problem.text)
    return graph


def _unknown(graph: Graph) -> list[Finding]:
    found = []
    for word, names, right in (
        ("differentiate", (graph.objective, *graph.other_objectives), tuple(graph.values)),
        ("frozen", tuple(graph.frozen), graph.parameters),
    ):
        for name in sorted(set(names) - set(right)):
            near = difflib.get_close_matches(name, right, 1)
            repair = f"Did you mean {near[0]}?" if near else f"Known names: {', '.join(right[:12])}"
            found.append(Finding(f"{word}: {name} is no quantity of this problem", None, repair))
    return found
