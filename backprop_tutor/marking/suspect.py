"""A misconception that is suspected behind wrong entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from .misconception import Misconception
from .setting import WrongWay
from .slips import Slip


@dataclass(frozen=True, slots=True)
class Suspect:
    """A misconception along one way: which wrong entries it gives, and which answered entries would show it."""

    way: WrongWay
    explains: frozenset[str]
    visible: frozenset[str]
    near: frozenset[str]
    """Those explained only as far as rounding on the way allows."""
    seen: int = 0
    """How many earlier wrong answers it gives, too."""

    @property
    def rule(self) -> Misconception:
        """The rule that is run."""
        return self.way.rule

    @classmethod
    def here(cls, way: WrongWay, name: str) -> Self:
        """The suspect of one line alone."""
        return cls(way, frozenset({name}), frozenset({name}), frozenset())


@dataclass(frozen=True, slots=True)
class Idea:
    """Rules that explain the same entries equally well, one of each id: a tie if there are several."""

    suspects: tuple[Suspect, ...]
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attribution:
    """The ideas behind a sheet, one or two, and the slips by the name of the entry."""

    ideas: tuple[Idea, ...]
    slips: dict[str, Slip]


def seen_most(suspects: Sequence[Suspect]) -> list[Suspect]:
    """Those that give the most of the earlier wrong answers: all, where there are none."""
    most = max((suspect.seen for suspect in suspects), default=0)
    return [suspect for suspect in suspects if suspect.seen == most]
