"""The gradient of the weights is transposed."""

from __future__ import annotations

from ...engine.rules import Connection, Wiring
from ...model.formula import Formula
from ._places import LayerByLayer, transposed_gradient


class WeightGradientTransposed(LayerByLayer):
    """∂L/∂w_ji := δ_i a_j, the number that belongs to w_ij, in square layers."""

    id = "M34"
    title = "Gradient of the weights transposed"
    repair = (
        "The gradient has the shape of the weights: its row goes with the error signal of the unit that the weights "
        "lead into, its column with the input that they come from. Swap rows and columns."
    )
    hidden = "δ and inputs for which the matrix of gradients is symmetric"

    def along(self, place: Connection, right: Formula, arriving: Formula, wiring: Wiring) -> Formula:
        return transposed_gradient(place, right, wiring)
