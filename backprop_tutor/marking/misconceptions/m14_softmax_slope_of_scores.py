"""The slopes of a softmax are written with its scores instead of its outputs."""

from __future__ import annotations

from typing import Self

from ...engine.rules import Wiring
from ...model.formula import Formula
from ...model.graph import Edge
from ..misconception import Misconception
from ._slopes import edges_of, instead, sides, slope_at


class SoftmaxSlopeOfScores(Misconception):
    """z_j(1 − z_j) and −z_k·z_j for a_j(1 − a_j) and −a_k·a_j.

    The shortcut has no slope of the softmax in it, and nothing changes.
    """

    id = "M14"
    title = "Scores put where the outputs of the softmax belong"
    repair = (
        "The slopes of a softmax are products of its outputs, which are probabilities. Put the outputs into their "
        "formulas, not the scores that go in."
    )
    hidden = "scores that equal their probabilities, which two rounded numbers hardly ever do"

    def slope(self, edge: Edge, right: Formula, wiring: Wiring) -> Formula:
        if not _is_layer_wide(edge):
            return right
        x, _ = sides(edge.node)
        return instead(right, slope_at(edge, x, x))

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        return (cls(),) if any(map(_is_layer_wide, edges_of(wiring))) else ()


def _is_layer_wide(edge: Edge) -> bool:
    return not edge.shortcut and edge.node.op.layer_wide
