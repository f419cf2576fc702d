"""The gradient of what is used again is overwritten."""

from __future__ import annotations

from ...engine.rules import Wiring
from ...model.formula import Formula
from ._sums import ALL_PATHS, OverPaths, is_reused


class OverwrittenOnReuse(OverPaths):
    """The share of the last use replaces those before it.

    In expressions, of one name alone this looks like a path left out, which has a page of its own.
    """

    id = "M36"
    title = "Gradient overwritten by the last use"
    repair = ALL_PATHS
    hidden = "other uses whose shares are 0"
    one_value = False

    def together(self, shares: tuple[Formula, ...]) -> Formula:
        return shares[-1]

    def is_meant(self, name: str, wiring: Wiring) -> bool:
        return is_reused(name, wiring)

    def is_of_its_own(self, names: tuple[str, ...], wiring: Wiring) -> bool:
        return wiring.depth > 0 or len(names) > 1
