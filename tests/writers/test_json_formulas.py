"""Formulas in JSON: cases written with steps, and strings that read back with the right value."""

from __future__ import annotations

import json
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from reference.formulas import evaluate, many
from reference.networks import as_yaml, random_network
from support import from_text

from backprop_tutor import ops
from backprop_tutor.engine.solve import solve
from backprop_tutor.lessons.teach import teach
from backprop_tutor.model.formula import (
    Call,
    Cases,
    Condition,
    Formula,
    Name,
    Negative,
    Number,
    Sum,
    call,
    formula,
    greater,
    walk,
    when,
)
from backprop_tutor.reading.formulas import read_formula
from backprop_tutor.writers.json_text import without_cases, write

FUNCTIONS = ops.vocabulary(("slides",)).functions


def document(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(write(teach(solve(from_text(text)))))
    return found


def random_cases(random: Random, depth: int) -> Formula:
    if depth == 0:
        return random.choice((Name("x"), Name("y"), formula(random.randint(0, 3))))

    def below() -> Formula:
        return random_cases(random, depth - 1)

    match random.randrange(6):
        case 0:
            return Sum((below(), Negative(below())))
        case 1:
            return below() * below()
        case 2:
            return call("sign", below())
        case 3:
            return call("tanh", below())
        case _:
            conditions = [
                Condition(below(), random.choice((">", ">=", "=")), below()) for _ in range(random.randint(1, 3))
            ]
            return Cases(tuple((condition, below()) for condition in conditions), below())


def has_cases(tree: Formula) -> bool:
    return any(isinstance(part, Cases) or (isinstance(part, Call) and part.function == "sign") for part in walk(tree))


@pytest.mark.parametrize("seed", range(150))
def test_steps_say_the_same_as_cases(seed: int) -> None:
    random = Random(f"cases {seed}")
    tree = random_cases(random, 3)
    found = without_cases(tree)
    assert not has_cases(found)
    if not has_cases(tree):
        assert found == tree
    # Whole numbers, so that ties and zeros come up.
    for _ in range(12):
        here = {name: many.mpf(random.randint(-2, 3)) for name in "xy"}
        assert abs(evaluate(found, here) - evaluate(tree, here)) < many.mpf(10) ** -40, f"{tree}\nat {here}"


@pytest.mark.parametrize("relation", [">", ">=", "="])
@pytest.mark.parametrize("x", [-1, 0, 1])
def test_each_relation(relation: Any, x: int) -> None:
    tree = Cases(((Condition(Name("x"), relation, formula(0)), formula(7)),), formula(5))
    holds = {">": x > 0, ">=": x >= 0, "=": x == 0}[relation]
    assert evaluate(without_cases(tree), {"x": many.mpf(x)}) == (7 if holds else 5)
    nested = when(greater(Name("x"), -1), tree, 3)
    assert evaluate(without_cases(nested), {"x": many.mpf(x)}) == (3 if x < 0 else 7 if holds else 5)


def with_symbols(random: Random) -> str:
    """A small network with symbols for inputs and some weights, and functions that have cases."""
    activations = random.sample(["relu", "tanh", "{leaky_relu: {slope: 1/10}}", "sigmoid", "{elu: {alpha: 2}}"], 2)
    weights = [random.choice(("0.5", "-2", "1/3", "k")) for _ in range(4)]
    return (
        f"inputs: [p, {random.choice(('q', '2'))}]\ntarget: 1\nlayers:\n"
        f"  - {{weights: [[{weights[0]}, {weights[1]}], [{weights[2]}, {weights[3]}]], activation: {activations[0]}}}\n"
        f"  - {{weights: [[1, -1]], bias: [c], activation: {activations[1]}}}\n"
        f"loss: {random.choice(('squared_error', 'absolute_error', '{huber: {delta: 1/2}}', 'hinge'))}\n"
        "learning_rate: 0.1\n"
    )


@pytest.mark.parametrize("seed", range(8))
def test_symbolic_strings_read_back(seed: int) -> None:
    random = Random(f"symbols {seed}")
    text = with_symbols(random)
    parts = solve(from_text(text))
    found = json.loads(write(teach(parts)))
    graph = parts[0].graph
    known = {name: many.mpf(random.randint(300, 1500)) / 1000 for name in ("p", "q", "k", "c")}
    for name, value in graph.values.items():
        if value.given is not None:
            known[name] = evaluate(value.given.formula, known)
    letters = dict(known)
    for node in graph.nodes:
        for name, tree in zip(node.outputs, node.op.formula(tuple(map(Name, node.inputs))), strict=True):
            known[name] = evaluate(tree, known)
    strings = {name: value for name, value in found["values"].items() if isinstance(value, str)}
    assert "yhat" in strings
    for name, string in strings.items():
        value = evaluate(read_formula(string, FUNCTIONS, known), known)
        assert abs(value - known[name]) < many.mpf(10) ** -40, f"{name}: {string}"
    for string in (*found["gradients"].values(), *found["updated"].values()):
        if isinstance(string, str):
            evaluate(read_formula(string, FUNCTIONS, known), known)
    assert letters


@pytest.mark.parametrize("seed", range(10))
def test_lines_with_numbers_read_back(seed: int) -> None:
    """``substituted`` is arithmetic without names, unless a slope stands for itself."""
    found = document(as_yaml(random_network(Random(f"json {seed}"))))
    read = 0
    for step in found["steps"]:
        if step["substituted"] is None:
            continue
        tree = read_formula(step["substituted"], FUNCTIONS, ())
        value = evaluate(tree, {})
        wanted = many.mpf(repr(step["value"]))
        assert abs(value - wanted) <= many.mpf(10) ** -4 * max(abs(wanted), many.mpf(10) ** -6), step["id"]
        read += 1
    assert read > 3


def test_numbers_are_no_names() -> None:
    assert without_cases(Number(Fraction(1, 3))) == Number(Fraction(1, 3))
