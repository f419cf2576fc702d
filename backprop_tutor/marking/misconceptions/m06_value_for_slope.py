"""The value of an activation is taken for its slope."""

from __future__ import annotations

from dataclasses import dataclass

from ._parts_of_slopes import PartOfTheSlope


@dataclass(frozen=True)
class ValueForSlope(PartOfTheSlope):
    """f′ := a."""

    id = "M06"
    title = "Value of the activation taken for its slope"
    repair = (
        "The output says how high the activation is, the slope says how fast it changes there. Work out the slope "
        "from the output by its own formula before you multiply."
    )
    hidden = "units whose value happens to be their slope, such as a = 0 of the sigmoid"
    of_the_value = True
