"""The activation of the unit itself stands in the gradient of its weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from ...engine.rules import Connection, Wiring, times, units_before
from ...model.formula import Formula, Name
from ._places import AlongConnections, offered


@dataclass(frozen=True)
class OwnActivationForTheInput(AlongConnections):
    """∂L/∂w_ji := δ_j a_j with the layer's own a.

    ``by_column``: δ_j a_i, again of the layer's own a, as a matrix δ aᵀ of layers of equal width gives it.
    """

    by_column: bool = False

    id = "M30"
    title = "Activation of the unit itself used for the weight's input"
    repair = (
        "A weight multiplies what comes in from the layer before, so its gradient is δ times that input: take the "
        "a of the layer before (or x), not the a of the unit that the weight leads into."
    )
    hidden = "activations that equal the inputs of their unit"

    def along(self, place: Connection, right: Formula, arriving: Formula, wiring: Wiring) -> Formula:
        position, own = place.position, place.layer.activations
        if place.from_unit or position is None:
            return right
        if not self.by_column:
            return times(arriving, Name(own[place.row]))
        return times(arriving, Name(own[position])) if 1 < len(own) == units_before(place.layer) else right

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        return offered((cls(), cls(by_column=True)), wiring)
