"""The learning rate is applied twice."""

from __future__ import annotations

from ...model.formula import Formula
from ._updates import AtUpdates, with_rate


class LearningRateTwice(AtUpdates):
    """w′ := w − η² ∂L/∂w."""

    id = "M45"
    title = "Learning rate applied twice"
    repair = "The learning rate scales the step once. Look where you had already multiplied by it."
    hidden = "a learning rate of 1; gradients of 0"

    def instead(self, old: Formula, step: Formula) -> Formula:
        return old - with_rate(step, 2)
