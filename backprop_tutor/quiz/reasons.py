"""Which formula is it?  The right one among those of the misconceptions, never two that are equal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..engine.derivations import leaves
from ..engine.reckoning import Reckoning
from ..lessons.chain import size_of
from ..lessons.figures import digits
from ..marking.equality import compare
from ..marking.fits import derived
from ..marking.setting import Setting, WrongWay
from ..model.formula import Formula
from ..model.record import Idea
from .chosen import shuffled
from .examiner import Examiner

MOST_WRONG = 3
FEWEST_WRONG = 2
LARGEST = 20
"""Parts of a formula up to which it can be compared with others at a glance."""
SHOWN = 6


@dataclass(frozen=True, slots=True)
class Reason:
    """One of the formulas: right, or what an idea gives."""

    formula: Formula
    idea: Idea | None = None

    @property
    def right(self) -> bool:
        """Whether it is the right one."""
        return self.idea is None


def reasons(setting: Setting, name: str, seed: int) -> tuple[Reason, ...]:
    """The formulas to choose from for a step, in an order made from the seed; () where there are too few ideas.

    No two of them are equal, neither in general nor in their number here.
    """
    right = setting.formulas[0].get(name)
    if right is None or size_of(right) > LARGEST:
        return ()
    told = Reason(right)
    found = [told]
    for way in _of_the_catalogue(setting, name, seed):
        formula = way.formulas[name]
        if len(found) > MOST_WRONG:
            break
        if size_of(formula) <= LARGEST and all(_differ(setting, name, formula, other.formula) for other in found):
            rule = way.rule
            found.append(Reason(formula, Idea(rule.id, rule.title, rule.repair)))
    if len(found) <= FEWEST_WRONG:
        return ()
    return tuple(found[place] for place in shuffled(len(found), f"{seed} reasons {name}"))


def typed_out(examiner: Examiner, name: str, typed: str, choices: Sequence[Reason]) -> int | None:
    """The number of the formula that was typed itself, in place of its number; None where it is none of them."""
    setting = examiner.marker.setting
    answer = (examiner.read(name, typed) or {}).get(name)
    used = set(leaves(answer.formula)) if answer is not None and answer.formula is not None else set()
    # What is asked for is no formula of itself.
    if answer is None or answer.formula is None or not used or name in used:
        return None
    for number, choice in enumerate(choices, start=1):
        formulas = {**setting.formulas[0], name: choice.formula}
        if compare(answer.formula, name, formulas, setting.graph, free_givens=True).verdict == "same":
            return number
    return None


def _of_the_catalogue(setting: Setting, name: str, seed: int) -> Iterator[WrongWay]:
    """One way for each idea that changes the formula of this step; other conventions are no misconceptions."""
    ways = {
        way.rule.id: way
        for way in reversed(setting.wrong_ways)
        if way.way == 0 and name in way.touched and not way.rule.convention and way.rule.is_of_catalogue
    }
    listed = [ways[id] for id in sorted(ways)]
    return (listed[place] for place in shuffled(len(listed), f"{seed} ideas {name}"))


def _differ(setting: Setting, name: str, one: Formula, other: Formula) -> bool:
    """Whether two formulas are different functions and, where there are numbers, give different ones here."""
    formulas = {**setting.formulas[0], name: other}
    if compare(one, name, formulas, setting.graph, setting.base, free_givens=True).verdict != "different":
        return False
    numbers = [_number(setting, name, tree) for tree in (one, other)]
    return None in numbers or _shown(numbers)


def _shown(numbers: Sequence[Fraction | None]) -> bool:
    return len({digits(number, SHOWN) for number in numbers if number is not None}) == len(numbers)


def _number(setting: Setting, name: str, tree: Formula) -> Fraction | None:
    formulas = {**setting.formulas[0], name: tree}
    return derived(Reckoning(formulas, setting.arithmetic, setting.base), name)
