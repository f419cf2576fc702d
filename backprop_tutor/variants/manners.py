"""What a variant must have in common with its original: which side of every bend it is on, and what is saturated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction

from .. import ops
from ..engine.arithmetic import PRIMITIVES
from ..engine.by_hand import exact_fraction
from ..engine.precise import Precise
from ..engine.run import forward
from ..errors import ProblemError, UndefinedValueError
from ..model.formula import Call, Cases, Formula, Name, walk
from ..model.graph import Graph
from ..model.op import Inputs

DIGITS = 30
MOST_DIGITS = 1000
NEAREST = Fraction(1, 20)
"""Nothing comes closer to a bend than this."""
MODERATE = Fraction(3)
"""What enters a function that levels off is at most so large, unless the original's is larger."""
STILL_MODERATE = Fraction(6)
_LEVELS_OFF = frozenset({"exp", "tanh", "erf"})

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Bend:
    """A place where an operation bends: the difference of both sides, and its sign in the original."""

    left: Formula
    right: Formula
    side: int


@dataclass(frozen=True, slots=True)
class Level:
    """What enters a function that levels off: the largest minus the smallest of several, or one number's size."""

    inputs: tuple[Formula, ...]
    original: Fraction


class Manners:
    """The habits of one problem, from the values of its original (what hangs on a symbol is left out)."""

    def __init__(self, graph: Graph, symbols: Values) -> None:
        self.graph = graph
        self.symbols = symbols
        self.digits, original = _original(graph, symbols)
        self.arithmetic = Precise(self.digits)
        self.bends = tuple(self._bends(original))
        self.levels = tuple(self._levels(original))

    def values(self, numbers: Mapping[str, Fraction]) -> dict[str, object]:
        """Every value of the forward pass with these numbers.  Raises ProblemError where there is none."""
        return forward(self.graph, self.arithmetic, {**self.symbols, **numbers})

    def refuse(self, numbers: Mapping[str, Fraction]) -> str:
        """Why these numbers will not do; empty if they will."""
        try:
            values = self.values(numbers)
        except ProblemError:
            return "a value that does not exist"
        for bend in self.bends:
            distance = self._difference(bend.left, bend.right, values)
            if _sign(distance) != bend.side:
                return "the other side of a bend"
            if bend.side and abs(distance) < NEAREST:
                return "too near a bend"
        if any(not _is_alike(self._level(level.inputs, values), level.original) for level in self.levels):
            return "a sum that is too large or too small"
        return ""

    def _bends(self, values: Values) -> Iterator[Bend]:
        for node in self.graph.nodes:
            inputs = _names(node.inputs)
            conditions = [kink.at for kink in node.op.kinks(inputs)]
            for part in _parts(node.op.formula(inputs)):
                conditions += [condition for condition, _ in part.cases] if isinstance(part, Cases) else ()
            for left, right in dict.fromkeys((condition.left, condition.right) for condition in conditions):
                with suppress(LookupError, UndefinedValueError):
                    yield Bend(left, right, _sign(self._difference(left, right, values)))

    def _levels(self, values: Values) -> Iterator[Level]:
        for node in self.graph.nodes:
            inputs = _names(node.inputs)
            calls = (part for part in _parts(node.op.formula(inputs)) if isinstance(part, Call))
            groups = dict.fromkeys((call.arguments[0],) for call in calls if call.function in _LEVELS_OFF)
            for group in (*groups, *((inputs,) if node.op.layer_wide else ())):
                with suppress(LookupError, UndefinedValueError):
                    yield Level(group, self._level(group, values))

    def _level(self, inputs: tuple[Formula, ...], values: Values) -> Fraction:
        found = [exact_fraction_of(self.arithmetic.at(part, values)) for part in inputs]
        return found[0] if len(found) == 1 else max(found) - min(found)

    def _difference(self, left: Formula, right: Formula, values: Values) -> Fraction:
        sides = (exact_fraction_of(self.arithmetic.at(part, values)) for part in (left, right))
        return next(sides) - next(sides)


def _original(graph: Graph, symbols: Values) -> tuple[int, dict[str, object]]:
    """The values of the original, in as many digits as it takes for a saturated one to have any."""
    digits = DIGITS
    while True:
        try:
            return digits, forward(graph, Precise(digits), symbols)
        except ProblemError:
            if digits >= MOST_DIGITS:
                raise
            digits *= 4


def exact_fraction_of(value: object) -> Fraction:
    """A number of the engine's as a fraction."""
    return value if isinstance(value, Fraction) else exact_fraction(value)


def _names(inputs: tuple[str, ...]) -> Inputs:
    return tuple(map(Name, inputs))


def _sign(number: Fraction) -> int:
    return (number > 0) - (number < 0)


def _is_alike(number: Fraction, original: Fraction) -> bool:
    """Whether a number is moderate where the original is, and large where that is."""
    if abs(original) <= STILL_MODERATE:
        return abs(number) <= MODERATE
    return _sign(number) == _sign(original) and MODERATE < abs(number) <= 2 * abs(original)


def _parts(formulas: tuple[Formula, ...]) -> Iterator[Formula]:
    """Every part of formulas, and of the formulas of the functions that they call."""
    waiting = list(formulas)
    while waiting:
        for part in walk(waiting.pop()):
            yield part
            if isinstance(part, Call) and part.function not in PRIMITIVES:
                operation, inputs = ops.from_call(part.function, part.arguments)
                waiting.extend(operation.formula(inputs))
