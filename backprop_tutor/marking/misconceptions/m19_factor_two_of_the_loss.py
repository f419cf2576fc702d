"""The 2 of a squared error is kept or dropped against the declared loss."""

from __future__ import annotations

from ._slopes import TaggedSlip


class FactorTwoOfTheLoss(TaggedSlip):
    """2(ŷ − y) for half a squared error, ŷ − y for a whole one; the loss itself is right."""

    id = "M19"
    title = "Factor 2 of the squared error kept or dropped"
    repair = (
        "Differentiate the loss as this problem writes it: the exponent 2 comes down as a factor, and cancels "
        "only if there is a ½ in front."
    )
    hidden = "outputs that equal their targets"
