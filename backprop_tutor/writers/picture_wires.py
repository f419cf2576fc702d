"""Boxes in columns with wires between them: one row for every edge, and no two edges on one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .canvas import Canvas, NoRoomError
from .lines import Line, columns, length

_LEAD = 2


@dataclass(frozen=True)
class Edge:
    """An edge that arrives at a box: the name of the box it comes from (None: a bias), and its label."""

    source: str | None
    label: tuple[Line, ...]


@dataclass(frozen=True)
class Box:
    """A box with its rows of text and the edges that arrive at it."""

    name: str
    title: str
    rows: tuple[Line, ...]
    edges: tuple[Edge, ...]

    @property
    def edge_rows(self) -> int:
        """Rows that the labels of the edges need."""
        return sum(len(edge.label) for edge in self.edges)

    @property
    def height(self) -> int:
        """Rows with the frame."""
        return 2 + max(len(self.rows), self.edge_rows)

    @property
    def width(self) -> int:
        """Columns with the frame."""
        title = columns(self.title) + 6 if self.title else 0
        return max(title, 4 + max(length(row) for row in self.rows))


@dataclass(frozen=True)
class _Placed:
    box: Box
    top: int

    @property
    def arrivals(self) -> list[tuple[Edge, int]]:
        """Every edge with the row at which it arrives."""
        row = self.top + 1 + (self.box.height - 2 - self.box.edge_rows) // 2
        rows = []
        for edge in self.box.edges:
            rows.append((edge, row))
            row += len(edge.label)
        return rows


def draw(columns_of_boxes: Sequence[Sequence[Box]], *, ascii: bool = False) -> list[Line]:
    """The picture, columns from left to right; edges come from the column before.

    Raises NoRoomError when the wires of a column cannot be kept apart.
    """
    height = max(sum(box.height for box in boxes) for boxes in columns_of_boxes)
    placed = [_place(boxes, height) for boxes in columns_of_boxes]
    if len(placed) > 1:
        placed[0] = _beside_free_rows(placed[0], placed[1])
    canvas = Canvas(ascii=ascii)
    left = 0
    for index, column in enumerate(placed):
        if index:
            left = _draw_edges(canvas, placed[index - 1], column, left)
        width = max(spot.box.width for spot in column)
        for spot in column:
            _draw_box(canvas, spot, left, width)
        left += width
    return canvas.lines()


def _place(boxes: Sequence[Box], height: int) -> list[_Placed]:
    """Boxes one under the other, the space that is left shared out evenly."""
    spare = height - sum(box.height for box in boxes)
    placed = []
    top = 0
    for index, box in enumerate(boxes):
        above = spare * (2 * index + 1) // (2 * len(boxes)) if len(boxes) else 0
        placed.append(_Placed(box, top + above))
        top += box.height
    return placed


def _beside_free_rows(sources: list[_Placed], targets: list[_Placed]) -> list[_Placed]:
    """Sources moved by a row or two, so that they do not face the row at which an edge arrives."""
    taken = {row for target in targets for edge, row in target.arrivals if edge.source is not None}
    moved: list[_Placed] = []
    top = 0
    for index, spot in enumerate(sources):
        below = sources[index + 1].top if index + 1 < len(sources) else spot.top + 3
        starts = [spot.top + shift for shift in (0, -1, 1, -2, 2)]
        fitting = [start for start in starts if start >= top and start + spot.box.height <= below + 1]
        free = [start for start in fitting if start + 1 not in taken]
        start = next(iter(free or fitting), max(top, spot.top))
        moved.append(_Placed(spot.box, start))
        top = start + spot.box.height
    return moved


def _draw_box(canvas: Canvas, spot: _Placed, left: int, width: int) -> None:
    canvas.box(spot.top, left, spot.box.height, width, spot.box.title)
    above = (spot.box.height - 2 - len(spot.box.rows)) // 2
    for index, row in enumerate(spot.box.rows):
        canvas.write(spot.top + 1 + above + index, left + 2, row)


def _draw_edges(canvas: Canvas, sources: list[_Placed], targets: list[_Placed], left: int) -> int:
    """Wires and labels to the right of ``left``; returns the column where the targets begin."""
    arrivals: dict[str, list[int]] = {}
    for target in targets:
        for edge, row in target.arrivals:
            if edge.source is not None:
                arrivals.setdefault(edge.source, []).append(row)
    wired = [spot for spot in sources if spot.box.name in arrivals]
    taken = {row for rows in arrivals.values() for row in rows}
    pins = {spot.box.name: _pin(spot, taken, arrivals[spot.box.name]) for spot in wired}
    order = _order(pins, arrivals)
    trunk = {name: left + 1 + 2 * position for position, name in enumerate(order)}
    label_left = left + 2 * len(order) + _LEAD + 1
    label_width = max((length(row) for target in targets for edge in target.box.edges for row in edge.label), default=0)
    head = label_left + label_width + 3
    for name in order:
        rows = [pins[name], *arrivals[name]]
        canvas.down(name, trunk[name], min(rows), max(rows))
    for name in order:
        canvas.across(name, pins[name], left, trunk[name])
        canvas.socket(pins[name], left - 1)
    for target in targets:
        for edge, row in target.arrivals:
            if edge.source is not None:
                canvas.across(edge.source, row, trunk[edge.source], label_left - 2)
            _draw_label(canvas, edge, row, label_left, head)
    return head + 1


def _draw_label(canvas: Canvas, edge: Edge, row: int, left: int, head: int) -> None:
    end = canvas.write(row, left, edge.label[0])
    for extra, line in enumerate(edge.label[1:], 1):
        canvas.write(row + extra, left, line)
    canvas.across(f"label {row} {left}", row, end + 1, head - 1)
    canvas.arrow(row, head)


def _pin(spot: _Placed, taken: set[int], own: list[int]) -> int:
    """The row at which the wire leaves a box: one at which no other wire arrives, near the middle."""
    middle = spot.top + (spot.box.height - 1) // 2
    rows = sorted(range(spot.top + 1, spot.top + spot.box.height - 1), key=lambda row: (abs(row - middle), row))
    return next((row for row in rows if row not in taken), None) or next((row for row in rows if row in own), rows[0])


def _order(pins: dict[str, int], arrivals: dict[str, list[int]]) -> list[str]:
    """The order of the trunks from left to right with the fewest crossings, in which no two wires share a row."""
    names = list(pins)
    best: dict[frozenset[str], tuple[int, list[str]]] = {frozenset(): (0, [])}
    for _ in names:
        longer: dict[frozenset[str], tuple[int, list[str]]] = {}
        for placed, (cost, order) in best.items():
            for name in names:
                if name in placed or any(pins[name] in arrivals[left] for left in order):
                    continue
                total = cost + sum(_crossings(left, name, pins, arrivals) for left in order)
                key = placed | {name}
                if key not in longer or total < longer[key][0]:
                    longer[key] = (total, [*order, name])
        best = longer
    if not best:
        raise NoRoomError("the wires of a layer cannot be kept apart")
    return best[frozenset(names)][1]


def _crossings(left: str, right: str, pins: dict[str, int], arrivals: dict[str, list[int]]) -> int:
    """How often two wires cross when the trunk of one is to the left of the other's."""
    left_rows, right_rows = [pins[left], *arrivals[left]], [pins[right], *arrivals[right]]
    over = sum(min(right_rows) < row < max(right_rows) for row in arrivals[left])
    return over + (min(left_rows) < pins[right] < max(left_rows))
