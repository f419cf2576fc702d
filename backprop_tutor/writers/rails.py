"""The trace of an expression graph: one row for every value, joined by rails to the values it is made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..model.formula import Formula, Name
from ..model.graph import Graph
from .lines import Line, Run, columns, fold, glue, length, pad
from .shown import Shown

MOST_LANES = 12
"""With more values alive at once than this, rails tell nothing any more and are left out."""


@dataclass(frozen=True)
class Row:
    """A value of the graph with its rails; ``below`` are the rails that go on under the row."""

    name: str
    formula: Formula | None
    rails: str
    below: str


def trace_rows(graph: Graph, *, ascii: bool = False) -> list[Row]:
    """Rows in an order in which everything stands above what it is used for, givens just before their use.

    A value's rail begins at its dot and ends at the last value that is computed from it, which may go on in
    its lane; a joint is a use, and where a rail is only crossed it passes over the other one.
    """
    order = _order(graph)
    waiting = {name: 0 for name, _, _ in order}
    for _, inputs, _ in order:
        for source in inputs:
            waiting[source] += 1
    lanes: list[str | None] = []
    rows: list[Row] = []
    for name, inputs, tree in order:
        for source in inputs:
            waiting[source] -= 1
        ending = {source for source in inputs if not waiting[source]}
        lane = next((place for place, alive in enumerate(lanes) if alive in ending), None)
        lane = _free_lane(lanes) if lane is None else lane
        if len(lanes) > MOST_LANES:
            return [Row(name, tree, "", "") for name, _, tree in order]
        before = list(lanes)
        for position, alive in enumerate(lanes):
            if alive in ending:
                lanes[position] = None
        lanes[lane] = name if waiting[name] else None
        rows.append(Row(name, tree, _rails(before, set(inputs), ending, lane, ascii), _below(lanes, ascii)))
    widest = max((len(row.rails) for row in rows), default=0)
    return [Row(row.name, row.formula, row.rails.ljust(widest), row.below.ljust(widest)) for row in rows]


def _order(graph: Graph) -> list[tuple[str, tuple[str, ...], Formula | None]]:
    order: list[tuple[str, tuple[str, ...], Formula | None]] = []
    seen: set[str] = set()
    for node in graph.nodes:
        for name in node.inputs:
            if name not in seen:
                seen.add(name)
                order.append((name, (), None))
        arguments = tuple(Name(name) for name in node.inputs)
        formulas = node.op.called(arguments) or node.op.formula(arguments)
        for name, tree in zip(node.outputs, formulas, strict=True):
            seen.add(name)
            order.append((name, tuple(dict.fromkeys(node.inputs)), tree))
    return order


def _free_lane(lanes: list[str | None]) -> int:
    if None in lanes:
        return lanes.index(None)
    lanes.append(None)
    return len(lanes) - 1


def _rails(lanes: list[str | None], inputs: set[str], ending: set[str], lane: int, ascii: bool) -> str:
    """The glyphs of one row: two columns for each lane."""
    used = [position for position, alive in enumerate(lanes) if alive in inputs]
    first, last = min([*used, lane]), max([*used, lane])
    glyphs: list[str] = []
    for position in range(max(len(lanes), lane + 1)):
        alive = lanes[position] if position < len(lanes) else None
        inside = first <= position < last
        glyphs.append(_glyph(alive, inputs, ending, position, lane, (first, last), ascii))
        glyphs.append(("-" if ascii else "─") if inside else " ")
    return "".join(glyphs)


def _glyph(
    alive: str | None,
    inputs: set[str],
    ending: set[str],
    position: int,
    lane: int,
    span: tuple[int, int],
    ascii: bool,
) -> str:
    first, last = span
    if position == lane:
        return "o" if ascii else "●"
    if alive is None:
        return ("-" if ascii else "─") if first < position < last else " "
    if alive not in inputs:
        return "|" if ascii else "│"
    if ascii:
        return "+"
    ends = alive in ending
    if position == first:
        return "╰" if ends else "├"
    if position == last:
        return "╯" if ends else "┤"
    return "┴" if ends else "┼"


def _below(lanes: list[str | None], ascii: bool) -> str:
    return "".join(("|" if ascii else "│") + " " if alive else "  " for alive in lanes)


def trace_table(shown: Shown, width: int) -> list[Line]:
    """The rows with formulas, values and gradients in columns, or under the formula where it is narrow."""
    rows = trace_rows(shown.graph, ascii=shown.ascii)
    values = {row.name: shown.value(row.name) for row in rows}
    gradients = {row.name: shown.gradient(row.name) for row in rows}
    graph = shown.graph
    # Of several results each has a picture of its own, and they are to be told apart.
    heads = ("value", f"gradient of {shown.name(graph.objective)}" if graph.other_objectives else "gradient")
    value_width = _column(values.values(), heads[0])
    gradient_width = _column(gradients.values(), heads[1])
    rails_width = max((columns(row.rails) for row in rows), default=0)
    if rails_width > width // 2:
        rows = [Row(row.name, row.formula, "", "") for row in rows]
        rails_width = 0
    formula_width = max((length(_equation(shown, row)) for row in rows), default=0)
    room = width - rails_width - 1 - value_width - gradient_width
    beside = room >= min(formula_width, 24)
    room = min(room, formula_width) if beside else width - rails_width - 1
    lines: list[Line] = []
    if beside and (value_width or gradient_width):
        start = Run(" " * (rails_width + 1 + room))
        captions = zip(heads, (value_width, gradient_width), strict=True)
        lines.append((start, *(Run(_right(head, size), "dim") for head, size in captions if size)))
    for row in rows:
        lines.extend(_table_row(shown, row, room, (value_width, gradient_width) if beside else None))
    return lines


def _column(texts: Iterable[str], head: str) -> int:
    widest = max((columns(text) for text in texts), default=0)
    return max(widest, columns(head)) + 2 if widest else 0


def _equation(shown: Shown, row: Row) -> Line:
    start = Run(shown.name(row.name), "name")
    return (start, Run(" = " + glue(shown.maths.formula(row.formula)))) if row.formula is not None else (start,)


def _table_row(shown: Shown, row: Row, room: int, widths: tuple[int, int] | None) -> list[Line]:
    value, gradient = shown.value(row.name), shown.gradient(row.name)
    folded = fold(_equation(shown, row), room, rest=(Run("  "),))
    if widths is None:
        figures = [Run(f"= {value}", "value")] if value else []
        figures += [Run("   ")] if value and gradient else []
        figures += [Run(f"{shown.mark}\N{NO-BREAK SPACE}{gradient}", "gradient")] if gradient else []
        folded.extend(fold(figures, room, (Run("  "),), (Run("  "),)) if figures else [])
    lines: list[Line] = []
    for index, line in enumerate(folded):
        rails = Run(row.below if index else row.rails, "rail")
        if index or widths is None:
            lines.append((rails, Run(" " if rails.text else ""), *line))
            continue
        figures = [Run(_right(value, widths[0]), "value"), Run(_right(gradient, widths[1]), "gradient")]
        lines.append((rails, Run(" " if rails.text else ""), *pad(line, room), *figures))
    return lines


def _right(text: str, width: int) -> str:
    return " " * max(0, width - columns(text)) + text
