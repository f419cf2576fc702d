"""Of the binary cross-entropy, only the first term is differentiated."""

from __future__ import annotations

from ._slopes import TaggedSlip


class SecondLogarithmLeftOut(TaggedSlip):
    """∂L/∂ŷ := −y/ŷ.

    With the shortcut, ∂L/∂ŷ alone is wrong; without it, everything behind it follows.
    """

    id = "M17"
    title = "Second logarithm of the binary cross-entropy left out"
    repair = (
        "The output stands in both logarithms. Differentiate both terms: −target/output from the first, and (1 − "
        "target)/(1 − output) from the second, which is the one that counts when the target is 0."
    )
    hidden = "targets of 1"
