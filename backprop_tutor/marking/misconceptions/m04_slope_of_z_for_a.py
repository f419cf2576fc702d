"""The formula of a slope that is written with a is used with z."""

from __future__ import annotations

from typing import Self

from ...engine.rules import Wiring
from ...model.formula import Formula
from ...model.graph import Edge
from ..misconception import Misconception
from ._slopes import edges_of, is_activation, sides, slope_at


class SlopeOfZForA(Misconception):
    """z(1 − z) for a(1 − a), 1 − z² for 1 − a².

    The shortcut uses no slope of the activation, so with it only hidden layers change.  Activations of a whole
    layer are another page's.
    """

    id = "M04"
    title = "Input of the activation put where its output belongs in the slope"
    repair = (
        "This formula for the slope is written with the output of the activation, which you know from the forward "
        "pass. Put the output into it, not the number that goes in."
    )
    hidden = "z = a; activations whose slope is not written with a"

    def slope(self, edge: Edge, right: Formula, wiring: Wiring) -> Formula:
        if not is_activation(edge) or edge.node.op.layer_wide:
            return right
        x, _ = sides(edge.node)
        wrong = slope_at(edge, x, x)
        return right if wrong == edge.slope else wrong

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        rule = cls()
        return (
            (rule,) if any(rule.slope(edge, edge.slope, wiring) is not edge.slope for edge in edges_of(wiring)) else ()
        )
