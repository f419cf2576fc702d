"""The weight itself stands in its gradient."""

from __future__ import annotations

from ...engine.rules import Connection, Wiring, times
from ...model.formula import Formula, Name
from ._places import AlongConnections


class WeightForTheInput(AlongConnections):
    """∂L/∂w_ji := δ_j w_ji."""

    id = "M33"
    title = "Weight itself used for its input"
    repair = (
        "In the product w·x, the slope in w is what stands beside it: the gradient of a weight is δ times the input "
        "x that it multiplies. δ times w is what goes back to that input."
    )
    hidden = "weights that equal their inputs"

    def along(self, place: Connection, right: Formula, arriving: Formula, wiring: Wiring) -> Formula:
        return right if place.from_unit or place.is_bias else times(arriving, Name(place.parameter))
