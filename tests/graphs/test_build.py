"""From problem to graph: names, places, shared parameters, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from support import from_text

from backprop_tutor.errors import ProblemError
from backprop_tutor.graphs.build import build_graph
from backprop_tutor.graphs.builder import Builder
from backprop_tutor.graphs.names import gradient, numbered, unit, updated, weight
from backprop_tutor.model.graph import Graph, Label, Role
from backprop_tutor.model.problem import Finding, Network, Problem
from backprop_tutor.ops import operation


def graph(text: str) -> Graph:
    return build_graph(from_text(text))


def refused(problem: Problem) -> tuple[Finding, ...]:
    with pytest.raises(ProblemError) as caught:
        build_graph(problem)
    assert caught.value.text == problem.text
    return caught.value.findings


def lines(*expressions: str, inputs: str = "{x: 1}", more: str = "") -> str:
    return f"inputs: {inputs}\nexpressions:\n" + "".join(f"  {line}\n" for line in expressions) + more


def network(
    *layers: str, inputs: str = "[1, 2]", target: str = "1", loss: str = "squared_error", more: str = ""
) -> str:
    listed = "".join(f"  - {{{layer}}}\n" for layer in layers)
    return f"inputs: {inputs}\ntarget: {target}\nlayers:\n{listed}loss: {loss}\n{more}"


# The order, and circles.


def test_a_node_comes_after_all_that_it_needs_in_the_order_of_the_author() -> None:
    found = graph(lines("y: d + c", "c: a*b", "d: b + x", "a: sin(x)", "b: cos(x)"))
    order = [node.outputs[0] for node in found.nodes]
    assert sorted(order) == ["a", "b", "c", "d", "y"]
    for position, node in enumerate(found.nodes):
        assert set(node.inputs) - {"x"} <= set(order[:position])
    assert [node.outputs[0] for node in graph(lines("a: sin(x)", "b: cos(x)", "y: b - a")).nodes] == ["a", "b", "y"]


@pytest.mark.parametrize(
    ("expressions", "around", "line"),
    [
        (("a: a + x",), "a → a", 3),
        (("a: b + x", "b: a*x", "y: a + b"), "b → a → b", 4),
        (("a: b + x", "b: c*x", "c: sin(a)", "y: a"), "c → b → a → c", 5),
    ],
)
def test_the_message_names_the_circle_and_its_place(expressions: tuple[str, ...], around: str, line: int) -> None:
    (finding,) = refused(from_text(lines(*expressions)))
    name = around.partition(" ")[0]
    assert finding.message == f"{name} depends on itself: {around}"
    assert "break the circle" in finding.repair
    assert finding.where is not None
    assert finding.where.line == line


def test_every_arrow_of_a_circle_is_a_dependence() -> None:
    text = lines("p: q + x", "q: r + x", "r: s*x", "s: q^2", "y: p")
    uses = {"p": "q", "q": "r", "r": "s", "s": "q"}
    (finding,) = refused(from_text(text))
    around = finding.message.partition(": ")[2].split(" → ")
    assert around[0] == around[-1]
    assert set(around) == {"q", "r", "s"}
    # "a → b": a is used by b, and so leads to it.
    assert all(uses[later] == earlier for earlier, later in pairwise(around))


def test_the_way_into_a_circle_is_no_part_of_it() -> None:
    builder = Builder()
    for name, source in (("p", "q"), ("q", "r"), ("r", "q")):
        builder.node(operation("negate")(), [source], {name: Label(Role.VARIABLE)})
    builder.finish("p")
    assert [finding.message for finding in builder.findings] == ["q depends on itself: q → r → q"]


def test_two_circles_are_two_findings() -> None:
    found = refused(from_text(lines("a: b", "b: a", "c: d", "d: c", "y: a + c")))
    assert len([finding for finding in found if "depends on itself" in finding.message]) == 2


def test_a_long_chain_is_no_danger_to_the_stack() -> None:
    builder = Builder()
    builder.given("v0", Label(Role.VARIABLE), None)
    for i in reversed(range(5000)):
        builder.node(operation("negate")(), [f"v{i}"], {f"v{i + 1}": Label(Role.VARIABLE)})
    found = builder.finish("v5000")
    assert [node.outputs[0] for node in found.nodes] == [f"v{i}" for i in range(1, 5001)]


# What is differentiated, and what is frozen.


@pytest.mark.parametrize("text", [lines("apple: x^2"), network("weights: [[1, 2]], activation: sigmoid")])
def test_unknown_names_are_refused_with_the_nearest(text: str) -> None:
    problem = replace(from_text(text), differentiate=("appel", "zzzz"))
    messages = {finding.message: finding.repair for finding in refused(problem)}
    assert "differentiate: appel is no quantity of this problem" in messages
    assert messages["differentiate: zzzz is no quantity of this problem"].startswith("Known names: x")
    if "apple" in text:
        assert messages["differentiate: appel is no quantity of this problem"] == "Did you mean apple?"


def test_an_unknown_frozen_parameter_is_refused() -> None:
    problem = from_text(network("weights: [[1, 2]], bias: [3], activation: sigmoid", more="frozen: [b1_1]\n"))
    assert build_graph(problem).frozen == {"b1_1"}
    assert isinstance(problem.body, Network)
    body = replace(problem.body, frozen=("b1_1", "w1_13", "x1"))
    found = refused(replace(problem, body=body))
    assert [finding.message.split()[1] for finding in found] == ["w1_13", "x1"]
    assert all(finding.message.startswith("frozen: ") for finding in found)
    assert found[0].repair.startswith("Did you mean w1_1")
    with pytest.raises(ProblemError, match="frozen"):
        from_text(network("weights: [[1, 2]], activation: sigmoid", more="frozen: [w9]\n"))


def test_several_ends_need_a_word_about_which_is_meant() -> None:
    (finding,) = refused(from_text(lines("a: 2*x", "b: 3*x", "c: a + 1")))
    assert finding.message == "several lines have no use, so the output is not clear: b, c"
    assert finding.repair == "Say which one is meant: output: c"
    said = graph(lines("a: 2*x", "b: 3*x", more="output: a\n"))
    assert (said.objective, said.outputs, said.other_objectives) == ("a", ("a",), ())
    asked = graph(lines("a: 2*x", "b: 3*x", more="differentiate: b\n"))
    assert (asked.objective, asked.outputs, asked.other_objectives) == ("b", ("b",), ())
    both = graph(lines("a: 2*x", "b: 3*x", more="differentiate: [b, a]\n"))
    assert (both.objective, both.other_objectives) == ("b", ("a",))


def test_the_line_that_nobody_uses_is_the_output_wherever_it_stands() -> None:
    found = graph(lines("y: a + b", "a: 2*x", "b: 3*a"))
    assert (found.objective, found.outputs, found.parameters) == ("y", ("y",), ("x",))


def test_constants_are_no_parameters() -> None:
    found = graph(lines("y: c*x", inputs="{x: 1, c: [1, 2]}", more="constants: [c]\n"))
    assert found.constants == {"c1", "c2"}
    assert found.parameters == ("x",)


# Networks: the constant unit, wide layers, own names.


def test_a_bias_in_the_first_column_comes_from_unit_0() -> None:
    found = graph(
        network(
            "weights: [[1, 2, 3], [4, 5, 6]], bias: first_column, activation: tanh",
            "weights: [[7, 8, 9]], bias: first_column, activation: identity",
        )
    )
    first, second = found.layers
    assert first.weights == (("w1_10", "w1_11", "w1_12"), ("w1_20", "w1_21", "w1_22"))
    assert first.sources == ("x0", "x1", "x2")
    assert second.weights == (("w2_10", "w2_11", "w2_12"),)
    assert second.sources == ("a1_0", "a1_1", "a1_2")
    assert (first.bias_column, second.bias_column, first.biases) == (0, 0, ())
    for name, layer in (("x0", 0), ("a1_0", 1)):
        value = found.values[name]
        assert value.given is not None
        assert value.given.number == 1
        assert value.label == Label(Role.CONSTANT, layer, (0,))
    numbers = [found.values[name].given for name in first.weights[1]]
    assert [given.number for given in numbers if given is not None] == [4, 5, 6]


def test_a_bias_in_the_last_column_comes_from_the_unit_after_the_last() -> None:
    found = graph(
        network(
            "weights: [[1, 2, 3], [4, 5, 6], [7, 8, 9]], bias: last_column, activation: tanh",
            "weights: [[1, 2, 3, 4]], bias: last_column, activation: identity",
        )
    )
    first, second = found.layers
    assert first.weights[2] == ("w1_31", "w1_32", "w1_33")
    assert first.sources == ("x1", "x2", "x3")
    assert second.sources == ("a1_1", "a1_2", "a1_3", "a1_4")
    assert second.weights == (("w2_11", "w2_12", "w2_13", "w2_14"),)
    assert (first.bias_column, second.bias_column) == (2, 3)
    assert found.values["x3"].label.role is Role.CONSTANT
    assert found.values["a1_4"].label == Label(Role.CONSTANT, 1, (4,))
    z = next(node for node in found.nodes if node.outputs == ("z2_1",))
    assert z.inputs == ("w2_11", "a1_1", "w2_12", "a1_2", "w2_13", "a1_3", "w2_14", "a1_4")


@pytest.mark.parametrize(("column", "left_out"), [("first_column", "w1_10"), ("last_column", "w1_13")])
def test_a_folded_bias_is_not_penalized(column: str, left_out: str) -> None:
    text = network(f"weights: [[1, 2, 3]], bias: {column}, activation: identity", more="regularization: {l2: 0.1}\n")
    found = graph(text)
    penalty = next(node for node in found.nodes if node.outputs == ("L_penalty",))
    assert len(penalty.inputs) == 2
    assert left_out not in penalty.inputs
    assert left_out in found.parameters


@pytest.mark.parametrize("count", [9, 10, 11])
def test_with_ten_units_indices_are_kept_apart(count: int) -> None:
    text = network(f"weights: w, units: {count}, bias: b, activation: tanh", "weights: w, units: 1, activation: tanh")
    first, second = graph(text).layers
    if count < 10:
        assert first.weights[8] == ("w1_91", "w1_92")
        assert second.weights[0][8] == "w2_19"
        return
    assert first.weights[0] == ("w1_1_1", "w1_1_2")
    assert first.weights[9] == ("w1_10_1", "w1_10_2")
    assert first.biases[9] == "b1_10"
    assert second.weights[0][9] == "w2_1_10"
    names = [name for layer in (first, second) for row in layer.weights for name in row]
    assert len(set(names)) == len(names) == 3 * count


def test_a_constant_unit_may_be_the_tenth() -> None:
    inputs = f"[{', '.join('1' * 9)}]"
    text = network(f"weights: [[{', '.join('1' * 10)}]], bias: last_column, activation: tanh", inputs=inputs)
    (layer,) = graph(text).layers
    assert layer.sources[-1] == "x10"
    assert layer.weights[0][-1] == "w1_1_10"


def test_a_parameter_that_is_shared_is_one_value() -> None:
    found = graph(
        network(
            "weights: [[2, 3], [3, 2]], weight_names: [[p, q], [q, p]], bias: [5, 5], bias_names: [c, c],"
            " activation: tanh",
            "weights: [[2, 7]], weight_names: [[p, r]], activation: identity",
        )
    )
    assert found.parameters == ("p", "q", "c", "r")
    assert [name for name, value in found.values.items() if value.label.own] == ["p", "q", "c", "r"]
    uses = [name for node in found.nodes for name in node.inputs]
    assert [uses.count(name) for name in ("p", "q", "c", "r")] == [3, 2, 2, 1]
    assert found.layers[0].weights == (("p", "q"), ("q", "p"))


def test_prediction_and_target_are_numbered_only_when_there_are_several() -> None:
    one = graph(network("weights: [[1, 2]], activation: tanh"))
    assert {"yhat", "y", "L"} <= one.values.keys()
    two = graph(network("weights: [[1, 2], [3, 4]], activation: tanh", target="[1, 0]"))
    assert {"yhat1", "yhat2", "y1", "y2"} <= two.values.keys()
    assert not {"yhat", "y"} & two.values.keys()
    assert two.outputs == ("yhat1", "yhat2")


def test_without_a_loss_the_outputs_are_differentiated() -> None:
    found = graph("inputs: [1, 2]\nlayers:\n  - {weights: [[1, 2], [3, 4]], activation: tanh}\nloss: none\n")
    assert (found.objective, found.other_objectives) == ("yhat1", ("yhat2",))
    assert "L" not in found.values


def test_a_penalty_is_added_to_the_loss() -> None:
    found = graph(network("weights: [[1, 2]], activation: tanh", more="regularization: {l2: 0.1}\n"))
    assert [node.outputs[0] for node in found.nodes][-3:] == ["L_data", "L_penalty", "L"]
    assert found.nodes[-1].inputs == ("L_data", "L_penalty")
    assert found.objective == "L"


def test_cross_entropy_of_one_output_is_refused() -> None:
    (finding,) = refused(from_text(network("weights: [[1, 2]], activation: sigmoid", loss="cross_entropy")))
    assert "one output" in finding.message
    assert "binary_cross_entropy" in finding.repair
    assert finding.where is not None
    assert finding.where.line == 5
    graph(network("weights: [[1, 2], [1, 1]], activation: softmax", target="{class: 1}", loss="cross_entropy"))


def test_a_parameter_that_is_a_symbol_is_refused() -> None:
    (finding,) = refused(from_text(network("weights: [[1, 2]], activation: {leaky_relu: {slope: k}}")))
    assert finding.message == "the parameter slope of leaky_relu must be a number"


def test_plain_names() -> None:
    assert unit("z", 1, 2) == "z1_2"
    assert weight(1, 2, 1, wide=False) == "w1_21"
    assert weight(1, 2, 11, wide=True) == "w1_2_11"
    assert [numbered("yhat", 1, count) for count in (1, 2)] == ["yhat", "yhat1"]
    assert gradient("L", "w1_21") == "dL/dw1_21"
    assert updated("w1_21") == "new_w1_21"
