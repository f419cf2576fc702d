"""The table of all steps of a marked sheet: as many columns as the terminal has room for, and nothing cut."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from ..model.lesson import StepKind
from ..model.marking import Entry, Report, Verdict
from . import report_answers as answers
from . import report_words as say
from .lines import GLUE, Line, Run, clean, columns, fold, glue, length, pad
from .maths import Maths

LONGEST_CELL = 22
_GAP = 2
_LEAST_VERDICT = 10
_SECTIONS = {StepKind.FORWARD: "Forward pass", StepKind.BACKWARD: "Backward pass", StepKind.UPDATE: "Update"}
_HEADER = ("", "step", "name", "yours", "right", "from yours", "verdict")
_NUMBERS = (3, 4, 5)
_NAME = 2
_DECIMAL = re.compile(r"([-−]?\d+)(\.\d+)?")
_SIGNS = {
    Verdict.CORRECT: ("✓", "+"),
    Verdict.IMPRECISE: ("≈", "~"),
    Verdict.CARRIED: ("↳", ">"),
    Verdict.WRONG: ("✗", "X"),
    Verdict.UNREADABLE: ("?", "?"),
    Verdict.MISSING: ("–", "-"),
    Verdict.OTHER_CONVENTION: ("§", "*"),
    Verdict.UNDECIDED: ("?", "?"),
}


def sign(verdict: Verdict, ascii: bool = False) -> str:
    """The sign of a verdict: one column, so that a list can be read down its left edge."""
    return _SIGNS[verdict][ascii]


class EntryTable:
    """A row for every step that counts or stands on the sheet, under the headings of the three parts."""

    def __init__(self, report: Report, maths: Maths, ascii: bool = False) -> None:
        self.report = report
        self.maths = maths
        self.ascii = ascii
        self.entries = say.asked(report)

    def lines(self, width: int) -> list[Line]:
        """The table in at most ``width`` columns; where there is no room for columns, a line for each step."""
        if not self.entries:
            return fold([Run("There is no step on this sheet.", "dim")], width)
        rows = _aligned([self._cells(entry) for entry in self.entries])
        empty = [index for index in _NUMBERS if not any(row[index] for row in rows)]
        kept = [index for index in range(len(_HEADER)) if index not in (_NAME, *empty)]
        named = sorted([*kept, _NAME])
        for choice in (named, kept) if any(row[1] != row[_NAME] for row in rows) else (kept,):
            widths = [max(columns(row[index]) for row in (_HEADER, *rows)) for index in choice]
            room = width - sum(widths[:-1]) - _GAP * (len(widths) - 1)
            if room >= _LEAST_VERDICT:
                return self._table(rows, choice, widths, width)
        return self._short(width)

    def _cells(self, entry: Entry) -> list[str]:
        elsewhere = entry.from_yours if answers.shows_own(entry) else None
        return [
            sign(entry.verdict, self.ascii),
            self.maths.formula(entry.quantity),
            entry.name,
            self._given(entry),
            self._right(entry),
            "" if elsewhere is None else self.maths.figure(elsewhere),
            say.verdict(self.report, entry),
        ]

    def _given(self, entry: Entry) -> str:
        if entry.given is None or answers.has_wrong_shape(entry):
            return ""
        figure = answers.given_figure(entry.given)
        text = answers.typed(entry.given) if figure is None else self.maths.figure(figure)
        return self._bounded(clean(text, ascii=self.ascii))

    def _right(self, entry: Entry) -> str:
        if entry.verdict in (Verdict.MISSING, Verdict.UNREADABLE):
            # An answer is still to come, and a sheet that is not finished is no key.
            return ""
        if entry.expected is not None:
            return self.maths.figure(entry.expected)
        return "" if entry.formula is None else self._bounded(self.maths.formula(entry.formula))

    def _bounded(self, text: str) -> str:
        """The text, or its beginning with dots where it would break the table; wrong ones are whole above it."""
        if columns(text) <= LONGEST_CELL:
            return text
        dots = "..." if self.ascii else "…"
        while columns(text) > LONGEST_CELL - len(dots):
            text = text[:-1]
        return text + dots

    def _table(
        self, rows: Sequence[Sequence[str]], choice: Sequence[int], widths: Sequence[int], width: int
    ) -> list[Line]:
        lines = _row([Run(_HEADER[index], "dim") for index in choice], widths, width)
        for kind, group in groupby(zip(self.entries, rows, strict=True), key=lambda pair: pair[0].kind):
            lines.append((Run(_SECTIONS[kind], "strong"),))
            for entry, row in group:
                lines.extend(_row([Run(row[index], _style(index, entry)) for index in choice], widths, width))
        return lines

    def _short(self, width: int) -> list[Line]:
        lines: list[Line] = []
        for kind, group in groupby(self.entries, key=lambda entry: entry.kind):
            lines.append((Run(_SECTIONS[kind], "strong"),))
            for entry in group:
                mark, symbol, _, yours, right, from_yours, verdict = self._cells(entry)
                parts = [f"{symbol} = {yours}" if yours else symbol]
                plain = entry.verdict is Verdict.CORRECT
                parts += [f"right {right}"] * bool(right and not plain) + [f"from yours {from_yours}"] * bool(
                    from_yours
                )
                runs = [Run(glue(", ".join(parts))), Run(":"), Run(" "), Run(verdict, entry.verdict.value)]
                lines.extend(fold(runs, width, (Run(f"{mark} ", entry.verdict.value),), (Run("    "),)))
        return lines


def _style(index: int, entry: Entry) -> str:
    """The style of a cell: what is off stands out, and everything else stays quiet."""
    match index:
        case 0 | 6:
            return entry.verdict.value
        case 1:
            return "quantity" if entry.verdict is Verdict.WRONG else ""
        case 2:
            return "dim"
        case 3:
            return entry.verdict.value if entry.verdict in (Verdict.WRONG, Verdict.CARRIED) else ""
    return ""


def _aligned(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The rows with decimal numbers of a column under each other at their points."""
    aligned = [list(row) for row in rows]
    for index in _NUMBERS:
        found = [_DECIMAL.fullmatch(row[index]) for row in rows]
        before = max((len(match[1]) for match in found if match), default=0)
        for row, match in zip(aligned, found, strict=True):
            if match:
                row[index] = GLUE * (before - len(match[1])) + row[index]
    return aligned


def _row(cells: Sequence[Run], widths: Sequence[int], width: int) -> list[Line]:
    """A row; the last cell is folded into the room that is left."""
    runs: Line = ()
    for cell, size in zip(cells[:-1], widths[:-1], strict=True):
        runs = (*runs, *pad((Run(cell.text.replace(GLUE, " "), cell.style),), size + _GAP))
    start = length(runs)
    first, *others = fold([cells[-1]], max(1, width - start))
    return [(*runs, *first), *((Run(" " * start), *line) for line in others)]
