"""A minus is lost or added in the slope of an activation."""

from __future__ import annotations

from ._slopes import TaggedSlip


class SignOfTheSlope(TaggedSlip):
    """−a(1 − a), 1 + a²."""

    id = "M09"
    title = "Sign wrong in the slope of the activation"
    repair = (
        "The slope is positive where the activation rises and negative where it falls. Look at the curve at that "
        "unit, and check each minus in the formula against it."
    )
    hidden = "an arriving gradient of 0; 1 + a for 1 − a where a = 0"
