"""The edges of the backward pass: shortcuts only on the way to the objective, and 0 where there is no way."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from reference.graphs import nudged
from reference.networks import as_yaml, random_network
from support import exact, from_text

from backprop_tutor.engine.plan import Plan, is_told, plan
from backprop_tutor.engine.solve import Solution, solve
from backprop_tutor.graphs.build import build_graph
from backprop_tutor.model.formula import Name
from backprop_tutor.model.graph import Edge, Graph, Role

LOGISTIC = """inputs: [1, -2]
target: 1
layers:
  - {weights: [[0.5, -1], [1, 2]], bias: [0.5, 1], activation: tanh}
  - {weights: [[1, -1]], bias: [0.25], activation: sigmoid}
loss: binary_cross_entropy
"""
SOFTMAX = """inputs: [1, 2]
target: {class: 2}
layers:
  - {weights: [[1, 0], [0.5, 0.5], [-1, 1]], activation: softmax}
loss: cross_entropy
"""
MULTI_LABEL = """inputs: [1, 2]
target: [1, 0]
layers:
  - {weights: [[1, 0.5], [0.5, 0.5]], activation: [sigmoid, sigmoid]}
loss: binary_cross_entropy
"""
PENALTY = LOGISTIC + "regularization: {l2: 0.1}\n"
MELTING = (LOGISTIC, SOFTMAX, MULTI_LABEL, PENALTY)

UNUSED = """inputs: {a: 2, b: 3, s: 5}
expressions:
  p: a*b
  q: sin(p)
  spare: p + s
  y: q + p^2
output: y
"""
TWICE = """inputs: {a: 2, b: 3}
expressions:
  p: a*b
  q: p^2 + a
  r: sin(p)*b
differentiate: [q, r]
"""


def graph(text: str) -> Graph:
    return build_graph(from_text(text))


def edges(way: Plan) -> list[Edge]:
    return [edge for found in way.edges.values() for edge in found]


def shortcuts(way: Plan) -> list[Edge]:
    return [edge for edge in edges(way) if edge.shortcut]


# Shortcuts.


@pytest.mark.parametrize("text", MELTING)
def test_every_output_has_its_shortcut(text: str) -> None:
    found = graph(text)
    (loss,) = (node for node in found.nodes if {"yhat", "yhat1"} & set(node.inputs))
    melted = shortcuts(plan(found))
    assert sorted(edge.source for edge in melted) == sorted(found.layers[-1].preactivations)
    assert {edge.target for edge in melted} == set(loss.outputs)
    for edge in melted:
        assert edge.slope in {Name("yhat") - Name("y"), *(Name(f"yhat{k}") - Name(f"y{k}") for k in (1, 2, 3))}
        # One edge and no other: else the gradient would be counted twice.
        assert plan(found).edges[edge.source] == (edge,)
    assert not shortcuts(plan(found, shortcut=False))


@pytest.mark.parametrize("text", MELTING)
def test_the_prediction_keeps_its_gradient(text: str) -> None:
    found = graph(text)
    for shortcut in (True, False):
        way = plan(found, shortcut)
        assert set(found.outputs) <= set(way.order)
        assert all(any(edge.source == name for edge in edges(way)) for name in found.outputs)
    assert plan(found, True).order == plan(found, False).order


@pytest.mark.parametrize("objective", ["yhat", "z2_1", "a1_1", "z1_2"])
def test_a_loss_that_the_objective_does_not_come_from_melts_with_nothing(objective: str) -> None:
    way = plan(graph(LOGISTIC), True, objective)
    assert way.objective == objective
    assert not shortcuts(way)
    assert all(edge.target != "L" for edge in edges(way))
    assert "L" not in way.order


@pytest.mark.parametrize("text", MELTING)
def test_slopes_of_the_prediction_are_right_beside_a_loss(text: str) -> None:
    name = graph(text).outputs[0]
    (part,) = solve(from_text(f"{text}differentiate: {name}\n"))
    assert part.plan.objective == name
    assert not shortcuts(part.plan)
    assert_gradients(part)
    assert part.trace.gradients[part.graph.layers[-1].preactivations[0]] not in (0, None)


def assert_gradients(part: Solution) -> None:
    for plain, number in part.trace.gradients.items():
        wanted = nudged(part.graph, plain, part.plan.objective)
        assert abs(float(exact(number)) - float(wanted)) <= 1e-12 * (1 + abs(float(wanted))), plain


@pytest.mark.parametrize(
    "text",
    [
        LOGISTIC.replace("sigmoid", "tanh").replace("binary_cross_entropy", "squared_error"),
        LOGISTIC.replace("binary_cross_entropy", "squared_error"),
        MULTI_LABEL.replace("[sigmoid, sigmoid]", "[sigmoid, identity]").replace(
            "binary_cross_entropy", "half_squared_error"
        ),
    ],
)
def test_other_pairs_do_not_melt(text: str) -> None:
    assert not shortcuts(plan(graph(text)))


# The order.


RANDOM = [as_yaml(random_network(Random(f"plan {seed}"))) for seed in range(30)]


@pytest.mark.parametrize("text", [*MELTING, UNUSED, TWICE, *RANDOM])
@pytest.mark.parametrize("shortcut", [True, False])
def test_a_gradient_comes_after_all_that_the_value_feeds(text: str, shortcut: bool) -> None:
    found = graph(text)
    for objective in (found.objective, *found.other_objectives):
        way = plan(found, shortcut, objective)
        places = {name: place for place, name in enumerate(way.order)}
        assert len(places) == len(way.order)
        for name, leaving in way.edges.items():
            for edge in leaving:
                assert edge.source == name
                if name != objective:
                    assert places[edge.target] < places[name], f"{edge.target} comes after {name}"
        assert way.edges[objective] == ()
        # Every path that the graph has is there, up to those that melted.
        for node in found.nodes:
            for i, source in enumerate(node.inputs):
                for target in node.outputs:
                    if target in places and source in places and source != objective:
                        direct = [edge for edge in way.edges[source] if edge.node == node and edge.target == target]
                        melted = [edge for edge in way.edges[source] if edge.shortcut]
                        k = node.outputs.index(target)
                        depends = node.op.depends(i, k, len(node.inputs))
                        on_the_way = not is_zero(way, target)
                        assert bool(direct or melted) == depends or not on_the_way, f"{source} to {target}"


def is_zero(way: Plan, name: str) -> bool:
    return name != way.objective and not way.edges[name]


@pytest.mark.parametrize("text", [LOGISTIC, SOFTMAX])
def test_nobody_differentiates_by_targets_and_constants(text: str) -> None:
    folded = text.replace("bias: [0.5, 1],", "bias: first_column,").replace(
        "[[0.5, -1], [1, 2]]", "[[0, 1, 2], [1, 0, 2]]"
    )
    found = graph(folded)
    roles = {found.values[name].label.role for name in plan(found).order}
    assert not roles & {Role.TARGET, Role.CONSTANT}
    assert {Role.WEIGHT, Role.INPUT, Role.OUTPUT} <= roles
    constant = graph("inputs: {a: 1, c: 2}\nexpressions:\n  y: a*c\nconstants: [c]\n")
    assert "c" not in plan(constant).order
    assert not any(edge.source == "c" for edge in edges(plan(constant)))


# No way to the objective, and several objectives.


def test_a_line_without_use_has_gradient_0() -> None:
    (part,) = solve(from_text(UNUSED))
    assert part.plan.objective == "y"
    assert part.trace.gradients["spare"] == 0
    assert part.trace.gradients["s"] == 0
    assert part.plan.edges["spare"] == part.plan.edges["s"] == ()
    assert part.plan.order.index("spare") > part.plan.order.index("b")
    assert_gradients(part)


def test_what_is_computed_from_the_objective_has_no_gradient() -> None:
    (part,) = solve(from_text(UNUSED.replace("output: y", "differentiate: q")))
    assert part.plan.objective == "q"
    assert "y" not in part.plan.order
    assert "y" not in part.trace.gradients
    assert part.trace.gradients["q"] == 1
    assert part.trace.gradients["spare"] == 0
    assert_gradients(part)


def test_an_objective_that_was_given_is_found_at_once() -> None:
    way = plan(graph(UNUSED), True, "s")
    assert way.order[0] == "s"
    assert not edges(way)


def test_two_objectives_are_two_solutions() -> None:
    first, second = solve(from_text(TWICE))
    assert (first.plan.objective, second.plan.objective) == ("q", "r")
    assert first.trace.values.keys() == second.trace.values.keys()
    for name, number in first.trace.values.items():
        assert abs(exact(number) - exact(second.trace.values[name])) < 1e-40
    # q = (ab)² + a, by hand: dq/da = 2ab·b + 1, dq/db = 2ab·a.
    assert first.trace.gradients == {"q": 1, "p": 12, "a": 37, "b": 24, "r": 0}
    assert second.trace.gradients["q"] == 0
    for part in (first, second):
        assert part.graph.objective == part.plan.objective
        assert_gradients(part)


def test_one_objective_may_lead_to_the_other() -> None:
    first, second = solve(from_text("inputs: {a: 3}\nexpressions:\n  p: a^2\n  q: p^2\ndifferentiate: [p, q]\n"))
    assert first.trace.gradients == {"p": 1, "a": 6}
    assert second.trace.gradients == {"q": 1, "p": 18, "a": 108}


@pytest.mark.parametrize("text", RANDOM[:12])
@pytest.mark.parametrize("shortcut", [True, False])
def test_gradients_of_every_value_in_between(text: str, shortcut: bool) -> None:
    """The objective is a value in the middle of a network, with the loss still there."""
    problem = from_text(text)
    found = build_graph(problem)
    if not found.layers[0].preactivations:
        return
    name = found.layers[0].preactivations[0]
    (part,) = solve(from_text(f"{text}differentiate: {name}\n"), shortcut=shortcut)
    w, x = found.layers[0].weights[0][0], found.layers[0].sources[0]
    uses = [pair for pair in zip(found.layers[0].weights[0], found.layers[0].sources, strict=True) if pair[0] == w]
    wanted = sum((exact(part.trace.values[source]) for _, source in uses), Fraction(0))
    assert abs(exact(part.trace.gradients[w]) - wanted) < 1e-40
    assert x in part.trace.gradients or found.values[x].label.role is Role.CONSTANT
    assert "L" not in part.trace.gradients


def test_what_is_told_as_a_step_of_its_own() -> None:
    way = plan(graph(LOGISTIC), shortcut=False)
    told = {edge.name for edge in edges(way) if is_told(edge)}
    assert {"da1_1/dz1_1", "dyhat/dz2_1", "dL/dyhat"} <= told
    # The slope of a weighted sum is the number or the neighbour beside it.
    assert not any(name.startswith("dz") for name in told)
    assert not any(is_told(edge) for edge in shortcuts(plan(graph(LOGISTIC))))
