"""Vectors and matrices as people type them, cut into rows and entries; what the entries are is not looked at.

``[1, 2]``, ``[1 2]``, ``[1; 2]``, ``[[1,2],[3,4]]``, ``[1 2; 3 4]``, ``(1, 2)``, ``[1, 2]^T``, or one row a line.
Between spaces ``[1 -2]`` holds two entries and ``[1 - 2]`` one; where a row has a comma, only commas separate.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .answer_names import NameFinder
from .answer_rows import BEGINS_OPEN, ENDS_OPEN, MAX_SIDE, RowCutter, Span, entries_said
from .findings import counted
from .formula_error import FormulaError, quoted

_TRANSPOSED = re.compile(r"\s*(?:\^\s*(?:T|⊤)|\^\{T\}|ᵀ|⊤|'|\.T)\s*")
_GROUPED = re.compile(r"(?<![0-9.])[0-9]{1,3}(?:[ ,]0[0-9]{2})+(?![0-9])")
_CLOSING = {"[": "]", "(": ")", "{": "}"}


@dataclass(frozen=True, slots=True)
class Rows:
    """The places of the entries, row by row; ``shape`` as in ``Answers``."""

    rows: tuple[tuple[Span, ...], ...]
    shape: tuple[int, ...]


class Cutter:
    """Cuts one text from ``start`` on."""

    def __init__(self, finder: NameFinder, start: int) -> None:
        self.text = finder.text
        self.folded = finder.folded
        self._start = start
        self._row = RowCutter(finder, start)

    def rows(self) -> Rows | None:
        """The entries of the list; None if the text is no list but one value.

        Raises FormulaError for a list that cannot be taken apart.
        """
        start = self._start
        body = self.folded[start:]
        first = start + len(body) - len(body.lstrip())
        if self.folded.startswith("[", first):
            return self._bracketed(first)
        if self.folded.startswith("(", first):
            return self._round(first)
        return self._lines(start)

    def _bracketed(self, first: int) -> Rows:
        groups, end = self._groups(first, len(self.text))
        rest = self.folded[end:]
        turned = _TRANSPOSED.fullmatch(rest) is not None
        if rest.strip() and not turned:
            place = end + len(rest) - len(rest.lstrip())
            repair = "Leave it out, or write one list of rows."
            raise FormulaError("something stands behind the closing bracket", repair, place, place + 1)
        self._refuse_grouped(first, end)
        if len(groups) == 1:
            inner = (groups[0][0] + 1, groups[0][1] - 1)
            if "[" not in self.folded[slice(*inner)]:
                return self._flat(inner, turned)
            groups, behind = self._groups(inner[0], inner[1])
            if behind == inner[0] or self.folded[behind : inner[1]].strip(" \t\n,;"):
                message = "this list holds rows in brackets and other entries"
                raise FormulaError(message, "Write every row in brackets: [[1, 2], [3, 4]].", *inner)
        elif "[" in self.folded[groups[0][0] + 1 : groups[0][1]]:
            raise FormulaError("something stands behind the matrix", "Leave it out.", *groups[1])
        rows = []
        for start, end in groups:
            inside = self.folded[start + 1 : end - 1]
            for sign, message in (("[", "the brackets are nested too deeply"), (";", "a semicolon stands in a row")):
                if sign in inside:
                    place = start + 1 + inside.index(sign)
                    raise FormulaError(message, "Write a matrix as [[1, 2], [3, 4]].", place, place + 1)
            rows.append(self._row.entries(start + 1, end - 1))
        return self._checked(rows, groups, turned)

    def _groups(self, start: int, stop: int) -> tuple[list[Span], int]:
        """The brackets that stand side by side from this place on, and where they end."""
        groups: list[Span] = []
        end = start
        while True:
            rest = re.compile(r"\s*[,;]?\s*" if groups else r"\s*").match(self.folded, end, stop)
            place = rest.end() if rest is not None else end
            if not self.folded.startswith("[", place, stop):
                return groups, end
            end = self._closed(place)
            groups.append((place, end))

    def _closed(self, opening: int) -> int:
        """The place behind the bracket that closes the one at this place."""
        opened: list[int] = []
        for place in range(opening, len(self.folded)):
            char = self.folded[place]
            if char in _CLOSING:
                opened.append(place)
            elif char in ")]}":
                last = opened.pop()
                if char != _CLOSING[self.folded[last]]:
                    message = f"{self.folded[last]} is closed by {char}"
                    raise FormulaError(message, f"Write {_CLOSING[self.folded[last]]} first.", place, place + 1)
                if not opened:
                    return place + 1
        sign = self.folded[opened[-1]]
        repair = f"Write {_CLOSING[sign]} where it ends."
        raise FormulaError("this bracket is never closed", repair, opened[-1], opened[-1] + 1)

    def _round(self, first: int) -> Rows | None:
        """``(1, 2)`` and ``(1, 2)^T``; other round brackets belong to a formula."""
        try:
            end = self._closed(first)
        except FormulaError:
            return None
        turned = _TRANSPOSED.fullmatch(self.folded, end) is not None
        if self.folded[end:].strip() and not turned:
            return self._lines(first)
        if not self._row.commas(first + 1, end - 1):
            return self._lines(first)
        comma = re.fullmatch(r"\(\s*[+-]?([0-9]+),([0-9]+)\s*\)", self.folded[first:end])
        if comma is not None and not turned:
            repair = f"Write {quoted(comma[1])}.{quoted(comma[2])} for a number, or [{quoted(comma[1])}, "
            repair += f"{quoted(comma[2])}] for a list."
            raise FormulaError("this could be a decimal number or a list", repair, first, end)
        return self._flat((first + 1, end - 1), turned)

    def _flat(self, inner: Span, turned: bool) -> Rows:
        """What stands between the brackets of a list, or of a matrix whose rows end with ``;`` or a line."""
        places = self._row_places(*inner)
        rows = [self._row.entries(*place) for place in places]
        if len(rows) == 1 and not turned:
            self._check_sides(1, len(rows[0]), inner)
            return Rows((rows[0],), (len(rows[0]),))
        return self._checked(rows, places, turned)

    def _lines(self, start: int) -> Rows | None:
        """One row a line; None for a single value, which may go on over several lines."""
        places = self._row_places(start, len(self.text)) if "\n" in self.folded[start:] else []
        if len(places) < 2:
            return None
        self._refuse_grouped(start, len(self.text))
        return self._checked([self._row.entries(*place) for place in places], places, False)

    def _row_places(self, start: int, end: int) -> list[Span]:
        """The rows between two places: they end with ``;`` or with a line that is complete."""
        places: list[Span] = []
        depth, begin, full = 0, start, start - 1
        for place in range(start, end):
            char = self.folded[place]
            # The last character that is seen: what stands before a line's end.
            full = full if char.isspace() else place
            depth += (char in "([{") - (char in ")]}")
            if depth or char not in ";\n":
                continue
            if char == "\n" and (full < begin or self.folded[full] in ENDS_OPEN or not self._begins(place + 1, end)):
                continue
            places.append((begin, place))
            begin = place + 1
        rest = self.folded[begin:end]
        if rest.strip() or not places:
            places.append((begin, end))
        elif self.folded[begin - 1] == ";":
            message = "a semicolon stands at the end"
            raise FormulaError(message, "Leave it out, or write _ for a blank row.", begin - 1, begin)
        return places

    def _begins(self, place: int, end: int) -> bool:
        """Whether something new begins on the line at this place, and nothing goes on."""
        while place < end and self.folded[place] in " \t":
            place += 1
        return place < end and self.folded[place] != "\n" and BEGINS_OPEN.match(self.folded, place) is None

    def _checked(self, rows: list[tuple[Span, ...]], places: list[Span], turned: bool) -> Rows:
        width = len(rows[0])
        for number, (row, place) in enumerate(zip(rows, places, strict=True), start=1):
            if len(row) != width:
                message = f"row {number} has {entries_said(len(row))}, but row 1 has {entries_said(width)}"
                raise FormulaError(message, self._ragged_repair(places), *self._trimmed(place))
        self._check_sides(len(rows), width, (places[0][0], places[-1][1]))
        if turned:
            rows = [tuple(row[column] for row in rows) for column in range(width)]
        return Rows(tuple(rows), (len(rows), len(rows[0])))

    def _ragged_repair(self, places: list[Span]) -> str:
        between = [re.search(r"[\w.]+ [+-] [\w.]+", self.folded[slice(*place)]) for place in places]
        difference = next((match[0] for match in between if match is not None), None)
        if difference is None:
            return "Write as many entries in every row, and _ for a blank one."
        left, sign, right = quoted(difference).split(" ", 2)
        return f"{left} {sign} {right} is one entry; write {left} {sign}{right} or a comma for two."

    def _trimmed(self, place: Span) -> Span:
        inside = self.folded[slice(*place)]
        return place[0] + len(inside) - len(inside.lstrip()), place[0] + len(inside.rstrip())

    def _check_sides(self, rows: int, columns: int, place: Span) -> None:
        if max(rows, columns) > MAX_SIDE:
            message = f"this list has {counted(rows, 'row')} of {entries_said(columns)}"
            raise FormulaError(message, f"Write at most {MAX_SIDE} rows of {MAX_SIDE} entries.", *place)

    def _refuse_grouped(self, start: int, end: int) -> None:
        match = _GROUPED.search(self.folded, start, end)
        if match is not None:
            together = re.sub("[ ,]", "", match[0])
            repair = f"Write {quoted(together, 40)}, or a space and no needless zeros between two entries."
            raise FormulaError("digits cannot be grouped", repair, *match.span())
