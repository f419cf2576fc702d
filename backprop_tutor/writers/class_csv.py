"""The results of many sheets as CSV: a row for each learner, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import groupby

from ..model.class_report import ClassReport
from ..model.learner_result import Idea, LearnerResult, percentage
from ..reading.findings import clean_line
from .class_words import note

HEADER = (
    "sheet",
    "strict",
    "carried",
    "out_of",
    "strict_percent",
    "carried_percent",
    "first_error",
    "misconceptions",
    "misconception_titles",
    "conventions",
    "wrong_steps",
    "unexplained_steps",
    "missing_steps",
    "unreadable",
    "note",
)
LONGEST_CELL = 1000
_DANGEROUS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a cell for a formula; the wide ones are folded to these by some."""


def write(report: ClassReport) -> str:
    """The table with a header; rows in the order of the sheets, the same text for the same results.

    Several ideas are separated by ``; ``, tied ones by `` or ``.
    """
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(HEADER)
    for result in report.results:
        table.writerow([_guarded(cell) for cell in _row(result)])
    return text.getvalue()


def _row(result: LearnerResult) -> Sequence[str]:
    marks = result.marks
    numbers = [""] * 5
    counts = [""] * 3
    if marks is not None:
        percent = [_percent(percentage(result, carried=carried)) for carried in (False, True)]
        numbers = [str(marks.strict), str(marks.carried), str(marks.out_of), *percent]
        counts = [str(result.unexplained), str(result.missing), str(result.unreadable)]
    return [
        result.learner,
        *numbers,
        result.first_error or "",
        _ideas(result.misconceptions, [idea.id for idea in result.misconceptions]),
        _ideas(result.misconceptions, [idea.title for idea in result.misconceptions]),
        "; ".join(f"{idea.id} {idea.title}" for idea in result.conventions),
        "; ".join(result.wrong),
        *counts,
        note(result),
    ]


def _ideas(ideas: Iterable[Idea], texts: Sequence[str]) -> str:
    pairs = zip(ideas, texts, strict=True)
    groups = groupby(sorted(pairs, key=lambda pair: pair[0].group), key=lambda pair: pair[0].group)
    return "; ".join(" or ".join(dict.fromkeys(text for _, text in group)) for _, group in groups)


def _percent(number: Fraction | None) -> str:
    """The number with one decimal, half up."""
    if number is None:
        return ""
    tenths = int(number * 10 + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10}"


def _guarded(cell: str) -> str:
    """The cell on one line, with an apostrophe before what a spreadsheet would run as a formula."""
    line = clean_line(cell[: 4 * LONGEST_CELL])
    line = line if len(line) <= LONGEST_CELL else line[: LONGEST_CELL - 3] + "..."
    return f"'{line}" if line.startswith(_DANGEROUS) else line
