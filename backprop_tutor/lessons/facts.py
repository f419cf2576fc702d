"""Figures, exact forms and symbolic forms of a solution, by plain name: what every teller looks up."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property

from ..engine.arithmetic import Leaf, looked_up
from ..engine.exact import short
from ..engine.precise import Precise
from ..engine.settle import FIRST_DIGITS
from ..engine.solve import Solution
from ..errors import UndefinedValueError
from ..graphs.names import gradient, updated
from ..model.formula import Cases, Derivative, Formula, Name, Number, names_in, replace, walk
from ..model.lesson import Figure
from ..model.op import Words
from .figures import SHOWN, digits, figure, given_figure, terminating

MORE = 12
"""Significant digits where the usual six would cancel."""
COARSEST = 50_000
"""One over the relative error that the digits shown on a line may cause in its result."""


LONGEST_EXPONENT = 4
"""Characters of the power of ten up to which a number is put in as a fraction."""


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
        self._numbers: dict[str, object] = {}
        self.symbolic: dict[str, Formula] = {}
        trace = solution.trace
        for name, number in trace.values.items():
            given = solution.graph.values[name].given
            self._numbers[name] = number
            if given is not None:
                self.figures[name] = given_figure(given, number)
            else:
                self._show(name, number)
        for (source, position), number in trace.slopes.items():
            edge = solution.plan.edges[source][position]
            if not edge.shortcut:
                # A weight used twice by one unit has two edges with one name: the slope of both together.
                before = self._numbers.get(edge.name) if edge.name in self.figures else None
                self._show(edge.name, number if before is None else self.arithmetic.add([before, number]))
        # A gradient after the slopes: where an edge leads straight to the objective both are the same.
        for name, number in trace.gradients.items():
            self._show(gradient(self.objective, name), number)
        for name, number in trace.updated.items():
            self._show(updated(name), number)

    @property
    def has_numbers(self) -> bool:
        """Whether any number was given: then formulas are told in numbers and symbols, not in letters alone."""
        return bool(self.solution.trace.values)

    def _show(self, plain: str, number: object) -> None:
        self._numbers[plain] = number
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

    def finer(self, numbers: Formula | None, plain: str) -> dict[str, Figure]:
        """More digits for the numbers of a line whose shown digits would not give the result that is shown.

        1 − 0.999909² has two right digits, not six: where digits cancel, a calculator needs more of them.
        """
        result = self._number_of(plain)
        if numbers is None or result is None or self.solution.rounding is not None or result == 0:
            return {}
        keys = {key for part in walk(numbers) if (key := figure_key(part)) in self.figures}
        rounded = {key: self.figures[key].shown for key in keys if self.figures[key].rounded}
        if not rounded or any(len(written.partition("e")[2]) > LONGEST_EXPONENT for written in rounded.values()):
            return {}
        shown = {key: Fraction(written) for key, written in rounded.items()}
        try:
            by_calculator = self.arithmetic.evaluate(numbers, lambda leaf: self._operand(leaf, shown))
        except (KeyError, UndefinedValueError):
            return {}
        sizes = self.arithmetic
        error = sizes.add([by_calculator, sizes.multiply([Fraction(-1), result])])
        scaled = sizes.multiply([Fraction(COARSEST), sizes.primitive("abs", [error])])
        if sizes.compare(scaled, sizes.primitive("abs", [result])) <= 0:
            return {}
        return {key: Figure(digits(self._numbers[key], MORE), self.figures[key].full, True) for key in shown}

    def _operand(self, leaf: Leaf, shown: dict[str, Fraction]) -> object:
        key = figure_key(leaf)
        return shown[key] if key in shown else self._number_of(key)

    def _number_of(self, plain: str) -> object | None:
        return self._numbers.get(plain)

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
        if plain not in self.figures and not names_in(tree):
            # The symbols cancel: this is a number after all.
            self._show(plain, self.arithmetic.at(tree, {}))
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


def figure_key(part: Formula) -> str:
    """The plain name under which a name or derivative has its figure."""
    match part:
        case Name(name):
            return name
        case Derivative(of, by):
            return f"d{of}/d{by}"
    return ""


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
