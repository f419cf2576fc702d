"""What is kept of a quiz: one record for everything that happened, in the order in which it happened."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class What(StrEnum):
    """What happened."""

    ANSWERED = "answered"
    HINTED = "hinted"
    SHOWN = "shown"
    SKIPPED = "skipped"
    MOVED = "moved"
    """To another item: back, or on to the last round."""
    READ = "read"
    """What is there to be read was read, or an answer looked at once more and left as it was: neither is help."""
    MARKED = "marked"
    """The verdict on an answer of a test, given at its end."""
    ENDED = "ended"


NUMBERED = re.compile("[A-Z][0-9]{1,3}")
"""The ids of the catalogue; what has none of these shares its id with others."""


@dataclass(frozen=True, slots=True)
class Idea:
    """An idea that explains a wrong answer, as it was told: id, title, and the sentence that repairs it.

    Ideas with one id may have several titles: they are kept with the answer, and need not be found again.
    ``convention`` says that it is right under another convention than the problem's.
    """

    id: str
    title: str = ""
    repair: str = ""
    convention: bool = False

    @property
    def is_numbered(self) -> bool:
        """Whether it has a number in the catalogue."""
        return NUMBERED.fullmatch(self.id) is not None

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from other ideas: its number, and where it has none, how it is repaired."""
        return self.id, "" if self.is_numbered else self.repair


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that happened in a quiz.

    ``session`` is the quiz's own id and ``at`` the time in seconds since 1970 (UTC).  ``item`` is what was asked
    (``step:dL/dw1_21``, ``question:2``), ``skill`` its kind of step, and ``given`` what was typed.  ``verdict`` is one
    of ``Verdict``, or empty where nothing was judged.  ``ideas`` explain a wrong answer (several: a tie).
    ``tries`` counts the wrong answers to this item before this one, ``rung`` the hints that were seen before it; on
    the last rung the answer was shown, and the first one without a hint stands where another item had shown it.
    ``choices`` is among how many answers one could choose (0: free answer).
    """

    session: str
    at: float
    what: What
    item: str = ""
    skill: str = ""
    given: str = ""
    verdict: str = ""
    ideas: tuple[Idea, ...] = ()
    tries: int = 0
    rung: int = 0
    choices: int = 0


@dataclass(frozen=True, slots=True)
class Sitting:
    """A quiz that was begun: of which problem, and what was asked for.

    ``problem`` is a bundled name or a file's name, ``title`` its title, and ``fingerprint`` a hash of what the file
    says, so that answers to another version are never mixed in.  ``plan`` says in one line what was chosen (mode,
    selection, form of the answers); a sitting goes on only where all of these are the same.  ``seed`` makes the
    order of choices and the fresh numbers.
    """

    session: str
    at: float
    problem: str
    title: str
    fingerprint: str
    plan: str
    seed: int = 0
