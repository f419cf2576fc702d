"""A sheet of squared paper for pictures of text: boxes, wires that never merge, and words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from .lines import Line, Run, columns

NORTH, EAST, SOUTH, WEST = 1, 2, 4, 8
# A wire that ends at a box or at its label fills the whole cell.
_UNICODE = " │─╰││╭├─╯─┴╮┤┬┼"


class NoRoomError(Exception):
    """Two wires cannot be kept apart."""


class Canvas:
    """Cells by row and column.

    Wires belong to nets.  Wires of one net join; where two nets cross, the vertical wire passes over the
    other one, so that a crossing never looks like a joint.
    """

    def __init__(self, *, ascii: bool = False) -> None:
        self.ascii = ascii
        self._text: dict[tuple[int, int], tuple[str, str]] = {}
        self._wires: dict[tuple[int, int], tuple[str, int]] = {}

    def write(self, row: int, column: int, runs: Iterable[Run]) -> int:
        """Words from a cell on; returns the column after them."""
        for run in runs:
            for character in run.text:
                if unicodedata.combining(character):
                    before, style = self._text.get((row, column - 1), ("", run.style))
                    self._text[row, column - 1] = (before + character, style)
                    continue
                self._text[row, column] = (character, run.style)
                column += 1
                if columns(character) == 2:
                    self._text[row, column] = ("", run.style)
                    column += 1
        return column

    def across(self, net: str, row: int, left: int, right: int) -> None:
        """A horizontal wire from the middle of one cell to the middle of another.

        Draw it after the vertical ones.  Raises NoRoomError where another net runs along the same row.
        """
        for column in range(left, right + 1):
            mask = (EAST if column < right else 0) | (WEST if column > left else 0)
            owner, before = self._wires.get((row, column), (net, 0))
            if owner == net:
                self._wires[row, column] = (net, before | mask)
            elif before & (EAST | WEST):
                raise NoRoomError(f"two wires on row {row}")

    def down(self, net: str, column: int, top: int, bottom: int) -> None:
        """A vertical wire from the middle of one cell to the middle of another, in a column of its own net."""
        for row in range(top, bottom + 1):
            mask = (SOUTH if row < bottom else 0) | (NORTH if row > top else 0)
            self._wires[row, column] = (net, self._wires.get((row, column), (net, 0))[1] | mask)

    def box(self, top: int, left: int, height: int, width: int, title: str = "") -> None:
        """A frame; the title stands in its upper edge when there is room for it."""
        corners, side, edge = ("++++", "|", "-") if self.ascii else ("╭╮╰╯", "│", "─")
        name = f" {title} " if title and columns(title) + 4 <= width else ""
        line = edge + name + edge * (width - 3 - columns(name)) if name else edge * (width - 2)
        self.write(top, left, [Run(corners[0], "frame")])
        self.write(top, left + 1, [Run(line, "frame")])
        if name:
            self.write(top, left + 2, [Run(name, "caption")])
        self.write(top, left + width - 1, [Run(corners[1], "frame")])
        for row in range(top + 1, top + height - 1):
            self.write(row, left, [Run(side, "frame")])
            self.write(row, left + width - 1, [Run(side, "frame")])
        self.write(top + height - 1, left, [Run(corners[2] + edge * (width - 2) + corners[3], "frame")])

    def arrow(self, row: int, column: int) -> None:
        """The head of an arrow to the right."""
        self.write(row, column, [Run(">" if self.ascii else "▶", "wire")])

    def socket(self, row: int, column: int) -> None:
        """The place in a box's right side where a wire leaves it."""
        self.write(row, column, [Run("+" if self.ascii else "├", "frame")])

    def lines(self) -> list[Line]:
        """The picture, row by row."""
        places = [*self._text, *self._wires]
        height = max((row for row, _ in places), default=-1) + 1
        grid: list[dict[int, tuple[str, str]]] = [{} for _ in range(height)]
        for (row, column), (_, mask) in self._wires.items():
            grid[row][column] = (self._glyph(mask), "wire")
        for (row, column), cell in self._text.items():
            grid[row][column] = cell
        return [self._line(cells) for cells in grid]

    def _glyph(self, mask: int) -> str:
        if not self.ascii:
            return _UNICODE[mask]
        if not mask & (EAST | WEST):
            return "|"
        return "+" if mask & (NORTH | SOUTH) else "-"

    @staticmethod
    def _line(cells: dict[int, tuple[str, str]]) -> Line:
        runs: list[Run] = []
        for column in range(max(cells, default=-1) + 1):
            text, style = cells.get(column, (" ", ""))
            if runs and runs[-1].style == style:
                runs[-1] = Run(runs[-1].text + text, style)
            else:
                runs.append(Run(text, style))
        return tuple(runs)
