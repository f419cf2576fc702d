"""One update of the parameters from one backward pass."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from ..model.formula import Call, Derivative, Formula, Name, Number, formula
from ..model.graph import Graph
from ..model.problem import FunctionSpec, Given, Problem
from ..model.trace import Trace
from .arithmetic import Arithmetic, Leaf

RATE = "learning_rate"
"""The plain name of the learning rate in the formulas of updates."""


TITLES = {"sgd": "Gradient descent", "momentum": "Gradient descent with momentum", "adam": "Adam"}


def rule(optimizer: FunctionSpec, parameter: str, objective: str) -> Formula:
    """The new value of a parameter after the first step, in the names of the rate, the parameter, the gradient.

    Momentum starts with the gradient itself as velocity, whatever the dampening (as PyTorch does); Adam's
    corrected averages are the gradient and its square in the first step (Kingma and Ba, 2015, algorithm 1).
    """
    gradient = Derivative(objective, parameter)
    step: Formula = gradient
    if optimizer.name == "momentum" and optimizer.parameters.get("nesterov") is True:
        step = gradient + _number(optimizer, "beta", "0.9") * gradient
    if optimizer.name == "adam":
        epsilon = _number(optimizer, "epsilon", "1e-8")
        return Name(parameter) - Name(RATE) * (gradient / (Call("abs", (gradient,)) + epsilon))
    return Name(parameter) - Name(RATE) * step


def _number(optimizer: FunctionSpec, name: str, default: str) -> Formula:
    given = optimizer.parameters.get(name)
    if not isinstance(given, Given):
        return Number(Fraction(default), default)
    if isinstance(given.formula, Number):
        return Number(given.formula.value, given.written)
    return formula(given.formula)


def parameters_to_update(problem: Problem, graph: Graph) -> tuple[str, ...]:
    """The parameters that are updated, in the order of the file; none without a learning rate."""
    if problem.learning_rate is None:
        return ()
    return tuple(name for name in graph.parameters if name not in graph.frozen)


def updated(
    problem: Problem, graph: Graph, trace: Trace, arithmetic: Arithmetic[object]
) -> tuple[Mapping[str, object], frozenset[str]]:
    """The new value of every parameter that has one as a number, and the plain names of those rounded by hand."""
    assert problem.learning_rate is not None
    try:
        rate = arithmetic.evaluate(problem.learning_rate.formula, _no_symbols)
    except LookupError:
        return {}, frozenset()
    found = {}
    rounded = set()
    for name in parameters_to_update(problem, graph):
        if name not in trace.gradients or name not in trace.values:
            continue
        numbers: dict[Formula, object] = {
            Name(RATE): rate,
            Name(name): trace.values[name],
            Derivative(graph.objective, name): trace.gradients[name],
        }
        tree = rule(problem.optimizer, name, graph.objective)
        found[name] = arithmetic.keep(arithmetic.evaluate(tree, numbers.__getitem__))
        if arithmetic.last_was_rounded:
            rounded.add(f"new_{name}")
    return found, frozenset(rounded)


def _no_symbols(leaf: Leaf) -> object:
    raise LookupError(leaf)
