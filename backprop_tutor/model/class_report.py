"""What marking many sheets of one problem finds: a line for each learner, and what the class got wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from statistics import median
from typing import NamedTuple

from .learner_result import LearnerResult, out_of, percentage
from .lesson import Lesson

BINS = 11
"""Ten steps of ten percent, and full marks by themselves."""


class IdeaTally(NamedTuple):
    """On how many sheets an idea stands: alone, and in a tie with others; and whose sheets they are."""

    id: str
    title: str
    alone: int
    tied: int
    learners: tuple[str, ...] = ()


class SlipTally(NamedTuple):
    """On how many sheets there is a slip of a kind, and whose sheets they are; the kind is empty for the unknown."""

    kind: str
    learners: tuple[str, ...]


class StepTally(NamedTuple):
    """On how many sheets a step is wrong by itself, and on how many it is the first wrong one."""

    name: str
    wrong: int
    first: int


@dataclass(frozen=True)
class ClassReport:
    """The results of all sheets of a problem, in the order in which they were given.

    ``steps`` are the plain names of the solution's steps, in order.  ``ignored`` counts the files beside the
    sheets that are none.
    """

    title: str
    results: tuple[LearnerResult, ...]
    steps: tuple[str, ...] = ()
    ignored: int = 0

    @classmethod
    def of(cls, lesson: Lesson, results: Iterable[LearnerResult], ignored: int = 0) -> ClassReport:
        """The report of a problem's sheets."""
        problem = lesson.problem
        steps = dict.fromkeys(step.name for step in lesson.steps)
        return cls(problem.title or problem.id, tuple(results), tuple(steps), ignored)

    @cached_property
    def marked(self) -> tuple[LearnerResult, ...]:
        """The sheets that could be marked."""
        return tuple(result for result in self.results if result.marks is not None and not result.trouble)

    @cached_property
    def unused(self) -> tuple[LearnerResult, ...]:
        """The sheets that could not be used."""
        return tuple(result for result in self.results if result.marks is None or result.trouble)

    @cached_property
    def doubtful(self) -> tuple[LearnerResult, ...]:
        """The marked sheets on which something could not be read: somebody should look at them."""
        return tuple(result for result in self.marked if result.unreadable)

    @cached_property
    def named(self) -> tuple[int, int]:
        """The fewest and the most steps for which a sheet was marked; 0 and 0 without sheets."""
        numbers = [out_of(result) + result.free for result in self.marked]
        return (min(numbers), max(numbers)) if numbers else (0, 0)

    @cached_property
    def flawless(self) -> int:
        """How many sheets have nothing wrong, nothing missing and nothing unreadable."""
        return sum(
            not result.wrong and not result.missing and not result.unreadable and bool(out_of(result))
            for result in self.marked
        )

    def wrong_steps(self) -> tuple[StepTally, ...]:
        """The steps that went wrong by themselves, in the order of the solution, each with its counts."""
        wrong = Counter(name for result in self.marked for name in dict.fromkeys(result.wrong))
        first = Counter(result.first_error for result in self.marked)
        order = dict.fromkeys((*self.steps, *sorted(wrong)))
        return tuple(StepTally(name, wrong[name], first[name]) for name in order if wrong[name])

    def ideas(self) -> tuple[IdeaTally, ...]:
        """The ideas behind wrong steps: those on most sheets first, then by id and title."""
        found: dict[tuple[str, str], dict[int, bool]] = {}
        for number, result in enumerate(self.marked):
            for idea in result.misconceptions:
                sheets = found.setdefault((idea.id, idea.title), {})
                # Certain in one place is certain.
                sheets[number] = sheets.get(number, True) and result.tied(idea)
        return self._ranked(found)

    def conventions(self) -> tuple[IdeaTally, ...]:
        """The other conventions under which sheets are right, those on most sheets first."""
        found: dict[tuple[str, str], dict[int, bool]] = {}
        for number, result in enumerate(self.marked):
            for idea in result.conventions:
                found.setdefault((idea.id, idea.title), {})[number] = False
        return self._ranked(found)

    def slips(self) -> tuple[SlipTally, ...]:
        """The kinds of slips, those on most sheets first; what nothing explains comes last."""
        found: dict[str, dict[int, str]] = {}
        for number, result in enumerate(self.marked):
            for kind in result.slips:
                found.setdefault(kind, {})[number] = result.learner
        tallies = [SlipTally(kind, tuple(learners.values())) for kind, learners in found.items()]
        return tuple(sorted(tallies, key=lambda tally: (not tally.kind, -len(tally.learners), tally.kind)))

    def _ranked(self, found: dict[tuple[str, str], dict[int, bool]]) -> tuple[IdeaTally, ...]:
        """Tallies from the numbers of the sheets, each with whether the idea is tied there."""
        tallies = []
        for (id, title), sheets in found.items():
            tied = sum(sheets.values())
            learners = tuple(self.marked[number].learner for number in sheets)
            tallies.append(IdeaTally(id, title, len(sheets) - tied, tied, learners))
        return tuple(sorted(tallies, key=lambda one: (-one.alone - one.tied, -one.alone, one.id, one.title)))

    def percentages(self, *, carried: bool = True) -> tuple[Fraction, ...]:
        """The marks of all sheets that have any, in percent, lowest first."""
        found = (percentage(result, carried=carried) for result in self.marked)
        return tuple(sorted(number for number in found if number is not None))

    def median(self, *, carried: bool = True) -> Fraction | None:
        """The median mark in percent; None without any."""
        numbers = self.percentages(carried=carried)
        return Fraction(median(numbers)) if numbers else None

    def histogram(self, *, carried: bool = True) -> tuple[int, ...]:
        """How many sheets have 0 to 9 percent, 10 to 19, …, 90 to 99, and 100."""
        counts = [0] * BINS
        for number in self.percentages(carried=carried):
            counts[int(number) // 10] += 1
        return tuple(counts)
