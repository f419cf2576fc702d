"""The pre-activation of the layer before stands in the gradient of the weights."""

from __future__ import annotations

from ...engine.rules import Connection, Wiring, times
from ...model.formula import Formula, Name
from ._places import LayerByLayer


class SumForTheInput(LayerByLayer):
    """∂L/∂w_ji := δ_j z_i, where a_i belongs."""

    id = "M31"
    title = "Weighted sum before the activation used for the weight's input"
    repair = (
        "The weight multiplies the activation of the unit before, not its weighted sum: the gradient of the weight "
        "is the error signal times that activation."
    )
    hidden = "linear activations; ReLU units that are all active"

    def along(self, place: Connection, right: Formula, arriving: Formula, wiring: Wiring) -> Formula:
        z = wiring.preactivation(place.unit)
        return right if place.from_unit or z is None else times(arriving, Name(z))
