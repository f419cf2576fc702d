"""The gradient is added instead of subtracted."""

from __future__ import annotations

from ...model.formula import Formula
from ._updates import AtUpdates


class GradientAscent(AtUpdates):
    """w′ := w + η ∂L/∂w."""

    id = "M44"
    title = "Step taken up the gradient instead of down"
    repair = (
        "The gradient points to where the loss grows. To make the loss smaller, go the other way: subtract the step "
        "from the old value."
    )
    hidden = "gradients of 0"

    def instead(self, old: Formula, step: Formula) -> Formula:
        return old + step
