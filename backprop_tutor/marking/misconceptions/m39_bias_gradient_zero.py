"""The gradient of a bias is taken to be 0."""

from __future__ import annotations

from ...engine.rules import Connection, Wiring
from ...model.formula import ZERO, Formula
from ._places import LayerByLayer


class BiasGradientZero(LayerByLayer):
    """∂L/∂b := 0, as if the bias were a constant."""

    id = "M39"
    title = "Gradient of the bias taken to be 0"
    repair = (
        "The bias is a parameter like the weights: when it moves, the weighted sum moves by as much, so the slope is "
        "1 and the gradient of the bias is the error signal of its unit, or their sum if units share it."
    )
    hidden = "units whose δ is 0"

    def along(self, place: Connection, right: Formula, arriving: Formula, wiring: Wiring) -> Formula:
        return ZERO if place.is_bias and not place.from_unit else right
