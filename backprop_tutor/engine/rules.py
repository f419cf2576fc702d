"""The rules by which every quantity follows from others, as formulas, and the hooks by which others can be put in.

A rule never computes: it writes down a formula in the names of other quantities, so that it can be run in any
arithmetic, from anybody's numbers, and be shown beside the right one.  The leaves are ``Name`` (a value, an
updated parameter, or ``learning_rate``) and ``Derivative`` (a gradient, or the local slope along one edge).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ..model.formula import ONE, Derivative, Formula, product
from ..model.graph import Edge, Graph, Layer, Node, Role
from .plan import Plan, is_told


@dataclass(frozen=True, slots=True)
class Connection:
    """An edge into the weighted sum z of a unit, and where it stands in its layer.

    ``row`` is the unit that it leads into and ``column`` what it comes from, counted from 0 as in
    ``layer.weights``; a bias that is added has no column.  ``from_unit`` tells the edge that comes from the unit
    before from the one that comes from the weight (or bias).
    """

    layer: Layer
    row: int
    column: int | None
    from_unit: bool

    @property
    def parameter(self) -> str:
        """The weight or bias."""
        return self.layer.biases[self.row] if self.column is None else self.layer.weights[self.row][self.column]

    @property
    def unit(self) -> str:
        """The unit (or input) that the weight multiplies; empty for a bias that is added."""
        return "" if self.column is None else self.layer.sources[self.column]

    @property
    def target(self) -> str:
        """The weighted sum z."""
        return self.layer.preactivations[self.row]

    @property
    def is_bias(self) -> bool:
        """Whether this is a bias, added or folded into the weights."""
        return self.column is None or self.column == self.layer.bias_column

    @property
    def position(self) -> int | None:
        """The place of the unit among those of the layer before, counted from 0; None for a bias."""
        if self.column is None or self.is_bias:
            return None
        return self.column - _first_column(self.layer)

    @property
    def mirrored(self) -> Connection | None:
        """The connection in the transposed place; None for a bias, and where the layer is not square."""
        position = self.position
        if position is None or units_before(self.layer) != len(self.layer.weights):
            return None
        return Connection(self.layer, position, self.row + _first_column(self.layer), self.from_unit)


def units_before(layer: Layer) -> int:
    """How many units (or inputs) feed a layer, without the constant one of a folded bias."""
    return len(layer.sources) - (layer.bias_column is not None)


def weight_between(layer: Layer, row: int, position: int) -> str:
    """The weight that leads into a unit of a layer from the unit in that place of the layer before."""
    return layer.weights[row][position + _first_column(layer)]


def _first_column(layer: Layer) -> int:
    """The column of the first unit: the constant one of a folded bias may stand before it."""
    return 1 if layer.bias_column == 0 else 0


class Wiring:
    """What a rule may ask about the place where it is used.

    Names are plain names of values.  In a problem without layers, layers are 0 and lists are empty.
    ``updated`` are the parameters that get a new value; none where there is no learning rate.
    """

    def __init__(self, plan: Plan, every_objective: frozenset[str] = frozenset(), updated: Iterable[str] = ()) -> None:
        self.plan = plan
        self.graph: Graph = plan.graph
        self.objective = plan.objective
        self.every_objective = every_objective | {plan.objective}
        self.updated = frozenset(updated)

    @cached_property
    def producers(self) -> dict[str, Node]:
        """The node that computes each computed value."""
        return self.graph.producers()

    @cached_property
    def depth(self) -> int:
        """The number of layers of weights."""
        return len(self.graph.layers)

    @cached_property
    def _activations(self) -> dict[str, str]:
        pairs = (
            pair for layer in self.graph.layers for pair in zip(layer.preactivations, layer.activations, strict=True)
        )
        return dict(pairs)

    @cached_property
    def _preactivations(self) -> dict[str, str]:
        return {a: z for z, a in self._activations.items()}

    def role(self, name: str) -> Role:
        """What a value is in the problem."""
        return self.graph.values[name].label.role

    def layer(self, name: str) -> int:
        """The layer of a value: 1 at the first layer of weights, 0 for inputs and in expressions."""
        return self.graph.values[name].label.layer

    def layer_at(self, index: int) -> Layer | None:
        """The layer of that number, counted from 1; None where there is none."""
        return self.graph.layers[index - 1] if 1 <= index <= self.depth else None

    def activation(self, z: str) -> str | None:
        """The activation a of a pre-activation z; None for anything else."""
        return self._activations.get(z)

    def preactivation(self, a: str) -> str | None:
        """The pre-activation z of an activation a; None for anything else."""
        return self._preactivations.get(a)

    @cached_property
    def _sums(self) -> dict[str, tuple[Layer, int]]:
        return {z: (layer, row) for layer in self.graph.layers for row, z in enumerate(layer.preactivations)}

    @cached_property
    def biases(self) -> frozenset[str]:
        """The biases of all layers: those that are added, and the weights of the constant units."""
        folded = (
            row[layer.bias_column]
            for layer in self.graph.layers
            if layer.bias_column is not None
            for row in layer.weights
        )
        return frozenset(bias for layer in self.graph.layers for bias in layer.biases) | frozenset(folded)

    @cached_property
    def parameters(self) -> frozenset[str]:
        """The weights and biases; in expressions, every given value that is no constant."""
        return frozenset(self.graph.parameters)

    @cached_property
    def penalties(self) -> tuple[Node, ...]:
        """The parts of the loss that charge the parameters themselves."""
        charged = (node for node in self.graph.nodes if self.parameters.issuperset(node.inputs))
        return tuple(node for node in charged if self.role(node.outputs[0]) is Role.LOSS)

    def sum_at(self, z: str) -> tuple[Layer, int] | None:
        """The layer of a weighted sum z, and its row there, counted from 0; None for anything else."""
        return self._sums.get(z)

    def connection(self, edge: Edge) -> Connection | None:
        """Where an edge into a weighted sum stands in its layer; None for any other edge."""
        found = self._sums.get(edge.target)
        if found is None:
            return None
        layer, row = found
        column, from_unit = divmod(edge.i, 2)
        if column >= len(layer.weights[row]):
            return Connection(layer, row, None, from_unit=False)
        return Connection(layer, row, column, from_unit=bool(from_unit))

    def is_last(self, name: str) -> bool:
        """Whether a value belongs to the last layer."""
        return self.depth > 0 and self.layer(name) == self.depth

    def gradient(self, name: str) -> Formula:
        """∂L/∂name as a leaf; 1 for the objective itself."""
        return ONE if name == self.objective else Derivative(self.objective, name)

    @cached_property
    def _with_gradient(self) -> frozenset[str]:
        return frozenset(self.plan.order) | {self.objective}

    def has_gradient(self, name: str) -> bool:
        """Whether ∂L/∂name is found in this problem."""
        return name in self._with_gradient

    def slope_is_named(self, edge: Edge) -> bool:
        """Whether the local slope along an edge is a quantity of its own, and not a formula used on the spot."""
        if edge.shortcut or not is_told(edge) or edge.target in self.every_objective:
            return False
        return sum(other.target == edge.target for other in self.plan.edges[edge.source]) == 1


class Rules:
    """Back-propagation as it is.

    Each hook is given the right formula and returns the one to use; a subclass that returns something else is a
    misconception, run on purpose.  A hook that has nothing to say returns the very object it was given.
    """

    def forward(self, node: Node, k: int, right: Formula, wiring: Wiring) -> Formula:
        """How output ``k`` of a node is computed from the names of its inputs."""
        return right

    def slope(self, edge: Edge, right: Formula, wiring: Wiring) -> Formula:
        """The local slope along an edge, in the names of values."""
        return right

    def share(self, edge: Edge, right: Formula, arriving: Formula, slope: Formula, wiring: Wiring) -> Formula:
        """One path's share of the gradient by ``edge.source``: ``right`` is ``arriving`` times ``slope``.

        ``arriving`` is the gradient by ``edge.target``; ``slope`` is the local slope, by its name or written out.
        """
        return right

    def gather(self, name: str, right: Formula, shares: tuple[Formula, ...], wiring: Wiring) -> Formula:
        """The gradient by a value from the shares of its paths; ``right`` is their sum."""
        return right

    def update(self, parameter: str, right: Formula, wiring: Wiring) -> Formula:
        """The new value of a parameter."""
        return right


def times(*factors: Formula) -> Formula:
    """The product, without factors that are literally 1."""
    return product(tuple(factor for factor in factors if factor != ONE))


def leaf(edge: Edge) -> Formula:
    """The local slope along an edge by its name."""
    return Derivative(edge.target, edge.source, local=True)
