"""What is said of a class, in sentences that every writer prints in its own way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from ..model.class_report import BINS, ClassReport
from ..model.learner_result import LearnerResult
from ..reading.findings import counted

MOST_NAMES = 5
"""So many learners are named beside an idea; the rest are counted."""
UNEXPLAINED = "nothing explains it"
_LINE = re.compile(r"\bline \d+: ")

LABELS = tuple("100" if start == BINS - 1 else f"{10 * start} to {10 * start + 9}" for start in range(BINS))
"""The bins of the distribution of marks."""


def percent(number: Fraction) -> str:
    """A mark for a sentence, rounded half up."""
    return f"{int(number + Fraction(1, 2))} %"


def handful(names: Sequence[str], most: int = MOST_NAMES) -> str:
    """The first names, and how many more there are."""
    if len(names) <= most + 1:
        return ", ".join(names)
    return f"{', '.join(names[:most])} and {len(names) - most} more"


def note(result: LearnerResult) -> str:
    """Why a sheet needs a look or could not be used; empty for all others."""
    if result.trouble or result.marks is None:
        return result.trouble or "not marked"
    if not result.unreadable:
        return ""
    if result.unreadable == 1:
        return f"1 answer or line could not be read: {result.unread}"
    return f"{result.unreadable} answers or lines could not be read; the first: {result.unread}"


def notes(results: Iterable[LearnerResult]) -> list[tuple[str, tuple[str, ...]]]:
    """What is wrong with sheets, and whose they are; those with the same trouble, wherever it stands, together."""
    found: dict[str, list[LearnerResult]] = {}
    for result in results:
        found.setdefault(_LINE.sub("", note(result)), []).append(result)
    return [
        (note(same[0]) if len(same) == 1 else said, tuple(result.learner for result in same))
        for said, same in found.items()
    ]


def facts(report: ClassReport) -> list[str]:
    """The class in a few sentences."""
    marked, unused = len(report.marked), len(report.unused)
    lines = [f"{counted(len(report.results), 'sheet')}: {marked} marked, {unused} that could not be used."]
    if not unused:
        lines = [f"{counted(marked, 'sheet')} marked."]
    if report.ignored:
        are = "is no sheet" if report.ignored == 1 else "are no sheets"
        lines.append(f"{counted(report.ignored, 'other file')} in the folder {are}: left out.")
    carried, strict = report.median(), report.median(carried=False)
    if carried is not None and strict is not None:
        lines.append(f"Median mark: {percent(carried)} carried, {percent(strict)} strict.")
        perfect = report.flawless
        lines.append(f"{counted(perfect, 'sheet')} without any mistake." if perfect else "No sheet without a mistake.")
    elif report.doubtful:
        lines.append(f"Nothing on these sheets could be read. {report.doubtful[0].unread}")
    fewest, most = report.named
    if fewest != most:
        lines.append(
            f"The sheets name between {fewest} and {most} steps: "
            "name the steps that count with --ask, and percentages can be compared."
        )
    return lines
