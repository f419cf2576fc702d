"""The weights of another layer are used on the way back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from ...engine.rules import Connection, Wiring, times, units_before, weight_between
from ...model.formula import Formula, Name
from ._places import AlongConnections, in_all_layers


@dataclass(frozen=True)
class WeightsOfAnotherLayer(AlongConnections):
    """∂L/∂a with the weights of the layer before (``step`` = -1) or after (1), where the shapes allow it."""

    step: int = -1

    id = "M28"
    title = "Weights of another layer used on the way back"
    repair = (
        "A gradient goes back through the weights through which the value went forward: to reach the units of one "
        "layer, use the weights that lead from them into the next layer."
    )
    hidden = "layers with equal weights"

    def along(self, place: Connection, right: Formula, arriving: Formula, wiring: Wiring) -> Formula:
        other, position = wiring.layer_at(place.layer.index + self.step), place.position
        if other is None or position is None or not place.from_unit:
            return right
        if units_before(other) != units_before(place.layer) or len(other.weights) != len(place.layer.weights):
            return right
        return times(arriving, Name(weight_between(other, place.row, position)))

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        return in_all_layers((cls(step=-1), cls(step=1)), wiring)
