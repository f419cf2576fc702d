"""The gradient of a bias is multiplied by the bias."""

from __future__ import annotations

from ...engine.rules import Connection, Wiring, times
from ...model.formula import Formula, Name
from ._places import AlongConnections


class BiasGradientTimesBias(AlongConnections):
    """∂L/∂b_j := δ_j b_j."""

    id = "M40"
    title = "Gradient of the bias multiplied by the bias"
    repair = (
        "The bias is added and multiplies nothing: z moves exactly as b does, whatever b is. So the slope is 1, and "
        "the gradient of the bias is δ itself."
    )
    hidden = "biases of 1"

    def along(self, place: Connection, right: Formula, arriving: Formula, wiring: Wiring) -> Formula:
        return times(arriving, Name(place.parameter)) if place.is_bias and not place.from_unit else right
