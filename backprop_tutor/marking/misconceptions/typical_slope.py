"""A typical wrong slope of a single operation, as its own page tells it."""

from __future__ import annotations

from dataclasses import InitVar, dataclass
from typing import Self

from ...engine.rules import Wiring
from ...model.formula import Formula
from ...model.graph import Edge
from ..misconception import Misconception
from ._slopes import instead, slips_along, typical_edges


@dataclass(frozen=True)
class TypicalSlope(Misconception):
    """One slip of one operation, at every node with that operation.

    Slips that show an idea known from many operations belong to the page of that idea.  The shortcut is on no
    operation's way and stays as it is.
    """

    operation: str = ""
    repair: str = "Work out the slope of this operation again: see its rule."
    called: InitVar[str] = ""

    id = "op"
    title = "Operation differentiated in another way"
    hidden = "points where the wrong formula gives the same number"

    def __post_init__(self, called: str) -> None:
        if called:
            object.__setattr__(self, "title", called)

    @property
    def idea(self) -> tuple[str, str]:
        """All of them share one id, and each is an idea of its own."""
        return self.id, self.repair

    def slope(self, edge: Edge, right: Formula, wiring: Wiring) -> Formula:
        if edge.shortcut or edge.node.op.name != self.operation:
            return right
        for slip in slips_along(edge):
            if slip.repair == self.repair:
                return instead(right, slip.wrong)
        return right

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        found: dict[Self, None] = {}
        for edge in typical_edges(wiring):
            for slip in slips_along(edge):
                if not slip.idea and slip.wrong != edge.slope:
                    found.setdefault(cls(edge.node.op.name, slip.repair, slip.title))
        return tuple(found)
