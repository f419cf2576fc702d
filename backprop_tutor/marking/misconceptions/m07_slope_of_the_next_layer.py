"""The slope of the next layer's activation is used."""

from __future__ import annotations

from typing import Self

from ...engine.rules import Wiring
from ...model.formula import Formula, Number
from ...model.graph import Edge
from ..misconception import Misconception
from ._slopes import edges_of, is_activation, sides, slips_along


class SlopeOfTheNextLayer(Misconception):
    """f′ of layer l + 1 at the values of layer l.

    Where the next layer is linear this is a slope left out, and where the two are often confused it is that: both
    have pages of their own.  The shortcut is at the output, which has no next layer.
    """

    id = "M07"
    title = "Slope of the next layer's activation used"
    repair = (
        "Each layer is passed with the slope of its own activation: the one that was applied to its weighted sums in "
        "the forward pass, not the one of the layer after it."
    )
    hidden = "values at which both activations have the same slope"

    def slope(self, edge: Edge, right: Formula, wiring: Wiring) -> Formula:
        after = wiring.layer_at(wiring.layer(edge.source) + 1)
        if after is None or not is_activation(edge) or edge.i != edge.k or wiring.activation(edge.source) is None:
            return right
        used = {wiring.producers[name].op for name in after.activations}
        if len(used) != 1 or used == {edge.node.op}:
            return right
        x, y = sides(edge.node)
        wrong = used.pop().slope(0, 0, (x[edge.i],), (y[edge.k],))
        others = {edge.slope, *(slip.wrong for slip in slips_along(edge) if slip.idea == "M08")}
        return right if isinstance(wrong, Number) or wrong in others else wrong

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        rule = cls()
        return (
            (rule,) if any(rule.slope(edge, edge.slope, wiring) is not edge.slope for edge in edges_of(wiring)) else ()
        )
