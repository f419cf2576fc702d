"""The page that every misconception fills in: a wrong run of the graph, and the sentence that repairs the idea.

A misconception is one file in ``misconceptions/``, and its existence is its registration.  A rule may be one of
several ways in which one idea shows, so several files can carry one id of the catalogue.
"""

from __future__ import annotations

from typing import ClassVar, Self

from ..engine.rules import Rules, Wiring


class Misconception(Rules):
    """One wrong idea (or other convention), run on purpose.

    Override one of the hooks of ``Rules``.  Subclasses with fields (a layer, a factor) are frozen dataclasses.
    """

    name: ClassVar[str]
    """Set from the file's name when the page is found."""
    id: ClassVar[str]
    """The id in the catalogue: ``M01``."""
    title: ClassVar[str]
    """What is done, in a few words: "Activation slope left out"."""
    repair: str
    """One or two sentences to the learner that repair the idea."""
    hidden: ClassVar[str]
    """Where it gives the right number and so cannot be seen."""
    convention: ClassVar[bool] = False
    """Whether this is right under another convention than the problem's."""
    needs_update: ClassVar[bool] = False
    """Whether only the updates tell the convention from a mistake: it is not granted to a sheet without any."""
    of_the_loss: ClassVar[bool] = False
    """Whether the convention is another number in front of the loss, which a single formula may show."""

    @property
    def idea(self) -> tuple[str, str]:
        """What tells one idea from another, whatever the ways in which it shows: the id."""
        return self.id, ""

    @property
    def is_of_catalogue(self) -> bool:
        """Whether it is a misconception of the catalogue: no convention, and no slip of a single operation."""
        return self.id.startswith("M")

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        """The ways in which the idea can show in this problem; none where it cannot."""
        return (cls(),)
