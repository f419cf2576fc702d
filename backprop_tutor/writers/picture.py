"""The picture of a network as lines of text, in the richest layout that the width allows."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..model.graph import Layer, Role
from .canvas import NoRoomError
from .lines import Line, Run, columns, fold, length, pad
from .picture_lists import equality, network_list, network_tables, unit_rows
from .picture_wires import Box, Edge, draw
from .shown import Shown

LARGEST_LAYER = 6
_NARROW = 26
"""The fewest columns in which units can be drawn as boxes at all."""


def network_picture(shown: Shown, width: int) -> list[Line]:
    """A network within ``width`` columns: wired boxes, else boxes in a list, else tables of figures."""
    return network_in_pieces(shown, width)[0]


def network_in_pieces(shown: Shown, width: int, *, is_split: bool = False) -> tuple[list[Line], bool]:
    """The same, and whether it is in pieces, one below the other; where it ``is_split`` already, it stays so."""
    layers = shown.graph.layers
    largest = max(max(len(layer.preactivations), len(layer.sources)) for layer in layers)
    if largest > LARGEST_LAYER + 1 or width < _NARROW:
        return network_tables(shown, width), is_split
    for layout, splits in _layouts(shown):
        if is_split and not splits:
            continue
        try:
            lines = layout()
        except NoRoomError:
            continue
        if max(length(line) for line in lines) <= width:
            return lines + _legend(shown, width), splits
    return network_list(shown, width) + _legend(shown, width), True


def _layouts(shown: Shown) -> Iterator[tuple[Callable[[], list[Line]], bool]]:
    """From the one that tells most to the one that needs least room, and whether it is split into pieces."""
    yield lambda: _side_by_side(shown, names=True, stacked=False), False
    yield lambda: _side_by_side(shown, names=True, stacked=True), False
    yield lambda: _bands(shown, names=True, stacked=False), True
    yield lambda: _side_by_side(shown, names=False, stacked=True), False
    yield lambda: _bands(shown, names=True, stacked=True), True
    yield lambda: _bands(shown, names=False, stacked=True), True


def _side_by_side(shown: Shown, *, names: bool, stacked: bool) -> list[Line]:
    """All layers from left to right."""
    layers = shown.graph.layers
    boxes = [[_source_box(shown, name) for name in layers[0].sources]]
    for layer, following in zip(layers, [*layers[1:], None], strict=True):
        units = _unit_boxes(shown, layer, names=names, stacked=stacked)
        if following is not None:
            by_name = {unit.name: unit for unit in units}
            units = [by_name.get(name) or _source_box(shown, name) for name in following.sources]
        boxes.append(units)
    return draw(boxes, ascii=shown.ascii)


def _bands(shown: Shown, *, names: bool, stacked: bool) -> list[Line]:
    """One layer of weights above the other, its sources on the left and its units on the right."""
    lines: list[Line] = []
    for layer in shown.graph.layers:
        computed = layer.index > 1
        sources = [_source_box(shown, name, short=computed) for name in layer.sources]
        units = _unit_boxes(shown, layer, names=names, stacked=stacked)
        lines.extend([()] if lines else [])
        lines.extend(draw([sources, units], ascii=shown.ascii))
    return lines


def _source_box(shown: Shown, name: str, *, short: bool = False) -> Box:
    value = shown.graph.values[name]
    line: list[Run] = [Run(shown.name(name), "name")]
    text = shown.value(name)
    if text and not (short and value.given is None) and text != shown.name(name):
        line.extend([Run(" "), Run(text, "value")])
    rows: list[Line] = [tuple(line)]
    if value.label.role is Role.INPUT and (gradient := shown.marked_gradient(name)):
        rows.append((Run(gradient, "gradient"),))
    return Box(name, "", tuple(rows), ())


def _unit_boxes(shown: Shown, layer: Layer, *, names: bool, stacked: bool) -> list[Box]:
    parameters = [name for row in layer.weights for name in row] + list(layer.biases)
    name_width = max((columns(shown.name(name)) for name in parameters), default=0) if names else 0
    value_width = max((columns(shown.value(name)) for name in parameters), default=0)
    boxes = []
    for position, preactivation in enumerate(layer.preactivations):
        edges = [
            Edge(source, _edge_label(shown, name, name_width, value_width, stacked, names))
            for source, name in zip(layer.sources, layer.weights[position], strict=True)
        ]
        if layer.biases:
            edges.append(Edge(None, _edge_label(shown, layer.biases[position], name_width, value_width, stacked, True)))
        activation = layer.activations[position]
        quantities = list(dict.fromkeys([preactivation, activation]))
        boxes.append(Box(activation, layer.titles[position], unit_rows(shown, quantities), tuple(edges)))
    return boxes


def _edge_label(
    shown: Shown, name: str, name_width: int, value_width: int, stacked: bool, with_name: bool
) -> tuple[Line, ...]:
    value, gradient = shown.value(name), shown.marked_gradient(name)
    start: Line = ()
    if with_name or not value:
        start = pad((Run(shown.name(name), "parameter"),), name_width)
        if value_width:
            start = (*start, Run(" "))
    first = (*start, *pad((Run(value, "value"),), 0 if stacked or not gradient else value_width))
    if not gradient:
        return (first,)
    if stacked:
        mark_width = columns(shown.mark) + 1
        indent = max(0, length(start) - mark_width)
        return (first, (Run(" " * indent), Run(gradient, "gradient")))
    return ((*first, Run("  "), Run(gradient, "gradient")),)


def _legend(shown: Shown, width: int) -> list[Line]:
    """Targets and loss, and what the sign of the gradients means."""
    graph = shown.graph
    items: list[Run] = []
    for name, value in graph.values.items():
        if value.label.role is Role.TARGET or (value.label.role is Role.LOSS and shown.value(name)):
            items.extend(equality(shown, name))
    lines: list[Line] = []
    if items:
        caption = "target, loss  " if shown.value(graph.objective) else "target  "
        lines.extend(fold(items, width, (Run(caption, "dim"),), (Run("  "),)))
    if any(shown.gradient(name) for name in graph.values):
        objective = shown.maths.name(graph.objective)
        words = f"marks a gradient: the derivative of {objective} by what stands before or above it"
        lines.extend(fold([Run(words, "dim")], width, (Run(f"{shown.mark} ", "gradient"),), (Run("  "),)))
    return [(), *lines] if lines else []
