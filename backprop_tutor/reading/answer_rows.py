"""One row of a vector or matrix, cut into entries at its commas or spaces."""

from __future__ import annotations

import re

from .answer_names import NameFinder
from .characters import SUPERSCRIPTS
from .formula_error import FormulaError

MAX_SIDE = 64

Span = tuple[int, int]

_DECIMAL_COMMAS = re.compile(r"\s*[+-]?[0-9]+,[0-9]+(?:,\s+[+-]?[0-9]+,[0-9]+)+\s*")
ENDS_OPEN = frozenset("-+*/^(=≈,")
BEGINS_OPEN = re.compile(r"(?:[*/^)=≈]|[+-](?=\s))")
"""What goes on from one piece to the next: an operation between spaces, and none that belongs to what is behind it."""


class RowCutter:
    """Cuts the rows of one text, from ``start`` on; what stands inside the name of a quantity separates nothing."""

    def __init__(self, finder: NameFinder, start: int) -> None:
        self.text = finder.text
        self.folded = finder.folded
        self._finder = finder
        self._start = start
        self._inside: set[int] | None = None

    def entries(self, start: int, end: int) -> tuple[Span, ...]:
        """The entries of one row."""
        row = self.folded[start:end]
        # Before any names are looked for: each holds at most one comma and a few spaces.
        if row.count(",") > 2 * MAX_SIDE or len(row.split()) > 12 * MAX_SIDE:
            raise FormulaError("this row has too many entries", f"Write at most {MAX_SIDE} of them.", start, end)
        commas = self.commas(start, end)
        if not commas:
            entries = self._by_spaces(start, end)
            if not entries:
                place = (max(start - 1, 0), min(end + 1, len(self.text)))
                raise FormulaError("this row is empty", "Write _ for a blank entry.", *place)
            return entries
        if _DECIMAL_COMMAS.fullmatch(row):
            message = "these commas could be decimal commas"
            repair = "Write decimal points, or a space behind every comma."
            raise FormulaError(message, repair, start, end)
        if not self.folded[commas[-1] + 1 : end].strip():
            repair = "Leave it out, or write _ for a blank entry."
            raise FormulaError("a comma stands at the end of the row", repair, commas[-1], commas[-1] + 1)
        edges = [start - 1, *commas, end]
        return tuple((edges[i] + 1, edges[i + 1]) for i in range(len(edges) - 1))

    def commas(self, start: int, end: int) -> list[int]:
        """The commas that separate entries: outside of brackets and names."""
        if "," not in self.folded[start:end]:
            return []
        depth, commas = 0, []
        for place in range(start, end):
            char = self.folded[place]
            depth += (char in "([{") - (char in ")]}")
            if char == "," and depth == 0 and place not in self._inside_names():
                commas.append(place)
        return commas

    def _by_spaces(self, start: int, end: int) -> tuple[Span, ...]:
        entries: list[Span] = []
        depth, begin, place = 0, -1, start
        while place < end:
            char = self.folded[place]
            if not char.isspace():
                depth += (char in "([{") - (char in ")]}")
                begin = place if begin < 0 else begin
                place += 1
                continue
            behind = place
            while behind < end and self.folded[behind].isspace():
                behind += 1
            if begin >= 0 and not depth and place not in self._inside_names() and self._separate(begin, place, behind):
                entries.append((begin, place))
                begin = -1
            place = behind
        if begin >= 0:
            entries.append((begin, len(self.folded[:end].rstrip())))
        return tuple(entries)

    def _separate(self, begin: int, space: int, behind: int) -> bool:
        """Whether a space stands between two entries and not inside one."""
        if self.folded[space - 1] in ENDS_OPEN:
            return False
        if BEGINS_OPEN.match(self.folded, behind) or self.folded[behind : behind + 1] in ("%", "⁻", *SUPERSCRIPTS):
            return False
        word = (
            re.search(r"[A-Za-z_]\w*$", self.folded[max(begin, space - 40) : space])
            if self.folded.startswith("(", behind)
            else None
        )
        return word is None or word[0] not in self._finder.functions

    def _inside_names(self) -> set[int]:
        """The places inside names of quantities; found once, when a comma or a space asks for it."""
        if self._inside is None:
            self._inside = set()
            place = self._start
            while place < len(self.text):
                token = self._finder.at(place, refuse_unknown=False) if self._begins_word(place) else None
                if token is not None:
                    self._inside.update(range(place, token.end))
                place = token.end if token is not None else place + 1
        return self._inside

    def _begins_word(self, place: int) -> bool:
        char, before = self.folded[place], self.folded[max(place - 1, 0) : place]
        return (char.isalpha() or char == "∂") and not (before.isalpha() or before == "_")


def entries_said(number: int) -> str:
    """``1 entry``, ``2 entries``."""
    return "1 entry" if number == 1 else f"{number} entries"
