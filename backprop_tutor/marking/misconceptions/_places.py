"""What the pages about connections, paths and updates share: where in a problem a rule has something to say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self, TypeVar

from ...engine.rules import Connection, Rules, Wiring, added, leaf, times
from ...model.formula import Formula, Name, Product, total
from ...model.graph import Edge, Role
from ..misconception import Misconception

Rule = TypeVar("Rule", bound=Rules)


@dataclass(frozen=True, slots=True)
class Path:
    """An edge with what is right along it: the gradient that arrives, the slope, and the share, their product."""

    edge: Edge
    right: Formula
    arriving: Formula
    slope: Formula


def paths_from(name: str, wiring: Wiring) -> Iterator[Path]:
    """The paths by which a value reaches the objective, in forward order."""
    for edge in wiring.plan.edges[name]:
        slope = leaf(edge) if wiring.slope_is_named(edge) else edge.reckoned or edge.slope
        arriving = wiring.gradient(edge.target)
        yield Path(edge, times(arriving, slope), arriving, slope)


def is_other(rule: Rules, wiring: Wiring) -> bool:
    """Whether a rule changes some formula before the updates."""
    here = type(rule)
    if here.forward is not Rules.forward:
        for node in wiring.graph.nodes:
            for k, right in enumerate(node.op.formula(wiring.graph.inputs_of(node))):
                if rule.forward(node, k, right, wiring) is not right:
                    return True
    if here.slope is Rules.slope and here.share is Rules.share and here.gather is Rules.gather:
        return False
    return any(_is_other_at(rule, name, wiring) for name in wiring.plan.order if name != wiring.objective)


def _is_other_at(rule: Rules, name: str, wiring: Wiring) -> bool:
    paths = tuple(paths_from(name, wiring))
    for path in paths:
        slope = path.edge.reckoned or path.edge.slope
        if rule.slope(path.edge, slope, wiring) is not slope:
            return True
        if rule.share(path.edge, path.right, path.arriving, path.slope, wiring) is not path.right:
            return True
    shares = tuple(path.right for path in paths)
    right = added(shares)
    return rule.gather(name, right, shares, wiring) is not right


class Anywhere(Misconception):
    """A page that is offered wherever it changes some formula."""

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        return offered((cls(),), wiring)


def offered(rules: tuple[Rule, ...], wiring: Wiring) -> tuple[Rule, ...]:
    """Those of the rules that change some formula of this problem before the updates."""
    return tuple(rule for rule in rules if is_other(rule, wiring))


class AlongConnections(Anywhere):
    """A page that finds the share along some connections between layers in another way."""

    def along(self, place: Connection, right: Formula, arriving: Formula, wiring: Wiring) -> Formula:
        """The share along a connection; the very object ``right`` where the page has nothing to say."""
        raise NotImplementedError

    def share(self, edge: Edge, right: Formula, arriving: Formula, slope: Formula, wiring: Wiring) -> Formula:
        place = wiring.connection(edge)
        if place is None:
            return right
        wrong = self.along(place, right, arriving, wiring)
        return right if wrong == right else wrong


def split_paths(
    name: str, shares: tuple[Formula, ...], wiring: Wiring
) -> tuple[tuple[Formula, ...], tuple[Formula, ...]]:
    """The shares of a value's paths through the problem, and apart from them that of a penalty on a weight."""
    edges = wiring.plan.edges[name]
    through: list[Formula] = []
    penalties: list[Formula] = []
    for edge, share in zip(edges, shares, strict=True):
        (penalties if is_penalty(edge, wiring) else through).append(share)
    return tuple(through), tuple(penalties)


def is_penalty(edge: Edge, wiring: Wiring) -> bool:
    """Whether an edge leads from a weight straight to a part of the loss."""
    return edge.source in wiring.parameters and wiring.role(edge.target) is Role.LOSS


def enters_loss(edge: Edge, wiring: Wiring) -> bool:
    """Whether an edge leads from the network (or, with the shortcut, from a sum) to the loss, and is no penalty."""
    is_loss = wiring.role(edge.target) is Role.LOSS
    return is_loss and wiring.role(edge.source) is not Role.LOSS and not is_penalty(edge, wiring)


def weighted_sum(weights: tuple[str, ...], units: tuple[str, ...], bias: str = "") -> Formula:
    """Each unit times its weight, added up, and the bias if there is one."""
    products = tuple(Product((Name(weight), Name(unit))) for weight, unit in zip(weights, units, strict=True))
    return total((*products, Name(bias)) if bias else products)


def transposed_sum(z: str, right: Formula, wiring: Wiring) -> Formula:
    """The weighted sum of a unit with the weights in the transposed places; ``right`` where they have none."""
    place = wiring.sum_at(z)
    if place is None:
        return right
    layer, row = place
    connections = [Connection(layer, row, column, from_unit=False) for column in range(len(layer.sources))]
    weights = tuple((connection.mirrored or connection).parameter for connection in connections)
    if weights == layer.weights[row]:
        return right
    return weighted_sum(weights, layer.sources, layer.biases[row] if layer.biases else "")


def by_activation(place: Connection, wiring: Wiring) -> Formula | None:
    """∂L/∂a of the unit that a connection leads into; None where it is not found in this problem."""
    a = wiring.activation(place.target)
    return wiring.gradient(a) if a is not None and wiring.has_gradient(a) else None


def transposed_gradient(place: Connection, right: Formula, wiring: Wiring) -> Formula:
    """A weight's share as it belongs to the weight in the transposed place; ``right`` where there is none."""
    mirrored = None if place.from_unit else place.mirrored
    if mirrored is None or not wiring.has_gradient(mirrored.target):
        return right
    return times(wiring.gradient(mirrored.target), Name(mirrored.unit))
