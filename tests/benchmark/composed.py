"""Back-propagation against SymPy's derivatives of the composed loss, weight by weight, in one process."""

from __future__ import annotations

import time
from fractions import Fraction

import sympy
from families import network, problem
from sympy.core.cache import clear_cache

from backprop_tutor.engine.by_hand import exact_fraction
from backprop_tutor.engine.solve import Solution, solve
from backprop_tutor.model.formula import Formula, Name, replace
from backprop_tutor.symbolic.bridge import Bridge

SIZES = [2, 4, 4, 4, 1]
DIGITS = 40


def against_sympy() -> tuple[float, float, str]:
    """How many times as long SymPy takes: with the numbers put in, and for ``sympy.diff`` alone; times in words.

    Ours is everything from the problem that was read to the numbers of all values and gradients.  SymPy gets the
    composed loss for nothing, differentiates it by every weight, and puts the numbers in; all are compared.
    """
    read = problem(network(SIZES, "tanh"))
    solve(read)
    start = time.perf_counter()
    (solution,) = solve(read)
    ours = time.perf_counter() - start
    bridge = Bridge()
    loss = bridge.to_sympy(_composed(solution), expand=True)
    weights = [name for layer in solution.graph.layers for row in layer.weights for name in row]
    values = solution.trace.values
    point = {bridge.symbol(Name(name)): _number(values[name]) for name in values if _given(solution, name)}
    # SymPy remembers what it has differentiated; every measurement begins with an empty memory.
    clear_cache()
    start = time.perf_counter()
    slopes = {name: sympy.diff(loss, bridge.symbol(Name(name))) for name in weights}
    differentiated = time.perf_counter() - start
    numbers = {name: slope.xreplace(point) for name, slope in slopes.items()}
    theirs = time.perf_counter() - start
    for name, number in numbers.items():
        difference = abs(number - _number(solution.trace.gradients[name]))
        assert difference < 10**-20, f"the two roads do not agree on {name}: {difference}"
    words = f"{theirs:.2f} s ({differentiated:.2f} s for sympy.diff alone) against {ours:.4f} s"
    return theirs / ours, differentiated / ours, f"{words}; {len(weights)} weights, all equal to 20 decimals"


def _given(solution: Solution, name: str) -> bool:
    return solution.graph.values[name].given is not None


def _number(value: object) -> sympy.Expr:
    exact = value if isinstance(value, Fraction) else exact_fraction(value)
    return sympy.Float(exact.numerator, DIGITS) / exact.denominator


def _composed(solution: Solution) -> Formula:
    """The loss as one formula of what was given."""
    trees: dict[str, Formula] = {}

    def inside(part: Formula) -> Formula | None:
        return trees.get(part.name, part) if isinstance(part, Name) else None

    for node in solution.graph.nodes:
        x = tuple(map(Name, node.inputs))
        for name, tree in zip(node.outputs, node.op.called(x) or node.op.formula(x), strict=True):
            trees[name] = replace(tree, inside)
    return trees[solution.plan.objective]
