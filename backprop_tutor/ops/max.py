"""The largest of several numbers."""

from __future__ import annotations

from collections.abc import Sequence

from ..model.formula import Condition, Formula, greater
from ..model.op import Symbol
from ._extremum import Extremum


class Max(Extremum):
    """Pick the largest of several numbers.

    Why we use it: pooling keeps the strongest signal of a region, and ReLU is the larger of z and 0.
    Slope: 1 for the number that is picked, 0 for the others: the gradient takes one road only.
    Watch out: in a tie there is no derivative; the numbers that tie share the slope in equal parts.
    """

    title = "Maximum"
    symbol = Symbol("max", r"\max", "max")
    adjective = "largest"

    def wins(self, one: Formula, other: Formula) -> Condition:
        return greater(one, other)

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        return (sorted(x)[-1],)
