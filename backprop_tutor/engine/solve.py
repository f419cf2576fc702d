"""From a problem to the facts: graph, passes in sufficient digits, updates, and the symbolic road beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, partial

from ..errors import ProblemError, UndefinedValueError
from ..graphs.build import build_graph
from ..model.formula import Formula, Name, names_in
from ..model.graph import Graph
from ..model.op import Requirement
from ..model.problem import Finding, Problem, Rounding, Span
from ..model.trace import Trace
from .by_hand import ByHand
from .exact import MOST_OPERATIONS, ExactRoad
from .plan import Plan, plan
from .precise import Precise
from .run import forward
from .settle import settled
from .short_forms import ShortForms
from .update import updated


@dataclass
class Solution:
    """A solved problem for one objective: the plan of the backward pass and what was found along it."""

    problem: Problem
    graph: Graph
    plan: Plan
    trace: Trace
    rounding: Rounding | None
    loss_after: object | None = None

    @cached_property
    def exact(self) -> ExactRoad:
        """Everything in what was given, as far as it is short."""
        return ExactRoad(self.plan, self.trace, MOST_OPERATIONS)

    @cached_property
    def short(self) -> ShortForms | ExactRoad:
        """The exact forms that are short enough to show; SymPy's only where fractions do not suffice."""
        only_fractions = all(
            self.graph.values[name].given is None or isinstance(number, Fraction)
            for name, number in self.trace.values.items()
        )
        is_numeric = len(self.trace.values) == len(self.graph.values)
        return ShortForms(self.plan, self.trace) if only_fractions and is_numeric else self.exact

    @cached_property
    def between(self) -> ExactRoad:
        """Gradients in the names of the values in between."""
        return ExactRoad(self.plan, self.trace, MOST_OPERATIONS, "between")

    def closed_form(self, name: str, most: int) -> Formula | None:
        """The gradient by a value as one formula of the letters that were given; None beyond ``most`` operations."""
        return ExactRoad(self.plan, self.trace, most, "letters").gradient(name)


def solve(
    problem: Problem, *, shortcut: bool = True, rounding: Rounding | None = None, graph: Graph | None = None
) -> tuple[Solution, ...]:
    """The solutions of a problem, one for each objective (one, unless the file names several).

    Raises ProblemError for what cannot be wired or has no value at this point.
    """
    graph = graph or build_graph(problem)
    rounding = rounding or problem.rounding
    make = _make(rounding)
    _check_requirements(problem, graph, _given_numbers(graph))
    found = []
    try:
        objectives = (graph.objective, *graph.other_objectives)
        for objective in objectives:
            others = tuple(other for other in objectives if other != objective)
            about = replace(graph, objective=objective, other_objectives=others)
            found.append(_solved(problem, about, shortcut, make, rounding))
    except ProblemError as error:
        raise ProblemError(error.findings, problem.text) from error
    _check_requirements(problem, graph, found[0].trace.values)
    return tuple(found)


def _given_numbers(graph: Graph) -> dict[str, object]:
    numbers = {name: value.given.number for name, value in graph.values.items() if value.given is not None}
    return {name: number for name, number in numbers.items() if number is not None}


def _make(rounding: Rounding | None) -> Callable[[int], Precise]:
    if rounding is None:
        return Precise
    return partial(ByHand, decimals=rounding.decimals, significant=rounding.digits)


def _solved(
    problem: Problem, graph: Graph, shortcut: bool, make: Callable[[int], Precise], rounding: Rounding | None
) -> Solution:
    way = plan(graph, shortcut)
    trace = settled(way, make)
    if problem.learning_rate is None:
        return Solution(problem, graph, way, trace, rounding)
    arithmetic = make(max(trace.digits, 50))
    new, rounded = updated(problem, graph, trace, arithmetic)
    trace = replace(trace, updated=new, rounded=trace.rounded | rounded)
    return Solution(problem, graph, way, trace, rounding, _after(graph, trace))


def _after(graph: Graph, trace: Trace) -> object | None:
    """The objective with the updated parameters, when all numbers are there."""
    if not trace.updated:
        return None
    try:
        return forward(graph, Precise(max(trace.digits, 50)), trace.updated).get(graph.objective)
    except ProblemError:
        return None


_REPAIR = "Change the numbers, or the formula, so that this holds."


def _check_requirements(problem: Problem, graph: Graph, values: Mapping[str, object]) -> None:
    """What operations require of their inputs, checked wherever the numbers are known.

    Raises ProblemError with every requirement that fails.
    """
    findings: list[Finding] = []
    arithmetic = Precise()
    for node in graph.nodes:
        x = tuple(Name(name) for name in node.inputs)
        for requirement in node.op.requirements(x):
            if _fails(requirement, arithmetic, values):
                findings.append(Finding(requirement.says, _place(graph, requirement) or node.where, _REPAIR))
    if findings:
        # Requirements of several outputs say the same thing at the same place.
        raise ProblemError(tuple(dict.fromkeys(findings)), problem.text)


def _fails(requirement: Requirement, arithmetic: Precise, values: Mapping[str, object]) -> bool:
    condition = requirement.condition
    sides = []
    for tree in (condition.left, condition.right):
        try:
            sides.append(arithmetic.at(tree, values))
        except (KeyError, UndefinedValueError):
            return False
    if condition.relation == ">":
        # The values are settled, so however small a positive number is, it is positive: exp(-200) > 0.
        return arithmetic.compare(*sides) <= 0
    order = arithmetic.compare(*sides)
    return order not in {">=": (0, 1), "=": (0,)}[condition.relation]


def _place(graph: Graph, requirement: Requirement) -> Span | None:
    for name in (*names_in(requirement.condition.left), *names_in(requirement.condition.right)):
        given = graph.values[name].given
        if given is not None and given.where is not None:
            return given.where
    return None
