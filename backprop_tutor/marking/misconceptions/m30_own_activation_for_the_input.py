"""The activation of the unit itself stands in the gradient of its weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from ...engine.rules import Connection, Wiring, times, units_before
from ...model.formula import Formula, Name
from ._places import LayerByLayer, layer_by_layer


@dataclass(frozen=True)
class OwnActivationForTheInput(LayerByLayer):
    """∂L/∂w_ji := δ_j a_j with the layer's own a.

    ``by_column``: δ_j a_i, again of the layer's own a, as a matrix δ aᵀ of layers of equal width gives it.
    """

    by_column: bool = False

    id = "M30"
    title = "Activation of the unit itself used for the weight's input"
    repair = (
        "A weight multiplies what comes in, so its gradient is the error signal times that input: take the value of "
        "the layer before, not the activation of the unit that the weight leads into."
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
        return layer_by_layer((cls(), cls(by_column=True)), wiring)
