"""The largest share of all paths is taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from ...engine.rules import Wiring
from ...model.formula import Call, Cases, Condition, Formula
from ._sums import ALL_PATHS, OverPaths, count_paths


@dataclass(frozen=True)
class LargestPath(OverPaths):
    """The largest share, where the sum belongs; ``by_size``: the one farthest from 0, with its sign.

    Of one value with two paths the largest is one of the two, and this is a path left out: that has its own page.
    """

    by_size: bool = False

    id = "M37"
    title = "Largest path taken instead of the sum of all"
    repair = ALL_PATHS
    hidden = "other paths whose shares are 0"
    one_value = False

    def together(self, shares: tuple[Formula, ...]) -> Formula:
        if not self.by_size:
            return Call("max", shares)
        sizes = tuple(Call("abs", (share,)) for share in shares)
        largest = Call("max", sizes)
        choices = zip(sizes[:-1], shares[:-1], strict=True)
        return Cases(tuple((Condition(size, ">=", largest), share) for size, share in choices), shares[-1])

    @classmethod
    def manners(cls) -> tuple[Self, ...]:
        return (cls(), cls(by_size=True))

    def is_of_its_own(self, names: tuple[str, ...], wiring: Wiring) -> bool:
        return len(names) > 1 or any(count_paths(name, wiring) > 2 for name in names)
