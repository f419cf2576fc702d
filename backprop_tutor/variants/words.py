"""What a variant says of itself: nothing that new numbers could make false."""

from __future__ import annotations

import re
from textwrap import wrap

from ..model.graph import Graph, Role
from ..model.problem import Network, Problem

WIDTH = 110
LONGEST_NAME = 80
LONGEST_TITLE = 200
_VARIANT_OF = re.compile(r'Variant \d+ of "?(?P<original>[^"]*)"?')
_SOURCE_OF = re.compile(r"variant of (?P<original>.*), seed \d+")
_NUMERAL = re.compile(r"(?<![A-Za-z_\d])\d")


def has_numbers(text: str) -> bool:
    """Whether a text writes a number, and not only a name with a digit in it."""
    return _NUMERAL.search(text) is not None


def origin(problem: Problem) -> str:
    """The name of the problem that a variant comes from: of a variant's variant the first one."""
    before = _SOURCE_OF.fullmatch(problem.source) if problem.seed is not None else None
    return (before["original"] if before else problem.id)[:LONGEST_NAME] or "a problem"


def title(problem: Problem, seed: int) -> str:
    """The original's title in quotes, or its name where the title has numbers of its own."""
    before = _VARIANT_OF.fullmatch(problem.title) if problem.seed is not None else None
    original = before["original"] if before else problem.title
    if not original or len(original) > LONGEST_TITLE or has_numbers(original) or '"' in original:
        return f"Variant {seed} of {origin(problem)}"
    return f'Variant {seed} of "{original}"'


def source(problem: Problem, seed: int) -> str:
    """Where the numbers come from."""
    return f"variant of {origin(problem)}, seed {seed}"


def statement(problem: Problem, graph: Graph) -> str:
    """What there is to do, in lines; it holds for any numbers."""
    said = f"This is {origin(problem)} with other numbers. {_forward(problem)}, {_backward(problem, graph)}."
    if problem.learning_rate is not None:
        said += f" Then take one step with learning rate {problem.learning_rate.written}{_frozen(graph)}."
    return "\n".join(wrap(said, WIDTH, break_on_hyphens=False))


def _forward(problem: Problem) -> str:
    if isinstance(problem.body, Network):
        loss = "" if problem.body.loss.name == "none" else " and the loss"
        return f"Go forward through the network to the prediction{loss}"
    return "Go forward through the lines to the result"


def _backward(problem: Problem, graph: Graph) -> str:
    wanted = (graph.objective, *graph.other_objectives)
    if isinstance(problem.body, Network) and graph.values[graph.objective].label.role is Role.LOSS:
        what = "the loss"
    else:
        what = _listed(wanted)
    if isinstance(problem.body, Network):
        biased = any(value.label.role is Role.BIAS for value in graph.values.values())
        folded = any(layer.bias_column is not None for layer in graph.layers)
        by = "every weight and bias" if biased or folded else "every weight"
        return f"then back to the derivative of {what} by {by}"
    constants = f" but {_listed(tuple(problem.body.constants))}" if problem.body.constants else ""
    return f"then back to the derivative of {what} by every input{constants}"


def _frozen(graph: Graph) -> str:
    names = tuple(name for name in graph.parameters if name in graph.frozen)
    return f"; {_listed(names)} {'stay' if len(names) > 1 else 'stays'} unchanged" if names else ""


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
