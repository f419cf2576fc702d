"""The weights are transposed in the forward pass."""

from __future__ import annotations

from ...engine.rules import Wiring
from ...model.formula import Formula
from ...model.graph import Node
from ._places import Anywhere, transposed_sum


class WeightsTransposedForward(Anywhere):
    """z := Wᵀ a + b in square layers."""

    id = "M25"
    title = "Weights transposed in the forward pass"
    repair = (
        "A row of the weight matrix belongs to the unit that it leads into, a column to what it comes from: take the "
        "weights of the first unit from the first row, not from the first column."
    )
    hidden = "symmetric weight matrices"

    def forward(self, node: Node, k: int, right: Formula, wiring: Wiring) -> Formula:
        return transposed_sum(node.outputs[k], right, wiring)
