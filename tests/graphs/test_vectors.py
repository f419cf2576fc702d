"""Vectors unfolded: one formula for each element, lengths that fit, and names that nobody else has."""

from __future__ import annotations

import pytest
from support import from_text

from backprop_tutor.errors import ProblemError
from backprop_tutor.graphs.build import build_graph
from backprop_tutor.graphs.vectors import ShapeError, unfold
from backprop_tutor.model.formula import (
    PI,
    Call,
    Formula,
    Name,
    Negative,
    Power,
    Product,
    Quotient,
    Sum,
    call,
    formula,
)

VECTORS = {"x": ("x1", "x2"), "c": ("c1", "c2"), "t": ("t1", "t2", "t3")}
X, C, T, A = Name("x"), Name("c"), Name("t"), Name("a")
X1, X2, C1, C2 = map(Name, ("x1", "x2", "c1", "c2"))
TWO = formula(2)


@pytest.mark.parametrize(
    ("tree", "wanted"),
    [
        (A, A),
        (TWO, TWO),
        (PI, PI),
        (X, (X1, X2)),
        (X + A, (X1 + A, X2 + A)),
        (X + C, (X1 + C1, X2 + C2)),
        (X - C, (Sum((X1, Negative(C1))), Sum((X2, Negative(C2))))),
        (TWO * X * C, (TWO * X1 * C1, TWO * X2 * C2)),
        (X / C, (Quotient(X1, C1), Quotient(X2, C2))),
        (A / X, (A / X1, A / X2)),
        (X**2, (Power(X1, TWO), Power(X2, TWO))),
        (TWO**X, (Power(TWO, X1), Power(TWO, X2))),
        (-X, (Negative(X1), Negative(X2))),
        (call("sin", X), (call("sin", X1), call("sin", X2))),
        (call("max", X, A), (call("max", X1, A), call("max", X2, A))),
        (call("leaky_relu", X, TWO), (call("leaky_relu", X1, TWO), call("leaky_relu", X2, TWO))),
        (call("dot", X, C), Sum((X1 * C1, X2 * C2))),
        (call("dot", X, X + C), Sum((Product((X1, X1 + C1)), Product((X2, X2 + C2))))),
        (call("sum", X), Sum((X1, X2))),
        (call("sum", X**2), Sum((Power(X1, TWO), Power(X2, TWO)))),
        (call("max", T), Call("max", tuple(map(Name, VECTORS["t"])))),
        (call("min", X), call("min", X1, X2)),
        (call("logsumexp", X), call("logsumexp", X1, X2)),
        (A * call("dot", X, C) + 1, Product((A, Sum((X1 * C1, X2 * C2)))) + 1),
        (X * call("sum", T), (X1 * Sum(tuple(map(Name, VECTORS["t"]))), X2 * Sum(tuple(map(Name, VECTORS["t"]))))),
    ],
)
def test_element_by_element(tree: Formula, wanted: Formula | tuple[Formula, ...]) -> None:
    assert unfold(tree, VECTORS) == wanted


@pytest.mark.parametrize(
    ("tree", "why"),
    [
        (X + T, "vectors of 2 and 3 elements do not fit together"),
        (T * X, "vectors of 3 and 2 elements do not fit together"),
        (X / T, "vectors of 2 and 3 elements"),
        (X**T, "vectors of 2 and 3 elements"),
        (call("max", X, T), "vectors of 2 and 3 elements"),
        (call("dot", X, T), "vectors of 2 and 3 elements"),
        (1 + call("exp", X - T), "vectors of 2 and 3 elements"),
        (call("dot", X, A), "dot needs two vectors"),
        (call("dot", TWO, X), "dot needs two vectors"),
        (call("sum", A), "sum needs a vector"),
        (call("sum", call("dot", X, C)), "sum needs a vector"),
        (call("max", A), "max of one thing needs a vector"),
        (call("logsumexp", TWO), "logsumexp of one thing needs a vector"),
    ],
)
def test_what_does_not_fit_is_refused(tree: Formula, why: str) -> None:
    with pytest.raises(ShapeError, match=why):
        unfold(tree, VECTORS)


def problem(*lines: str, inputs: str) -> str:
    return f"inputs: {inputs}\nexpressions:\n" + "".join(f"  {line}\n" for line in lines)


def test_a_wrong_shape_is_told_with_the_line() -> None:
    with pytest.raises(ProblemError) as caught:
        build_graph(from_text(problem("a: 2*x", "y: dot(a, c)", inputs="{x: [1, 2], c: [1, 2, 3]}")))
    finding = caught.value.findings[0]
    assert finding.message == "y: vectors of 2 and 3 elements do not fit together"
    assert finding.where is not None
    assert finding.where.line == 4


@pytest.mark.parametrize(
    ("text", "name", "vector"),
    [
        (problem("y: sum(x)*x1", inputs="{x: [1, 2], x1: 3}"), "x1", "x"),
        (problem("y: sum(x)*x1", inputs="{x1: 3, x: [1, 2]}"), "x1", "x"),
        (problem("q: x^2", "q2: 3*x3", "y: sum(q) + q2", inputs="{x: [1, 2], x3: 1}"), "q2", "q"),
        (problem("x2: 3", "y: sum(x) + x2", inputs="{x: [1, 2]}"), "x2", "x"),
    ],
)
def test_the_name_of_an_element_is_nobody_elses(text: str, name: str, vector: str) -> None:
    with pytest.raises(ProblemError) as caught:
        build_graph(from_text(text))
    messages = [finding.message for finding in caught.value.findings]
    assert messages == [f"{name} is a name of its own, but it is also what an element of the vector {vector} is called"]


def test_lines_of_vectors_become_nodes_of_scalars_in_any_order() -> None:
    graph = build_graph(from_text(problem("y: dot(q, c)", "q: x^2", inputs="{x: [1, 2], c: [3, 4]}")))
    assert [(node.op.name, node.inputs, node.outputs) for node in graph.nodes] == [
        ("square", ("x1",), ("q1",)),
        ("square", ("x2",), ("q2",)),
        ("expression", ("q1", "c1", "q2", "c2"), ("y",)),
    ]
    assert graph.parameters == ("x1", "x2", "c1", "c2")
    given = graph.values["c2"].given
    assert given is not None
    assert given.number == 4


def test_a_vector_that_is_the_output_has_one_objective_for_each_element() -> None:
    graph = build_graph(from_text(problem("y: x^2", inputs="{x: [1, 2, 3]}")))
    assert graph.outputs == ("y1", "y2", "y3")
    assert (graph.objective, graph.other_objectives) == ("y1", ("y2", "y3"))
