"""λ/2 before the penalty where the problem has λ, and the other way round."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Self

from ...engine.rules import Wiring
from ...model.graph import Node
from ._losses import HALF, ScaledLoss, flag
from ._places import offered

WITHOUT = (
    "This is right for a penalty of λ times the sum of the squared weights. This problem writes λ/2 in "
    "front, so the penalty and its gradient are half as large."
)
WITH = (
    "This is right for a penalty with λ/2 in front. This problem writes λ times the sum of the squared "
    "weights, so the penalty and its gradient are twice as large."
)


@dataclass(frozen=True)
class HalfOfThePenalty(ScaledLoss):
    """The L2 penalty and its slopes twice or half as large."""

    repair: str = WITHOUT

    id = "C04"
    title = "L2 penalty with the other factor: λ/2 or λ"
    hidden = "weights of 0"
    convention = True

    def factor(self, node: Node, wiring: Wiring) -> Fraction | None:
        if not any(node is penalty for penalty in wiring.penalties) or flag(node.op, "half") is not (
            self.repair == WITHOUT
        ):
            return None
        return Fraction(2) if self.repair == WITHOUT else HALF

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        return offered((cls(WITHOUT), cls(WITH)), wiring)
