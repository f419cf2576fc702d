"""The step of an update stands for the new value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from ...engine.rules import Wiring
from ...model.formula import Formula, Negative
from ._updates import AtUpdates


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

    def instead(self, old: Formula, step: Formula) -> Formula:
        return step if self.size else Negative(step)

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        return (cls(), cls(size=True)) if wiring.updated else ()
