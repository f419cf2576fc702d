"""What marking a sheet finds: a verdict on every entry, what follows from what, and which idea went wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .formula import Formula
from .lesson import Figure, Lesson, StepKind
from .op import Words
from .problem import Finding
from .sheet import Answer


class Verdict(StrEnum):
    """What is said of one entry."""

    CORRECT = "correct"
    IMPRECISE = "imprecise"
    """Within what the digits above it allow, but not what they give when rounded."""
    CARRIED = "carried"
    """Not the right number, but right from the learner's own earlier values."""
    WRONG = "wrong"
    UNREADABLE = "unreadable"
    MISSING = "missing"
    OTHER_CONVENTION = "other_convention"
    UNDECIDED = "undecided"
    """Too few digits to tell."""


FREE = frozenset({Verdict.UNREADABLE, Verdict.UNDECIDED})
"""Verdicts that cost nothing: such an entry is taken out of the total."""


ACCEPTED = frozenset({Verdict.CORRECT, Verdict.IMPRECISE, Verdict.CARRIED, Verdict.OTHER_CONVENTION})
"""The verdicts on an answer with which a learner may go on."""
STRICT = frozenset({Verdict.CORRECT, Verdict.IMPRECISE})
"""The verdicts on what is right by itself, and not from the learner's own values or under another convention."""
NO_ANSWER = frozenset({Verdict.UNREADABLE, Verdict.UNDECIDED, Verdict.MISSING})
"""The verdicts on what was no answer."""


@dataclass(frozen=True, slots=True)
class Line:
    """A step as it is written out: a formula, and the same with these figures in place of names.

    Where it was ``typed`` out in numbers, these stand there instead, as they were typed.
    """

    formula: Formula
    figures: Mapping[str, Figure]
    result: Figure | None = None
    typed: Formula | None = None

    @property
    def numbers(self) -> Formula | None:
        """The formula to be told in numbers; None where there are none."""
        return self.typed or (self.formula if self.figures else None)


@dataclass(frozen=True, slots=True)
class Experiment:
    """What a wrong gradient predicts when a quantity is moved, and what happens, both as they are written.

    ``start`` says what is moved, up to the quantity that changes; ``asked`` is what it is moved in.
    """

    start: Words
    predicted: str
    changed: str
    asked: str = "the network"

    @property
    def claim(self) -> Words:
        """What would happen: by how much the quantity would change, or that it would not."""
        return self.start if self.predicted == "0" else (*self.start, f" by about {self.predicted}")

    @property
    def words(self) -> Words:
        """The whole of it in one sentence."""
        return (*self.claim, f"; it changes by {self.changed}.")


@dataclass(frozen=True, slots=True)
class Entry:
    """One quantity of the solution, and what the sheet says of it.

    ``expected`` is the right figure (or, where the quantity stays a formula, ``formula``); ``from_yours`` the
    figure that follows from the learner's own earlier values, where that is another one.  ``follows_from`` are
    the names of the wrong entries behind it, in the order of the solution.  ``right`` and ``yours`` are the two
    lines side by side: the right formula with the learner's own earlier values, and, when it is known, the
    formula that the learner must have used.  ``asked`` says that the entry counts; ``earned`` that it is worth
    its carried mark, ``strict`` its strict mark.  ``cell`` is the name as the learner grouped it
    (``dL/dw1, row 2, column 1``) or empty.  ``slip`` is the kind of slip that a wrong entry is, where no idea explains
    it: ``sign``, ``decimal point``, ``digits swapped``, ``last digit cut off``, ``one digit``, ``not near enough``,
    ``number of another step``, ``another index``, or what was done to the line (``slope left out``).  ``or_else`` is
    what else gives the number that an idea gives: with it nobody can tell which it was.
    """

    name: str
    kind: StepKind
    quantity: Formula
    verdict: Verdict
    given: Answer | None = None
    expected: Figure | None = None
    formula: Formula | None = None
    from_yours: Figure | None = None
    message: Words = ()
    misconception: str = ""
    slip: str = ""
    follows_from: tuple[str, ...] = ()
    right: Line | None = None
    yours: Line | None = None
    experiment: Experiment | None = None
    or_else: tuple[Words, ...] = ()
    asked: bool = True
    strict: bool = False
    earned: bool = False
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """An idea that explains wrong entries: its id in the catalogue, what it is, and the sentence that repairs it.

    Explanations with the same ``group`` explain the same entries equally well: a tie.  ``convention`` says that
    the work is right, but under another convention than the problem's.
    """

    id: str
    title: str
    repair: Words
    steps: tuple[str, ...]
    group: int = 0
    convention: bool = False


@dataclass(frozen=True, slots=True)
class Marks:
    """How many entries are right by themselves, how many from the learner's own values, and out of how many."""

    strict: int
    carried: int
    out_of: int


@dataclass(frozen=True, slots=True)
class Report:
    """A marked sheet.

    ``entries`` stand in the order of the solution.  ``first_error`` is the plain name of the first wrong step.
    ``ask_next`` is the quantity that would tell tied explanations apart.  ``unknown`` are lines of the sheet
    whose name is no quantity of the problem, with what may have been meant.
    """

    lesson: Lesson
    learner: str
    entries: tuple[Entry, ...]
    marks: Marks
    first_error: str | None = None
    explanations: tuple[Explanation, ...] = ()
    ask_next: str = ""
    unknown: tuple[Finding, ...] = field(default=())
    text: str = ""
    is_test: bool = False
    """Whether the answers were typed in a test: then there is no sheet to speak of."""

    @property
    def work(self) -> str:
        """What was handed in, in a word."""
        return "test" if self.is_test else "sheet"

    @property
    def is_right(self) -> bool:
        """Whether every entry that counts is there, nothing is wrong, and every line of the sheet was understood."""
        fine = {Verdict.CORRECT, Verdict.IMPRECISE, Verdict.OTHER_CONVENTION, Verdict.UNDECIDED}
        counted = [entry for entry in self.entries if entry.asked]
        judged = sum(entry.verdict is not Verdict.UNDECIDED for entry in counted)
        if self.unknown or not judged or judged * 2 < len(counted):
            return False
        return all(entry.verdict in fine for entry in counted)
