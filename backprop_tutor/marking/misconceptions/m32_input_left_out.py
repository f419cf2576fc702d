"""The input is left out of the gradient of a weight."""

from __future__ import annotations

from ...engine.rules import Connection, Wiring
from ...model.formula import Formula
from ._places import LayerByLayer


class InputLeftOut(LayerByLayer):
    """∂L/∂w_ji := δ_j."""

    id = "M32"
    title = "Input left out of the gradient of a weight"
    repair = (
        "Changing a weight changes the weighted sum by the input that the weight multiplies: the gradient of a "
        "weight is the error signal of its unit times that input. The error signal alone is the gradient of a bias."
    )
    hidden = "inputs of 1"

    def along(self, place: Connection, right: Formula, arriving: Formula, wiring: Wiring) -> Formula:
        return right if place.from_unit or place.is_bias else arriving
