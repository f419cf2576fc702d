"""∂L/∂a instead of δ is taken for the gradient of a bias."""

from __future__ import annotations

from ...engine.rules import Connection, Wiring
from ...model.formula import Formula
from ._places import AlongConnections, by_activation


class BiasGradientByA(AlongConnections):
    """∂L/∂b_j := ∂L/∂a_j."""

    id = "M41"
    title = "∂L/∂a taken for the gradient of the bias"
    repair = (
        "The bias is added inside z, before the activation: its gradient is δ = ∂L/∂z, which has passed through the "
        "slope of the activation, not ∂L/∂a."
    )
    hidden = "linear activations; ReLU units that are all active"

    def along(self, place: Connection, right: Formula, arriving: Formula, wiring: Wiring) -> Formula:
        if place.from_unit or not place.is_bias:
            return right
        return by_activation(place, wiring) or right
