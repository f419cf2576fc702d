"""The gradient of the weights is transposed."""

from __future__ import annotations

from ...engine.rules import Connection, Wiring
from ...model.formula import Formula
from ._places import AlongConnections, transposed_gradient


class WeightGradientTransposed(AlongConnections):
    """∂L/∂w_ji := δ_i a_j, the number that belongs to w_ij, in square layers."""

    id = "M34"
    title = "Gradient of the weights transposed"
    repair = (
        "The gradient has the shape of the weights: in row j and column i stands δ of unit j, which the weight leads "
        "into, times the input i that it comes from. Swap rows and columns."
    )
    hidden = "δ and inputs for which the matrix of gradients is symmetric"

    def along(self, place: Connection, right: Formula, arriving: Formula, wiring: Wiring) -> Formula:
        return transposed_gradient(place, right, wiring)
