"""What the pages about slopes share: reading slips off an operation's page, and where a loss and a sum melt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from ...engine.rules import Wiring, leaf
from ...model.formula import ONE, Formula, Name, Negative, Product, Quotient, Sum
from ...model.graph import Edge, Node
from ...model.op import Inputs, Loss, Op, Slip
from ..misconception import Misconception


def instead(right: Formula, wrong: Formula) -> Formula:
    """The wrong formula; the very object ``right`` where it is the same."""
    return right if wrong == right else wrong


def edges_of(wiring: Wiring) -> Iterator[Edge]:
    """Every edge of the plan."""
    for edges in wiring.plan.edges.values():
        yield from edges


FEW = 8
"""Of operations with more inputs than this, not every input is asked for its slips."""


@lru_cache(maxsize=2)
def typical_edges(wiring: Wiring) -> tuple[Edge, ...]:
    """Edges that together show every slip of every operation: one for each operation and kind of place.

    In a large network many edges are alike, and to ask all of them takes seconds.
    """
    found: dict[tuple[object, ...], Edge] = {}
    for edge in edges_of(wiring):
        if not edge.shortcut:
            found.setdefault(_kind(edge), edge)
    return tuple(found.values())


def _kind(edge: Edge) -> tuple[object, ...]:
    inputs, i = edge.node.inputs, edge.i
    count = len(inputs)
    if count <= FEW or isinstance(edge.node.op, Loss):
        # Where names repeat, a slip may be right by chance; and a loss may treat one target in its own way.
        same = tuple(inputs.index(name) for name in inputs) if count <= FEW else ()
        return edge.node.op, i, edge.k, same
    near = (min(i, 2), min(count - 1 - i, 2), i % 2)
    return edge.node.op, count, near, min(edge.k, 2), i == edge.k


def sides(node: Node) -> tuple[Inputs, Inputs]:
    """The inputs and outputs of a node by their names."""
    return tuple(Name(name) for name in node.inputs), tuple(Name(name) for name in node.outputs)


def slope_at(edge: Edge, x: Inputs, y: Inputs) -> Formula:
    """The slope along an edge as the page of its operation teaches it, with other inputs and outputs put in."""
    return edge.node.op.slope(edge.i, edge.k, x, y)


def is_activation(edge: Edge) -> bool:
    """Whether the edge goes through an activation function, in a layer or in an expression."""
    return not edge.shortcut and "activation" in edge.node.op.kinds


def has_a_slope(z: str, wiring: Wiring) -> bool:
    """Whether the way back from an activation to its sum is more than handing on."""
    return any(edge.shortcut or edge.slope != ONE for edge in wiring.plan.edges.get(z, ()))


@lru_cache(maxsize=8192)
def _slips(op: Op, i: int, k: int, inputs: tuple[str, ...], outputs: tuple[str, ...]) -> tuple[Slip, ...]:
    # The same slips are asked for once for each rule and sheet.
    return op.slips(i, k, tuple(map(Name, inputs)), tuple(map(Name, outputs)))


def slips_along(edge: Edge) -> tuple[Slip, ...]:
    """The slips on the page of the edge's operation; none for a shortcut, which is on no page's way."""
    # A formula of the author's own has none, and may be long to look up.
    without = edge.shortcut or type(edge.node.op).slips is Op.slips
    return () if without else _slips(edge.node.op, edge.i, edge.k, edge.node.inputs, edge.node.outputs)


@dataclass(frozen=True)
class TaggedSlip(Misconception):
    """An idea that every operation shows in its own way: the slips that carry the id of the idea.

    Where an operation has several, ``choice`` counts them from 0; one with fewer shows its last.
    """

    choice: int = 0

    def meant(self, edge: Edge) -> tuple[Formula, ...]:
        """The slopes along an edge to which the idea leads."""
        return tuple(slip.wrong for slip in slips_along(edge) if slip.idea == self.id)

    def slope(self, edge: Edge, right: Formula, wiring: Wiring) -> Formula:
        found = self.meant(edge)
        return instead(right, found[min(self.choice, len(found) - 1)]) if found else right

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        page = cls()
        most = max((len(page.meant(edge)) for edge in typical_edges(wiring)), default=0)
        return tuple(cls(choice) for choice in range(most))


@dataclass(frozen=True, slots=True)
class OutputUnit:
    """An output, the loss that it feeds as its output ``k``, and the node that computes it."""

    loss: Node
    k: int
    name: str
    activation: Node

    @property
    def difference(self) -> Formula:
        """Output minus target."""
        names, _ = sides(self.loss)
        return names[self.k] - names[len(names) // 2 + self.k]

    @property
    def shortcut(self) -> Formula | None:
        """The slope of the loss by the sum before the output, where the two melt into one."""
        assert isinstance(self.loss.op, Loss)
        names, _ = sides(self.loss)
        middle = len(names) // 2
        return self.loss.op.shortcut(self.activation.op.name, self.k, names[:middle], names[middle:])


def output_units(wiring: Wiring) -> tuple[OutputUnit, ...]:
    """The outputs that feed a loss by an activation of their own."""
    found = []
    for node in wiring.graph.nodes:
        if not isinstance(node.op, Loss):
            continue
        for k, name in enumerate(node.inputs[: len(node.inputs) // 2]):
            before = wiring.producers.get(name)
            if before is not None and wiring.preactivation(name) is not None:
                found.append(OutputUnit(node, k, name, before))
    return tuple(found)


def slope_through(unit: OutputUnit, z: str, wiring: Wiring) -> Formula:
    """The slope of an output by a sum before it: by its name where it has one, else written out."""
    for edge in wiring.plan.edges[z]:
        if edge.target == unit.name and wiring.slope_is_named(edge):
            return leaf(edge)
    x, y = sides(unit.activation)
    return unit.activation.op.slope(unit.activation.inputs.index(z), unit.activation.outputs.index(unit.name), x, y)


def turned_round(tree: Formula) -> Formula:
    """The formula with the other sign: b − a for a − b, wherever that is the formula or a factor of it."""
    match tree:
        case Sum((a, Negative(b))):
            return b - a
        case Product(factors):
            for position, factor in enumerate(factors):
                if isinstance(factor, Sum) and len(factor.terms) == 2:
                    return Product((*factors[:position], turned_round(factor), *factors[position + 1 :]))
        case Negative(operand):
            return operand
    return Negative(tree)


def first_of_the_difference(tree: Formula) -> Formula:
    """The formula with a for a − b, where that is the formula or a factor of it; the very object where it is not."""
    match tree:
        case Sum((a, Negative())):
            return a
        case Product(factors):
            for position, factor in enumerate(factors):
                if (first := first_of_the_difference(factor)) is not factor:
                    return Product((*factors[:position], first, *factors[position + 1 :]))
        case Quotient(above, below) if (first := first_of_the_difference(above)) is not above:
            return Quotient(first, below)
    return tree
