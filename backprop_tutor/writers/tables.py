"""Tables as lines of text: cells fold, and where the columns have no room, rows become short lists."""

from __future__ import annotations

from collections.abc import Sequence

from .lines import GLUE, Line, Run, columns, fold, length, pad

_GAP = 2
_LEAST = 6


def table(header: Sequence[Line], rows: Sequence[Sequence[Line]], width: int, *, ascii: bool = False) -> list[Line]:
    """A table of at most ``width`` columns; nothing is cut."""
    if not header:
        return []
    widths = _widths(header, rows, width)
    if widths is None:
        return _as_lists(header, rows, width)
    edge = "-" if ascii else "─"
    lines = _row([_styled(cell, "strong") for cell in header], widths)
    lines.append(tuple(_between([(Run(edge * size, "frame"),) for size in widths])))
    for row in rows:
        lines.extend(_row(row, widths))
    return lines


def _styled(cell: Line, style: str) -> Line:
    return tuple(Run(run.text, style if not run.style else run.style) for run in cell)


def _widths(header: Sequence[Line], rows: Sequence[Sequence[Line]], width: int) -> list[int] | None:
    """The width of each column: as wide as its widest cell, the widest columns folded; None: no room."""
    cells = [[line[index] for line in (header, *rows) if index < len(line)] for index in range(len(header))]
    widths = [max(length(cell) for cell in column) for column in cells]
    words = [max(_longest_word(cell) for cell in column) for column in cells]
    room = width - _GAP * (len(widths) - 1)
    while sum(widths) > room:
        shrinking = [index for index in range(len(widths)) if widths[index] > max(_LEAST, words[index])]
        if not shrinking:
            return None
        widest = max(shrinking, key=lambda index: widths[index])
        widths[widest] -= 1
    return widths


def _longest_word(cell: Line) -> int:
    text = "".join(run.text for run in cell)
    return max(columns(word) for word in text.split(" "))


def _row(cells: Sequence[Line], widths: Sequence[int]) -> list[Line]:
    folded = [fold(cell, size) for cell, size in zip(cells, widths, strict=False)]
    height = max(len(lines) for lines in folded)
    return [
        tuple(_between([pad(lines[index] if index < len(lines) else (), size)
                        for lines, size in zip(folded, widths, strict=False)]))
        for index in range(height)
    ]  # fmt: skip


def _between(cells: Sequence[Line]) -> list[Run]:
    runs: list[Run] = []
    for index, cell in enumerate(cells):
        runs.extend([Run(" " * _GAP)] if index else [])
        runs.extend(cell)
    return runs


def _as_lists(header: Sequence[Line], rows: Sequence[Sequence[Line]], width: int) -> list[Line]:
    """Every row as a short list: its first cell, then ``column: cell`` under it."""
    lines: list[Line] = []
    for row in rows:
        lines.extend(fold(_styled(row[0], "strong"), width))
        for title, cell in zip(header[1:], row[1:], strict=False):
            start = tuple(Run(run.text.replace(" ", GLUE), run.style or "dim") for run in title)
            lines.extend(fold([*start, Run(":" + GLUE, "dim"), *cell], width, (Run("  "),), (Run("    "),)))
    return lines
