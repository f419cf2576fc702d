"""Sheets in CSV: ``name,value`` on each line, or a class with one learner a row.

Commas, semicolons and tabs separate cells, whichever the file uses; a comma inside a number is left to
whoever reads answers.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from ..model.problem import Finding, Span
from ..model.sheet import Sheet
from .findings import BYTE_ORDER_MARK, LINE_BREAK, clean_line, counted, shown
from .sheet_lines import LONGEST_NAME, IsQuantity, Lines

CLASS_CHARACTERS = 1 << 25
CLASS_ROWS = 100_000
CLASS_COLUMNS = 2_000
LONGEST_CELL = 200
"""Lines that a cell in quotes may go on for."""

_NAME_WORDS = frozenset({"name", "names", "quantity", "quantities", "step", "symbol", "variable", "what"})
_ANSWER_WORDS = frozenset(
    {"value", "values", "answer", "answers", "your answer", "result", "results", "figure", "number"}
)
_LEARNER_WORDS = frozenset({"learner", "student", "id", "nr", "no", "number", "who", "user", "email", "pupil"})
_NUMBER = re.compile(r"\s*[-+−–]?\s*[.,]?\d.*", re.DOTALL)
_QUOTED = re.compile(r'"[^"]*"?')
_BRACKETS = re.compile(r"[\[(][^\])]*[\])]?")
_SEPARATORS = ("\t", ";", ",")
_SAMPLE = 200


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, stripped, and where it stands: its first line and how long that is."""

    cells: tuple[str, ...]
    line: int
    width: int
    broken: bool = False

    def span(self, source: str) -> Span:
        return Span(source, self.line, 1, self.width + 1)


def read(text: str, source: str, lines: Lines, is_quantity: IsQuantity | None = None) -> None:
    """Notes every line of a sheet with a name and an answer in each."""
    separator, rows = _rows(text)
    for number, row in enumerate(rows):
        where = row.span(source)
        if row.broken:
            lines.find("the quotes of this line are not closed, or text goes on behind them", where, _QUOTES)
        name, *rest = row.cells
        while len(rest) > 1 and not rest[-1]:
            rest.pop()
        answer = rest[0] if rest else ""
        if number == 0 and _is_header(row.cells, is_quantity):
            continue
        if len(rest) > 1:
            together = separator.join(rest)
            if answer.startswith(("[", "(")):
                answer = together
            elif answer.lstrip("+-−–").isdigit() and rest[1].isdigit() and separator == ",":
                lines.find(
                    f"the answer to {shown(name)} has a comma in it, which ends a cell here",
                    where,
                    f"Write a decimal point ({shown(answer + '.' + rest[1])}), or put the answer in double quotes.",
                )
                continue
        elif not rest and name:
            lines.find(f"{shown(name)} stands here without an answer", where, "Write name,value in each line.")
            continue
        lines.add(name, answer, where)


_QUOTES = 'Put the whole cell in double quotes, and write double quotes inside it twice: "".'


def is_class(text: str, is_quantity: IsQuantity | None = None) -> bool:
    """Whether the first row names quantities, so that each row below is one learner's.

    So it is with three columns and more, except for a list with a header such as ``name,value,remark`` or
    with a vector in it.  Two columns are a class when the second cell of the first row is a quantity and the
    first is none; without ``is_quantity``, when the first cell says learner, student or id.
    """
    _, rows = _rows(text[: 1 << 16])
    first = next(rows, None)
    if first is None:
        return False
    cells = list(first.cells)
    while cells and not cells[-1]:
        cells.pop()
    if len(cells) < 2 or _is_header(first.cells, is_quantity):
        return False
    if any(cell.startswith(("[", "(")) for cell in cells[1:]):
        return False
    if is_quantity is not None and (is_quantity(cells[0]) or is_quantity(cells[1])):
        return not is_quantity(cells[0])
    if _NUMBER.fullmatch(cells[1]):
        return False
    return len(cells) > 2 or cells[0].casefold() in _LEARNER_WORDS


def read_class(text: str, source: str) -> tuple[tuple[Sheet, ...], tuple[Finding, ...]]:
    """One sheet for each row below the first, which names the quantities; the first column says whose it is.

    A row's findings stand in its sheet, those of the file beside the sheets.  Two learners of one name are
    told apart (``Ann``, ``Ann (2)``), empty rows are left out, and the sheets carry no text.
    """
    whole = Lines(source)
    if len(text) > CLASS_CHARACTERS:
        whole.find(f"the file is larger than {CLASS_CHARACTERS >> 20} MiB", None, "Split it into several files.")
        return (), whole.findings()
    _, rows = _rows(text)
    header = next(rows, None)
    if header is None:
        whole.find("the file is empty", None, "Write learner and the names of quantities in the first row.")
        return (), whole.findings()
    names = _class_names(header, source, whole)
    sheets: list[Sheet] = []
    taken: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        if number > CLASS_ROWS:
            whole.find(f"the class has more than {CLASS_ROWS:,} rows", row.span(source), "Split it into several files.")
            break
        if any(row.cells):
            lines = Lines(source, lambda _: True)
            _read_row(row, names, lines)
            learner = _different(clean_line(row.cells[0])[:LONGEST_NAME] or f"row {row.line}", taken)
            sheets.append(lines.sheet(learner, ""))
    if not sheets:
        whole.find("there is no learner below the first row", None, "Write one learner a row: the name, then answers.")
    return tuple(sheets), whole.findings()


def _class_names(header: Row, source: str, whole: Lines) -> tuple[str, ...]:
    """The names of the columns behind the first; an empty one for a column that is not read."""
    where = header.span(source)
    names: list[str] = []
    for name in header.cells[1:CLASS_COLUMNS]:
        if name and name in names:
            whole.find(f"two columns are called {shown(name)}; the first one counts", where, "Rename one of the two.")
        names.append("" if name in names else name)
    if len(header.cells) > CLASS_COLUMNS:
        whole.find(f"the first row has {len(header.cells):,} columns", where, f"Use at most {CLASS_COLUMNS:,}.")
    return tuple(names)


def _read_row(row: Row, names: tuple[str, ...], lines: Lines) -> None:
    where = row.span(lines.source)
    cells = list(row.cells[1:])
    while len(cells) > len(names) and not cells[-1]:
        cells.pop()
    expected = counted(len(names) + 1, "cell")
    if row.broken:
        lines.find("the quotes of this row are not closed, or text goes on behind them", where, _QUOTES)
    if len(cells) > len(names):
        message = f"this row has {len(cells) + 1} cells, but the first row has {expected}"
        if not any("." in cell for cell in cells):
            # Decimal commas cut numbers in two, and nobody can tell which half belongs to which column.
            lines.find(message, where, "Write decimal points, or put answers with a comma in double quotes.")
            return
        lines.find(message, where, "Delete the cells that are too many; the others are read in their order.")
    elif len(cells) < len(names):
        message = f"this row has {counted(len(cells) + 1, 'cell')}, but the first row has {len(names) + 1}"
        lines.find(message, where, "The missing ones count as blank.", warning=True)
    for name, answer in zip_longest(names, cells[: len(names)], fillvalue=""):
        if name:
            lines.add(name, answer, where)


def _different(learner: str, taken: dict[str, int]) -> str:
    """The name, with a number behind it when it was taken before."""
    number = taken.get(learner, 0) + 1
    found = f"{learner} ({number})" if number > 1 else learner
    while found in taken:
        number += 1
        found = f"{learner} ({number})"
    taken[learner] = number
    taken.setdefault(found, 1)
    return found


def _is_header(cells: tuple[str, ...], is_quantity: IsQuantity | None) -> bool:
    """Whether the row says what the columns of a single sheet are."""
    if len(cells) < 2 or (is_quantity is not None and is_quantity(cells[0])):
        return False
    name, answer = cells[0].casefold(), cells[1].casefold()
    return answer in _ANSWER_WORDS and (name in _NAME_WORDS or not name)


def _rows(text: str) -> tuple[str, Iterator[Row]]:
    """The separator, and the rows that hold anything."""
    physical = LINE_BREAK.split(text.removeprefix(BYTE_ORDER_MARK))
    chosen = re.fullmatch(r"sep=(.)", physical[0].strip(" ") or " ")
    # Spreadsheets may say in a first line which separator they use.
    if chosen:
        physical[0] = ""
    separator = chosen[1] if chosen and chosen[1] in "\t;,|" else _separator(physical)
    return separator, _cut(physical, separator)


def _separator(lines: list[str]) -> str:
    """The separator that most lines hold outside quotes and brackets."""
    counts = dict.fromkeys(_SEPARATORS, 0)
    for line in lines[:_SAMPLE]:
        bare = _BRACKETS.sub("", _QUOTED.sub("", line[:2_000]))
        for separator in counts:
            counts[separator] += separator in bare
    best = max(counts, key=lambda separator: counts[separator])
    return best if counts[best] else ","


def _cut(lines: list[str], separator: str) -> Iterator[Row]:
    number = 0
    while number < len(lines):
        first = number
        row = lines[number]
        number += 1
        if not row.strip() or row.lstrip().startswith("#"):
            continue
        together = [row]
        quotes = row.count('"')
        while quotes % 2 and number < len(lines) and len(together) < LONGEST_CELL:
            together.append(lines[number])
            quotes += lines[number].count('"')
            number += 1
        if quotes % 2:
            # The quotes are never closed: then they hold this line only.
            together, number = [row], first + 1
        found = _cells(together, separator)
        cells = found if found is not None else tuple(cell.strip(' "') for cell in row.split(separator))
        if any(cells):
            yield Row(cells, first + 1, len(row.rstrip()), found is None)


def _cells(lines: list[str], separator: str) -> tuple[str, ...] | None:
    """The cells of one row; None where its quotes are out of order."""
    try:
        ended = [f"{line}\n" for line in lines]
        rows = list(csv.reader(ended, delimiter=separator, strict=True, skipinitialspace=True))
    except csv.Error:
        return None
    return tuple(cell.strip() for cell in rows[0]) if len(rows) == 1 else None
