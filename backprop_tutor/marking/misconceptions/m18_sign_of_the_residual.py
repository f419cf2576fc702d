"""Target minus output is used, where output minus target belongs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from ...engine.rules import Wiring
from ...model.formula import Formula
from ...model.graph import Edge
from ._slopes import TaggedSlip, edges_of, turned_round


@dataclass(frozen=True)
class SignOfTheResidual(TaggedSlip):
    """y − ŷ for ŷ − y: in the slope of the loss, or with the shortcut in the gradient at z."""

    id = "M18"
    title = "Target minus output instead of output minus target"
    repair = (
        "The difference that goes back is output minus target (of scores: probability minus target). It is positive "
        "where the output is too large, so that gradient descent lowers it: turn yours round."
    )
    hidden = "outputs that equal their targets"

    def slope(self, edge: Edge, right: Formula, wiring: Wiring) -> Formula:
        return turned_round(right) if edge.shortcut else super().slope(edge, right, wiring)

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        if any(edge.shortcut for edge in edges_of(wiring)):
            return (cls(),)
        return super().variants(wiring)
