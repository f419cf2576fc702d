"""Formulas with decimals in them: 0.7616·k for k·tanh(1) is right to the digits that are written."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import islice

from ..engine.derivations import Derivations, leaves
from ..engine.precise import Precise
from ..model.formula import Formula, Number, replace, walk
from ..model.graph import Graph
from .equality import DIGITS, FEWEST_POINTS, MOST_POINTS, MOST_TRIES, MOST_WORK, work
from .sampling import Sampler

MOST_DECIMALS = 8
COARSEST = Fraction(20)
"""One over the largest part of the right number that the decimals may be off by, all together."""
HALF_TOGETHER = Fraction(105, 200)
"""Half of what all decimals together can do, each moved both ways, and a little for what is of second order."""


def right_when_rounded(
    answer: Formula,
    name: str,
    formulas: Derivations,
    graph: Graph,
    constants: Mapping[str, object] | None = None,
    *,
    free_givens: bool = False,
) -> bool:
    """Whether an answer with decimals in it, such as 0.7616·k for k·tanh(1), is right to the digits written.

    Each decimal may be off by half a unit of its last place.  Decimals of one digit say too little to count.
    """
    decimals = tuple(dict.fromkeys(part for part in walk(answer) if isinstance(part, Number) and "." in part.written))
    used = (name, *leaves(answer))
    sampler = Sampler(used, formulas, graph, constants or {}, free_givens)
    if name not in formulas or not sampler.is_complete() or not 0 < len(decimals) <= MOST_DECIMALS:
        return False
    if any(_digits(part) < 2 for part in decimals):
        return False
    near = [_moved(answer, part, sign * half_unit_of(part)) for part in decimals for sign in (1, -1)]
    cost = work(answer, sampler) * (1 + len(near))
    agreeing = 0
    for point in islice(sampler.points(), max(FEWEST_POINTS, min(MOST_TRIES, MOST_WORK // cost))):
        reckoning = sampler.reckoning(point, DIGITS[0])
        if sampler.sides(reckoning) is None:
            continue
        try:
            right, theirs, *others = (reckoning.at(tree) for tree in (formulas[name], answer, *near))
        except (ArithmeticError, LookupError, ValueError):
            continue
        if not _within(right, theirs, others):
            return False
        agreeing += 1
        if agreeing == MOST_POINTS:
            break
    return agreeing >= FEWEST_POINTS


def _within(right: object, theirs: object, others: list[object]) -> bool:
    """Whether the right number is as near as the answers with one decimal moved up or down are, taken together."""
    arithmetic = Precise()

    def distance(one: object, other: object) -> object:
        return arithmetic.primitive("abs", [arithmetic.add([one, arithmetic.multiply([Fraction(-1), other])])])

    # Up and down differ where a decimal stands under a root or a fraction; the mean of both is good enough.
    reach = arithmetic.add([distance(other, theirs) for other in others])
    allowed = arithmetic.multiply([HALF_TOGETHER, reach])
    size = arithmetic.primitive("abs", [right])
    if arithmetic.compare(arithmetic.multiply([COARSEST, allowed]), size) > 0:
        # Decimals that cancel, or stand under a large power, would allow anything.
        return False
    return arithmetic.compare(distance(right, theirs), allowed) <= 0


def _digits(number: Number) -> int:
    """The significant digits of a decimal as it is written."""
    return len(number.written.lower().partition("e")[0].replace(".", "").lstrip("0"))


def half_unit_of(number: Number) -> Fraction:
    """Half a unit of the last place of a decimal as it is written."""
    mantissa, _, exponent = number.written.lower().partition("e")
    return Fraction(10) ** (int(exponent or 0) - len(mantissa.partition(".")[2])) / 2


def _moved(tree: Formula, number: Number, by: Fraction) -> Formula:
    """The formula with another number in place of this one."""
    return replace(tree, lambda part: Number(number.value + by) if part == number else None)
