"""Only one of several paths is followed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from ...engine.rules import Wiring
from ...model.formula import Formula, total
from ._sums import ALL_PATHS, OverPaths, count_paths, is_reused

MOST_PATHS = 4
"""Up to how many paths of a value each may be the one that is left out."""


@dataclass(frozen=True)
class OnePathOnly(OverPaths):
    """The share of the first path stands for the sum, or (``last``) that of the last.

    Of a single value with more than two paths, one may be left out (``without``, counted from 1).  That the last use
    counts for all names of a formula, or for shared parameters, has a page of its own; and so has a sum z before an
    activation of the whole layer, of which one follows the way through its own output.
    """

    last: bool = False
    without: int = 0

    id = "M35"
    title = "Only one of several paths followed"
    repair = ALL_PATHS
    hidden = "paths whose shares are 0"
    one_layer = True

    def __post_init__(self) -> None:
        if self.without:
            object.__setattr__(self, "title", "One of several paths left out")

    def together(self, shares: tuple[Formula, ...]) -> Formula:
        if self.without:
            return total((*shares[: self.without - 1], *shares[self.without :]))
        return shares[-1] if self.last else shares[0]

    def is_meant(self, name: str, wiring: Wiring) -> bool:
        return wiring.activation(name) is None and not (self.last and self._is_overwriting(name, wiring))

    def _is_overwriting(self, name: str, wiring: Wiring) -> bool:
        """Whether the last share alone means that it replaced the others; at one name it may be the only one found."""
        return is_reused(name, wiring) and (wiring.depth > 0 or not self.where)

    @classmethod
    def manners(cls) -> tuple[Self, ...]:
        return (cls(), cls(last=True))

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        places = cls._places(wiring) if wiring.depth == 0 else ()
        left_out = (
            cls(where=name, without=number)
            for name in places
            if 2 < count_paths(name, wiring) <= MOST_PATHS
            for number in range(1, count_paths(name, wiring) + 1)
        )
        return (*super().variants(wiring), *left_out)
