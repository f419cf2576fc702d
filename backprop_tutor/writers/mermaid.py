"""The graph as a Mermaid drawing: a network unit by unit within its layers, expressions value by value.

Ids are ``n1``, ``n2`` …; every label is quoted, and what Mermaid could act on in it is written as a number.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ..model.graph import Graph, Layer
from .lines import columns
from .shown import LONGEST_SYMBOL, Shown

MOST_EDGES = 150
MOST_LABELLED_EDGES = 60
_SAFE = frozenset(" .,:=+-/()^_'")
_BREAK = "<br/>"


def mermaid(shown: Shown) -> str | None:
    """The drawing without its fence, or None where the graph is too large to be read.

    Edges of a network carry weights, edges of expressions local slopes, while there are few enough.
    """
    if _count_edges(shown.graph) > MOST_EDGES:
        return None
    drawing = _Drawing(shown)
    if shown.graph.layers:
        _draw_network(drawing)
    else:
        _draw_expressions(drawing)
    return drawing.text()


def quoted(text: str) -> str:
    """A label in quotes: letters, digits and harmless signs as they are, other ASCII by number (``#34;``)."""
    shown = (
        mark if not mark.isascii() or mark.isalnum() or mark in _SAFE else f"#{ord(mark)};"
        for mark in text
        if mark.isprintable()
    )
    return '"' + "".join(shown) + '"'


@dataclass
class _Drawing:
    """Lines under way; ``ids`` tells the box of each value that has one."""

    shown: Shown
    lines: list[str] = field(default_factory=list)
    edges: dict[tuple[str, str], str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    boxes: int = 0
    groups: int = 0
    computed: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.computed = frozenset(name for node in self.shown.graph.nodes for name in node.outputs)

    def box(self, names: list[str], rows: list[str], *, given: bool = False) -> None:
        """One box for these values; givens have round ends."""
        self.boxes += 1
        id = f"n{self.boxes}"
        self.ids.update(dict.fromkeys(names, id))
        label = '"' + _BREAK.join(quoted(row)[1:-1] for row in rows) + '"'
        self.lines.append(f"    {id}([{label}])" if given else f"    {id}[{label}]")

    def value(self, name: str) -> None:
        """A box for one value with its figure and gradient."""
        self.box([name], self.rows(name), given=name not in self.computed)

    def rows(self, name: str) -> list[str]:
        """The rows of text for a value: ``z = 0.5``, ``∂L/∂z = 0.1``."""
        rows = [self.equation(name)]
        if name != self.shown.graph.objective and (gradient := self.shown.gradient(name)):
            rows.append(f"{self.shown.name(f'd{self.shown.graph.objective}/d{name}')} = {gradient}")
        return rows

    def equation(self, name: str) -> str:
        """``w = 0.15``, or the symbol alone where no figure is known."""
        value = self.shown.value(name)
        return f"{self.shown.name(name)} = {value}" if value else self.shown.name(name)

    def open_group(self, title: str) -> None:
        """What follows is framed together."""
        self.groups += 1
        self.lines.append(f"    subgraph g{self.groups}[{quoted(title)}]")

    def close_group(self) -> None:
        """The frame ends."""
        self.lines.append("    end")

    def edge(self, source: str, target: str, label: str = "") -> None:
        """An arrow between two boxes; a second one between the same boxes is the same arrow."""
        ends = self.ids[source], self.ids[target]
        if ends[0] != ends[1]:
            self.edges.setdefault(ends, label)

    def text(self) -> str:
        """The whole drawing."""
        labelled = len(self.edges) <= MOST_LABELLED_EDGES
        arrows = [
            f"    {source} -->|{quoted(label)}| {target}" if label and labelled else f"    {source} --> {target}"
            for (source, target), label in self.edges.items()
        ]
        return "\n".join(["flowchart LR", *self.lines, *arrows])


def _draw_expressions(drawing: _Drawing) -> None:
    graph = drawing.shown.graph
    for name in graph.values:
        drawing.value(name)
    for node in graph.nodes:
        for target in node.outputs:
            for source in node.inputs:
                drawing.edge(source, target, _slope(drawing.shown, source, target))


def _slope(shown: Shown, source: str, target: str) -> str:
    """The local slope, where its plain name does not stand for a sum over several paths."""
    graph = shown.graph
    uses = sum(source in node.inputs for node in graph.nodes)
    if uses > 1 and target in (graph.objective, *graph.other_objectives):
        return ""
    name = f"d{target}/d{source}"
    slope = ""
    if name in shown.figures:
        slope = shown.maths.figure(shown.figures[name])
    elif name in shown.symbolic:
        slope = shown.maths.formula(shown.symbolic[name])
    visible = shown.gradients and slope and columns(slope) <= LONGEST_SYMBOL
    return f"{shown.name(name)} = {slope}" if visible else ""


def _draw_network(drawing: _Drawing) -> None:
    graph = drawing.shown.graph
    first = graph.layers[0]
    drawing.open_group("inputs")
    for name in first.sources:
        drawing.value(name)
    drawing.close_group()
    for layer, following in zip(graph.layers, [*graph.layers[1:], None], strict=True):
        _draw_units(drawing, layer, following)
    _draw_the_rest(drawing, graph)
    for layer in graph.layers:
        for row, target in zip(layer.weights, layer.preactivations, strict=True):
            for weight, source in zip(row, layer.sources, strict=True):
                drawing.edge(source, target, drawing.equation(weight))
    units = _units(graph)
    for node in graph.nodes:
        for target in node.outputs:
            if target not in units:
                for source in node.inputs:
                    if source in drawing.ids:
                        drawing.edge(source, target)


def _draw_units(drawing: _Drawing, layer: Layer, following: Layer | None) -> None:
    """The units of a layer, and the constant unit that stands among them for the next layer."""
    kinds = list(dict.fromkeys(layer.titles))
    title = f"layer {layer.index}: {kinds[0]}" if len(kinds) == 1 else f"layer {layer.index}"
    drawing.open_group(title)
    for position, names in enumerate(zip(layer.preactivations, layer.activations, strict=True)):
        rows = [layer.titles[position]] if len(kinds) > 1 else []
        if layer.biases:
            rows.append(drawing.equation(layer.biases[position]))
        rows.extend(row for name in dict.fromkeys(names) for row in drawing.rows(name))
        drawing.box(list(names), rows)
    for name in following.sources if following else ():
        if name not in drawing.ids:
            drawing.value(name)
    drawing.close_group()


def _draw_the_rest(drawing: _Drawing, graph: Graph) -> None:
    """Targets, the loss and what leads to it; parameters stand on the edges and have no box."""
    parameters = {name for layer in graph.layers for row in layer.weights for name in row}
    parameters.update(name for layer in graph.layers for name in layer.biases)
    rest = [name for name in graph.values if name not in drawing.ids and name not in parameters]
    if not rest:
        return
    drawing.open_group("loss")
    for name in rest:
        drawing.value(name)
    drawing.close_group()


def _units(graph: Graph) -> frozenset[str]:
    return frozenset(name for layer in graph.layers for name in (*layer.preactivations, *layer.activations))


def _count_edges(graph: Graph) -> int:
    if graph.layers:
        return sum(len(layer.sources) * len(layer.preactivations) for layer in graph.layers)
    return sum(len(set(node.inputs)) * len(node.outputs) for node in graph.nodes)
