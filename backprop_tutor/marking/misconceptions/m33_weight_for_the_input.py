"""The weight itself stands in its gradient."""

from __future__ import annotations

from ...engine.rules import Connection, Wiring, times
from ...model.formula import Formula, Name
from ._places import LayerByLayer


class WeightForTheInput(LayerByLayer):
    """∂L/∂w_ji := δ_j w_ji."""

    id = "M33"
    title = "Weight itself used for its input"
    repair = (
        "In the product of a weight and its input, the slope in the weight is the input: the gradient of a weight is "
        "the error signal times the input that it multiplies. The error signal times the weight goes back to that "
        "input."
    )
    hidden = "weights that equal their inputs"

    def along(self, place: Connection, right: Formula, arriving: Formula, wiring: Wiring) -> Formula:
        return right if place.from_unit or place.is_bias else times(arriving, Name(place.parameter))
