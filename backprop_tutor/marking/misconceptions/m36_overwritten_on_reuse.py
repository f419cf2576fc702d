"""The gradient of what is used again is overwritten."""

from __future__ import annotations

from ...engine.rules import Wiring
from ...model.formula import Formula
from ._sums import OverPaths, is_reused


class OverwrittenOnReuse(OverPaths):
    """The share of the last use replaces those before it."""

    id = "M36"
    title = "Gradient overwritten by the last use"
    repair = (
        "The same name is used several times, and each use gives a share of its gradient: add the new share to what "
        "is there already, and do not put it in its place."
    )
    hidden = "other uses whose shares are 0"

    def together(self, shares: tuple[Formula, ...]) -> Formula:
        return shares[-1]

    def is_meant(self, name: str, wiring: Wiring) -> bool:
        return is_reused(name, wiring)
