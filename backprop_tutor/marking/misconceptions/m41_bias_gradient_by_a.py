"""∂L/∂a instead of δ is taken for the gradient of a bias."""

from __future__ import annotations

from ...engine.rules import Connection, Wiring
from ...model.formula import Formula
from ._places import LayerByLayer, by_activation


class BiasGradientByA(LayerByLayer):
    """∂L/∂b_j := ∂L/∂a_j."""

    id = "M41"
    title = "Gradient at the activation taken for that of the bias"
    repair = (
        "The bias is added inside the weighted sum, before the activation: its gradient is the error signal, which "
        "has passed through the slope of the activation."
    )
    hidden = "linear activations; ReLU units that are all active"

    def along(self, place: Connection, right: Formula, arriving: Formula, wiring: Wiring) -> Formula:
        if place.from_unit or not place.is_bias:
            return right
        return by_activation(place, wiring) or right
