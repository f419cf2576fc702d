"""What the pages about values with several paths share."""

from __future__ import annotations

from ...engine.rules import Wiring, added
from ...model.formula import Formula
from ._places import Anywhere, split_paths


class OverPaths(Anywhere):
    """A page that puts the shares of several paths together in another way; a penalty's share is added as it is."""

    def together(self, shares: tuple[Formula, ...]) -> Formula:
        """The gradient from the shares of at least two paths."""
        raise NotImplementedError

    def is_meant(self, name: str, wiring: Wiring) -> bool:
        """Whether the page has something to say about a value with several paths."""
        return True

    def gather(self, name: str, right: Formula, shares: tuple[Formula, ...], wiring: Wiring) -> Formula:
        through, penalties = split_paths(name, shares, wiring)
        if len(through) < 2 or not self.is_meant(name, wiring):
            return right
        wrong = added((self.together(through), *penalties))
        return right if wrong == right else wrong


def is_reused(name: str, wiring: Wiring) -> bool:
    """Whether several paths mean that a name is used several times: a shared parameter, or any name in a formula."""
    return wiring.depth == 0 or name in wiring.parameters
