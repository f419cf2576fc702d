"""Figures, exact forms and symbolic forms of a solution, by plain name: what every teller looks up."""

from __future__ import annotations

from functools import cached_property

from ..engine.arithmetic import looked_up
from ..engine.exact import short
from ..engine.precise import Precise
from ..engine.settle import FIRST_DIGITS
from ..engine.solve import Solution
from ..errors import UndefinedValueError
from ..graphs.names import gradient, updated
from ..model.formula import Cases, Formula, Name, Number, names_in, replace, walk
from ..model.lesson import Figure
from ..model.op import Words
from .figures import SHOWN, figure, given_figure, terminating


class Facts:
    """The facts of one solution.

    ``figures`` grows to hold every quantity that has a number, under its plain name; ``symbolic`` the others
    that have a formula of what was given.  ``every_exact`` shows exact forms of any length beside the figures.
    """

    def __init__(self, solution: Solution, every_exact: bool = False) -> None:
        self.solution = solution
        self.every_exact = every_exact
        self.objective = solution.plan.objective
        self.arithmetic = Precise(max(FIRST_DIGITS, solution.trace.digits))
        self.forms = solution.exact if every_exact else solution.short
        self.figures: dict[str, Figure] = {}
        self.symbolic: dict[str, Formula] = {}
        trace = solution.trace
        for name, number in trace.values.items():
            given = solution.graph.values[name].given
            if given is not None:
                self.figures[name] = given_figure(given, number)
            else:
                self._show(name, number)
        for (source, position), number in trace.slopes.items():
            edge = solution.plan.edges[source][position]
            if not edge.shortcut:
                self._show(edge.name, number)
        # A gradient after the slopes: where an edge leads straight to the objective both are the same.
        for name, number in trace.gradients.items():
            self._show(gradient(self.objective, name), number)
        for name, number in trace.updated.items():
            self._show(updated(name), number)

    def _show(self, plain: str, number: object) -> None:
        self.figures[plain] = figure(number, self.solution.rounding, plain in self.solution.trace.rounded)

    def put_in(self, tree: Formula) -> Formula:
        """The tree with what the author wrote in place of names: a weight given as ``k`` or ``sqrt(2)`` is that."""
        return replace(tree, lambda part: self._given_symbol(part.name) if isinstance(part, Name) else None)

    def _given_symbol(self, name: str) -> Formula | None:
        value = self.solution.graph.values.get(name)
        if value is None or value.given is None or value.given.number is not None:
            return None
        return None if name in self.figures and self.solution.rounding is not None else value.given.formula

    def decided(self, tree: Formula) -> tuple[Formula, tuple[Words, ...]]:
        """The tree with the cases that hold at this point in place of all cases, and which conditions decided."""
        said: list[Words] = []
        lookup = looked_up(self.solution.trace.values)

        def decide(part: Formula) -> Formula | None:
            if not isinstance(part, Cases):
                return None
            try:
                found = self.arithmetic.chosen(part, lookup)
            except (KeyError, UndefinedValueError):
                return part
            said.append(_why(part, found))
            return replace(found, decide)

        return replace(tree, decide), tuple(dict.fromkeys(said))

    def exact_value(self, name: str) -> Formula | None:
        """The exact or symbolic form of a forward value."""
        if self.solution.rounding is not None:
            return None
        found = self.forms.value(name)
        if found is None and name not in self.figures:
            # Too long in what was given: then in the values before it.
            found = self._own_formula.get(name)
        return self._kept(name, found)

    @cached_property
    def _own_formula(self) -> dict[str, Formula]:
        graph = self.solution.graph
        found: dict[str, Formula] = {}
        for node in graph.nodes:
            x = tuple(Name(name) for name in node.inputs)
            found.update(zip(node.outputs, node.op.called(x) or node.op.formula(x), strict=True))
        return found

    def exact_gradient(self, name: str) -> Formula | None:
        """The exact or symbolic form of a gradient: in what was given, or else in the values in between."""
        if self.solution.rounding is not None:
            return None
        plain = gradient(self.objective, name)
        found = self.forms.gradient(name)
        if found is None and plain not in self.figures:
            found = self.solution.between.gradient(name)
        return self._kept(plain, found)

    def exact_slope(self, source: str, position: int) -> Formula | None:
        """The exact or symbolic form of a local slope."""
        if self.solution.rounding is not None:
            return None
        edge = self.solution.plan.edges[source][position]
        found = self.forms.slope(source, position)
        return self._kept(edge.name, found if found is not None else edge.slope)

    def _kept(self, plain: str, tree: Formula | None) -> Formula | None:
        if tree is None:
            return None
        if plain not in self.figures:
            self.symbolic[plain] = tree
        elif names_in(tree):
            return None
        return tree

    def shown_exact(self, plain: str, exact: Formula | None) -> Formula | None:
        """The exact form, where it says more than the figure and is short enough to stand beside it."""
        shown = self.figures.get(plain)
        if exact is None:
            return None
        if shown is None:
            return exact
        if self.every_exact:
            return None if isinstance(exact, Number) and not shown.rounded else in_decimals(exact)
        if not shown.rounded or not short(exact) or _is_cluttered(exact):
            return None
        return in_decimals(exact)


def _why(tree: Cases, found: Formula) -> Words:
    """Which comparison decided between the cases."""
    for condition, value in tree.cases:
        if value is found:
            return ("At this point ", condition.left, f" {condition.relation} ", condition.right, ".")
    last = tree.cases[-1][0]
    relation = {">": " is not greater than ", ">=": " is less than ", "=": " is not equal to "}[last.relation]
    return ("At this point ", last.left, relation, last.right, ".")


def _is_cluttered(tree: Formula) -> bool:
    """A form that is harder to read than its decimals: a long fraction, or several fractions in it."""
    fractions = [part.value for part in walk(tree) if isinstance(part, Number) and part.value.denominator != 1]
    return len(fractions) > 1 or any(fraction.denominator > 1000 for fraction in fractions)


def in_decimals(tree: Formula) -> Formula:
    """The exact form with fractions such as 6/25 written 0.24, as they stand in the problem."""

    def decimal(part: Formula) -> Formula | None:
        if not isinstance(part, Number) or part.value.denominator == 1 or part == tree:
            return None
        written = terminating(part.value, SHOWN)
        return Number(part.value, written) if written else None

    return replace(tree, decimal)
