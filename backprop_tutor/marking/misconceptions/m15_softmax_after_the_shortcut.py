"""ŷ − y is led through the softmax once more."""

from __future__ import annotations

from ._shortcuts import ShortcutAndSlope


class SoftmaxAfterTheShortcut(ShortcutAndSlope):
    """δ_j = Σ_k (a_k − y_k)·∂a_k/∂z_j."""

    id = "M15"
    title = "Softmax passed twice: output minus target, and its slopes as well"
    repair = (
        "Output minus target is already the gradient at the scores: the slopes of the softmax have cancelled in it. "
        "Use it as it is, or start with the slope of the loss alone and go through the softmax once."
    )
    hidden = "outputs that equal their targets"
    layer_wide = True
