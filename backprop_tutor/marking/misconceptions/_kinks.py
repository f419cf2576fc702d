"""What the pages about the slope at a kink share."""

from __future__ import annotations

from typing import Self

from ...engine.rules import Wiring
from ...model.formula import Cases, Condition, Formula
from ...model.graph import Edge
from ..misconception import Misconception
from ._slopes import edges_of, sides

Bend = tuple[Condition, Formula, Formula]
"""Where the first of two slopes is in force, that slope, and the one elsewhere and at the kink itself."""


def bend(edge: Edge) -> Bend | None:
    """The two slopes of an operation that bends at one place; None for any other."""
    if edge.shortcut:
        return None
    slope = edge.slope
    if not isinstance(slope, Cases) or len(slope.cases) != 1 or not edge.node.op.kinks(sides(edge.node)[0]):
        return None
    condition, above = slope.cases[0]
    return (condition, above, slope.otherwise) if condition.relation == ">" else None


class AtTheKink(Misconception):
    """Another slope at the kink itself, and the right one on both sides of it."""

    def slope(self, edge: Edge, right: Formula, wiring: Wiring) -> Formula:
        found = bend(edge)
        return right if found is None else self.at_the_kink(*found)

    def at_the_kink(self, above: Condition, slope: Formula, elsewhere: Formula) -> Formula:
        """The slope under the other convention."""
        raise NotImplementedError

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        return (cls(),) if any(bend(edge) is not None for edge in edges_of(wiring)) else ()
