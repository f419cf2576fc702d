"""What marking needs of a problem, prepared once for any number of sheets."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from ..engine.by_hand import exact_fraction, leading_bit
from ..engine.derivations import Formulas, derivations
from ..engine.precise import Precise
from ..engine.reckoning import Reckoning
from ..engine.rules import Rules, Wiring
from ..engine.solve import Solution, solve
from ..engine.update import RATE, parameters_to_update
from ..errors import BeyondLimitsError
from ..graphs.names import gradient, updated
from ..lessons.teach import teach
from ..model.formula import Derivative, Formula
from ..model.lesson import Lesson, Step
from ..model.notation import Notation
from ..model.problem import Problem
from .equality import Equality
from .form import may_use
from .misconception import Misconception
from .misconceptions import misconceptions

LARGEST_BITS = 4096


@dataclass(frozen=True, slots=True)
class Way:
    """One right way through the problem: with the shortcut from the loss to ∂L/∂z, or without.

    ``behind`` is the way that finds what this one passes over: the shortcut has no ∂ŷ/∂z.
    """

    wirings: tuple[Wiring, ...]
    problem: Problem
    behind: Way | None = None

    def formulas(self, rules: Rules) -> Formulas:
        """The formula of every quantity under these rules; with several objectives, the first tells a name."""
        found = Formulas()
        for wiring in self.wirings:
            for name, tree in derivations(self.problem, wiring, rules).items():
                found.setdefault(name, tree)
        if self.behind is not None:
            for name, tree in self.behind.formulas(rules).items():
                found.setdefault(name, tree)
        return found


@dataclass(frozen=True, slots=True)
class WrongWay:
    """A misconception run along one way: its formulas, and the names that they find in another way."""

    rule: Misconception
    way: int
    formulas: Formulas
    touched: frozenset[str]


class Setting:
    """A problem as the marker sees it: its steps, the right ways, the true numbers, and every wrong way.

    Raises ProblemError for a problem that cannot be solved.
    """

    def __init__(self, problem: Problem, notation: Notation | str | None = None) -> None:
        # Sheets are judged by the digits that the learner wrote, whatever rounding the problem suggests.
        problem = replace(problem, rounding=None)
        long = solve(problem, shortcut=False)
        graph = long[0].graph
        short = solve(problem, graph=graph)
        self.problem = problem
        self.graph = graph
        self.solutions = long
        self.lesson: Lesson = teach(long, notation)
        self.steps: dict[str, Step] = {step.name: step for step in self.lesson.steps}
        self.position = {name: place for place, name in enumerate(self.steps)}
        self.objectives = frozenset(solution.plan.objective for solution in long)
        self.ways = [self._way(long)]
        if any(edge.shortcut for solution in short for edges in solution.plan.edges.values() for edge in edges):
            self.ways.append(self._way(short, self.ways[0]))
        self.formulas = [way.formulas(Rules()) for way in self.ways]
        self.arithmetic = Precise(max(50, *(solution.trace.digits for solution in long)))
        self.base = self._given()
        self.truth = self._truth()
        self._allowed: dict[str, frozenset[str]] = {}
        self.compared: dict[tuple[str, Formula], Equality] = {}
        """Formulas that were already held against the right ones, by the name of their step."""

    def _way(self, solutions: tuple[Solution, ...], behind: Way | None = None) -> Way:
        changed = parameters_to_update(self.problem, self.graph)
        wirings = tuple(Wiring(solution.plan, self.objectives, changed) for solution in solutions)
        return Way(wirings, self.problem, behind)

    def _given(self) -> dict[str, object]:
        values = self.solutions[0].trace.values
        found = {name: number for name, number in values.items() if self.graph.values[name].given is not None}
        rate = self.problem.learning_rate
        if rate is not None:
            with suppress(LookupError):
                found[RATE] = self.arithmetic.at(rate.formula, {})
        return found

    def _truth(self) -> dict[str, Fraction]:
        found: dict[str, object] = {}
        for solution, wiring in zip(self.solutions, self.ways[0].wirings, strict=True):
            trace = solution.trace
            objective = solution.plan.objective
            for name, number in trace.values.items():
                found.setdefault(name, number)
            for name, number in trace.gradients.items():
                found.setdefault(gradient(objective, name), number)
            for (source, position), number in trace.slopes.items():
                edge = solution.plan.edges[source][position]
                if wiring.slope_is_named(edge):
                    found.setdefault(edge.name, number)
            for name, number in trace.updated.items():
                found.setdefault(updated(name), number)
        return {name: rational(number) for name, number in found.items()}

    @cached_property
    def right(self) -> list[Reckoning]:
        """Every right number along each way, with all digits carried along."""
        return [Reckoning(formulas, self.arithmetic, self.base) for formulas in self.formulas]

    def is_gradient(self, part: Formula) -> bool:
        """Whether a part of a formula is the derivative of a result, and no slope of a single line."""
        return isinstance(part, Derivative) and not part.local and part.of in self.objectives

    def allowed(self, name: str) -> frozenset[str]:
        """The quantities in which a step may be written; they are looked up once."""
        if name not in self._allowed:
            self._allowed[name] = may_use(name, self.formulas[0], tuple(self.steps))
        return self._allowed[name]

    @cached_property
    def passed_over(self) -> frozenset[str]:
        """What only the long way uses: the derivatives over which the shortcut passes."""
        long, short = self.formulas[0], self.formulas[-1]
        changed = (name for name, tree in long.items() if short.get(name, tree) != tree)
        return frozenset(used for name in changed for used in set(long.uses(name)) - set(short.uses(name)))

    @cached_property
    def wrong_ways(self) -> tuple[WrongWay, ...]:
        """Every variant of every misconception along every way where it changes something."""
        found = []
        for page in misconceptions().values():
            for number, way in enumerate(self.ways):
                for rule in dict.fromkeys(rule for wiring in way.wirings for rule in page.variants(wiring)):
                    formulas = way.formulas(rule)
                    right = self.formulas[number]
                    touched = frozenset(name for name, tree in formulas.items() if tree != right.get(name))
                    if touched:
                        found.append(WrongWay(rule, number, formulas, touched))
        return tuple(found)


def rational(value: object) -> Fraction:
    """A number of the engine's as a fraction, good to the digits that it is known to.

    What is below 2^-4096 is 0.  Raises UndefinedValueError for what is above 2^4096: as a fraction it would have
    more digits than anybody has use for, or than the machine has room for.
    """
    if not isinstance(value, Fraction):
        size = leading_bit(value)
        if size < -LARGEST_BITS:
            return Fraction(0)
        if size > LARGEST_BITS:
            raise BeyondLimitsError("the number is too large")
        return exact_fraction(value)
    if abs(value.numerator.bit_length() - value.denominator.bit_length()) > LARGEST_BITS:
        raise BeyondLimitsError("the number is too large or too small")
    return value
