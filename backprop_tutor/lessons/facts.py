"""Figures, exact forms and symbolic forms of a solution, by plain name: what every teller looks up."""

from __future__ import annotations

from ..engine.exact import short
from ..engine.solve import Solution
from ..graphs.names import gradient, updated
from ..model.formula import Formula, Negative, Number, names_in, replace
from ..model.lesson import Figure
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
        self.figures: dict[str, Figure] = {}
        self.symbolic: dict[str, Formula] = {}
        trace = solution.trace
        for name, number in trace.values.items():
            given = solution.graph.values[name].given
            shown = given_figure(given, number) if given is not None else figure(number, solution.rounding)
            self.figures[name] = shown
        for (source, position), number in trace.slopes.items():
            edge = solution.plan.edges[source][position]
            if not edge.shortcut:
                self.figures[edge.name] = figure(number, solution.rounding)
        # A gradient after the slopes: where an edge leads straight to the objective both are the same.
        for name, number in trace.gradients.items():
            self.figures[gradient(self.objective, name)] = figure(number, solution.rounding)
        for name, number in trace.updated.items():
            self.figures[updated(name)] = figure(number, solution.rounding)

    def exact_value(self, name: str) -> Formula | None:
        """The exact or symbolic form of a forward value."""
        if self.solution.rounding is not None:
            return None
        return self._kept(name, self.solution.exact.value(name))

    def exact_gradient(self, name: str) -> Formula | None:
        """The exact or symbolic form of a gradient: in what was given, or else in the values in between."""
        if self.solution.rounding is not None:
            return None
        plain = gradient(self.objective, name)
        found = self.solution.exact.gradient(name)
        if found is None and plain not in self.figures:
            found = self.solution.between.gradient(name)
        return self._kept(plain, found)

    def exact_slope(self, source: str, position: int) -> Formula | None:
        """The exact or symbolic form of a local slope."""
        if self.solution.rounding is not None:
            return None
        edge = self.solution.plan.edges[source][position]
        found = self.solution.exact.slope(source, position)
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
        if not shown.rounded or _is_long_fraction(exact) or not short(exact):
            return None
        return in_decimals(exact)


def _is_long_fraction(tree: Formula) -> bool:
    """A fraction that is harder to read than its decimals."""
    size = tree.operand if isinstance(tree, Negative) else tree
    return isinstance(size, Number) and size.value.denominator > 1000


def in_decimals(tree: Formula) -> Formula:
    """The exact form with fractions such as 6/25 written 0.24, as they stand in the problem."""

    def decimal(part: Formula) -> Formula | None:
        if not isinstance(part, Number) or part.value.denominator == 1 or part == tree:
            return None
        written = terminating(part.value, SHOWN)
        return Number(part.value, written) if written and part.value.denominator > 10 else None

    return replace(tree, decimal)
