"""The activation of a layer is skipped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from ...engine.rules import Wiring
from ...model.formula import Formula, Name
from ...model.graph import Node
from ..misconception import Misconception
from ._places import offered


@dataclass(frozen=True)
class ActivationSkipped(Misconception):
    """a := z in one layer."""

    layer: int = 0

    id = "M24"
    title = "Activation skipped: weighted sum taken for it"
    repair = (
        "A unit works in two steps: first its weighted sum, then the activation function of that sum. Here the "
        "second step is missing, so the layer is treated as a linear one."
    )
    hidden = "linear activations; ReLU units that are all active"

    def forward(self, node: Node, k: int, right: Formula, wiring: Wiring) -> Formula:
        z = wiring.preactivation(node.outputs[k])
        if z is None or wiring.layer(node.outputs[k]) != self.layer or right == Name(z):
            return right
        return Name(z)

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        return offered(tuple(cls(index) for index in range(1, wiring.depth + 1)), wiring)
