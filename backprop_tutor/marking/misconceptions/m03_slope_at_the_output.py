"""The slope of an activation is evaluated at a instead of z."""

from __future__ import annotations

from typing import Self

from ...engine.rules import Wiring
from ...model.formula import Formula
from ...model.graph import Edge
from ..misconception import Misconception
from ._slopes import edges_of, is_activation, sides, slope_at


class SlopeAtTheOutput(Misconception):
    """The activation is applied once more, to its own output, before the slope is taken.

    The shortcut uses no slope of the activation, so with it only hidden layers change.
    """

    id = "M03"
    title = "Activation applied once more before its slope is taken"
    repair = (
        "The slope belongs to the point where the forward pass was, and that is what goes in. If the formula of the "
        "slope is written with the output, put the output into it as it is: do not apply the activation to it again."
    )
    hidden = "ReLU: a is positive exactly where z is"

    def slope(self, edge: Edge, right: Formula, wiring: Wiring) -> Formula:
        if not is_activation(edge):
            return right
        _, y = sides(edge.node)
        again = edge.node.op.called(y) or edge.node.op.formula(y)
        wrong = slope_at(edge, y, again)
        return right if wrong == edge.slope else wrong

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        rule = cls()
        return (
            (rule,) if any(rule.slope(edge, edge.slope, wiring) is not edge.slope for edge in edges_of(wiring)) else ()
        )
