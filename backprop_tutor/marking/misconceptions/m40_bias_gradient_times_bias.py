"""The gradient of a bias is multiplied by the bias."""

from __future__ import annotations

from ...engine.rules import Connection, Wiring, times
from ...model.formula import Formula, Name
from ._places import LayerByLayer


class BiasGradientTimesBias(LayerByLayer):
    """∂L/∂b_j := δ_j b_j."""

    id = "M40"
    title = "Gradient of the bias multiplied by the bias"
    repair = (
        "The bias is added and multiplies nothing: the weighted sum moves exactly as the bias does, whatever it is. "
        "So the slope is 1, and the error signal counts as it is."
    )
    hidden = "biases of 1"

    def along(self, place: Connection, right: Formula, arriving: Formula, wiring: Wiring) -> Formula:
        return times(arriving, Name(place.parameter)) if place.is_bias and not place.from_unit else right
