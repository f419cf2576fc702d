"""A formula with numbers off the screen in it: right if it is right with their names in place of them.

1 − 0.9999² is hardly a right number for 1 − a², but it is that formula, and shows what was done; a wrong one does, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import islice, product
from typing import TYPE_CHECKING

from ..engine.derivations import leaves
from ..lessons.figures import figure
from ..model.formula import Formula, Negative, Number, quantity, replace, walk
from .equality import compare
from .expressions import digits_of
from .fits import is_within, value_of
from .form import check_names
from .numbers import without_paths
from .rounded import half_unit_of
from .setting import WrongWay
from .this_line import typed_in_names, wrong_ways_as_typed

if TYPE_CHECKING:
    from .judging import Judge

MOST_DECIMALS = 4
MOST_CHOICES = 32
"""Ways to tell for which of several quantities with one number a decimal stands; so many are tried."""


def is_right_in_names(judge: Judge, name: str) -> bool:
    """Whether an expression is the right line, at any numbers, with names for its decimals.

    Each must be a number that stands on the screen, with as many digits as one is asked to work with.  Where one may
    stand for several quantities, none of them may make it the line of a wrong idea.
    """
    answer, setting = judge.sheet.answers.get(name), judge.setting
    if not judge.on_screen or answer is None or answer.formula is None or answer.number is not None:
        return False
    tree = without_paths(answer.formula, setting.graph)
    right, others = False, []
    for written in islice(_in_names(tree, name, judge), MOST_CHOICES):
        if check_names(written, name, setting.formulas[0], tuple(setting.steps)) is not None:
            continue
        if any(
            compare(written, name, formulas, setting.graph, free_givens=True).verdict == "same"
            for formulas in setting.formulas
        ):
            right = True
        else:
            others.append(written)
    return right and not any(wrong_ways_as_typed(other, name, judge) for other in others)


def wrong_ways_as_written(name: str, judge: Judge) -> list[WrongWay] | None:
    """The misconceptions whose line is what was written, in names or with numbers off the screen for some of them.

    None where it is no formula in names: then its number alone tells.
    """
    tree = typed_in_names(name, judge)
    if tree is not None:
        return wrong_ways_as_typed(tree, name, judge)
    answer = judge.sheet.answers.get(name)
    if answer is None or answer.formula is None or not leaves(answer.formula):
        return None
    tree = without_paths(answer.formula, judge.setting.graph)
    written = islice(_in_names(tree, name, judge), MOST_CHOICES)
    ways = [way for each in written for way in wrong_ways_as_typed(each, name, judge)]
    return [way for place, way in enumerate(ways) if way not in ways[:place]] or None


def _in_names(tree: Formula, name: str, judge: Judge) -> Iterator[Formula]:
    """The formula with the quantities for which its decimals may stand, in every combination; none if one has none."""
    decimals = list(dict.fromkeys(part for part in walk(tree) if isinstance(part, Number) and "." in part.written))
    if len(decimals) > MOST_DECIMALS:
        return
    for chosen in product(*(_names_of(decimal, name, judge) for decimal in decimals)):
        yield _with(tree, dict(zip(decimals, chosen, strict=True)))


def _with(tree: Formula, names: Mapping[Formula, Formula]) -> Formula:
    return replace(tree, names.get)


def _names_of(decimal: Number, name: str, judge: Judge) -> list[Formula]:
    """The quantities on the screen, or their opposites, of which this is the number."""
    position, fewest = judge.setting.position, judge.shown.precision.significant or 0
    before = (other for other in judge.setting.steps if position[other] < position[name])
    half_unit = half_unit_of(decimal) if _is_fine(decimal, fewest) else None
    found: list[Formula] = []
    for other in (*judge.setting.base, *before):
        value = value_of(judge.own[0], other)
        if value is None or value == 0:
            continue
        # What is read off the screen may be rounded once more.
        sizes = (abs(value), abs(Fraction(figure(value).shown)))
        is_it = decimal.value in sizes
        if is_it or (half_unit is not None and any(is_within(decimal.value, size, half_unit) for size in sizes)):
            found.append(quantity(other) if value > 0 else Negative(quantity(other)))
    return found


def _is_fine(decimal: Number, fewest: int) -> bool:
    """Whether a decimal has so many digits, or as many decimals and one digit less: 0.0348 as well as 0.03478."""
    count = digits_of(decimal)
    return count >= fewest or (count == fewest - 1 and len(decimal.written.partition(".")[2]) >= fewest)
