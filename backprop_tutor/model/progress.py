"""What the kept answers say of a learner: how firm each kind of step is, and which problems were taken."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .record import Idea


class Level(StrEnum):
    """How firm a kind of step is."""

    SHAKY = "shaky"
    LEARNING = "learning"
    MASTERED = "mastered"
    NEW = "new"


class Reason(StrEnum):
    """Why a kind of step is shaky."""

    SAME_MISTAKE = "same mistake"
    """One misconception explains two of the last answers."""
    SLIPPED = "slipped"
    """It was mastered, and went wrong since."""
    FADED = "faded"
    """It was mastered, too long ago."""
    OFTEN_WRONG = "often wrong"
    """Two of the last answers went wrong at the first try."""


class Outcome(StrEnum):
    """How one thing that was asked came out in one quiz."""

    RIGHT = "right"
    """Right at the first try, without any hint."""
    HINTED = "hinted"
    """Right at the first try, after a hint."""
    SEEN = "seen"
    """Right at the first try, without a hint, where the same answer had been shown before."""
    REPAIRED = "repaired"
    """Wrong at first, then right."""
    WRONG = "wrong"
    SHOWN = "shown"
    """The answer was shown."""
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that was asked, in one quiz, and how it came out.

    ``at`` is the time in seconds since 1970 at which that was clear.  ``choices`` is among how many answers one could
    choose (0: free answer).  ``ideas`` has one tuple for each set of ideas that explained a wrong answer;
    several in one tuple are alternatives.  ``given`` is the answer that decided (empty: none); ``strict``
    says that it is right by itself, and not only from the learner's own values or under another convention.
    """

    session: str
    item: str
    skill: str
    at: float
    outcome: Outcome
    choices: int = 0
    ideas: tuple[tuple[Idea, ...], ...] = ()
    given: str = ""
    strict: bool = False


@dataclass(frozen=True, slots=True)
class IdeaSeen:
    """A misconception (or several that explain the same answers) and in how many things that were asked it showed."""

    ideas: tuple[Idea, ...]
    times: int


@dataclass(frozen=True, slots=True)
class SkillState:
    """How firm a kind of step is, and the evidence.

    ``probability`` is that of knowing it now, between 0 and 1.  ``counts`` says how often each outcome occurred,
    ``lately`` are the last outcomes in their order.  ``ideas`` begin with the most frequent.  ``last`` is the time of
    the last evidence (0: none).  ``missing`` is how many right answers at the first try, without a hint, would make
    it mastered today (0 where it is).
    """

    skill: str
    level: Level
    probability: float
    counts: tuple[tuple[Outcome, int], ...] = ()
    lately: tuple[Outcome, ...] = ()
    ideas: tuple[IdeaSeen, ...] = ()
    last: float = 0.0
    missing: int = 0
    reason: Reason | None = None

    def count(self, outcome: Outcome) -> int:
        """How often this outcome occurred."""
        return dict(self.counts).get(outcome, 0)

    @property
    def asked(self) -> int:
        """How many answers the evidence rests on."""
        return sum(number for _, number in self.counts)


@dataclass(frozen=True, slots=True)
class Undertaking:
    """What a learner has done of one problem.

    ``done`` says that a quiz on it was ended; ``right`` of ``out_of`` is the best of those: right by itself at the
    first try and without a hint, of all that was asked; of ``seen`` others the answer had been shown before.  ``begun``
    says that a quiz waits to be gone on with; ``answered`` is how much of that one was asked already, ``plan`` what was
    chosen for it.
    """

    problem: str
    title: str
    last: float
    done: bool = False
    right: int = 0
    out_of: int = 0
    begun: bool = False
    answered: int = 0
    plan: str = ""
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Overview:
    """All that ``progress`` tells: kinds of steps, problems, and the problem to take next (or empty)."""

    skills: tuple[SkillState, ...]
    undertakings: tuple[Undertaking, ...]
    next_problem: str = ""
