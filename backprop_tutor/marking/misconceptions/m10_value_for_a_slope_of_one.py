"""A unit that copies its input multiplies the gradient by its value."""

from __future__ import annotations

from ._slopes import TaggedSlip


class ValueForASlopeOfOne(TaggedSlip):
    """ReLU′ := a."""

    id = "M10"
    title = "Gradient multiplied by the value of a ReLU unit"
    repair = (
        "A ReLU unit is a gate: where it is active the gradient passes with slope 1, where it is not nothing of it "
        "passes. Its value belongs to the gradients of the weights after it."
    )
    hidden = "values of 0 and 1"
