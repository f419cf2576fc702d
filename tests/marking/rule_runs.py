"""Running a problem under a rule, both ways, for the laws about rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path

from support import exact, from_text, problem

from backprop_tutor.engine.derivations import derivations, leaves
from backprop_tutor.engine.precise import Precise
from backprop_tutor.engine.reckoning import Reckoning
from backprop_tutor.engine.rules import Rules, Wiring
from backprop_tutor.engine.solve import Solution, solve
from backprop_tutor.engine.update import parameters_to_update
from backprop_tutor.errors import UndefinedValueError
from backprop_tutor.marking.misconception import Misconception
from backprop_tutor.model.formula import Formula
from backprop_tutor.model.problem import Problem

WITNESSES = Path(__file__).parent / "witnesses"
RATE = "learning_rate"
NOTHING = Fraction(1, 10**30)
UNDEFINED = "undefined"

Formulas = Mapping[str, Formula]


@dataclass(frozen=True)
class Way:
    """A problem and one way through it."""

    title: str
    problem: Problem
    solution: Solution
    wiring: Wiring

    def formulas(self, rules: Rules) -> dict[str, Formula]:
        """Every quantity's formula under these rules."""
        return derivations(self.problem, self.wiring, rules)

    @cached_property
    def right(self) -> dict[str, Formula]:
        """Every quantity's formula."""
        return self.formulas(Rules())

    @cached_property
    def given(self) -> dict[str, object]:
        """What the problem gives: values, and the learning rate."""
        values = self.solution.trace.values
        found = {name: values[name] for name in values if name not in self.right}
        rate = self.problem.learning_rate
        return found if rate is None else {**found, RATE: Precise().at(rate.formula, {})}

    @cached_property
    def truth(self) -> dict[str, object]:
        """Every quantity's value."""
        reckoning = Reckoning(self.right, Precise(), self.given)
        return {name: reckoning.value(name) for name in self.right}

    def touched(self, formulas: Formulas) -> set[str]:
        """The quantities that have another formula than the right one."""
        return {name for name, tree in formulas.items() if tree is not self.right[name] and tree != self.right[name]}

    def values(self, formulas: Formulas, touched: set[str]) -> dict[str, str]:
        """What the quantities that may have changed are under these formulas, in 12 digits."""
        behind = _behind(formulas, touched)
        held = {**self.given, **{name: number for name, number in self.truth.items() if name not in behind}}
        reckoning = Reckoning(formulas, Precise(), held)
        return {name: _value(reckoning, name) for name in self.right if name in behind}

    def changed(self, rules: Rules) -> dict[str, str]:
        """What rules change: new values, or "undefined", by name."""
        formulas = self.formulas(rules)
        found = self.values(formulas, self.touched(formulas))
        return {name: text for name, text in found.items() if text != written(self.truth[name])}


def _behind(formulas: Formulas, touched: set[str]) -> set[str]:
    """These quantities, and every quantity that is computed from one of them."""
    users: dict[str, list[str]] = {}
    for name, tree in formulas.items():
        for used in leaves(tree):
            users.setdefault(used, []).append(name)
    found, waiting = set(touched), list(touched)
    while waiting:
        new = [name for name in users.get(waiting.pop(), ()) if name not in found]
        found.update(new)
        waiting += new
    return found


def _value(reckoning: Reckoning, name: str) -> str:
    try:
        return written(reckoning.value(name))
    except UndefinedValueError:
        return UNDEFINED


def written(value: object) -> str:
    """A number in 12 significant digits."""
    number = exact(value)
    return "0" if abs(number) < NOTHING else f"{float(number):.12g}"


@cache
def ways(name: str) -> tuple[Way, ...]:
    """The long way through a bundled problem, and the one with the shortcut where it is another."""
    return ways_through(problem(name))


def ways_through(found: Problem) -> tuple[Way, ...]:
    """The long way through a problem, and the one with the shortcut where it is another."""
    result = []
    for title, shortcut in (("the long way", False), ("with the shortcut", True)):
        solutions = solve(found, shortcut=shortcut)
        objectives = frozenset(solution.plan.objective for solution in solutions)
        first = solutions[0]
        wiring = Wiring(first.plan, objectives, parameters_to_update(found, first.graph))
        melts = any(edge.shortcut for edges in wiring.plan.edges.values() for edge in edges)
        if melts or not shortcut:
            result.append(Way(title, found, first, wiring))
    return tuple(result)


def witness(page: str, kind: str) -> tuple[Way, ...] | None:
    """The ways through a page's witness: a file with a problem, or with ``bundled: NAME``; None: there is none."""
    path = WITNESSES / f"{page}.{kind}.yaml"
    if not path.is_file():
        return None
    text = path.read_text("utf-8")
    word, _, name = text.strip().partition(":")
    return ways(name.strip()) if word == "bundled" else ways_through(from_text(text))


def settings_of(rule: Misconception) -> tuple[object, ...]:
    """What tells one variant of a page from another."""
    return tuple(getattr(rule, field.name) for field in fields(rule)) if is_dataclass(rule) else ()


def label(rule: Misconception) -> str:
    """The page of a rule, and its settings where they are not the usual ones."""
    if not is_dataclass(rule):
        return rule.name
    told = [_told(field.name, getattr(rule, field.name)) for field in fields(rule) if getattr(rule, field.name)]
    return f"{rule.name}({'; '.join(told)})" if told else rule.name


def _told(name: str, setting: object) -> str:
    if setting is True:
        return name
    text = setting if isinstance(setting, str) else f"{name} {setting}"
    return text if len(text) <= 60 else text[:59] + "…"


def variants(page: type[Misconception], there: tuple[Way, ...]) -> Iterator[tuple[Way, Misconception]]:
    """Every variant of a page on every way through a problem."""
    for way in there:
        for rule in page.variants(way.wiring):
            yield way, rule
