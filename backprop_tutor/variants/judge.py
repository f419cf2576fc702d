"""Judging numbers by the wrong ideas that a problem can bring out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from ..marking.setting import Setting
from ..model.problem import Problem
from .certificate import Confusion, Ideas
from .dice import Dice
from .draw import Drawer, exactly
from .manners import Manners

GENERIC = 12
"""How many points show what is one number in general."""
MOST_DRAWS = 1000


class Judge:
    """Judges numbers of one problem; the formulas of all wrong ideas are found once.

    ``problem`` is any variant, and not the original: a target of 0 or 1 is put into formulas, and new ones are
    neither.
    """

    def __init__(self, problem: Problem, manners: Manners, drawer: Drawer, name: str) -> None:
        setting = Setting(problem)
        self.base = {**setting.base, **manners.symbols}
        points = [{**self.base, **point} for point in _generic(manners, drawer, name)]
        self.ideas = Ideas(setting, points or [self.base], manners.digits)

    def confusions(self, numbers: Mapping[str, str], most: int | None = None) -> list[Confusion]:
        """What these numbers leave undecided; after more than ``most`` it is enough."""
        return self.ideas.confusions({**self.base, **exactly(numbers)}, most)

    def used_at(self, found: Iterable[Confusion]) -> frozenset[str]:
        """The quantities that the formulas of confused steps use."""
        steps = {confusion.step for confusion in found if confusion.step}
        return frozenset(name for step in steps for name in self.ideas.right.uses(step))


def _generic(manners: Manners, drawer: Drawer, name: str) -> list[dict[str, Fraction]]:
    """Points of many digits that pass at a glance; where hardly any do (on a bend), ordinary draws."""
    dice = Dice("generic", name)
    found = [point for point in (drawer.generic(dice) for _ in range(3 * GENERIC)) if not manners.refuse(point)]
    for _ in range(MOST_DRAWS):
        if len(found) >= GENERIC:
            break
        point = exactly(drawer.draw(dice))
        if not manners.refuse(point):
            found.append(point)
    return found[:GENERIC]
