"""Simulated learners: they work a problem step by step, write a figure for each, and go on from there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from random import Random

from backprop_tutor.engine.derivations import derivations
from backprop_tutor.engine.rules import Rules, Wiring
from backprop_tutor.engine.solve import Solution, solve
from backprop_tutor.lessons.teach import teach
from backprop_tutor.model.formula import Derivative, Formula, Name, walk
from backprop_tutor.model.problem import Problem

from .decimals import Leaf, calculate

Formulas = Mapping[str, Formula]


@dataclass(frozen=True)
class Style:
    """How a learner writes numbers: to so many decimals, or so many significant digits.

    ``carries`` says that all digits are kept in the calculator; otherwise the next step starts from what is
    written.  ``shortcut`` is the way from the loss to ∂L/∂z in one step.  ``strips`` leaves the last zeros of an
    exact decimal away.
    """

    decimals: int | None = 4
    significant: int | None = None
    carries: bool = False
    half_even: bool = False
    shortcut: bool = False
    strips: bool = False

    @property
    def name(self) -> str:
        """The style in a few words, as a row of a table."""
        precision = f"{self.decimals} decimals" if self.significant is None else f"{self.significant} digits"
        return f"{precision}, {'all carried' if self.carries else 'rounded at each step'}"

    def written(self, value: Decimal, cut: bool = False) -> str:
        """The figure that the learner writes; ``cut`` off where it should be rounded."""
        places = self.places(value)
        rounding = ROUND_DOWN if cut else ROUND_HALF_EVEN if self.half_even else ROUND_HALF_UP
        rounded = value.quantize(Decimal(1).scaleb(-places), rounding)
        if self.significant is not None and rounded and self.places(rounded) < places:
            # 9.996 to three digits is 10.0, not 10.00.
            rounded = rounded.quantize(Decimal(1).scaleb(-self.places(rounded)), rounding)
        if not rounded:
            rounded = abs(rounded)
        text = f"{rounded:f}"
        if rounded.as_tuple().exponent > 0:  # type: ignore[operator]
            text = f"{rounded:e}"
        if self.strips and rounded == value and "." in text:
            text = text.rstrip("0").rstrip(".")
        return text

    def places(self, value: Decimal) -> int:
        """The decimals to which this value is written."""
        if self.significant is None:
            return self.decimals or 0
        return self.significant - 1 - (value.adjusted() if value else 0)


PRECISIONS: tuple[tuple[int | None, int | None], ...] = ((3, None), (4, None), (None, 3))
STYLES = tuple(
    Style(decimals, significant, carries) for decimals, significant in PRECISIONS for carries in (False, True)
)


def varied(style: Style, random: Random) -> Style:
    """The style with habits of one learner: the way taken, ties to even, zeros left away."""
    return Style(
        style.decimals,
        style.significant,
        style.carries,
        half_even=random.random() < 0.25,
        shortcut=random.random() < 0.5,
        strips=random.random() < 0.35,
    )


def half_unit(text: str) -> Decimal:
    """Half a unit of the last written place; 0 for a whole number."""
    mantissa, _, power = text.partition("e")
    places = len(mantissa.partition(".")[2])
    return Decimal(5).scaleb(int(power or 0) - places - 1) if places or power else Decimal(0)


@dataclass
class Paper:
    """A worked sheet: what is written by plain name, in the order of the solution, and the numbers behind it."""

    written: dict[str, str] = field(default_factory=dict)
    used: dict[str, Decimal] = field(default_factory=dict)


class Assignment:
    """A problem as a class gets it: its steps in order, what is given, and the formulas of both ways."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.solutions: dict[bool, Solution] = {way: solve(problem, shortcut=way)[0] for way in (False, True)}
        self.wirings = {way: Wiring(solution.plan) for way, solution in self.solutions.items()}
        self.graph = self.solutions[False].graph
        self.steps = tuple(step.name for step in teach((self.solutions[False],)).steps)
        self.formulas = {way: self.derivations(way, Rules()) for way in (False, True)}
        self.given: dict[str, Decimal] = {}
        for name, value in self.graph.values.items():
            if value.given is not None:
                self.given[name] = calculate(value.given.formula, self._nothing)
        if problem.learning_rate is not None:
            self.given["learning_rate"] = calculate(problem.learning_rate.formula, self._nothing)
        self.truth = {name: self.value(self.formulas[False], name, {}) for name in self.steps}

    def derivations(self, shortcut: bool, rule: Rules) -> Formulas:
        """The formula of every quantity along one of the two ways, under a rule.

        What has no part in the short way is still asked for, and found as on the long one.
        """
        long = derivations(self.problem, self.wirings[False], rule)
        return {**long, **derivations(self.problem, self.wirings[True], rule)} if shortcut else long

    def value(self, formulas: Formulas, name: str, known: Mapping[str, Decimal]) -> Decimal:
        """What the formula of a quantity gives, where the learner knows these numbers; the rest is worked out."""
        found: dict[str, Decimal] = {}

        def look_up(leaf: Leaf) -> Decimal:
            other = plain(leaf)
            for numbers in (known, self.given, found):
                if other in numbers:
                    return numbers[other]
            return found.setdefault(other, calculate(formulas[other], look_up))

        return calculate(formulas[name], look_up)

    def work(
        self, style: Style, formulas: Formulas | None = None, faults: Mapping[str, Decimal] | None = None
    ) -> Paper:
        """The whole sheet of one learner; ``faults`` are wrong numbers of steps, from which the rest follows."""
        formulas = formulas or self.formulas[style.shortcut]
        paper = Paper()
        for name in self.steps:
            value = faults[name] if faults and name in faults else self.value(formulas, name, paper.used)
            text = style.written(value)
            paper.written[name] = text
            paper.used[name] = value if style.carries else Decimal(text)
        return paper

    def shows(self, written: Mapping[str, str], name: str) -> bool:
        """Whether a figure is wrong for certain: outside what its digits and those before it allow, on both ways."""
        known = {other: Decimal(text) for other, text in written.items() if other != name}
        here = Decimal(written[name])
        if abs(here - self.truth[name]) <= half_unit(written[name]):
            return False
        for formulas in self.formulas.values():
            value = self.value(formulas, name, known)
            reach = self._reach(formulas, name, written, known, value)
            if abs(here - value) <= Decimal("1.12") * (half_unit(written[name]) + reach) + Decimal("1e-12"):
                return False
        return True

    def _reach(
        self, formulas: Formulas, name: str, written: Mapping[str, str], known: dict[str, Decimal], value: Decimal
    ) -> Decimal:
        """How far the last places of what stands before can move a number."""
        total = Decimal(0)
        for source in self._sources(formulas, name, known):
            unit = half_unit(written[source])
            is_exact = abs(known[source] - self.truth[source]) <= abs(self.truth[source]) * Decimal("1e-12")
            if not unit or is_exact:
                continue
            moved = (
                self.value(formulas, name, {**known, source: known[source] + side * unit}) - value for side in (1, -1)
            )
            total += max(map(abs, moved))
        return total

    def _sources(self, formulas: Formulas, name: str, known: Mapping[str, Decimal]) -> Iterable[str]:
        """The written numbers that a number is worked out from."""
        found: dict[str, None] = {}
        waiting, seen = [name], {name}
        while waiting:
            for leaf in names_in(formulas[waiting.pop()]):
                if leaf in known:
                    found.setdefault(leaf)
                elif leaf in formulas and leaf not in seen:
                    seen.add(leaf)
                    waiting.append(leaf)
        return found

    @staticmethod
    def _nothing(leaf: Leaf) -> Decimal:
        raise LookupError(leaf)


def plain(leaf: Leaf) -> str:
    """The plain name of a quantity."""
    return leaf.name if isinstance(leaf, Name) else f"d{leaf.of}/d{leaf.by}"


def names_in(tree: Formula) -> tuple[str, ...]:
    """The quantities that a formula uses, each once."""
    return tuple(dict.fromkeys(plain(part) for part in walk(tree) if isinstance(part, (Name, Derivative))))
