"""What the pages about updates share."""

from __future__ import annotations

from typing import Self

from ...engine.rules import Wiring
from ...engine.update import RATE
from ...model.formula import Formula, Name, Negative, Product, Sum
from ..misconception import Misconception


class AtUpdates(Misconception):
    """A page about the step of an updated parameter: its new value is the old one minus the step."""

    def instead(self, old: Formula, step: Formula) -> Formula:
        """The new value from the old one and the right step."""
        raise NotImplementedError

    def update(self, parameter: str, right: Formula, wiring: Wiring) -> Formula:
        match right:
            case Sum((Name() as old, Negative(step))):
                return self.instead(old, step)
        return right

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        return (cls(),) if wiring.updated else ()


def with_rate(step: Formula, count: int) -> Formula:
    """A step with the learning rate as a factor so many times."""
    factors = step.factors if isinstance(step, Product) else (step,)
    others = tuple(factor for factor in factors if factor != Name(RATE))
    every = (*(Name(RATE),) * count, *others)
    return every[0] if len(every) == 1 else Product(every)
