"""The share of all paths that is the largest number is taken."""

from __future__ import annotations

from ...engine.rules import Wiring
from ...model.formula import Call, Formula
from ._sums import ALL_PATHS, OverPaths, is_no_single_path


class LargestPath(OverPaths):
    """max(share, …, share), where the sum belongs: of −2 and −3 this is −2."""

    id = "M37"
    title = "Path with the largest number taken instead of the sum of all"
    repair = ALL_PATHS
    hidden = "other paths whose shares are 0"
    one_value = False

    def together(self, shares: tuple[Formula, ...]) -> Formula:
        return Call("max", shares)

    def is_of_its_own(self, names: tuple[str, ...], wiring: Wiring) -> bool:
        return is_no_single_path(names, wiring)
