"""The biases are never updated."""

from __future__ import annotations

from typing import Self

from ...engine.rules import Wiring
from ...model.formula import Formula, Name
from ..misconception import Misconception


class BiasesNotUpdated(Misconception):
    """b′ := b."""

    id = "M46"
    title = "Biases left as they are in the update"
    repair = (
        "Biases are learned like weights: subtract the step, the learning rate times the gradient, from each of them "
        "too, unless the problem says that they stay fixed."
    )
    hidden = "biases whose gradient is 0"

    def update(self, parameter: str, right: Formula, wiring: Wiring) -> Formula:
        return Name(parameter) if parameter in wiring.biases else right

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        return (cls(),) if wiring.biases.intersection(wiring.updated) else ()
