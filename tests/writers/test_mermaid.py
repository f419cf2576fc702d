"""The Mermaid drawing: units within layers, values of expressions, and labels that Mermaid cannot act on."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import samples
from hypothesis import given
from hypothesis import strategies as st

from backprop_tutor.lessons.notation import load_notation
from backprop_tutor.model.formula import Name, total
from backprop_tutor.model.graph import Graph, Label, Node, Role, Value
from backprop_tutor.model.lesson import Figure, Lesson
from backprop_tutor.writers.maths import Maths
from backprop_tutor.writers.mermaid import mermaid, quoted
from backprop_tutor.writers.shown import Shown

_LABEL = r'"(?:[^"\\]|\\.)*"'
_BOX = re.compile(rf"    (n\d+)(\(\[({_LABEL})\]\)|\[({_LABEL})\])")
_ARROW = re.compile(rf"    (n\d+) -->(?:\|({_LABEL})\|)? (n\d+)")
_GROUP = re.compile(rf"    subgraph g\d+\[{_LABEL}\]")


def drawing_of(lesson: Lesson, *, values: bool = True, gradients: bool = True) -> str | None:
    maths = Maths(lesson.notation, lesson.graph, "text")
    return mermaid(Shown(maths, lesson.graph, lesson.figures, lesson.symbolic, values=values, gradients=gradients))


class Drawing:
    """A drawing taken apart; any line that is none of the known kinds is refused."""

    def __init__(self, text: str | None) -> None:
        assert text is not None
        first, *lines = text.split("\n")
        assert first == "flowchart LR"
        self.labels: dict[str, str] = {}
        self.givens: set[str] = set()
        self.groups: dict[str, list[str]] = {}
        self.arrows: dict[tuple[str, str], str] = {}
        group: list[str] | None = None
        for line in lines:
            if box := _BOX.fullmatch(line):
                assert box[1] not in self.labels, "an id is used once"
                self.labels[box[1]] = (box[3] or box[4])[1:-1]
                self.givens.update([box[1]] if box[3] else [])
                if group is not None:
                    group.append(box[1])
            elif arrow := _ARROW.fullmatch(line):
                assert (arrow[1], arrow[3]) not in self.arrows, "an arrow is drawn once"
                self.arrows[arrow[1], arrow[3]] = (arrow[2] or '""')[1:-1]
            elif _GROUP.fullmatch(line):
                assert group is None
                group = self.groups.setdefault(line.split('"')[1], [])
            else:
                assert line == "    end", line
                group = None
        assert group is None
        assert {end for ends in self.arrows for end in ends} <= set(self.labels)

    def box(self, start: str) -> str:
        """The id of the one box with a row that begins so."""
        (found,) = [
            id for id, label in self.labels.items() if any(row.startswith(start) for row in label.split("<br/>"))
        ]
        return found


def test_units_stand_in_their_layers() -> None:
    drawing = Drawing(drawing_of(samples.network([2, 3, 1])))
    assert {title: len(boxes) for title, boxes in drawing.groups.items()} == {
        "inputs": 2,
        "layer 1: sigmoid": 3,
        "layer 2: sigmoid": 1,
        "loss": 2,
    }
    assert len(drawing.arrows) == 2 * 3 + 3 * 1 + 2


def test_a_weight_stands_on_its_arrow_and_a_bias_in_its_unit() -> None:
    lesson = samples.network([2, 3, 1])
    drawing = Drawing(drawing_of(lesson))
    shown = lesson.figures["w1_32"].shown.replace("-", "−")
    assert drawing.arrows[drawing.box("x₂"), drawing.box("z₃⁽¹⁾")] == f"w₃₂⁽¹⁾ = {shown}"
    bias = lesson.figures["b1_3"].shown.replace("-", "−")
    assert f"b₃⁽¹⁾ = {bias}<br/>z₃⁽¹⁾ = " in drawing.labels[drawing.box("z₃⁽¹⁾")]


def test_outputs_and_targets_lead_to_the_loss() -> None:
    drawing = Drawing(drawing_of(samples.network([2, 3, 1])))
    loss = drawing.box("L = ")
    assert {source for source, target in drawing.arrows if target == loss} == {drawing.box("ŷ = "), drawing.box("y = ")}
    assert drawing.givens == {drawing.box("x₁"), drawing.box("x₂"), drawing.box("y = ")}


def test_the_constant_unit_of_a_folded_bias_has_a_box() -> None:
    drawing = Drawing(drawing_of(samples.network([2, 3, 1], folded=True)))
    assert len(drawing.groups["inputs"]) == 3
    assert len(drawing.groups["layer 1: sigmoid"]) == 4
    assert len(drawing.arrows) == 3 * 3 + 4 + 2


def test_units_of_different_kinds_say_which() -> None:
    lesson = samples.network([1, 2, 1])
    first = replace(lesson.graph.layers[0], titles=("Tanh", "ReLU"))
    mixed = replace(lesson, graph=replace(lesson.graph, layers=(first, *lesson.graph.layers[1:])))
    drawing = Drawing(drawing_of(mixed))
    assert "layer 1" in drawing.groups
    assert [drawing.labels[id].split("<br/>")[0] for id in drawing.groups["layer 1"]] == ["Tanh", "ReLU"]


def test_units_of_one_layer_are_not_joined() -> None:
    """A softmax takes all units of its layer at once, which would be an arrow between any two of them."""
    lesson = samples.network([1, 1, 2])
    graph = lesson.graph
    layer = graph.layers[1]
    rest = tuple(node for node in graph.nodes if not set(node.outputs) & set(layer.activations))
    together = Node(rest[0].op, layer.preactivations, layer.activations)
    softmax = replace(lesson, graph=replace(graph, nodes=(*rest[:-1], together, rest[-1])))
    assert Drawing(drawing_of(softmax)).arrows == Drawing(drawing_of(lesson)).arrows


def test_expressions_show_values_gradients_and_slopes() -> None:
    lesson = samples.expressions()
    figures = {**lesson.figures, "da/dp": Figure("6", "6"), "dp/dx": Figure("1", "1")}
    drawing = Drawing(drawing_of(replace(lesson, figures=figures)))
    assert drawing.labels[drawing.box("a = ")] == "a = 9<br/>∂v/∂a = −108"
    assert drawing.labels[drawing.box("v = ")] == "v = 1458"
    assert drawing.arrows[drawing.box("p = "), drawing.box("a = ")] == "∂a/∂p = 6"
    assert drawing.arrows[drawing.box("x = "), drawing.box("p = ")] == "∂p/∂x = 1"
    assert drawing.givens == {drawing.box(f"{name} = ") for name in "cwxyz"}
    assert drawing.groups == {}


def test_a_slope_that_stays_symbolic_is_shown_while_it_is_short() -> None:
    lesson = samples.expressions()
    symbolic = {"da/dp": 2 * Name("p"), "db/dq": total(tuple(Name("q") for _ in range(9)))}
    drawing = Drawing(drawing_of(replace(lesson, symbolic=symbolic)))
    assert drawing.arrows[drawing.box("p = "), drawing.box("a = ")] == "∂a/∂p = 2·p"
    assert drawing.arrows[drawing.box("q = "), drawing.box("b = ")] == ""


def test_a_sum_over_paths_is_not_shown_as_the_slope_of_one_of_them() -> None:
    lesson = samples.expressions()
    nodes = tuple(
        replace(node, inputs=(*node.inputs, "a")) if node.outputs == ("v",) else node for node in lesson.graph.nodes
    )
    drawing = Drawing(drawing_of(replace(lesson, graph=replace(lesson.graph, nodes=nodes))))
    assert drawing.arrows[drawing.box("a = "), drawing.box("v = ")] == ""
    assert drawing.arrows[drawing.box("d = "), drawing.box("v = ")] == "∂v/∂d = −108"


def test_only_the_problem() -> None:
    lesson = samples.expressions()
    drawing = Drawing(drawing_of(lesson, values=False, gradients=False))
    assert drawing.labels[drawing.box("a")] == "a"
    assert drawing.labels[drawing.box("x")] == "x = −1"
    assert set(drawing.arrows.values()) == {""}


@pytest.mark.parametrize(("sizes", "labelled"), [([7, 7, 1], True), ([7, 8, 1], False)])
def test_many_edges_carry_no_labels(sizes: list[int], labelled: bool) -> None:
    text = drawing_of(samples.network(sizes))
    assert text is not None
    assert ("-->|" in text) is labelled


@pytest.mark.parametrize(("sizes", "drawn"), [([14, 10, 1], True), ([14, 11, 1], False)])
def test_a_graph_beyond_reading_is_not_drawn(sizes: list[int], drawn: bool) -> None:
    assert (drawing_of(samples.network(sizes)) is not None) is drawn


def test_a_long_chain_of_expressions_is_not_drawn() -> None:
    values = {f"v{i}": Value(f"v{i}", Label(Role.VARIABLE, own=f"v{i}")) for i in range(200)}
    operation = samples.Written(())
    nodes = tuple(Node(operation, (f"v{i}",), (f"v{i + 1}",)) for i in range(199))
    graph = Graph(values, nodes, "v199")
    assert mermaid(Shown(Maths(load_notation("slides"), graph, "text"), graph, {}, {})) is None


@given(
    st.text()
    | st.sampled_from(['"] --> n9["', "end", "%%{init: {}}%%", "#quot;", "`**b**`", "$$x$$", "<b>", "a\nb", ";"])
)
def test_no_label_can_leave_its_quotes(text: str) -> None:
    label = quoted(text)
    assert label[0] == label[-1] == '"'
    assert re.fullmatch(r"(?:[\w .,:=+/()^'-]|[^\x00-\x7f]|#\d+;)*", label[1:-1])
    assert label.isprintable()


@given(st.text(st.characters(categories=["L", "N", "P", "S"], exclude_characters="\u00ad"), max_size=40))
def test_a_label_shows_what_was_given(text: str) -> None:
    assert re.sub(r"#(\d+);", lambda number: chr(int(number[1])), quoted(text)[1:-1]) == text
