"""The bias is kept when the weighted sum is differentiated by a weight."""

from __future__ import annotations

from ...engine.rules import Connection, Wiring, times
from ...model.formula import Formula, Name
from ._places import LayerByLayer


class BiasKeptWithTheInput(LayerByLayer):
    """∂L/∂w_ji := δ_j (a_i + b_j)."""

    id = "M39b"
    title = "Bias kept when the weighted sum is differentiated by a weight"
    repair = (
        "When you differentiate the weighted sum by a weight, every other term is a constant and drops out, the "
        "bias too: only the input of that weight is left."
    )
    hidden = "biases of 0"

    def along(self, place: Connection, right: Formula, arriving: Formula, wiring: Wiring) -> Formula:
        if place.from_unit or place.is_bias:
            return right
        layer = place.layer
        if layer.biases:
            bias = layer.biases[place.row]
        elif layer.bias_column is not None:
            bias = layer.weights[place.row][layer.bias_column]
        else:
            return right
        return times(arriving, Name(place.unit) + Name(bias))
