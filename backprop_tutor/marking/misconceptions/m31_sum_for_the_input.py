"""The pre-activation of the layer before stands in the gradient of the weights."""

from __future__ import annotations

from ...engine.rules import Connection, Wiring, times
from ...model.formula import Formula, Name
from ._places import AlongConnections


class SumForTheInput(AlongConnections):
    """∂L/∂w_ji := δ_j z_i, where a_i belongs."""

    id = "M31"
    title = "z of the layer before used for the weight's input instead of a"
    repair = (
        "The weight multiplies the activation a of the unit before, not its weighted sum z: the gradient of the "
        "weight is δ times that a."
    )
    hidden = "linear activations; ReLU units that are all active"

    def along(self, place: Connection, right: Formula, arriving: Formula, wiring: Wiring) -> Formula:
        z = wiring.preactivation(place.unit)
        return right if place.from_unit or z is None else times(arriving, Name(z))
