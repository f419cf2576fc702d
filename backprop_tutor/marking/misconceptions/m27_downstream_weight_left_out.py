"""The weight on the way back is left out."""

from __future__ import annotations

from ...engine.rules import Connection, Wiring
from ...model.formula import Formula
from ._places import LayerByLayer


class DownstreamWeightLeftOut(LayerByLayer):
    """∂L/∂a of a unit is taken to be the sum of the δ that it feeds, without their weights."""

    id = "M27"
    title = "Weight on the way back left out"
    repair = (
        "A unit reaches the next layer through its weights: each error signal of the next layer counts as much as "
        "the weight on that connection, so multiply by it before you add up."
    )
    hidden = "weights of 1"

    def along(self, place: Connection, right: Formula, arriving: Formula, wiring: Wiring) -> Formula:
        return arriving if place.from_unit else right
