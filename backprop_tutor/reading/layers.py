"""Layers of weights: each is checked against the layer before it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from ..model.formula import Name
from ..model.problem import BiasKind, FunctionSpec, Given, LayerSpec, Span
from .findings import counted, nearest, shown
from .parameters import Parameters, plain_bias, plain_weights
from .reader import Fields, Reader
from .shapes import FOLDED, Columns, read_rows, right_columns
from .specs import Kind, read_spec
from .tree import Items, Node, Scalar

KEYS = ("weights", "bias", "activation", "units", "weight_names", "bias_names")
MOST_UNITS = 1_000
MOST_WEIGHTS = 50_000
_EXAMPLE = "{weights: [[1, 2]], bias: [0], activation: tanh}"

Placed = tuple[str, Span]
"""A name and its place."""

Givens = tuple[Given, ...]


@dataclass
class Stack:
    """What is known while the layers are read from the first to the last.

    ``previous`` is the number of units (or inputs) that feed the next layer, None while it is not known;
    ``symbolic``: the inputs are symbols, as many as the first layer needs.
    """

    reader: Reader
    previous: int | None
    symbolic: bool
    parameters: Parameters = field(init=False)
    weights: int = 0

    def __post_init__(self) -> None:
        self.parameters = Parameters(self.reader)


def read_layers(
    reader: Reader, node: Node, inputs: int | None, symbolic: bool
) -> tuple[tuple[LayerSpec, ...] | None, Stack]:
    """All layers, or None after a finding; ``inputs`` is the number of inputs if it is known.

    The stack says how many units the last layer has, and which parameters there are.
    """
    stack = Stack(reader, inputs, symbolic)
    items = reader.items(node, "layers", f"- {_EXAMPLE}")
    if items is None:
        stack.previous = None
        return None, stack
    read = [_Layer(stack, item, index).read() for index, item in enumerate(items, start=1)]
    return (tuple(layer for layer in read if layer is not None) if None not in read else None), stack


class _Layer:
    """One layer while it is read; ``size`` is its number of units as soon as it is known."""

    def __init__(self, stack: Stack, node: Node, index: int) -> None:
        self.stack, self.reader, self.node, self.index = stack, stack.reader, node, index
        self.title = f"layer {index}"
        self.size: int | None = None
        self.good = True

    def read(self) -> LayerSpec | None:
        fields = self.reader.fields(self.node, self.title, KEYS, _EXAMPLE)
        before, self.stack.previous = self.stack.previous, None
        if fields is None:
            return None
        self.fields: Fields = fields
        bias = self.bias_kind()
        weights = self.weights(self.columns(bias, before))
        self.stack.previous = self.size
        activations = self.activations()
        biases = self.biases() if bias == "list" else ()
        if weights is None or biases is None or activations is None or bias is None:
            return None
        weight_names = self.weight_names(weights)
        bias_names = self.bias_names(bias)
        if not self.good:
            return None
        weights, biases = self.enter(bias, weights, weight_names, biases, bias_names)
        return LayerSpec(
            weights=weights,
            bias=bias,
            biases=biases,
            activations=activations,
            weight_names=tuple(tuple(name for name, _ in row) for row in weight_names),
            bias_names=tuple(name for name, _ in bias_names),
            symbolic_weights=self.symbolic("weights", "w"),
            symbolic_biases=self.symbolic("bias", "b"),
            where=self.node.where,
        )

    def add(self, message: str, where: Span, repair: str) -> None:
        self.good = False
        self.reader.add(message, where, repair)

    def symbolic(self, key: str, letter: str) -> bool:
        entry = self.fields.get(key)
        return entry is not None and isinstance(entry.value, Scalar) and entry.value.text in {letter, "symbols"}

    def columns(self, bias: BiasKind | None, before: int | None) -> Columns:
        first = self.index == 1
        source, noun = ("the network", "input") if first else (f"layer {self.index - 1}", "unit")
        return Columns(source, noun, None if bias is None else before, bias or "none", self.claimed())

    def claimed(self) -> int | None:
        """How many units the layer has by its other keys."""
        for key in ("bias", "activation"):
            entry = self.fields.get(key)
            if entry is not None and isinstance(entry.value, Items):
                return len(entry.value.items)
        return None

    def bias_kind(self) -> BiasKind | None:
        entry = self.fields.get("bias")
        if entry is None or (isinstance(entry.value, Scalar) and entry.value.text == "none"):
            return "none"
        if not isinstance(entry.value, Scalar):
            return "list"
        scalar = self.reader.scalar(entry.value, f"the bias of {self.title}", "[0, 0]")
        if scalar is None:
            return None
        if scalar.text in FOLDED:
            return cast(BiasKind, scalar.text)
        guess = nearest(scalar.text, (*FOLDED, "symbols", "none"))
        if guess and guess != scalar.text:
            self.add(f"bias {shown(scalar.text)} is not known", scalar.where, f"Did you mean {guess}?")
            return None
        return "list"

    def weights(self, columns: Columns) -> tuple[Givens, ...] | None:
        units = None
        if "units" in self.fields:
            units = self.size = self.reader.count(self.fields["units"].value, f"units of {self.title}", 1, MOST_UNITS)
        entry = self.fields.get("weights")
        if entry is None:
            self.reader.missing("weights", self.title, self.node.where, "weights: [[1, 2], [3, 4]]\n  bias: [0, 0]")
            return None
        if self.symbolic("weights", "w"):
            return self.symbols(entry.value, units, columns)
        what = f"the weights of {self.title}"
        rows = read_rows(self.reader, entry.value, what, "[[1, 2], [3, 4]]")
        if rows is None:
            return None
        # Whatever else is wrong with the weights, the next layer is checked against the number of units.
        self.size = len(rows[0]) if columns.transposed(rows) else len(rows)
        if units is not None:
            repair = f"Make them the same: {counted(units, 'row')}, or units: {len(rows)}."
            if units != len(rows):
                self.add(f"{what} have {counted(len(rows), 'row')}, but units is {units}", entry.value.where, repair)
        assert isinstance(entry.value, Items)
        right = right_columns(self.reader, entry.value, rows, what, columns)
        read = [self.givens(row, "a weight") for row in rows]
        return tuple(row for row in read if row is not None) if right and None not in read else None

    def givens(self, items: tuple[Node, ...], what: str) -> Givens | None:
        read = [self.reader.given(item, what) for item in items]
        return tuple(given for given in read if given is not None) if None not in read else None

    def symbols(self, node: Node, units: int | None, columns: Columns) -> tuple[Givens, ...] | None:
        """Weights that the notation names."""
        if units is None:
            if "units" not in self.fields:
                self.reader.missing("units", self.title, node.where, "weights: w\n  units: 3")
            return None
        if columns.number is None:
            if self.index == 1 and self.stack.symbolic:
                self.add("the number of inputs is not known", node.where, "Name the inputs: inputs: [x1, x2].")
            return None
        self.stack.weights += units * columns.number
        if self.stack.weights > MOST_WEIGHTS:
            self.add(f"the network has more than {MOST_WEIGHTS:,} weights", node.where, "Use fewer units.")
            return None
        names = plain_weights(self.index, units, columns.number, columns.bias)
        return tuple(tuple(Given(Name(name), name, node.where) for name in row) for row in names)

    def biases(self) -> Givens | None:
        node = self.fields["bias"].value
        if self.symbolic("bias", "b"):
            names = [plain_bias(self.index, unit) for unit in range(1, (self.size or 0) + 1)]
            return tuple(Given(Name(name), name, node.where) for name in names)
        if isinstance(node, Scalar):
            items: tuple[Node, ...] | None = (node,)
        else:
            items = self.reader.items(node, f"the bias of {self.title}", "[0, 0]")
        if items is None:
            return None
        self.matches_units(f"the bias of {self.title}", len(items), "number", node.where)
        return self.givens(items, "a bias")

    def matches_units(self, what: str, have: int, noun: str, where: Span) -> None:
        if self.size is not None:
            because = f"{self.title} has {counted(self.size, 'unit')}"
            self.good = self.reader.same_length(what, have, self.size, noun, because, where) and self.good

    def activations(self) -> tuple[FunctionSpec, ...] | None:
        entry = self.fields.get("activation")
        if entry is None:
            return (FunctionSpec("identity"),)
        vocabulary = self.reader.vocabulary
        kind = Kind("activation", vocabulary.activations, "tanh", ("z",), '"z*sigmoid(z)"')
        if not isinstance(entry.value, Items):
            spec = read_spec(self.reader, entry.value, kind)
            return None if spec is None else (spec,)
        what = f"the activation of {self.title}"
        items = self.reader.items(entry.value, what, "[relu, tanh]")
        if items is None:
            return None
        self.matches_units(what, len(items), "name", entry.value.where)
        read = [read_spec(self.reader, item, kind) for item in items]
        for spec in read:
            if spec is not None and spec.name in vocabulary.layer_wide and spec.where:
                self.add(
                    f"{spec.name} takes all units of a layer at once, so it cannot belong to one unit",
                    spec.where,
                    f"Write activation: {spec.name} for the whole layer.",
                )
        return tuple(spec for spec in read if spec is not None) if None not in read else None

    def weight_names(self, weights: tuple[Givens, ...]) -> tuple[tuple[Placed, ...], ...]:
        entry = self.fields.get("weight_names")
        if entry is None:
            return ()
        what = f"weight_names of {self.title}"
        rows = read_rows(self.reader, entry.value, what, "[[w1, w2], [w3, w4]]")
        if rows is None:
            self.good = False
            return ()
        height, width = len(weights), len(weights[0])
        if len(rows) != height or any(len(row) != width for row in rows):
            shape = f"{counted(height, 'row')} of {width}"
            self.add(f"{what} must have the shape of the weights: {shape}", entry.value.where, "Name every weight.")
            return ()
        return tuple(self.names(row) for row in rows)

    def bias_names(self, bias: BiasKind) -> tuple[Placed, ...]:
        entry = self.fields.get("bias_names")
        if entry is None:
            return ()
        what = f"bias_names of {self.title}"
        if bias in FOLDED:
            repair = "Remove bias_names, and name the bias in its column of weight_names."
            self.add(f"{what}: the bias is a column of the weights", entry.key.where, repair)
            return ()
        if bias == "none":
            self.add(f"{what}: {self.title} has no bias", entry.key.where, "Add bias: [0, ...], or remove bias_names.")
            return ()
        items = self.reader.items(entry.value, what, "[b1, b2]")
        if items is None:
            self.good = False
            return ()
        self.matches_units(what, len(items), "name", entry.value.where)
        return self.names(items)

    def names(self, items: tuple[Node, ...]) -> tuple[Placed, ...]:
        read = [self.reader.name(item, "the name of a parameter") for item in items]
        self.good = self.good and None not in read
        return tuple(name for name in read if name is not None)

    def enter(
        self,
        bias: BiasKind,
        weights: tuple[Givens, ...],
        weight_names: tuple[tuple[Placed, ...], ...],
        biases: Givens,
        bias_names: tuple[Placed, ...],
    ) -> tuple[tuple[Givens, ...], Givens]:
        """Enters the parameters under the names they go by; symbols of the notation take the author's names."""
        enter = self.stack.parameters.enter
        symbolic = self.symbolic("weights", "w")
        plain = plain_weights(self.index, len(weights), len(weights[0]), bias)
        own = weight_names or ((),) * len(weights)
        rows = tuple(enter(*row, symbolic) for row in zip(weights, own, plain, strict=True))
        plain_biases = tuple(plain_bias(self.index, unit) for unit in range(1, len(biases) + 1))
        return rows, enter(biases, bias_names, plain_biases, self.symbolic("bias", "b"))
