"""Which direct dependences the backward pass goes along, and in which order it finds the gradients."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from ..errors import ProblemError, UndefinedValueError
from ..model.formula import Formula, Name, Negative, Number, Product
from ..model.graph import Edge, Graph, Node, Role
from ..model.op import Loss
from ..model.problem import Finding


@dataclass(frozen=True, slots=True)
class Plan:
    """The edges by source, in forward order, and the values whose gradients are found, last first.

    A value stands in ``order`` only after every value that it feeds: its last consumer has reported.
    """

    graph: Graph
    edges: Mapping[str, tuple[Edge, ...]]
    order: tuple[str, ...]
    objective: str
    shortcut: bool


def is_told(edge: Edge) -> bool:
    """Whether the slope is a step of its own, and not a number or a neighbour's value used on the spot."""
    return not edge.shortcut and not _is_plain(edge.slope)


def _is_plain(slope: Formula) -> bool:
    match slope:
        case Number() | Name():
            return True
        case Negative(operand):
            return _is_plain(operand)
        case Product(factors):
            names = sum(isinstance(factor, Name) for factor in factors)
            return names == 1 and all(isinstance(factor, (Number, Name)) for factor in factors)
    return False


def plan(graph: Graph, shortcut: bool = True, objective: str | None = None) -> Plan:
    """The edges of the graph for the backward pass.

    With ``shortcut``, an output activation and a loss that melt into one are joined by one edge; the edge
    from the loss to the prediction stays, so that every quantity keeps its gradient.
    """
    objective = objective or graph.objective
    melted = _melted(graph, _upstream(graph, objective)) if shortcut else {}
    edges: dict[str, list[Edge]] = defaultdict(list)
    reaches = {objective}
    for node in reversed(graph.nodes):
        for name in reversed(node.inputs):
            edges.setdefault(name, [])
        if not reaches.intersection(node.outputs):
            continue
        for edge in reversed(_edges_of(graph, node, melted)):
            if edge.target in reaches:
                edges[edge.source].append(edge)
                reaches.add(edge.source)
    order = _order(graph, reaches, objective)
    for name in order:
        edges.setdefault(name, [])
    return Plan(graph, {name: tuple(reversed(found)) for name, found in edges.items()}, order, objective, shortcut)


def _edges_of(graph: Graph, node: Node, melted: Mapping[str, tuple[Node, Loss, int]]) -> list[Edge]:
    """The edges of one node, in the order of its inputs; a melted activation has edges to the loss."""
    found = []
    x = tuple(Name(name) for name in node.inputs)
    y = tuple(Name(name) for name in node.outputs)
    known = graph.inputs_of(node)
    as_written = known == x
    count = len(node.inputs)
    for i, source in enumerate(node.inputs):
        if not node.op.differentiable(i, count) or not _is_variable(graph, source):
            continue
        joined = melted.get(source)
        if joined is not None and node.outputs[0] in joined[0].inputs:
            loss_node, loss, k = joined
            outputs, targets = _sides(loss_node)
            slope = loss.shortcut(node.op.name, k, outputs, targets)
            assert slope is not None
            found.append(Edge(loss_node, i, k, source, loss_node.outputs[0], slope, shortcut=True))
            continue
        for k, target in enumerate(node.outputs):
            if node.op.depends(i, k, count):
                slope = _slope(node, i, k, x, y)
                reckoned = None if as_written else node.op.slope(i, k, known, y)
                found.append(Edge(node, i, k, source, target, slope, reckoned=reckoned))
    return found


def _slope(node: Node, i: int, k: int, x: tuple[Name, ...], y: tuple[Name, ...]) -> Formula:
    """The slope as it is taught.  Raises ProblemError where a formula has none (tan(pi/2)·x, ln(-3)·x)."""
    try:
        return node.op.slope(i, k, x, y)
    except UndefinedValueError as error:
        message = f"{node.outputs[k]} has no derivative by {node.inputs[i]}: {error}"
        finding = Finding(message, node.where, "Look for a logarithm or root of a negative number, or a division by 0.")
        raise ProblemError((finding,)) from error


def _is_variable(graph: Graph, name: str) -> bool:
    """Whether anybody differentiates by this value."""
    return name not in graph.constants and graph.values[name].label.role not in {Role.CONSTANT, Role.TARGET}


def _sides(node: Node) -> tuple[tuple[Name, ...], tuple[Name, ...]]:
    names = tuple(Name(name) for name in node.inputs)
    return names[: len(names) // 2], names[len(names) // 2 :]


def _upstream(graph: Graph, objective: str) -> set[str]:
    """The objective and everything that it is computed from."""
    found = {objective}
    for node in reversed(graph.nodes):
        if not found.isdisjoint(node.outputs):
            found.update(node.inputs)
    return found


def _melted(graph: Graph, upstream: set[str]) -> dict[str, tuple[Node, Loss, int]]:
    """For each pre-activation that melts with the loss: the loss's node and which output it leads to.

    A loss that the objective is not computed from melts with nothing.
    """
    producers = graph.producers()
    found: dict[str, tuple[Node, Loss, int]] = {}
    for node in graph.nodes:
        if not isinstance(node.op, Loss) or upstream.isdisjoint(node.outputs):
            continue
        outputs, targets = _sides(node)
        for k, output in enumerate(outputs):
            before = producers.get(output.name)
            if before is None or len(before.inputs) != len(before.outputs):
                continue
            if node.op.shortcut(before.op.name, k, outputs, targets) is None:
                continue
            if before.op.layer_wide and before.outputs != tuple(name.name for name in outputs):
                continue
            found[before.inputs[before.outputs.index(output.name)]] = (node, node.op, k)
    return found


def _downstream(graph: Graph, objective: str) -> set[str]:
    """The objective and everything that is computed from it."""
    found = {objective}
    for node in graph.nodes:
        if not found.isdisjoint(node.inputs):
            found.update(node.outputs)
    return found


def _order(graph: Graph, reaches: set[str], objective: str) -> tuple[str, ...]:
    """Values that have a gradient: those computed last first, then the given ones as they are met.

    Values before which nothing of the objective lies come last, unless they are computed from it: their
    gradient is 0.
    """
    seen: dict[str, None] = {}
    computed = {name for node in graph.nodes for name in node.outputs}
    for node in reversed(graph.nodes):
        for name in (*node.outputs, *(name for name in node.inputs if name not in computed)):
            if name in reaches:
                seen.setdefault(name)
    # A given value may feed an earlier node too: it must come after the outputs of all its consumers.
    given = [name for name in seen if name not in computed]
    after = _downstream(graph, objective)
    without_path = [
        name for name in graph.values if name not in after and name not in seen and _is_variable(graph, name)
    ]
    return (*(name for name in seen if name in computed), *given, *without_path)
