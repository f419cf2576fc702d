"""Whether numbers show every wrong idea: at each step it gives another number than the right one and than others do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import product

from ..engine.derivations import key
from ..engine.precise import Precise
from ..engine.reckoning import Reckoning
from ..engine.update import RATE
from ..errors import UndefinedValueError
from ..graphs.names import updated
from ..marking.misconception import Misconception
from ..marking.setting import Setting
from ..model.formula import Formula
from .manners import DIGITS, Values, exact_fraction_of
from .quick import Quick, finite

DIGITS_SHOWN = 4
RIGHT = ""
"""The idea behind the right number."""


Pair = tuple[str, int, int]
"""Two alternatives at a step, by number; number 0 is the right formula."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """What a step may come to: the formula that finds it, and the ideas behind that formula."""

    formula: Formula
    ideas: frozenset[str]


@dataclass(frozen=True, slots=True)
class Confusion:
    """Two ideas that give one number at a step (``RIGHT``: the right one)."""

    step: str
    one: str
    other: str


class Ideas:
    """The wrong ideas that can occur in a problem, step by step.

    ``setting`` is any problem of the shape: formulas know no numbers.  ``generic`` are points of the same shape:
    what is one number at all of them does not differ in general, and is not held against anybody.  Neither is an
    alternative that is some other idea's number at every point, once this one's and once that one's: of two shares the
    largest is always the first or the last.
    """

    def __init__(self, setting: Setting, generic: Iterable[Values], digits: int = DIGITS) -> None:
        self.precise, self.arithmetic = Precise(digits), Quick()
        self.right = setting.formulas[0]
        self.rate = setting.base.get(RATE)
        self.of_update = {updated(name): name for name in setting.graph.parameters}
        self.alternatives = _alternatives(setting)
        points = [frozenset(self._alike(given)) for given in generic]
        self.alike_in_general = frozenset.intersection(*points) if points else frozenset()
        ideas = [frozenset(ideas for pair in alike for ideas in self._ideas(pair)) for alike in points]
        self.ideas_alike_in_general = frozenset.intersection(*ideas) if ideas else frozenset()
        shadows = [frozenset(self._shadows(alike)) for alike in points]
        self.shadows = frozenset.intersection(*shadows) if shadows else frozenset()
        self.visible_in_general = self._visible(points)

    def confusions(self, given: Values, most: int | None = None) -> list[Confusion]:
        """What cannot be told apart with these values of everything that is given, though in general it can.

        After more than ``most`` it is enough.
        """
        found: dict[Confusion, None] = {}
        every = []
        for pair in self._alike(given):
            every.append(pair)
            found.update(dict.fromkeys(self._told(pair)))
            if most is not None and len(found) > most:
                return list(found)
        hidden = self.visible_in_general - self._visible([frozenset(every)])
        found.update((Confusion("", RIGHT, idea), None) for idea in sorted(hidden))
        return list(found)

    def count(self) -> tuple[int, int]:
        """How many wrong ideas there are, and at how many steps one can show."""
        ideas = {idea for at in self.alternatives.values() for one in at for idea in one.ideas}
        return len(ideas - {RIGHT}), len(self.alternatives)

    def _ideas(self, pair: Pair) -> Iterator[tuple[str, str, str]]:
        """The pairs of ideas behind two alternatives."""
        step, i, k = pair
        for one, other in product(self.alternatives[step][i].ideas, self.alternatives[step][k].ideas):
            yield (step, min(one, other), max(one, other))

    def _told(self, pair: Pair) -> Iterator[Confusion]:
        """The confusions that two alternatives of one number are, where they differ in general."""
        step, i, k = pair
        if pair in self.alike_in_general or not self.shadows.isdisjoint(((step, i), (step, k))):
            return
        yield from self._differing(pair)

    def _differing(self, pair: Pair) -> Iterator[Confusion]:
        for step, one, other in self._ideas(pair):
            # The right number is one formula's.  Of an idea with several formulas, one may be another idea's.
            if one != other and (one == RIGHT or (step, one, other) not in self.ideas_alike_in_general):
                yield Confusion(step, one, other)

    def _shadows(self, alike: frozenset[Pair]) -> Iterator[tuple[str, int]]:
        """The alternatives that are somebody else's number here, though not in general."""
        for pair in alike - self.alike_in_general:
            if any(True for _ in self._differing(pair)):
                step, i, k = pair
                yield from ((step, number) for number in (i, k) if number)

    def _visible(self, points: Iterable[frozenset[Pair]]) -> frozenset[str]:
        """The ideas that give a number other than the right one at one of the points at least."""
        found: set[str] = set()
        for alike in points:
            for step, alternatives in self.alternatives.items():
                for number, one in enumerate(alternatives[1:], start=1):
                    if (step, 0, number) not in alike:
                        found |= one.ideas
        return frozenset(found - {RIGHT})

    def _alike(self, given: Values) -> Iterator[Pair]:
        """The pairs of alternatives at a step that give one number there."""
        values = self._values(given)
        for step, alternatives in self.alternatives.items():
            # Of an update it is the change that shows whether it is right.
            start = values[self.of_update[step]] if step in self.of_update else 0.0
            found = []
            for number, one in enumerate(alternatives):
                # What has no number (a symbol, a logarithm of 0) nobody takes for the right one.
                with suppress(LookupError, UndefinedValueError):
                    value = self.arithmetic.evaluate(one.formula, lambda leaf: values[key(leaf) or ""])
                    found.append((finite(value) - start, number))
            yield from ((step, *pair) for pair in _close(found))

    def _values(self, given: Values) -> dict[str, float]:
        """Every quantity from what is given."""
        held = dict(given)
        if self.rate is not None:
            held[RATE] = self.rate
        truth = Reckoning(self.right, self.precise, held)
        values = {}
        for name in (*held, *self.right):
            with suppress(LookupError, UndefinedValueError):
                values[name] = self.arithmetic.number(exact_fraction_of(truth.value(name)))
        return values


def _alternatives(setting: Setting) -> Mapping[str, Sequence[Alternative]]:
    found: dict[str, dict[Formula, set[str]]] = {}
    for way in setting.wrong_ways:
        for step in way.touched:
            if step in setting.steps and step in setting.formulas[0]:
                at = found.setdefault(step, {setting.formulas[0][step]: {RIGHT}})
                at.setdefault(way.formulas[step], set()).add(idea(way.rule))
    steps = [step for step in setting.steps if step in found]
    return {step: tuple(Alternative(tree, frozenset(ideas)) for tree, ideas in found[step].items()) for step in steps}


def idea(rule: Misconception) -> str:
    """What tells one idea from another: its id in the catalogue."""
    return rule.id


def _close(found: list[tuple[float, int]]) -> Iterator[tuple[int, int]]:
    """The pairs that are the same number in the digits shown."""
    found.sort()
    for place, (value, number) in enumerate(found):
        for other, another in found[place + 1 :]:
            if not is_same(value, other):
                break
            yield min(number, another), max(number, another)


def is_same(one: float, other: float) -> bool:
    """Whether two numbers may look the same in four significant digits: less than one and a half of the last apart."""
    size = max(abs(one), abs(other))
    distance = abs(one - other)
    if distance * 500 >= size:
        return one == other
    exponent = int(f"{size:e}".partition("e")[2])
    return distance < 1.5 * float(f"1e{exponent - DIGITS_SHOWN + 1}")
