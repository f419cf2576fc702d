"""The smallest of several numbers."""

from __future__ import annotations

from collections.abc import Sequence

from ..model.formula import Condition, Formula, greater
from ..model.op import Symbol
from ._extremum import Extremum


class Min(Extremum):
    """Pick the smallest of several numbers.

    Why we use it: it caps a number, and picks the closest or the cheapest of several.
    Slope: 1 for the number that is picked, 0 for the others: the gradient takes one road only.
    Watch out: in a tie there is no derivative; the numbers that tie share the slope in equal parts.
    """

    title = "Minimum"
    symbol = Symbol("min", r"\min", "min")
    adjective = "smallest"

    def wins(self, one: Formula, other: Formula) -> Condition:
        return greater(other, one)

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        return (sorted(x)[0],)
