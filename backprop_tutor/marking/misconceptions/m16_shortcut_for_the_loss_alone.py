"""ŷ − y is taken for the slope of the loss by the output."""

from __future__ import annotations

from ._slopes import TaggedSlip


class ShortcutForTheLossAlone(TaggedSlip):
    """∂L/∂ŷ := ŷ − y, where that is ∂L/∂z.

    With the shortcut, ∂L/∂z is right and ∂L/∂ŷ alone is wrong; without it, the slope of the activation then comes on
    top.
    """

    id = "M16"
    title = "Output minus target taken for the gradient at the output"
    repair = (
        "Output minus target is the gradient at what goes into the output's activation, where the slope of that "
        "activation has cancelled. At the output itself, the gradient is the slope of the loss alone."
    )
    hidden = "outputs that equal their targets"
