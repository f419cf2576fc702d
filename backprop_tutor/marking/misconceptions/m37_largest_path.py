"""The largest share of all paths is taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from ...engine.rules import Wiring
from ...model.formula import Call, Cases, Condition, Formula
from ._places import offered
from ._sums import OverPaths


@dataclass(frozen=True)
class LargestPath(OverPaths):
    """The largest share, where the sum belongs; ``by_size``: the one farthest from 0, with its sign."""

    by_size: bool = False

    id = "M37"
    title = "Largest path taken instead of the sum of all"
    repair = (
        "All paths act at the same time, and not only the strongest one: the gradient is the sum of the shares of "
        "all paths."
    )
    hidden = "other paths whose shares are 0"

    def together(self, shares: tuple[Formula, ...]) -> Formula:
        if not self.by_size:
            return Call("max", shares)
        sizes = tuple(Call("abs", (share,)) for share in shares)
        largest = Call("max", sizes)
        choices = zip(sizes[:-1], shares[:-1], strict=True)
        return Cases(tuple((Condition(size, ">=", largest), share) for size, share in choices), shares[-1])

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        return offered((cls(), cls(by_size=True)), wiring)
