"""Networks that have no room for wires: a list of units with their edges, or tables of figures."""

from __future__ import annotations

from ..model.graph import Layer
from .canvas import Canvas
from .lines import GLUE, Line, Run, columns, fold, length, pad
from .shown import Shown
from .tables import table

MOST_WEIGHTS = 400
"""Layers with more weights than this are described, not listed."""


def unit_rows(shown: Shown, quantities: list[str], width: int = 0) -> tuple[Line, ...]:
    """The rows inside a unit's box: each quantity with its value, and its gradient beside it if ``width`` allows,
    else under it."""
    name_width = max(columns(shown.name(name)) for name in quantities)
    value_width = max(columns(shown.value(name)) for name in quantities)
    gradients = {name: shown.marked_gradient(name) for name in quantities}
    beside = name_width + value_width + 3 + max(columns(text) for text in gradients.values()) <= width
    rows: list[Line] = []
    for name in quantities:
        start = pad((Run(shown.name(name), "name"),), name_width)
        if text := shown.value(name):
            start = (*start, Run(" "), Run(text, "value"))
        gradient = Run(gradients[name], "gradient")
        if gradient.text and beside:
            rows.append((*pad(start, name_width + 1 + value_width), Run("  "), gradient))
        elif gradient.text:
            rows.extend([start, (Run(" " * max(0, name_width - columns(shown.mark))), gradient)])
        else:
            rows.append(start)
    return tuple(rows)


def network_list(shown: Shown, width: int) -> list[Line]:
    """One box for each unit, with its incoming edges as rows above its values."""
    lines: list[Line] = []
    inputs = [run for name in shown.graph.layers[0].sources for run in equality(shown, name)]
    lines.extend(fold(inputs, width, (Run("inputs  ", "dim"),), (Run("        "),)))
    for layer in shown.graph.layers:
        for position in range(len(layer.preactivations)):
            lines.extend(_unit(shown, layer, position, width))
    return lines


def equality(shown: Shown, name: str) -> Line:
    """``x₁ = 0.5`` as a word that is not broken, with room behind it."""
    text = shown.value(name)
    middle = (Run(f"{GLUE}={GLUE}"), Run(text, "value")) if text else ()
    return (Run(shown.name(name), "name"), *middle, Run(f"{GLUE}{GLUE} "))


def _unit(shown: Shown, layer: Layer, position: int, width: int) -> list[Line]:
    quantities = list(dict.fromkeys([layer.preactivations[position], layer.activations[position]]))
    rows = [*_edge_rows(shown, layer, position, width - 4), *unit_rows(shown, quantities, width - 4)]
    folded = [line for row in rows for line in (fold(row, width - 4) if length(row) > width - 4 else [row])]
    title = layer.titles[position]
    inner = max(length(row) for row in folded)
    canvas = Canvas(ascii=shown.ascii)
    canvas.box(0, 0, len(folded) + 2, min(width, max(inner + 4, columns(title) + 6)), title)
    for index, row in enumerate(folded):
        canvas.write(index + 1, 2, row)
    return canvas.lines()


def _edge_rows(shown: Shown, layer: Layer, position: int, width: int) -> list[Line]:
    """``x₁ ── w₁₁ 0.15 ──▶`` with the gradients behind, or under the weights where there is no room."""
    edge, head = ("-", ">") if shown.ascii else ("─", "▶")
    names = [*layer.weights[position], *layer.biases[position : position + 1]]
    sources = [shown.name(source) for source in layer.sources] + [""] * len(layer.biases[position : position + 1])
    source_width = max(columns(source) for source in sources)
    name_width = max(columns(shown.name(name)) for name in names)
    value_width = max(columns(shown.value(name)) for name in names)
    starts: list[Line] = []
    for source, name in zip(sources, names, strict=True):
        wire = Run(f" {edge * 2 if source else '  '} ", "wire")
        parameter = pad((Run(shown.name(name), "parameter"),), name_width)
        value = shown.value(name)
        fill = Run(f" {edge * (2 + value_width - columns(value))}{head}", "wire")
        starts.append(
            (*pad((Run(source, "name"),), source_width), wire, *parameter, Run(" "), Run(value, "value"), fill)
        )
    gradients = [shown.marked_gradient(name) for name in names]
    beside = all(length(start) + 2 + columns(text) <= width for start, text in zip(starts, gradients, strict=True))
    rows: list[Line] = []
    indent = source_width + 4 + name_width - columns(shown.mark)
    for start, text in zip(starts, gradients, strict=True):
        if text and beside:
            rows.append((*start, Run("  "), Run(text, "gradient")))
        else:
            under = Run(" " * max(0, min(indent, width - columns(text))))
            rows.extend([start, (under, Run(text, "gradient"))] if text else [start])
    return rows


def network_tables(shown: Shown, width: int) -> list[Line]:
    """For large networks: the units of each layer in a table, and its weights in a matrix."""
    lines: list[Line] = []
    objective = shown.maths.name(shown.graph.objective)
    for layer in shown.graph.layers:
        lines.extend([()] if lines else [])
        into = f"layer {layer.index}: {len(layer.sources)} to {len(layer.preactivations)}"
        lines.extend(fold([Run(into, "strong")], width))
        lines.extend(_units_table(shown, layer, objective, width))
        names = [name for row in layer.weights for name in row]
        if len(names) > MOST_WEIGHTS:
            lines.extend(fold([Run(f"{len(names)} weights, too many to list here", "dim")], width))
            continue
        if any(shown.value(name) for name in names):
            lines.extend([(), *_matrix(shown, layer, "weights", False, width)])
        if any(shown.gradient(name) for name in names):
            lines.extend([(), *_matrix(shown, layer, "gradients", True, width)])
    return lines


def _units_table(shown: Shown, layer: Layer, objective: str, width: int) -> list[Line]:
    header: list[Line] = [(Run("unit"),), (Run("z"),), (Run("a"),)]
    gradients = any(shown.gradient(name) for name in layer.preactivations)
    if gradients:
        header.append((Run(f"{shown.mark}{objective}/{shown.mark}z"),))
    rows: list[list[Line]] = []
    for title, before, after in zip(layer.titles, layer.preactivations, layer.activations, strict=True):
        row: list[Line] = [(Run(title),), (Run(shown.value(before), "value"),), (Run(shown.value(after), "value"),)]
        if gradients:
            row.append((Run(shown.gradient(before), "gradient"),))
        rows.append(row)
    return table(header, rows, width, ascii=shown.ascii)


def _matrix(shown: Shown, layer: Layer, caption: str, gradients: bool, width: int) -> list[Line]:
    """Rows: units led into; columns: where the edge comes from, as many side by side as there is room for."""
    style = "gradient" if gradients else "value"
    text = shown.gradient if gradients else shown.value
    sources = [shown.name(source) for source in layer.sources]
    entries = [[text(name) or shown.name(name) for name in row] for row in layer.weights]
    if layer.biases:
        sources.append("bias")
        entries = [[*row, text(bias) or shown.name(bias)] for row, bias in zip(entries, layer.biases, strict=True)]
    units = [shown.name(name) for name in layer.preactivations]
    label_width = max(columns(unit) for unit in [*units, caption])
    cell = max(columns(entry) for row in [sources, *entries] for entry in row) + 2
    at_once = max(1, (width - label_width) // cell)
    lines: list[Line] = []
    for start in range(0, len(sources), at_once):
        stop = start + at_once
        heads = [Run(_right(source, cell), "strong") for source in sources[start:stop]]
        lines.append((*pad((Run(caption, "dim"),), label_width), *heads))
        for unit, row in zip(units, entries, strict=True):
            numbers = [Run(_right(entry, cell), style) for entry in row[start:stop]]
            lines.append((*pad((Run(unit, "name"),), label_width), *numbers))
    return [line for long in lines for line in (fold(long, width) if length(long) > width else [long])]


def _right(text: str, width: int) -> str:
    return " " * (width - columns(text)) + text
