"""The target is left out where output minus target is the gradient."""

from __future__ import annotations

from typing import Self

from ...engine.rules import Wiring
from ...model.formula import Formula
from ...model.graph import Edge
from ..misconception import Misconception
from ._slopes import edges_of, first_of_the_difference, instead


class TargetLeftOut(Misconception):
    """δ := ŷ, where the shortcut gives ŷ − y."""

    id = "M50"
    title = "Target left out: the output itself taken for the gradient"
    repair = (
        "The gradient in front of the output activation is output minus target: it says how far the output is from "
        "where it should be, and not how large it is. Subtract the target."
    )
    hidden = "targets of 0"

    def slope(self, edge: Edge, right: Formula, wiring: Wiring) -> Formula:
        return instead(right, first_of_the_difference(right)) if edge.shortcut else right

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        return (cls(),) if any(edge.shortcut for edge in edges_of(wiring)) else ()
