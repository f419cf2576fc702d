"""Is a formula right?  Decided by evaluation at random points with many digits, and never by rewriting.

Two formulas that differ at one point are different, and that point is the witness.  Two that agree to 25 digits
at a dozen points in general position are the same: numbers know their own error (``engine/ball.py``), so no
agreement and no difference is one of rounding.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from fractions import Fraction
from itertools import islice
from typing import Literal

from ..engine.derivations import Derivations, leaves
from ..engine.precise import Precise
from ..engine.reckoning import Reckoning
from ..errors import BeyondLimitsError
from ..model.formula import Call, Formula, walk
from ..model.graph import Graph
from .form import check_names, may_use
from .sampling import Point, Sampler

__all__ = ["Equality", "check_names", "compare", "may_use"]

DIGITS = (50, 100, 200)
GIVEN_DIGITS = 800
"""What the given numbers are looked at with in the end, as they cannot be exchanged for better ones."""
KNOWN_BITS = 83
"""Bits to which two numbers must be known before they may be called equal: 25 digits."""
NOTHING = Fraction(1, 10**100)
"""What 200 digits leave of terms that cancel completely."""
FEWEST_POINTS = 3
MOST_POINTS = 12
MOST_TRIES = 96
TRIES_FOR_A_SIDE = 24
"""Further tries for points on a side of a kink from which there is none yet."""
MOST_WORK = 30_000
"""Parts of formulas that may be evaluated for one answer, which bounds its time without a clock."""


@dataclass(frozen=True, slots=True)
class Equality:
    """Whether an answer is the same as the right formula.

    ``witness`` are letters and their numbers at a point where the two differ, with their values there (``theirs``
    is None where the answer has no value).  ``partial``: the same wherever both have a value, but at ``witness``
    the answer has none.
    """

    verdict: Literal["same", "different", "undecided"]
    witness: Mapping[str, Fraction] = field(default_factory=dict)
    theirs: object | None = None
    right: object | None = None
    partial: bool = False


class _Outcome(Enum):
    """What one point says."""

    EQUAL = auto()
    DIFFERENT = auto()
    NO_VALUE = auto()
    """The answer has no value where the right formula has one."""
    UNCLEAR = auto()


def compare(
    answer: Formula,
    name: str,
    formulas: Derivations,
    graph: Graph,
    constants: Mapping[str, object] | None = None,
    *,
    free_givens: bool = False,
) -> Equality:
    """Whether the answer, in the names of quantities and letters, is the quantity ``name``.

    ``constants`` are held (the learning rate); with ``free_givens`` the numbers that the problem gives are not.
    Whether the answer may use the names that it uses is another question (``form.check_names``).  Never raises for a
    formula that can be read; what holds a name or function that has no meaning here is undecided.
    """
    if name not in formulas:
        return Equality("undecided")
    if answer == formulas[name]:
        return Equality("same")
    used = (name, *leaves(answer))
    sampler = Sampler(used, formulas, graph, constants or {}, free_givens)
    if not sampler.is_complete():
        return Equality("undecided")
    return held_against(answer, sampler)


def held_against(answer: Formula, sampler: Sampler) -> Equality:
    """Whether an answer is a sampler's quantity at the points that this sampler gives."""
    return _Comparison(answer, sampler).result()


class _Comparison:
    """One answer beside one quantity."""

    def __init__(self, answer: Formula, sampler: Sampler) -> None:
        self.answer = answer
        self.sampler = sampler
        self.letters = [letter for letter in sampler.letters if letter in sampler.used]
        self.work = work(answer, sampler)
        self.needed = FEWEST_POINTS if self.letters else 1
        self.spent = 0
        self.equal: set[tuple[Fraction, ...]] = set()
        """Where the two are equal; as a set, since three times x = 0 is one point only."""
        self.undefined: list[Point] = []
        self.beyond: list[Point] = []
        """Points at which the answer is beyond what is computed here."""
        self.seen: list[set[int]] = []
        """The sides of each kink from which a point was taken."""
        self.tried_more = 0
        self.theirs: object | None = None
        self.right: object | None = None

    def result(self) -> Equality:
        """The verdict of all points together."""
        for point in islice(self.sampler.points(), MOST_TRIES if self.letters else 1):
            if self._is_enough():
                break
            outcome = self._outcome(point)
            if outcome is _Outcome.DIFFERENT:
                return Equality("different", self._shown(point), self.theirs, self.right)
            if outcome is _Outcome.EQUAL:
                self.equal.add(tuple(self._shown(point).values()))
            elif outcome is _Outcome.NO_VALUE:
                self.undefined.append(point)
        partial = self._shown(self.undefined[0]) if self.undefined else {}
        if len(self.equal) >= self.needed and not self._is_coincidence():
            return Equality("same", partial, partial=bool(self.undefined))
        if len(self.undefined) >= self.needed:
            return Equality("different", partial)
        return Equality("undecided")

    def _is_coincidence(self) -> bool:
        """Whether an answer with gaps was seen to be equal at special points alone: sin(10^99·r) and 0 at r = 0."""
        gaps = [tuple(self._shown(point).values()) for point in (*self.undefined, *self.beyond)]
        return any(
            all(abs(point[place]) in (0, 1) for point in self.equal)
            and any(abs(gap[place]) not in (0, 1) for gap in gaps)
            for place in range(len(self.letters))
        )

    def _is_enough(self) -> bool:
        """Whether the points so far suffice, or no more can be afforded."""
        decided = len(self.equal) >= self.needed
        if self.spent > (MOST_WORK if decided else 2 * MOST_WORK):
            return True
        if not decided:
            return not self.equal and len(self.undefined) >= 2 * MOST_POINTS
        if self.good < MOST_POINTS:
            return False
        return self.tried_more >= TRIES_FOR_A_SIDE or self._saw_every_side()

    @property
    def good(self) -> int:
        """The number of points that say something."""
        return len(self.equal) + len(self.undefined)

    def _saw_every_side(self) -> bool:
        return all(len(sides) > 1 for sides in self.seen)

    def _outcome(self, point: Point) -> _Outcome:
        """What a point says; unclear where the quantity has no value, or on the side of a kink seen often enough."""
        self.spent += self.work
        reckoning = self.sampler.reckoning(point, DIGITS[0])
        # Without letters there is one point only, the given one: a kink there is the problem's own convention.
        sides = self.sampler.sides(reckoning) if self.letters else ()
        if sides is None:
            return _Outcome.UNCLEAR
        self.seen = self.seen or [set() for _ in sides]
        if self.good >= MOST_POINTS and len(self.equal) >= self.needed:
            self.tried_more += 1
            if not any(side not in known for side, known in zip(sides, self.seen, strict=True)):
                return _Outcome.UNCLEAR
        outcome = self._at(point, reckoning)
        if outcome is not _Outcome.UNCLEAR:
            for side, known in zip(sides, self.seen, strict=True):
                known.add(side)
        return outcome

    def _shown(self, point: Point) -> dict[str, Fraction]:
        return {name: point[name] for name in self.letters}

    def _at(self, point: Point, reckoning: Reckoning) -> _Outcome:
        """What a point says, with as many digits as it takes."""
        every = DIGITS if self.letters else (*DIGITS, GIVEN_DIGITS)
        for digits in every:
            if digits > DIGITS[0]:
                self.spent += self.work * digits // DIGITS[0]
                reckoning = self.sampler.reckoning(point, digits)
            outcome = self._with(point, reckoning, digits == every[-1])
            if outcome is not None:
                return outcome
        return _Outcome.UNCLEAR

    def _with(self, point: Point, reckoning: Reckoning, last: bool) -> _Outcome | None:
        """What a point says with so many digits; None when more are needed."""
        arithmetic = reckoning.arithmetic
        assert isinstance(arithmetic, Precise)
        try:
            self.right = reckoning.value(self.sampler.name)
        except ArithmeticError:
            return None if arithmetic.undecided else _Outcome.UNCLEAR
        except (LookupError, ValueError):
            return _Outcome.UNCLEAR
        try:
            self.theirs = reckoning.at(self.answer)
        except BeyondLimitsError:
            self.beyond.append(point)
            return _Outcome.UNCLEAR
        except ArithmeticError:
            self.theirs = None
            return None if arithmetic.undecided else _Outcome.NO_VALUE
        except (LookupError, ValueError):
            return _Outcome.UNCLEAR
        if arithmetic.undecided:
            # A case was chosen, or a sign taken, by digits that are not known.
            return None
        return _agreement(self.theirs, self.right, arithmetic, last)


def _agreement(theirs: object, right: object, arithmetic: Precise, last: bool) -> _Outcome | None:
    """Whether two numbers are equal, as far as their digits tell; None: they do not."""
    if arithmetic.compare(theirs, right) != 0:
        return _Outcome.DIFFERENT
    if isinstance(theirs, Fraction) and isinstance(right, Fraction):
        return _Outcome.EQUAL
    if all(isinstance(each, Fraction) or arithmetic.real(each).is_known_to(KNOWN_BITS) for each in (theirs, right)):
        return _Outcome.EQUAL
    if last and all(_is_nothing(each, arithmetic) for each in (theirs, right)):
        return _Outcome.EQUAL
    return None


def _is_nothing(value: object, arithmetic: Precise) -> bool:
    return arithmetic.compare(arithmetic.primitive("abs", [value]), NOTHING) < 0


def work(answer: Formula, sampler: Sampler) -> int:
    """How much there is to evaluate at one point: the parts of all formulas, with a function counted as several."""
    trees = [answer, *(sampler.formulas[name] for name in sampler.used if name in sampler.formulas)]
    return sum(6 if isinstance(part, Call) else 1 for tree in trees for part in walk(tree))
