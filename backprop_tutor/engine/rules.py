"""The rules by which every quantity follows from others, as formulas, and the hooks by which others can be put in.

A rule never computes: it writes down a formula in the names of other quantities, so that it can be run in any
arithmetic, from anybody's numbers, and be shown beside the right one.  The leaves are ``Name`` (a value, an
updated parameter, or ``learning_rate``) and ``Derivative`` (a gradient, or the local slope along one edge).
"""

from __future__ import annotations

from functools import cached_property

from ..model.formula import ONE, Derivative, Formula, Name, product, total
from ..model.graph import Edge, Graph, Layer, Node, Role
from .plan import Plan, is_told


class Wiring:
    """What a rule may ask about the place where it is used.

    Names are plain names of values.  In a problem without layers, layers are 0 and lists are empty.
    """

    def __init__(self, plan: Plan, every_objective: frozenset[str] = frozenset()) -> None:
        self.plan = plan
        self.graph: Graph = plan.graph
        self.objective = plan.objective
        self.every_objective = every_objective | {plan.objective}

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

    def is_last(self, name: str) -> bool:
        """Whether a value belongs to the last layer."""
        return self.depth > 0 and self.layer(name) == self.depth

    def gradient(self, name: str) -> Formula:
        """∂L/∂name as a leaf; 1 for the objective itself."""
        return ONE if name == self.objective else Derivative(self.objective, name)

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


def added(shares: tuple[Formula, ...]) -> Formula:
    """The sum of the shares of several paths."""
    return total(shares)


def leaf(edge: Edge) -> Formula:
    """The local slope along an edge by its name."""
    return Derivative(edge.target, edge.source, local=True)


def value(name: str) -> Formula:
    """A value by its name."""
    return Name(name)
