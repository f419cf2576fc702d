"""The squared error with ½ where the problem has none, and without it where it has."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Self

from ...engine.rules import Wiring
from ...model.graph import Node
from ._losses import HALF, ScaledLoss, number_before_squares
from ._places import offered

WITHOUT = (
    "This is right for the squared error without ½ in front. This problem writes it with ½, so its loss and "
    "all its gradients are half as large."
)
WITH = (
    "This is right for half the squared error. This problem writes the squared error without ½, so its loss "
    "and all its gradients are twice as large."
)


@dataclass(frozen=True)
class HalfOfTheSquaredError(ScaledLoss):
    """The loss and every slope of it twice or half as large; a penalty on the weights stays as it is."""

    repair: str = WITHOUT

    id = "C01"
    title = "Squared error with the other factor: ½ or none"
    hidden = "outputs that equal their targets"
    convention = True

    def factor(self, node: Node, wiring: Wiring) -> Fraction | None:
        number = number_before_squares(node, wiring)
        if self.repair == WITHOUT:
            return Fraction(2) if number == HALF else None
        return HALF if number == 1 else None

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        return offered((cls(), cls(WITH)), wiring)
