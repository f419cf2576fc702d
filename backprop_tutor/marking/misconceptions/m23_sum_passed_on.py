"""The weighted sum is passed on to the next layer."""

from __future__ import annotations

from ...engine.rules import Wiring
from ...model.formula import Formula, Name, replace
from ...model.graph import Node
from ._places import Anywhere


class SumPassedOn(Anywhere):
    """The next layer takes z of a hidden unit, where it should take a."""

    id = "M23"
    title = "Weighted sum passed on to the next layer instead of the activation"
    repair = (
        "The next layer sees what a unit puts out, and that is its activation: apply the activation function to the "
        "weighted sum first, and pass on the result."
    )
    hidden = "linear activations; ReLU units that are all active"

    def forward(self, node: Node, k: int, right: Formula, wiring: Wiring) -> Formula:
        place = wiring.sum_at(node.outputs[k])
        if place is None:
            return right
        before = {unit: z for unit in place[0].sources if (z := wiring.preactivation(unit)) is not None}
        if not before:
            return right

        def to_sum(part: Formula) -> Formula | None:
            return Name(before[part.name]) if isinstance(part, Name) and part.name in before else None

        return replace(right, to_sum)
