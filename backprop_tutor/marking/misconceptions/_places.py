"""What the pages about connections, paths and updates share: where in a problem a rule has something to say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Self, TypeVar

from ...engine.rules import Connection, Rules, Wiring, leaf, times
from ...model.formula import Formula, Name, Product, total
from ...model.graph import Edge, Node, Role
from ..misconception import Misconception

Rule = TypeVar("Rule", bound=Rules)
Along = TypeVar("Along", bound="AlongConnections")
Layered = TypeVar("Layered", bound="LayerByLayer")


@dataclass(frozen=True, slots=True)
class Path:
    """An edge with what is right along it: the gradient that arrives, the slope, and the share, their product."""

    edge: Edge
    right: Formula
    arriving: Formula
    slope: Formula


def _paths_from(name: str, wiring: Wiring) -> Iterator[Path]:
    for edge in wiring.plan.edges[name]:
        slope = leaf(edge) if wiring.slope_is_named(edge) else edge.reckoned or edge.slope
        arriving = wiring.gradient(edge.target)
        yield Path(edge, times(arriving, slope), arriving, slope)


# Every page asks for these when it is offered: in a large network they are dear.


@lru_cache(maxsize=2)
def _all_paths(wiring: Wiring) -> dict[str, tuple[Path, ...]]:
    """By each value that has a gradient, the paths by which it reaches the objective, in forward order."""
    return {name: tuple(_paths_from(name, wiring)) for name in wiring.plan.order if name != wiring.objective}


@lru_cache(maxsize=2)
def _connections(wiring: Wiring) -> dict[int, tuple[tuple[Path, Connection], ...]]:
    """The paths along connections, by the number of the layer that they lead into."""
    found: dict[int, list[tuple[Path, Connection]]] = {}
    for paths in _all_paths(wiring).values():
        for path in paths:
            place = wiring.connection(path.edge)
            if place is not None:
                found.setdefault(place.layer.index, []).append((path, place))
    return {index: tuple(found[index]) for index in sorted(found)}


@lru_cache(maxsize=2)
def _forward_formulas(wiring: Wiring) -> tuple[tuple[Node, int, Formula], ...]:
    """The right formula of every output of every node."""
    graph = wiring.graph
    return tuple(
        (node, k, right) for node in graph.nodes for k, right in enumerate(node.op.formula(graph.inputs_of(node)))
    )


def is_other(rule: Rules, wiring: Wiring) -> bool:
    """Whether a rule changes some formula before the updates."""
    here = type(rule)
    if here.forward is not Rules.forward:
        for node, k, right in _forward_formulas(wiring):
            if rule.forward(node, k, right, wiring) is not right:
                return True
    if here.slope is Rules.slope and here.share is Rules.share and here.gather is Rules.gather:
        return False
    return any(_is_other_at(rule, name, paths, wiring) for name, paths in _all_paths(wiring).items())


def _is_other_at(rule: Rules, name: str, paths: tuple[Path, ...], wiring: Wiring) -> bool:
    for path in paths:
        slope = path.edge.reckoned or path.edge.slope
        if rule.slope(path.edge, slope, wiring) is not slope:
            return True
        if rule.share(path.edge, path.right, path.arriving, path.slope, wiring) is not path.right:
            return True
    if type(rule).gather is Rules.gather:
        return False
    shares = tuple(path.right for path in paths)
    right = total(shares)
    return rule.gather(name, right, shares, wiring) is not right


class Anywhere(Misconception):
    """A page that is offered wherever it changes some formula."""

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        return offered((cls(),), wiring)


def offered(rules: tuple[Rule, ...], wiring: Wiring) -> tuple[Rule, ...]:
    """Those of the rules that change some formula of this problem before the updates."""
    return tuple(rule for rule in rules if is_other(rule, wiring))


class AlongConnections(Misconception):
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

    def layers(self, wiring: Wiring) -> tuple[int, ...]:
        """The layers in which the page changes some formula."""
        return tuple(
            index
            for index, connections in _connections(wiring).items()
            if any(self.along(place, path.right, path.arriving, wiring) != path.right for path, place in connections)
        )

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        return in_all_layers((cls(),), wiring)


def in_all_layers(rules: tuple[Along, ...], wiring: Wiring) -> tuple[Along, ...]:
    """Those of the rules about connections that change some formula of this problem."""
    return tuple(rule for rule in rules if rule.layers(wiring))


@dataclass(frozen=True)
class LayerByLayer(AlongConnections):
    """A page about connections that shows in all layers, or in the ``layer`` of that number alone."""

    layer: int = 0

    def share(self, edge: Edge, right: Formula, arriving: Formula, slope: Formula, wiring: Wiring) -> Formula:
        place = wiring.connection(edge)
        if place is None or self.layer not in (0, place.layer.index):
            return right
        return super().share(edge, right, arriving, slope, wiring)

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        return layer_by_layer((cls(),), wiring)


def layer_by_layer(rules: tuple[Layered, ...], wiring: Wiring) -> tuple[Layered, ...]:
    """The rules in all layers, and then each in every single layer, where that is not the same."""
    found = [(rule, rule.layers(wiring)) for rule in rules]
    in_all = tuple(rule for rule, layers in found if layers)
    in_one = tuple(replace(rule, layer=index) for rule, layers in found if len(layers) > 1 for index in layers)
    return (*in_all, *in_one)


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
