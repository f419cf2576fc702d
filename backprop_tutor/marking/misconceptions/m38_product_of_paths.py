"""The shares of the paths are multiplied."""

from __future__ import annotations

from ...engine.rules import times
from ...model.formula import Formula
from ._sums import OverPaths


class ProductOfPaths(OverPaths):
    """share · … · share, where the sum belongs."""

    id = "M38"
    title = "Paths multiplied instead of added"
    repair = (
        "Multiply along a path, and add across paths: the factors of one path belong to steps that follow each "
        "other, but different paths are separate ways to the result."
    )
    hidden = "two shares with equal sum and product, such as 2 and 2, or 0 and 0"

    def together(self, shares: tuple[Formula, ...]) -> Formula:
        return times(*shares)
