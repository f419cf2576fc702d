"""A formula that is right on one side of a kink: the one on which the problem's own numbers lie.

Where the right formula chooses between cases (the slope of a maximum, of a ReLU), a learner cannot type the choice,
and with the numbers in sight writes the case that holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from ..engine.derivations import Derivations, leaves
from ..engine.precise import Precise
from ..engine.reckoning import Reckoning
from ..engine.update import RATE
from ..errors import UndefinedValueError
from ..model.formula import ZERO, Call, Cases, Condition, Formula, walk
from ..model.graph import Graph
from ..model.op import Words
from .equality import DIGITS, Equality, held_against
from .sampling import Point, Sampler, does_hold

FARTHEST = 3
SCALES = (Fraction(1), Fraction(1, 8), Fraction(1, 64), Fraction(1, 512))
"""How far from the problem's own numbers points are taken, in turn: some are on their side of every kink."""
MOST_TOLD = 2
ONE_SIDE = "Right on the side where these numbers lie"
"""How what is said of such an answer begins."""
_SIGNS = {">": " > ", ">=": " ≥ ", "=": " = "}


class OneSide(Sampler):
    """Points at which every choice between cases behind a quantity comes out as it does for the problem's numbers."""

    def __init__(
        self,
        names: tuple[str, ...],
        formulas: Derivations,
        graph: Graph,
        constants: Mapping[str, object],
        numbers: Mapping[str, Fraction],
    ) -> None:
        super().__init__(names, formulas, graph, constants)
        self._numbers = numbers
        trees = (self.formulas[used] for used in self.behind(names[:1]) if used in self.formulas)
        self.conditions = tuple(dict.fromkeys(condition for tree in trees for condition in _choices_in(tree)))
        self.chosen: tuple[bool, ...] | None = None
        if self.conditions and all(letter in numbers or letter == RATE for letter in self.letters):
            own = self.reckoning({RATE: Fraction(1), **numbers}, DIGITS[0])
            # At a kink itself a convention decides, and there is no side.
            self.chosen = None if super().sides(own) is None else self._choices(own)

    def points(self) -> Iterator[Point]:
        """Points far away and near the problem's own in turn."""
        random = Random(self.name)
        for turn, far in enumerate(super().points()):
            scale = SCALES[turn % len(SCALES)]
            yield far
            yield {
                letter: self._numbers.get(letter, Fraction(1))
                + scale * Fraction(random.randint(-10 * FARTHEST, 10 * FARTHEST), 10)
                for letter in self.letters
            }

    def sides(self, reckoning: Reckoning) -> tuple[int, ...] | None:
        """None for points on another side as well."""
        found = super().sides(reckoning)
        return found if found is not None and self._choices(reckoning) == self.chosen else None

    def _choices(self, reckoning: Reckoning) -> tuple[bool, ...] | None:
        judge = Precise()
        try:
            return tuple(does_hold(condition, reckoning, judge) for condition in self.conditions)
        except (UndefinedValueError, LookupError):
            return None


@dataclass(frozen=True, slots=True)
class OnOneSide:
    """How an answer compares where the problem's own numbers lie, and what is to be said of it; empty: it differs."""

    equality: Equality
    says: Words = ()


def on_one_side(
    answer: Formula,
    name: str,
    formulas: Derivations,
    graph: Graph,
    constants: Mapping[str, object],
    numbers: Mapping[str, Fraction],
) -> OnOneSide | None:
    """An answer held against the right one on the side of every kink on which the problem's own ``numbers`` lie.

    None without a number for every letter: then no side is the problem's own, and the answer must be right on all.
    """
    if not numbers or name not in formulas:
        return None
    sampler = OneSide((name, *leaves(answer)), formulas, graph, constants, numbers)
    if sampler.chosen is None or not sampler.is_complete():
        return None
    equality = held_against(answer, sampler)
    if equality.verdict != "same":
        return OnOneSide(equality)
    here = set(_choices_in(formulas[name]))
    holding = zip(sampler.conditions, sampler.chosen, strict=True)
    return OnOneSide(equality, _said([condition for condition, holds in holding if holds and condition in here]))


def _choices_in(tree: Formula) -> Iterator[Condition]:
    """The conditions that decide what a formula is, with those of signs."""
    for part in walk(tree):
        match part:
            case Cases(cases):
                yield from (condition for condition, _ in cases)
            case Call("sign", (operand,)):
                yield from (Condition(operand, ">", ZERO), Condition(ZERO, ">", operand))


def _said(conditions: list[Condition]) -> Words:
    if not conditions or len(conditions) > MOST_TOLD:
        return (f"{ONE_SIDE}.",)
    found: list[str | Formula] = [f"{ONE_SIDE}: "]
    for position, condition in enumerate(conditions):
        found += [" and "] * bool(position)
        found += [condition.left, _SIGNS[condition.relation], condition.right]
    return (*found, ".")
