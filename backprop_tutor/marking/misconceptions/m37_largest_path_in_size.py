"""The share of all paths that is farthest from 0 is taken."""

from __future__ import annotations

from ...engine.rules import Wiring
from ...model.formula import Call, Cases, Condition, Formula
from ._sums import ALL_PATHS, OverPaths, is_no_single_path


class LargestPathInSize(OverPaths):
    """The share with the largest absolute value, with its sign, where the sum belongs: of −2 and −3 this is −3."""

    id = "M37"
    title = "Path that is the largest in size taken instead of the sum of all"
    repair = ALL_PATHS
    hidden = "other paths whose shares are 0"
    one_value = False

    def together(self, shares: tuple[Formula, ...]) -> Formula:
        sizes = tuple(Call("abs", (share,)) for share in shares)
        largest = Call("max", sizes)
        choices = zip(sizes[:-1], shares[:-1], strict=True)
        return Cases(tuple((Condition(size, ">=", largest), share) for size, share in choices), shares[-1])

    def is_of_its_own(self, names: tuple[str, ...], wiring: Wiring) -> bool:
        return is_no_single_path(names, wiring)
