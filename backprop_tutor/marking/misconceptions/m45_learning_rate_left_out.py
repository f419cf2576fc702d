"""The learning rate is left out of the update."""

from __future__ import annotations

from ...model.formula import Formula
from ._updates import AtUpdates, with_rate


class LearningRateLeftOut(AtUpdates):
    """w′ := w − ∂L/∂w."""

    id = "M45"
    title = "Learning rate left out of the update"
    repair = (
        "The gradient tells the direction, and the learning rate how far to go: multiply the step by the learning "
        "rate before you subtract it."
    )
    hidden = "a learning rate of 1; gradients of 0"

    def instead(self, old: Formula, step: Formula) -> Formula:
        return old - with_rate(step, 0)
