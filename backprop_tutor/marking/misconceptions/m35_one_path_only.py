"""Only one of several paths is followed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from ...engine.rules import Wiring
from ...model.formula import Formula
from ._places import offered
from ._sums import OverPaths, is_reused


@dataclass(frozen=True)
class OnePathOnly(OverPaths):
    """The share of the first path stands for the sum, or (``last``) that of the last.

    The last use of a shared parameter, or of a name in a formula, has a page of its own; and so has a sum z before
    an activation of the whole layer, of which one follows the way through its own output.
    """

    last: bool = False

    id = "M35"
    title = "Only one of several paths followed"
    repair = (
        "This value reaches the result by several paths, for it is used more than once. Work out the share of each "
        "path and add them all up."
    )
    hidden = "paths whose shares are 0"

    def together(self, shares: tuple[Formula, ...]) -> Formula:
        return shares[-1] if self.last else shares[0]

    def is_meant(self, name: str, wiring: Wiring) -> bool:
        return wiring.activation(name) is None and not (self.last and is_reused(name, wiring))

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        return offered((cls(), cls(last=True)), wiring)
