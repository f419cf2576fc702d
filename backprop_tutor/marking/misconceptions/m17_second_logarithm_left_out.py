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
        "The output stands in both logarithms. Differentiate both terms: −y/ŷ from the first, and (1 − y)/(1 − ŷ)"
        " from the second, which is the one that counts when y is 0."
    )
    hidden = "targets of 1"
