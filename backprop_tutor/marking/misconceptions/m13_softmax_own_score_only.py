"""Of a softmax, only the slope of each output by its own score is used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from ...engine.rules import Wiring
from ...model.formula import ZERO, Formula, total
from ...model.graph import Edge
from ..misconception import Misconception
from ._slopes import edges_of


@dataclass(frozen=True)
class SoftmaxOwnScoreOnly(Misconception):
    """δ_j = g_j · a_j(1 − a_j): the other slopes are forgotten in the sum, or ``as_zero``: held to be 0.

    The shortcut has no such sum in it, and nothing is forgotten.
    """

    as_zero: bool = False

    id = "M13"
    title = "Softmax treated as if each output had its own score only"
    repair = (
        "Every output of a softmax depends on every score, because all of them stand in the denominator. Add up the "
        "shares of all outputs; in another class's score, the slope of an output is minus the product of the two "
        "outputs."
    )
    hidden = "outputs at which no gradient arrives"

    def slope(self, edge: Edge, right: Formula, wiring: Wiring) -> Formula:
        return ZERO if self.as_zero and _is_crossing(edge) else right

    def gather(self, name: str, right: Formula, shares: tuple[Formula, ...], wiring: Wiring) -> Formula:
        edges = wiring.plan.edges[name]
        kept = tuple(share for share, edge in zip(shares, edges, strict=True) if not _is_crossing(edge))
        return right if self.as_zero or len(kept) == len(shares) else total(kept)

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        return (cls(False), cls(True)) if any(map(_is_crossing, edges_of(wiring))) else ()


def _is_crossing(edge: Edge) -> bool:
    """Whether the edge leads from one unit's sum to another unit of the same layer."""
    return not edge.shortcut and edge.node.op.layer_wide and edge.i != edge.k
