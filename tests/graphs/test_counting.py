"""What is counted in graphs: against networks counted by hand, and paths against walking every one of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support import BUNDLED, from_text, lesson, problem

from backprop_tutor.graphs import counting
from backprop_tutor.graphs.build import build_graph
from backprop_tutor.model.graph import Graph

COUNTS = (counting.weights, counting.biases, counting.parameters, counting.units, counting.paths)


def network(sizes: tuple[int, ...], bias: str = "b") -> Graph:
    inputs = ", ".join(f"x{i}" for i in range(1, sizes[0] + 1))
    layers = "".join(f"  - {{weights: w, bias: {bias}, units: {n}, activation: tanh}}\n" for n in sizes[1:])
    return build_graph(from_text(f"inputs: [{inputs}]\nlayers:\n{layers}loss: none\n"))


@pytest.mark.parametrize(
    ("sizes", "wanted"),
    [
        ((2, 3, 1), (9, 4, 13, 4, 6)),
        ((3, 4, 4, 2), (36, 10, 46, 10, 96)),
        ((1, 2, 1), (4, 3, 7, 3, 2)),
        ((2, 4, 1), (12, 5, 17, 5, 8)),
    ],
)
def test_networks(sizes: tuple[int, ...], wanted: tuple[int, ...]) -> None:
    graph = network(sizes)
    assert tuple(count(graph) for count in COUNTS) == wanted


def test_a_folded_bias_is_a_bias_and_its_unit_begins_no_path_that_is_counted() -> None:
    assert tuple(count(lesson("cmu-tanh").graph) for count in COUNTS) == (9, 4, 13, 4, 6)


def test_a_shared_parameter_is_learned_once_and_begins_a_path_at_each_place() -> None:
    graph = build_graph(problem("two-by-two"))
    assert (counting.biases(graph), counting.parameters(graph)) == (4, 10)
    shared = graph.layers[0].biases[0]
    assert counting.paths_from(shared, graph) == 4
    assert counting.paths_from(graph.layers[1].biases[0], graph) == 2


def test_paths_from_a_quantity_of_a_network() -> None:
    graph = network((4, 5, 6, 1))
    wanted = {"x1": 30, "w1_11": 6, "b1_3": 6, "z1_2": 6, "a1_2": 6, "w2_11": 1, "a2_6": 1, "z3_1": 1, "yhat": 1}
    assert {name: counting.paths_from(name, graph) for name in wanted} == wanted
    assert counting.paths(graph) == 120


def walked(name: str, graph: Graph) -> Iterator[str]:
    """The objective, once for every way that leads there from the value."""
    if name == graph.objective:
        yield name
    for node in graph.nodes:
        for i, source in enumerate(node.inputs):
            if source == name:
                for k, target in enumerate(node.outputs):
                    if node.op.depends(i, k, len(node.inputs)):
                        yield from walked(target, graph)


@pytest.mark.parametrize("name", BUNDLED)
def test_paths_of_expressions_are_those_that_one_can_walk(name: str) -> None:
    graph = build_graph(problem(name))
    if graph.layers:
        return
    computed = {output for node in graph.nodes for output in node.outputs}
    found = {start: len(list(walked(start, graph))) for start in graph.values}
    assert found == {start: counting.paths_from(start, graph) for start in graph.values}
    starts = [start for start in graph.values if start not in computed and start not in graph.constants]
    assert counting.paths(graph) == sum(found[start] for start in starts)


def test_a_weight_that_one_unit_uses_twice_begins_two_paths() -> None:
    layer = "{weights: [[1, 1]], weight_names: [[w, w]], activation: tanh}"
    graph = build_graph(from_text(f"inputs: [1, 2]\nlayers:\n  - {layer}\nloss: none\n"))
    assert (counting.paths_from("w", graph), counting.parameters(graph), counting.weights(graph)) == (2, 1, 2)


def test_paths_from_constants_are_not_among_the_paths() -> None:
    graph = build_graph(from_text("inputs: {a: 1, k: 2}\nconstants: [k]\nexpressions: {f: a*k}\n"))
    assert (counting.paths(graph), counting.paths_from("k", graph)) == (1, 1)
