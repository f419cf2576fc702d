"""The slope of the activation is left out in hidden layers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from ...engine.rules import Wiring
from ...model.formula import Formula
from ...model.graph import Edge
from ..misconception import Misconception
from ._slopes import edges_of, has_a_slope, instead, is_activation


@dataclass(frozen=True)
class HiddenSlopeDropped(Misconception):
    """δ of a hidden unit is taken to be ∂L/∂a.

    With and without the shortcut it means the same: the shortcut is at the output.  In expressions, the gradient
    passes an activation function unchanged (``expression``).
    """

    expression: bool = False

    id = "M01"
    title = "Slope of the activation left out in hidden layers"
    repair = (
        "The gradient has to pass through the activation on its way back: multiply the gradient at the output of the "
        "activation by the slope of the activation there before you go on."
    )
    hidden = "linear activations; ReLU units that are all active"

    def __post_init__(self) -> None:
        if self.expression:
            object.__setattr__(self, "title", "Slope of an activation function left out")

    def gather(self, name: str, right: Formula, shares: tuple[Formula, ...], wiring: Wiring) -> Formula:
        # The whole gradient and no single share: behind a layer-wide activation there are as many as units.
        activation = wiring.activation(name)
        if activation is None or wiring.is_last(name):
            return right
        return instead(right, wiring.gradient(activation))

    def share(self, edge: Edge, right: Formula, arriving: Formula, slope: Formula, wiring: Wiring) -> Formula:
        if wiring.depth or not is_activation(edge) or edge.target in wiring.every_objective:
            return right
        return instead(right, arriving)

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        if wiring.depth:
            hidden = (z for layer in wiring.graph.layers[:-1] for z in layer.preactivations)
            return (cls(),) if any(has_a_slope(z, wiring) for z in hidden) else ()
        found = any(is_activation(edge) and edge.target not in wiring.every_objective for edge in edges_of(wiring))
        return (cls(expression=True),) if found else ()
