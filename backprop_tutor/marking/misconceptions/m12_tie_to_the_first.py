"""In a tie, the first of the equal numbers gets the whole gradient."""

from __future__ import annotations

from typing import Self

from ...engine.rules import Wiring
from ...model.formula import ONE, ZERO, Cases, Condition, Formula, Relation, when
from ...model.graph import Edge
from ...model.op import Loss
from ..misconception import Misconception
from ._slopes import edges_of, sides


class TieToTheFirst(Misconception):
    """max(a, b) with a = b hands everything to a, where this problem shares it out.

    For a choice between two numbers, which has one slope where the number wins, one where it loses, and a third
    for a tie.
    """

    id = "M12"
    title = "Tie of a maximum or minimum given to the first"
    repair = (
        "Where two numbers are chosen together there is no derivative, and a convention decides: some give all of "
        "the gradient to the first. This problem shares it in equal parts."
    )
    hidden = "points without a tie"
    convention = True

    def slope(self, edge: Edge, right: Formula, wiring: Wiring) -> Formula:
        wins = _wins(edge)
        if wins is None:
            return right
        relation: Relation = ">=" if edge.i == 0 else ">"
        return when(Condition(wins.left, relation, wins.right), ONE, ZERO)

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        return (cls(),) if any(_wins(edge) is not None for edge in edges_of(wiring)) else ()


def _wins(edge: Edge) -> Condition | None:
    """When this one of two numbers is chosen; None for an operation that chooses nothing."""
    if edge.shortcut or isinstance(edge.node.op, Loss) or len(edge.node.inputs) != 2:
        return None
    slope = edge.slope
    if not isinstance(slope, Cases) or not edge.node.op.kinks(sides(edge.node)[0]):
        return None
    match slope.cases:
        case ((wins, chosen), (_, lost)) if (chosen, lost) == (ONE, ZERO):
            return wins
    return None
