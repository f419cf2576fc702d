"""The computation graph: values and the operations that lead from one to the next.  Plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .formula import Formula, Name, Number
from .op import Op
from .problem import Given, Span


class Role(StrEnum):
    """What a value is in the problem; notations write each role in their own way."""

    INPUT = "input"
    CONSTANT = "constant"
    TARGET = "target"
    WEIGHT = "weight"
    BIAS = "bias"
    PREACTIVATION = "preactivation"
    ACTIVATION = "activation"
    OUTPUT = "output"
    LOSS = "loss"
    VARIABLE = "variable"


@dataclass(frozen=True, slots=True)
class Label:
    """What a value stands for, from which every notation makes its symbol.

    ``layer`` counts from 1 at the first layer of weights (inputs: 0).  ``indices`` count from 1: (unit,), or
    (unit led into, unit it comes from) for a weight.  ``own`` is a name that the author gave, which every
    notation keeps.
    """

    role: Role
    layer: int = 0
    indices: tuple[int, ...] = ()
    own: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """A named quantity of the graph; ``given`` is what the file says of it (None: computed, or a symbol)."""

    name: str
    label: Label
    given: Given | None = None
    where: Span | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """An operation in place: the names of its inputs and outputs, in the operation's order."""

    op: Op
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    where: Span | None = None


@dataclass(frozen=True, slots=True)
class Layer:
    """What belongs together in a network, for pictures, counts and the shape of the file.

    ``weights`` are names, row: unit led into, column: unit it comes from (a folded bias is a column).
    """

    index: int
    weights: tuple[tuple[str, ...], ...]
    biases: tuple[str, ...]
    sources: tuple[str, ...]
    preactivations: tuple[str, ...]
    activations: tuple[str, ...]
    titles: tuple[str, ...]
    bias_column: int | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """A direct dependence: ``target`` (output ``k`` of the node) depends on ``source`` (its input ``i``).

    ``slope`` is the local derivative as it is taught.  ``shortcut`` marks an edge that melts two operations
    into one; ``node`` is then the later of the two (the loss), and ``k`` and ``i`` belong to no operation.
    """

    node: Node
    i: int
    k: int
    source: str
    target: str
    slope: Formula
    shortcut: bool = False
    reckoned: Formula | None = None
    """The slope as it is evaluated, where that differs: terms whose known target makes them 0 are left out."""

    @property
    def name(self) -> str:
        """The plain name of the local slope: ``da1_2/dz1_2``."""
        return f"d{self.target}/d{self.source}"


@dataclass(frozen=True, slots=True)
class Graph:
    """Values by plain name, and nodes in forward order: a node's inputs are given or computed before it.

    ``objective`` is what is differentiated; ``parameters`` are updated, in the order of the file, unless
    they are in ``frozen``.  ``layers`` is empty for expressions.
    """

    values: Mapping[str, Value]
    nodes: tuple[Node, ...]
    objective: str
    outputs: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    frozen: frozenset[str] = frozenset()
    layers: tuple[Layer, ...] = ()
    constants: frozenset[str] = frozenset()
    other_objectives: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def inputs_of(self, node: Node) -> tuple[Formula, ...]:
        """The inputs of a node as formulas are evaluated with them: a target of 0 or 1 is put in as a number.

        0 · ln 0 then never comes up: the term is left out, as in every textbook.
        """
        return tuple(self._known_target(name) or Name(name) for name in node.inputs)

    def _known_target(self, name: str) -> Formula | None:
        value = self.values[name]
        if value.label.role is not Role.TARGET or value.given is None or value.given.number not in (0, 1):
            return None
        return Number(value.given.number)

    def producers(self) -> dict[str, Node]:
        """The node that computes each computed value."""
        return {name: node for node in self.nodes for name in node.outputs}
