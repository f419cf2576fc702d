"""What a quantity is called in words, by its role in the problem."""

from __future__ import annotations

from collections import Counter

from ..model.formula import Derivative, Formula, Name
from ..model.graph import Edge, Graph, Label, Role, Value
from ..model.op import Words

_WAYS = {2: "in both ways", 3: "in all three ways", 4: "in all four ways"}


class Phrases:
    """Names things: which layer and unit a value belongs to, and what is asked about it."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.depth = len(graph.layers)
        self._uses = Counter(name for layer in graph.layers for row in (*layer.weights, layer.biases) for name in row)

    def unit(self, value: Value) -> str:
        """The unit that a value belongs to: ``hidden unit 1``, ``hidden unit 2 of layer 3``, ``the output``."""
        label = value.label
        number = label.indices[0] if label.indices else 1
        if label.layer == 0:
            return f"input {number}"
        if label.layer == self.depth:
            width = len(self.graph.layers[-1].activations)
            return "the output unit" if width == 1 else f"output unit {number}"
        return f"hidden unit {number}" + (f" of layer {label.layer}" if self.depth > 2 else "")

    def value(self, name: str) -> Words:
        """What a forward value is."""
        value = self.graph.values[name]
        match value.label.role:
            case Role.PREACTIVATION:
                return (f"the weighted sum that enters {self.unit(value)}",)
            case Role.ACTIVATION:
                return (f"what {self.unit(value)} passes on",)
            case Role.OUTPUT:
                return ("the prediction",) if not value.label.indices else (f"prediction {value.label.indices[0]}",)
            case Role.LOSS:
                part = {"L_data": "the loss on the example", "L_penalty": "the penalty on the weights"}
                return (part.get(name, "the loss"),)
            case Role.WEIGHT:
                return self.weight(value)
            case Role.BIAS:
                return self.bias(value)
            case Role.INPUT:
                return (f"input {value.label.indices[0]}",)
        return (Name(name),)

    def weight(self, value: Value) -> Words:
        """``the weight from x₁ into hidden unit 1``; a shared one says so."""
        uses = self._uses[value.name]
        if uses > 1:
            return (f"the shared weight, used {uses} times",)
        j, i = value.label.indices
        layer = self.graph.layers[value.label.layer - 1]
        source = layer.sources[i if layer.bias_column == 0 else i - 1]
        into = self.unit(Value(value.name, Label(Role.PREACTIVATION, value.label.layer, (j,))))
        if layer.bias_column is not None and layer.sources[layer.bias_column] == source:
            return (f"the bias of {into}, the weight from the constant ", Name(source))
        return ("the weight from ", Name(source), f" into {into}")

    def bias(self, value: Value) -> Words:
        """``the bias of hidden unit 1``."""
        uses = self._uses[value.name]
        if uses > 1:
            return (f"the shared bias, used {uses} times",)
        return (f"the bias of {self.unit(value)}",)

    def gradient(self, of: str, by: str) -> Words:
        """What a gradient says."""
        value = self.graph.values[by]
        match value.label.role:
            case Role.WEIGHT:
                return self.weight(value)
            case Role.BIAS:
                return self.bias(value)
            case Role.PREACTIVATION:
                return (f"the error signal of {self.unit(value)}",)
            case Role.VARIABLE:
                return ("how ", Name(of), " changes with ", Name(by))
        return (f"how {self.noun(of)} changes with ", *self.value(by))

    def noun(self, of: str) -> str:
        """What is differentiated: the loss, or the output."""
        return "the loss" if self.graph.values[of].label.role is Role.LOSS else "the output"

    def not_the_shortcut(self) -> Words:
        """What to say where the gradient by a prediction is told although the shortcut passes it by."""
        return ("The shortcut passes this by: output minus target is the gradient before the activation, not here.",)

    def slope(self, edge: Edge) -> Words:
        """What a local slope says."""
        source = self.graph.values[edge.source]
        if source.label.role is Role.PREACTIVATION:
            return (f"the activation's slope at {self.unit(source)}",)
        return ("the local slope of ", Name(edge.target), " in ", Name(edge.source))

    def updated(self, name: str) -> Words:
        """``new value of the weight …``."""
        value = self.graph.values[name]
        if value.label.role is Role.VARIABLE:
            return ("the new ", Name(name))
        words = self.weight(value) if value.label.role is Role.WEIGHT else self.bias(value)
        return ("one step down the slope for ", *words)

    def paths(self, name: str, of: str, edges: tuple[Edge, ...]) -> Words:
        """Why shares add up: which ways lead from a value to the objective."""
        count = len(edges)
        many = _WAYS.get(count, f"in all {count} ways")
        return (
            Name(name),
            " enters ",
            *listed(tuple(Name(edge.target) for edge in edges)),
            ". A small change of ",
            Name(name),
            " reaches ",
            Name(of),
            f" {many}, so you add up the shares.",
        )


def listed(names: tuple[Name, ...], most: int = 6) -> Words:
    """Names with commas, and *and* before the last; many are cut short."""
    if len(names) > most:
        return (*(part for name in names[:most] for part in (name, ", ")), "and others")
    words: list[str | Formula] = []
    for i, name in enumerate(names):
        if i:
            words.append(" and " if i == len(names) - 1 else ", ")
        words.append(name)
    return tuple(words)


def local(edge: Edge) -> Derivative:
    """The slope along an edge as a symbol."""
    return Derivative(edge.target, edge.source, local=True)
