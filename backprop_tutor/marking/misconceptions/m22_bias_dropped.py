"""The bias is dropped in the forward pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from ...engine.rules import Wiring, units_before, weight_between
from ...model.formula import Formula
from ...model.graph import Node
from ..misconception import Misconception
from ._places import offered, weighted_sum


@dataclass(frozen=True)
class BiasDropped(Misconception):
    """z := W a, without b (or without the column of the constant 1): in one layer, or in all (``layer`` = 0)."""

    layer: int = 0

    id = "M22"
    title = "Bias left out of the weighted sum"
    repair = (
        "Every weighted sum of this layer contains the bias of its unit: multiply the inputs by their weights, add "
        "up, and add the bias too."
    )
    hidden = "biases of 0"

    def forward(self, node: Node, k: int, right: Formula, wiring: Wiring) -> Formula:
        place = wiring.sum_at(node.outputs[k])
        if place is None:
            return right
        layer, row = place
        if (not layer.biases and layer.bias_column is None) or self.layer not in (0, layer.index):
            return right
        weights = tuple(weight_between(layer, row, position) for position in range(units_before(layer)))
        units = tuple(unit for column, unit in enumerate(layer.sources) if column != layer.bias_column)
        return weighted_sum(weights, units)

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        single = tuple(cls(index) for index in range(1, wiring.depth + 1))
        found = offered(single, wiring)
        return (cls(), *found) if len(found) > 1 else found
