"""Problems that grow: each family makes a problem of about so many edges, as text that a learner could write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from math import isqrt
from random import Random

from backprop_tutor.lessons.notation import notation_names
from backprop_tutor.model.problem import Problem
from backprop_tutor.ops import vocabulary
from backprop_tutor.reading.problems import read_problem


def _matrix(random: Random, rows: int, columns: int) -> str:
    return str([[random.randint(-99, 99) / 100 for _ in range(columns)] for _ in range(rows)])


def network(sizes: list[int], activation: str) -> str:
    """A network of these layer sizes with half squared error and weights of two decimals."""
    random = Random(str(sizes))
    lines = [f"inputs: {[random.randint(1, 99) / 100 for _ in range(sizes[0])]}", "target: 1", "layers:"]
    for before, after in pairwise(sizes):
        lines.append(f"  - weights: {_matrix(random, after, before)}")
        lines.append(f"    bias: {[random.randint(-99, 99) / 100 for _ in range(after)]}")
        lines.append(f"    activation: {activation}")
    return "\n".join([*lines, "loss: half_squared_error", "learning_rate: 1/10"])


def chain(count: int, line: str) -> str:
    """Lines that build on each other; ``line`` is the formula of one, ``{}`` the line before."""
    lines = ["inputs: {v0: 1/2, w: 3/4}", "expressions:"]
    return "\n".join([*lines, *(f"  v{i}: {line.format(f'v{i - 1}')}" for i in range(1, count + 1))])


def used_often(count: int) -> str:
    """One value that feeds all elements of a vector: as many paths as elements."""
    vector = [f"{i}/7" for i in range(1, count + 1)]
    return "\n".join([f"inputs: {{w: 1/2, x: {vector}}}", "expressions:", "  u: w*x", "  y: sum(u)"]).replace("'", "")


FAMILIES: Mapping[str, Callable[[int], str]] = {
    "wide tanh 1-k-1": lambda edges: network([1, max(1, edges // 6), 1], "tanh"),
    "square sigmoid k-k-1": lambda edges: network([max(1, isqrt(edges // 2)), max(1, isqrt(edges // 2)), 1], "sigmoid"),
    "fan-in relu k-1": lambda edges: network([max(1, edges // 2), 1], "relu"),
    "deep tanh 2-2-…-1": lambda edges: network([2] * max(1, edges // 12) + [1], "tanh"),
    "chain sigmoid(v)": lambda edges: chain(edges, "sigmoid({})"),
    "chain w - v": lambda edges: chain(edges // 2, "w - {}"),
    "chain w·v + 1, fractions grow": lambda edges: chain(edges // 2, "w*{} + 1"),
    "chain v/(v² + w), slopes shrink": lambda edges: chain(edges // 2, "{0}/({0}^2 + w)"),
    "one value, many paths": lambda edges: used_often(max(1, edges // 3)),
}


def problem(text: str) -> Problem:
    """The problem that a text describes."""
    found, findings = read_problem(text, "benchmark", vocabulary(notation_names()), "benchmark")
    assert found is not None, [finding.message for finding in findings]
    return found
