"""The mean over the paths is taken."""

from __future__ import annotations

from ...model.formula import Formula, total
from ._sums import OverPaths


class MeanOfPaths(OverPaths):
    """(share + … + share)/n, where the sum belongs."""

    id = "M37"
    title = "Mean over the paths taken instead of their sum"
    repair = (
        "The paths act at the same time, so their effects add up: the gradient is the sum of all shares, and is not "
        "divided by their number."
    )
    hidden = "paths whose shares cancel, or are all 0"

    def together(self, shares: tuple[Formula, ...]) -> Formula:
        return total(shares) / len(shares)
