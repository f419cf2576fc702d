"""Back-propagation against SymPy's derivatives of the composed loss, weight by weight, in one process."""

from __future__ import annotations

import time
from fractions import Fraction

import sympy
from backprop_tutor.engine.by_hand import exact_fraction
from backprop_tutor.engine.solve import Solution, solve
from backprop_tutor.symbolic.bridge import Bridge
from families import network, problem

from backprop_tutor.model.formula import Formula, Name, replace

SIZES = [2, 4, 4, 4, 1]
DIGITS = 30


def against_sympy() -> tuple[float, str]:
    """How many times as long SymPy takes for the gradient of every weight, as numbers; and the times in words.

    Both start from the problem that was read and end with a number for every weight and bias, and the numbers
    are compared.  Composing the loss as one expression is not counted.
    """
    read = problem(network(SIZES, "tanh"))
    solve(read)
    start = time.perf_counter()
    (solution,) = solve(read)
    ours = time.perf_counter() - start
    bridge = Bridge()
    loss = bridge.to_sympy(_composed(solution), expand=True)
    parameters = solution.graph.parameters
    point = {
        bridge.symbol(Name(name)): sympy.Rational(value.given.number.numerator, value.given.number.denominator)
        for name, value in solution.graph.values.items()
        if value.given is not None and value.given.number is not None
    }
    start = time.perf_counter()
    theirs = {name: sympy.diff(loss, bridge.symbol(Name(name))).evalf(DIGITS, subs=point) for name in parameters}
    seconds = time.perf_counter() - start
    worst = max(abs(_difference(solution.trace.gradients[name], theirs[name])) for name in parameters)
    assert worst < Fraction(1, 10**12), f"the two roads do not agree: {float(worst)}"
    words = f"{seconds:.2f} s against {ours:.4f} s for {len(parameters)} parameters, equal to {float(worst):.0e}"
    return seconds / ours, words


def _difference(ours: object, theirs: sympy.Expr) -> Fraction:
    exact = ours if isinstance(ours, Fraction) else exact_fraction(ours)
    return exact - Fraction(str(theirs))


def _composed(solution: Solution) -> Formula:
    """The loss as one formula of what was given."""
    trees: dict[str, Formula] = {}

    def inside(part: Formula) -> Formula | None:
        return trees.get(part.name, part) if isinstance(part, Name) else None

    for node in solution.graph.nodes:
        for name, tree in zip(node.outputs, node.op.formula(tuple(map(Name, node.inputs))), strict=True):
            trees[name] = replace(node.op.called(tuple(map(Name, node.inputs)))[0] if node.op.called(
                tuple(map(Name, node.inputs))) else tree, inside)
    return trees[solution.plan.objective]
