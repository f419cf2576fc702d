"""∂L/∂a instead of δ is passed back through the weights."""

from __future__ import annotations

from ...engine.rules import Connection, Wiring, times
from ...model.formula import Formula, Name
from ._places import AlongConnections, by_activation


class GradientByAPassedBack(AlongConnections):
    """∂L/∂a of the layer before := Wᵀ ∂L/∂a; the δ of the layer itself, and its weights, are right."""

    id = "M29"
    title = "Gradient at the activation passed back instead of the error signal"
    repair = (
        "The weights lead into the weighted sum, so what goes back through them is the gradient at that sum: take "
        "the error signal of the next layer, in which the slope of its activation is contained."
    )
    hidden = "linear activations"

    def along(self, place: Connection, right: Formula, arriving: Formula, wiring: Wiring) -> Formula:
        instead = by_activation(place, wiring) if place.from_unit else None
        return right if instead is None else times(instead, Name(place.parameter))
