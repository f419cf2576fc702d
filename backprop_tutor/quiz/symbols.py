"""The same problem in letters: what a quiz that asks for formulas is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..graphs.build import build_graph
from ..model.formula import Name, names_in
from ..model.graph import Layer
from ..model.problem import Expressions, Given, LayerSpec, Network, Problem, Variable, numbers_behind

__all__ = ["in_symbols", "numbers_behind"]


def in_symbols(problem: Problem) -> Problem:
    """The problem with letters for inputs, weights and biases; targets, rates and parameters of functions stay.

    A formula can then be right only for all numbers, and not by chance for those of the problem.  Raises ProblemError
    for a problem without a graph.
    """
    body = problem.body
    changed: Network | Expressions
    if isinstance(body, Network):
        changed = _network(body, build_graph(problem).layers)
    else:
        kept = set(body.constants)
        changed = replace(body, variables=tuple(v if v.name in kept else _variable(v) for v in body.variables))
    return replace(problem, body=changed, rounding=None, expected=())


def _network(network: Network, layers: Sequence[Layer]) -> Network:
    specs = tuple(_layer(spec, layer) for spec, layer in zip(network.layers, layers, strict=True))
    return replace(network, inputs=_letters(_numbered("x", network.inputs), network.inputs), layers=specs)


def _layer(spec: LayerSpec, layer: Layer) -> LayerSpec:
    rows = tuple(_letters(names, row) for names, row in zip(layer.weights, spec.weights, strict=True))
    return replace(spec, weights=rows, biases=_letters(layer.biases, spec.biases))


def _variable(variable: Variable) -> Variable:
    names = _numbered(variable.name, variable.givens) if variable.vector else [variable.name]
    return replace(variable, givens=_letters(names[: len(variable.givens)], variable.givens))


def _numbered(letter: str, givens: Sequence[Given]) -> list[str]:
    return [f"{letter}{i}" for i in range(1, len(givens) + 1)]


def _letters(names: Sequence[str], givens: Sequence[Given]) -> tuple[Given, ...]:
    """The letters of these names in place of numbers and constants; the author's own letters stay."""
    return tuple(
        replace(given, formula=Name(name), written=name, stands_for=given.number)
        if not names_in(given.formula)
        else given
        for name, given in zip(names, givens, strict=True)
    )
