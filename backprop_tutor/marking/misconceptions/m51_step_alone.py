"""The step of an update stands for the new value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from ...engine.rules import Wiring
from ...model.formula import Formula, Negative
from ._updates import AtUpdates

OTHER_WAY = (
    "The parameter moves by as much, but the other way, for there is a minus before the step. And where it arrives is "
    "not yet said: the new value is the old one minus the learning rate times the gradient."
)


@dataclass(frozen=True)
class StepAlone(AtUpdates):
    """w′ := −η ∂L/∂w; or, without its sign (``size``), η ∂L/∂w."""

    size: bool = False

    id = "M51"
    title = "Change alone given, without the old value"
    repair = (
        "This is how far the parameter moves, and not yet where it arrives: the new value is the old one minus the "
        "learning rate times the gradient."
    )
    hidden = "parameters of 0"

    def __post_init__(self) -> None:
        if self.size:
            object.__setattr__(self, "repair", OTHER_WAY)

    def instead(self, old: Formula, step: Formula) -> Formula:
        return step if self.size else Negative(step)

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        return (cls(), cls(size=True)) if wiring.updated else ()
