"""Which operation a line is, and a formula taken apart into lines of one operation each."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

import pytest
from reference.formulas import evaluate, many

from backprop_tutor import ops
from backprop_tutor.cli import session
from backprop_tutor.graphs.build import build_graph
from backprop_tutor.graphs.operations import recognise, split
from backprop_tutor.model.formula import (
    Call,
    Formula,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    call,
    exp,
    formula,
    names_in,
    walk,
)
from backprop_tutor.model.graph import Graph
from backprop_tutor.ops.leaky_relu import LeakyRelu
from backprop_tutor.symbolic.expression import Expression

A, B, C, Z = map(Name, "abcz")
TENTH = formula(1) / 10


@pytest.mark.parametrize(
    ("tree", "name", "inputs"),
    [
        (A, "identity", ("a",)),
        (A + B, "add", ("a", "b")),
        (B + A + C, "add", ("b", "a", "c")),
        (A - B, "subtract", ("a", "b")),
        (B - A, "subtract", ("b", "a")),
        (A * B, "multiply", ("a", "b")),
        (C * A * B, "multiply", ("c", "a", "b")),
        (A / B, "divide", ("a", "b")),
        (-A, "negate", ("a",)),
        (A**2, "square", ("a",)),
        (call("max", A, B), "max", ("a", "b")),
        (call("min", B, A, C), "min", ("b", "a", "c")),
        (call("leaky_relu", Z, TENTH), "leaky_relu", ("z",)),
        (call("elu", Z, 2), "elu", ("z",)),
        (call("logsumexp", A, B), "logsumexp", ("a", "b")),
    ],
)
def test_every_gate_is_recognised(tree: Formula, name: str, inputs: tuple[str, ...]) -> None:
    operation, found = recognise(tree)
    assert (operation.name, found) == (name, inputs)
    values = {plain: many.mpf(k) / 7 + 2 for k, plain in enumerate("abcz")}
    x = tuple(map(Name, found))
    assert evaluate(operation.formula(x)[0], values) == evaluate(tree, values)


ONE_INPUT = [name for name, page in ops.operations().items() if "function" in page.kinds and page.arity == (1, 1)]


WITH_PARAMETERS = [name for name in ONE_INPUT if ops.operation(name).call_parameters]


@pytest.mark.parametrize("function", sorted(set(ONE_INPUT) - set(WITH_PARAMETERS)))
def test_every_function_is_recognised(function: str) -> None:
    operation, inputs = recognise(call(function, Z))
    assert (operation.name, inputs) == (function, ("z",))


@pytest.mark.parametrize("function", WITH_PARAMETERS)
def test_a_function_whose_parameter_is_left_out_is_recognised(function: str) -> None:
    operation, inputs = recognise(call(function, Z))
    assert (operation.name, inputs) == (function, ("z",))


def test_parameters_are_kept() -> None:
    operation, _ = recognise(call("leaky_relu", Z, TENTH))
    assert operation == LeakyRelu(TENTH)


@pytest.mark.parametrize(
    "tree",
    [
        A + A,
        A * A,
        A - A,
        A / A,
        A + 1,
        2 * A,
        A - B - C,
        A + B - C,
        A**3,
        Power(A, B),
        A * (B + C),
        1 / A,
        exp(2 * A),
        call("max", A, A),
        call("max", A, 1),
        call("leaky_relu", A, B),
        call("leaky_relu", A, 1 + B),
        Negative(A * B),
        Number(formula(3).value),  # type: ignore[union-attr]
        Sum((A, Negative(B * C))),
    ],
)
def test_anything_else_is_a_formula_of_the_authors_own(tree: Formula) -> None:
    operation, inputs = recognise(tree)
    assert operation == Expression(tree, names_in(tree))
    assert inputs == names_in(tree)


# One line for each operation.


def is_one_operation(tree: Formula) -> bool:
    """Nothing but names and formulas of constants inside (a difference has its sign inside the sum)."""
    match tree:
        case Sum(terms):
            parts = tuple(term.operand if isinstance(term, Negative) else term for term in terms)
        case Product(factors):
            parts = factors
        case Quotient(a, b) | Power(a, b):
            parts = (a, b)
        case Negative(operand):
            parts = (operand,)
        case Call(_, arguments):
            parts = arguments
        case _:
            parts = ()
    return all(isinstance(part, Name) or not names_in(part) for part in parts)


@pytest.mark.parametrize(
    ("tree", "wanted"),
    [
        ((A + B) * (B + 1), [("u1", A + B), ("u2", B + 1), ("", Name("u1") * Name("u2"))]),
        ((A + B) * (A + B), [("u1", A + B), ("", Name("u1") * Name("u1"))]),
        (exp(A * B) + A * B, [("u1", A * B), ("u2", exp(Name("u1"))), ("", Name("u2") + Name("u1"))]),
        (A - B * C, [("u1", B * C), ("", Sum((A, Negative(Name("u1")))))]),
        (A + B, [("", A + B)]),
        (A, [("", A)]),
        (exp(formula(2) * 3) * A, [("", exp(formula(2) * 3) * A)]),
        (-(A**2), [("u1", A**2), ("", Negative(Name("u1")))]),
        ((A / B) ** 2 / C, [("u1", A / B), ("u2", Power(Name("u1"), formula(2))), ("", Name("u2") / C)]),
    ],
)
def test_lines_innermost_first(tree: Formula, wanted: list[tuple[str, Formula]]) -> None:
    assert split(tree, set()) == wanted


def test_names_that_are_taken_are_left_alone() -> None:
    u2 = Name("u2")
    assert split((u2 + B) * (u2 + 1), {"u2", "b"}) == [
        ("u1", u2 + B),
        ("u3", u2 + 1),
        ("", Name("u1") * Name("u3")),
    ]


def random_tree(random: Random, depth: int) -> Formula:
    if depth == 0 or random.random() < 0.15:
        return random.choice((A, B, C, formula(random.randint(1, 5))))
    parts = tuple(random_tree(random, depth - 1) for _ in range(2))
    match random.randrange(6):
        case 0:
            return Sum(parts)
        case 1:
            return Sum((parts[0], Negative(parts[1])))
        case 2:
            return Product(parts)
        case 3:
            return Quotient(parts[0], 1 + exp(parts[1]))
        case 4:
            return Negative(parts[0])
        case _:
            return call(random.choice(("sin", "tanh", "sigmoid")), parts[0])


@pytest.mark.parametrize("seed", range(60))
def test_the_lines_together_are_the_formula(seed: int) -> None:
    random = Random(f"split {seed}")
    tree = random_tree(random, 4)
    start = {name: many.mpf(random.randint(-200, 200)) / 100 for name in "abc"}
    lines = split(tree, set("abc"))
    assert lines[-1][0] == ""
    assert len({line for _, line in lines[:-1]}) == len(lines) - 1, "an equal part has two lines"
    values: dict[str, Any] = dict(start)
    for name, line in lines:
        assert is_one_operation(line), line
        values[name] = evaluate(line, values)
    wanted = evaluate(tree, start)
    assert abs(values[""] - wanted) <= many.mpf(10) ** -40 * (1 + abs(wanted))
    assert all(part in set(walk(tree)) or names_in(part) for _, part in lines)


def from_command_line(*expressions: str, at: str) -> Graph:
    return build_graph(session.read(None, expressions, at))


def producers(graph: Graph) -> Mapping[str, tuple[str, tuple[str, ...]]]:
    return {node.outputs[0]: (node.op.name, node.inputs) for node in graph.nodes}


def test_one_bare_formula_is_split_and_equal_parts_are_found_once() -> None:
    graph = from_command_line("(a+b)*(b+1) + exp(a+b)", at="a=2,b=1")
    found = producers(graph)
    assert list(found.values()) == [
        ("add", ("a", "b")),
        ("expression", ("b",)),
        ("multiply", ("u1", "u2")),
        ("exp", ("u1",)),
        ("add", ("u3", "u4")),
    ]
    assert graph.objective == list(found)[-1]


def test_lines_with_names_stay_as_they_are() -> None:
    graph = from_command_line("c = a + b; e = c*(b + 1)", at="a=2,b=1")
    assert producers(graph) == {"c": ("add", ("a", "b")), "e": ("expression", ("c", "b"))}


def test_new_names_avoid_the_authors() -> None:
    graph = from_command_line("(u1 + b)*(b + 1)", at="u1=2,b=1")
    assert list(producers(graph).values()) == [
        ("add", ("u1", "b")),
        ("expression", ("b",)),
        ("multiply", ("u2", "u3")),
    ]
