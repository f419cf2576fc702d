"""What marking many sheets of one problem finds: a line for each learner, and what the class got wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from statistics import median
from typing import NamedTuple

from .lesson import Lesson
from .marking import Marks, Report, Verdict

BINS = 11
"""Ten steps of ten percent, and full marks by themselves."""


class Idea(NamedTuple):
    """An idea that explains wrong entries; ideas of one learner with the same group are a tie."""

    id: str
    title: str
    group: int = 0


class IdeaTally(NamedTuple):
    """On how many sheets an idea stands: alone, and in a tie with others."""

    id: str
    title: str
    alone: int
    tied: int


class StepTally(NamedTuple):
    """On how many sheets a step is wrong by itself, and on how many it is the first wrong one."""

    name: str
    wrong: int
    first: int


@dataclass(frozen=True, slots=True)
class LearnerResult:
    """What is kept of one marked sheet; small, so that it can be sent from one process to another.

    ``wrong`` are the plain names of the wrong steps in the order of the solution, without those that only follow.
    ``unexplained`` counts those that no idea explains: slips.  ``trouble`` says why a sheet could not be used;
    it then has no marks.
    """

    learner: str
    marks: Marks | None = None
    first_error: str | None = None
    wrong: tuple[str, ...] = ()
    misconceptions: tuple[Idea, ...] = ()
    conventions: tuple[Idea, ...] = ()
    unexplained: int = 0
    missing: int = 0
    unreadable: int = 0
    trouble: str = ""

    @classmethod
    def from_report(cls, report: Report) -> LearnerResult:
        """The result of a marked sheet."""
        wrong = tuple(entry.name for entry in report.entries if entry.verdict is Verdict.WRONG)
        explained = {name for idea in report.explanations for name in idea.steps}
        asked = [entry for entry in report.entries if entry.asked]
        return cls(
            learner=report.learner,
            marks=report.marks,
            first_error=report.first_error,
            wrong=wrong,
            misconceptions=_ideas(report, convention=False),
            conventions=_ideas(report, convention=True),
            unexplained=sum(name not in explained for name in wrong),
            missing=sum(entry.verdict is Verdict.MISSING for entry in asked),
            unreadable=sum(entry.verdict is Verdict.UNREADABLE for entry in asked) + len(report.unknown),
        )

    def tied(self, idea: Idea) -> bool:
        """Whether other ideas explain the same steps as well."""
        return sum(other.group == idea.group for other in self.misconceptions) > 1


def _ideas(report: Report, *, convention: bool) -> tuple[Idea, ...]:
    found = (
        Idea(explanation.id, explanation.title, explanation.group)
        for explanation in report.explanations
        if explanation.convention is convention
    )
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class ClassReport:
    """The results of all sheets of a problem, in the order in which they were given.

    ``steps`` are the plain names of the solution's steps, in order.
    """

    title: str
    results: tuple[LearnerResult, ...]
    steps: tuple[str, ...] = ()

    @classmethod
    def of(cls, lesson: Lesson, results: Iterable[LearnerResult]) -> ClassReport:
        """The report of a problem's sheets."""
        problem = lesson.problem
        steps = dict.fromkeys(step.name for step in lesson.steps)
        return cls(problem.title or problem.id, tuple(results), tuple(steps))

    @cached_property
    def marked(self) -> tuple[LearnerResult, ...]:
        """The sheets that could be marked."""
        return tuple(result for result in self.results if result.marks is not None and not result.trouble)

    @cached_property
    def unused(self) -> tuple[LearnerResult, ...]:
        """The sheets that could not be used."""
        return tuple(result for result in self.results if result.marks is None or result.trouble)

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
        alone: Counter[tuple[str, str]] = Counter()
        tied: Counter[tuple[str, str]] = Counter()
        for result in self.marked:
            found: dict[tuple[str, str], bool] = {}
            for idea in result.misconceptions:
                key = (idea.id, idea.title)
                # Certain in one place is certain.
                found[key] = found.get(key, True) and result.tied(idea)
            alone.update(key for key, is_tied in found.items() if not is_tied)
            tied.update(key for key, is_tied in found.items() if is_tied)
        return _ranked(alone, tied)

    def conventions(self) -> tuple[IdeaTally, ...]:
        """The other conventions under which sheets are right, those on most sheets first."""
        found = Counter(
            key for result in self.marked for key in dict.fromkeys((idea.id, idea.title) for idea in result.conventions)
        )
        return _ranked(found, Counter())

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


def out_of(result: LearnerResult) -> int:
    """How many steps of a sheet were marked."""
    return 0 if result.marks is None else result.marks.out_of


def percentage(result: LearnerResult, *, carried: bool = True) -> Fraction | None:
    """A sheet's mark in percent; None where nothing could be marked."""
    marks = result.marks
    if marks is None or not marks.out_of:
        return None
    return Fraction(100 * (marks.carried if carried else marks.strict), marks.out_of)


def _ranked(alone: Counter[tuple[str, str]], tied: Counter[tuple[str, str]]) -> tuple[IdeaTally, ...]:
    tallies = [IdeaTally(*key, alone[key], tied[key]) for key in {**alone, **tied}]
    return tuple(sorted(tallies, key=lambda tally: (-tally.alone - tally.tied, -tally.alone, tally.id, tally.title)))
