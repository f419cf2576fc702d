"""A graph run forward in 50 digits without the engine, and central differences that know no slope."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from backprop_tutor.model.graph import Graph

from .formulas import evaluate, many


def forward(graph: Graph, held: Mapping[str, Any], start: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Every value; what is in ``held`` is held at that, and symbols take their numbers from ``start``."""
    values = dict(start or {})
    for name, value in graph.values.items():
        if value.given is not None and name not in values:
            values[name] = evaluate(value.given.formula, values)
    values.update(held)
    for node in graph.nodes:
        for name, tree in zip(node.outputs, node.op.formula(graph.inputs_of(node)), strict=True):
            if name not in held:
                values[name] = evaluate(tree, values)
    return values


def nudged(graph: Graph, name: str, objective: str, start: Mapping[str, Any] | None = None, digits: int = 50) -> Any:
    """The derivative of the objective by a value, from its neighbours on both sides."""
    with many.workdps(digits):
        step = many.mpf(10) ** -(digits // 3 + 1)
        here = forward(graph, {}, start)[name]
        sides = [forward(graph, {name: here + sign * step}, start)[objective] for sign in (1, -1)]
        return (sides[0] - sides[1]) / (2 * step)
