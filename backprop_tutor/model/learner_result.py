"""What is kept of one marked sheet among many."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from .marking import FREE, Entry, Marks, Report, Verdict

LONGEST_TROUBLE = 300


class Idea(NamedTuple):
    """An idea that explains wrong entries; ideas of one learner with the same group are a tie."""

    id: str
    title: str
    group: int = 0


@dataclass(frozen=True, slots=True)
class LearnerResult:
    """What is kept of one marked sheet; small, so that it can be sent from one process to another.

    ``wrong`` are the plain names of the wrong steps in the order of the solution, without those that only follow.
    ``unexplained`` counts those that no idea explains, and ``slips`` are their kinds, one for each: the empty kind
    where nothing explains it.  ``free`` counts the steps that were asked for and could not be judged.
    ``unreadable`` counts the answers and lines that could not be read, and ``unread`` says why the first could
    not.  ``trouble`` says why a sheet could not be used; it then has no marks.
    """

    learner: str
    marks: Marks | None = None
    first_error: str | None = None
    wrong: tuple[str, ...] = ()
    misconceptions: tuple[Idea, ...] = ()
    conventions: tuple[Idea, ...] = ()
    unexplained: int = 0
    slips: tuple[str, ...] = ()
    missing: int = 0
    free: int = 0
    unreadable: int = 0
    unread: str = ""
    trouble: str = ""

    @classmethod
    def from_report(cls, report: Report) -> LearnerResult:
        """The result of a marked sheet."""
        wrong = tuple(entry.name for entry in report.entries if entry.verdict is Verdict.WRONG)
        explained = {name for idea in report.explanations for name in idea.steps}
        asked = [entry for entry in report.entries if entry.asked]
        slips = [entry.slip for entry in report.entries if entry.name in wrong and entry.name not in explained]
        return cls(
            learner=report.learner,
            marks=report.marks,
            first_error=report.first_error,
            wrong=wrong,
            misconceptions=_ideas(report, convention=False),
            conventions=_ideas(report, convention=True),
            unexplained=len(slips),
            slips=tuple(slips),
            missing=sum(entry.verdict is Verdict.MISSING for entry in asked),
            free=sum(entry.verdict in FREE for entry in asked),
            unreadable=len(unread_answers(report)) + lines_not_understood(report),
            unread=_first_trouble(report),
        )

    def tied(self, idea: Idea) -> bool:
        """Whether other ideas explain the same steps as well."""
        return sum(other.group == idea.group for other in self.misconceptions) > 1


def unread_answers(report: Report) -> list[tuple[Entry, ...]]:
    """The entries whose answers could not be read; those of a matrix that share one answer stand together."""
    found: dict[object, list[Entry]] = {}
    for entry in report.entries:
        if entry.verdict is Verdict.UNREADABLE:
            matrix = entry.cell.partition(", ")[0]
            found.setdefault((matrix, entry.given) if matrix else entry.name, []).append(entry)
    return [tuple(entries) for entries in found.values()]


def lines_not_understood(report: Report) -> int:
    """On how many lines of a sheet something stands that is no answer to any step."""
    # Some files have everything on one line.
    places = [(finding.where.line, finding.where.column) for finding in report.unknown if finding.where is not None]
    return len(set(places)) + sum(finding.where is None for finding in report.unknown)


def _first_trouble(report: Report) -> str:
    """Why the first thing that could not be read could not, and how to write it."""
    for entries in unread_answers(report):
        answer = entries[0].given
        if answer is not None:
            return _bounded(
                f"{entries[0].cell.partition(', ')[0] or entries[0].name}: {answer.trouble}. {answer.repair}"
            )
    for finding in report.unknown:
        line = f"line {finding.where.line}: " if finding.where is not None else ""
        return _bounded(f"{line}{finding.message}. {finding.repair}")
    return ""


def _bounded(text: str) -> str:
    return text.strip() if len(text) <= LONGEST_TROUBLE else text[: LONGEST_TROUBLE - 1] + "…"


def _ideas(report: Report, *, convention: bool) -> tuple[Idea, ...]:
    found = (
        Idea(explanation.id, explanation.title, explanation.group)
        for explanation in report.explanations
        if explanation.convention is convention
    )
    return tuple(dict.fromkeys(found))


def out_of(result: LearnerResult) -> int:
    """How many steps of a sheet were marked."""
    return 0 if result.marks is None else result.marks.out_of


def percentage(result: LearnerResult, *, carried: bool = True) -> Fraction | None:
    """A sheet's mark in percent; None where nothing could be marked."""
    marks = result.marks
    if marks is None or not marks.out_of:
        return None
    return Fraction(100 * (marks.carried if carried else marks.strict), marks.out_of)
