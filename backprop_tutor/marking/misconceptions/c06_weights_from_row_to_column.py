"""The weights are read as leading from the row's unit into the column's."""

from __future__ import annotations

from typing import Self

from ...engine.rules import Connection, Wiring, times
from ...model.formula import Formula, Name
from ...model.graph import Node
from ._places import AlongConnections, offered, transposed_gradient, transposed_sum


class WeightsFromRowToColumn(AlongConnections):
    """z := Wᵀ a + b, ∂L/∂a := W δ and ∂L/∂W := a δᵀ, in square layers: all as if W were written the other way."""

    id = "C06"
    title = "Weights read as rows from, columns into"
    repair = (
        "This is right if a row of the weights holds what leads out of one unit. This problem writes its "
        "weights the other way round: a row for the unit led into, a column for what it comes from."
    )
    hidden = "symmetric weight matrices, with symmetric gradients"
    convention = True

    def forward(self, node: Node, k: int, right: Formula, wiring: Wiring) -> Formula:
        return transposed_sum(node.outputs[k], right, wiring)

    def along(self, place: Connection, right: Formula, arriving: Formula, wiring: Wiring) -> Formula:
        if not place.from_unit:
            return transposed_gradient(place, right, wiring)
        mirrored = place.mirrored
        return right if mirrored is None else times(arriving, Name(mirrored.parameter))

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        return offered((cls(),), wiring)
