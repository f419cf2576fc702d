"""The slope of the activation is left out at the output."""

from __future__ import annotations

from typing import Self

from ...engine.rules import Wiring
from ...model.formula import Formula
from ..misconception import Misconception
from ._slopes import has_a_slope, instead


class OutputSlopeDropped(Misconception):
    """δ of an output unit is taken to be ∂L/∂ŷ.

    With the shortcut it means that ∂L/∂ŷ is handed on, where ŷ − y should stand.
    """

    id = "M02"
    title = "Slope of the activation left out at the output"
    repair = (
        "The output has an activation too. Multiply the slope of the loss by the slope of that activation to get the "
        "gradient at the weighted sum in front of it."
    )
    hidden = "a linear output"

    def gather(self, name: str, right: Formula, shares: tuple[Formula, ...], wiring: Wiring) -> Formula:
        output = wiring.activation(name)
        if output is None or not wiring.is_last(name) or output in wiring.every_objective:
            return right
        return instead(right, wiring.gradient(output))

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        last = wiring.layer_at(wiring.depth)
        if last is None or not wiring.every_objective.isdisjoint(last.activations):
            return ()
        return (cls(),) if any(has_a_slope(z, wiring) for z in last.preactivations) else ()
