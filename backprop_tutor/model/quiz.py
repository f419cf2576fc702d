"""A quiz as data: what is asked, how far the learner has come, and what the tutor says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from .formula import Formula
from .lesson import Block, Lesson, Step
from .marking import ACCEPTED, NO_ANSWER, Line, Report, Verdict
from .op import Words
from .record import Idea

_NUMBER = re.compile(r"-?(?:\d{1,20}(?:\.\d{0,20})?|\.\d{1,20})(?:e-?\d{1,2})?|-?\d{1,20}/[1-9]\d{0,19}", re.ASCII)


class Mode(StrEnum):
    """How the tutor goes about it."""

    PRACTICE = "practice"
    LEARN = "learn"
    """A worked example first; then the learner does one kind of step more in every round, from the end."""
    TEST = "test"
    """No help, and marks at the end."""


class ItemKind(StrEnum):
    """What an item of the agenda is."""

    STEP = "step"
    QUESTION = "question"
    WHY = "why"
    """Which formula is it?  With the misconceptions as wrong choices."""
    WORKED = "worked"
    """Steps to read."""
    HAND_IN = "hand in"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is asked (or shown).

    ``id`` is unique in the agenda.  ``name`` is what the answer is called at the prompt; ``steps`` are the plain names
    of the steps that it holds, one or all of a vector or matrix (for worked steps: those to read).  ``number`` is the
    place of an author's question in the file, counted from 0.  ``round`` 0 has the problem's own numbers, every other
    one fresh ones.
    """

    id: str
    kind: ItemKind
    name: str = ""
    steps: tuple[str, ...] = ()
    skill: str = ""
    number: int = 0
    round: int = 0
    is_again: bool = False
    """Whether it comes once more, because its answer was shown."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What was typed once, and what was found of it; without a verdict where nothing was judged."""

    given: str
    verdict: Verdict | None = None
    ideas: tuple[Idea, ...] = ()


def _plain(given: str) -> str:
    """A plain number in one way of writing: 0.24, .24, 2.4e-1 and 24/100 are the same."""
    text = given.strip().replace("−", "-")
    return str(Fraction(text)) if _NUMBER.fullmatch(text) else given


@dataclass(frozen=True, slots=True)
class Standing:
    """How an item stands: the answers so far, how far up the ladder of hints, how often it was ``left`` open."""

    attempts: tuple[Attempt, ...] = ()
    rung: int = 0
    closed: bool = False
    shown: bool = False
    skipped: bool = False
    left: int = 0

    @property
    def is_left(self) -> bool:
        """Whether it was left open, and has no answer to this day, or none but a wrong one."""
        return self.skipped and not self.shown and (not self.answer or self.verdict is Verdict.WRONG)

    @property
    def wrong(self) -> int:
        """How many different wrong answers there were, however they were written."""
        return len({_plain(attempt.given) for attempt in self.attempts if attempt.verdict is Verdict.WRONG})

    @property
    def answer(self) -> str:
        """The answer that stands: the last right one, or else the last that was kept; empty where there is none."""
        return "" if self._stands is None else self._stands.given

    @property
    def verdict(self) -> Verdict | None:
        """The verdict on the answer that stands; None where it was shown, is still to come, or is not judged."""
        return None if self.shown or self._stands is None else self._stands.verdict

    @property
    def _stands(self) -> Attempt | None:
        """What was right once stays; and what could not be read takes nothing away."""
        last = [attempt for attempt in reversed(self.attempts) if attempt.verdict not in NO_ANSWER]
        good = [attempt for attempt in last if attempt.verdict in ACCEPTED]
        best = next((attempt for attempt in good if attempt.verdict is Verdict.CORRECT), None)
        return best or next(iter([*good, *last]), None)


@dataclass(frozen=True, slots=True)
class State:
    """How far a quiz has come: nothing but what follows from the records that were kept."""

    agenda: tuple[Item, ...]
    here: int = 0
    standings: Mapping[str, Standing] = field(default_factory=dict)
    ended: bool = False
    seconds: float = 0.0
    """The time that was spent, long pauses left out."""
    at: float = 0.0

    @property
    def item(self) -> Item | None:
        """What is asked now; None at the end."""
        return self.agenda[self.here] if self.here < len(self.agenda) and not self.ended else None

    def standing(self, item: Item) -> Standing:
        """How an item stands."""
        return self.standings.get(item.id, Standing())


# What the tutor says: parts that a writer prints one after the other.


@dataclass(frozen=True, slots=True)
class Opening:
    """What the problem is about: its title, statement and conventions, and how to answer."""

    lesson: Lesson
    words: Words = ()
    brief: bool = False
    """Whether the learner has read all of it before."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence or two, with the sign of a verdict before it where there is one."""

    words: Words
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Caret:
    """What could not be read: the text, from where to where the trouble is, what it is, and how to write it."""

    text: str
    place: tuple[int, int]
    trouble: str
    repair: str


@dataclass(frozen=True, slots=True)
class Compared:
    """The learner's line beside the right one, which stands without its result: that is still to be found.

    ``given`` is what was typed, where there may be no better line of the learner's; empty for a number alone.
    """

    quantity: Formula
    given: str
    yours: Line | None
    right: Line | None


@dataclass(frozen=True, slots=True)
class Help:
    """One rung of the ladder of hints: what kind of help it is, and blocks in the figures of a lesson."""

    title: str
    blocks: tuple[Block, ...]
    lesson: Lesson


@dataclass(frozen=True, slots=True)
class Worked:
    """Worked steps of a lesson, in full or (``brief``) one line or two for each."""

    lesson: Lesson
    steps: tuple[Step, ...]
    brief: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A titled list: the formula sheet, the commands, what is known; each row a name and what it says."""

    title: str
    rows: tuple[tuple[Words, Words], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of the problem: the lesson's figures of names that are ``known``, and ``?`` at those ``asked``."""

    lesson: Lesson
    known: frozenset[str]
    asked: frozenset[str] = frozenset()
    found: tuple[str, ...] = ()
    """The names found so far in their order, for who cannot see a picture."""
    own: frozenset[str] = frozenset()
    """Those that stand there as formulas as they were typed; they may be too long to be drawn."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A question: where we are, what is asked, and what is there to choose from.

    ``place`` is the number of the question and ``of`` how many there are.  ``plain`` is what is asked for as a keyboard
    writes it, ``prompt`` what stands before what is typed, ``lead`` what is said before the picture.
    """

    place: int
    of: int
    part: str
    words: Words
    plain: str = ""
    choices: tuple[Words, ...] = ()
    note: Words = ()
    prompt: Words = ()
    picture: Picture | None = None
    lead: Words = ()


@dataclass(frozen=True, slots=True)
class Trouble:
    """An idea that was behind wrong answers, and where."""

    idea: Idea
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a quiz comes to.

    ``strict`` counts the items that are right by themselves, ``carried`` also what follows from the learner's own
    values, ``first`` those right by themselves at the first try and without a hint, and ``seen`` those of which the
    same is true, but whose answer had been shown before; ``shown`` the answers that had to be shown, ``wrong`` those
    that were left wrong and ``open`` those without an answer, out of ``out_of``.
    """

    strict: int
    carried: int
    first: int
    shown: int
    wrong: int
    open: int
    out_of: int
    seconds: float
    troubles: tuple[Trouble, ...] = ()
    again: tuple[str, ...] = ()
    """Kinds of steps to practise, by title."""
    hard: tuple[tuple[str, int], ...] = ()
    """The same kinds by key, and how often each was hard."""
    next_problem: str = ""
    """What to take next, as it is typed behind ``quiz``."""
    ended: bool = True
    judged: bool = True
    """Whether anything is marked yet: a test is not, before it is handed in."""
    answered: int = 0
    left: tuple[str, ...] = ()
    """The names of steps without a right answer, to be asked for again."""
    left_command: str = ""
    """The command that asks for them."""
    more_troubles: int = 0
    """How many ideas there were beside those that are told."""
    seen: int = 0
    unmarked: int = 0
    """How many steps of a test follow from the learner's own values and yet earn no mark."""
    uncounted: int = 0
    """How many steps of a test could not be judged, and are not among those that count."""


@dataclass(frozen=True, slots=True)
class Marked:
    """The marks of a test: the whole report."""

    report: Report


Part = Opening | Remark | Caret | Compared | Help | Worked | Listing | Picture | Ask | Summary | Marked
