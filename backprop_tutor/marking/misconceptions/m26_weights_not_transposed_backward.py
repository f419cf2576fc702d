"""The weights are not transposed on the way back."""

from __future__ import annotations

from ...engine.rules import Connection, Wiring, times
from ...model.formula import Formula, Name
from ._places import AlongConnections


class WeightsNotTransposedBackward(AlongConnections):
    """∂L/∂a := W δ, where it should be Wᵀ δ, in square layers."""

    id = "M26"
    title = "Weights not transposed on the way back"
    repair = (
        "On the way back you go along the same connections as forward: the error signal of a unit returns through "
        "the very weights that lead into it. As matrices, take the transposed weights times the error signals."
    )
    hidden = "symmetric weight matrices"

    def along(self, place: Connection, right: Formula, arriving: Formula, wiring: Wiring) -> Formula:
        mirrored = place.mirrored if place.from_unit else None
        return right if mirrored is None else times(arriving, Name(mirrored.parameter))
