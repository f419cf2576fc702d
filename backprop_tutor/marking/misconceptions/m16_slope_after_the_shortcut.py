"""ŷ − y is multiplied by the slope of the output activation once more."""

from __future__ import annotations

from ._shortcuts import ShortcutAndSlope


class SlopeAfterTheShortcut(ShortcutAndSlope):
    """δ = (ŷ − y)·f′(z) where loss and activation have melted into ŷ − y."""

    id = "M16"
    title = "Activation passed twice: output minus target, and its slope as well"
    repair = (
        "Output minus target is already the gradient at the weighted sum: the slope of the activation has cancelled "
        "in it. Use it as it is, or start with the slope of the loss alone and multiply by the slope of the "
        "activation once."
    )
    hidden = "outputs that equal their targets"
    layer_wide = False
