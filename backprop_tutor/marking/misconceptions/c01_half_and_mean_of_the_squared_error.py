"""The mean squared error where the problem has half the sum, and the like: both factors are others."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Self

from ...engine.rules import Wiring
from ...model.graph import Node
from ._losses import HALF, ScaledLoss, averages, number_before_squares
from ._places import offered

MEAN = (
    "This is right for the mean of the squared errors, without ½. This problem adds them up and writes ½ "
    "in front: look at the factor of its loss."
)
HALF_MEAN = (
    "This is right for half the mean of the squared errors. This problem adds them up, without ½: look at "
    "the factor of its loss."
)
SUM = (
    "This is right for the sum of the squared errors, without ½. This problem takes half of their mean: "
    "look at the factor of its loss."
)
HALF_SUM = (
    "This is right for half the sum of the squared errors. This problem takes their mean, without ½: look "
    "at the factor of its loss."
)
_PROBLEM = {MEAN: (HALF, False), HALF_MEAN: (Fraction(1), False), SUM: (HALF, True), HALF_SUM: (Fraction(1), True)}
"""The number before the squares in the problem that a course with this convention meets, and whether it averages."""


@dataclass(frozen=True)
class HalfAndMeanOfTheSquaredError(ScaledLoss):
    """Sum for mean (or the other way round) and ½ for none (or the other way round) at once.

    With two outputs, half the sum is the mean: then there is nothing to tell apart.
    """

    repair: str = MEAN

    id = "C01"
    title = "Squared error with other factors: ½ and the mean"
    hidden = "outputs that equal their targets"
    convention = True

    def factor(self, node: Node, wiring: Wiring) -> Fraction | None:
        mean = averages(node)
        number = number_before_squares(node, wiring)
        if number is None or (number, mean) != _PROBLEM[self.repair]:
            return None
        count = len(node.inputs) // 2
        factor = (2 if number == HALF else HALF) * (count if mean else Fraction(1, count))
        return None if factor == 1 else Fraction(factor)

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        return offered(tuple(cls(repair) for repair in _PROBLEM), wiring)
