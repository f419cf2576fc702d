"""Of a slope that has two factors, one is used."""

from __future__ import annotations

from dataclasses import dataclass

from ._parts_of_slopes import PartOfTheSlope


@dataclass(frozen=True)
class OneFactorOfTheSlope(PartOfTheSlope):
    """f′ := 1 − a."""

    id = "M06"
    title = "Only a part of the slope used"
    repair = (
        "One minus the output is only a part of the slope: the sigmoid multiplies that by the output, and tanh squares "
        "the output first. Write the whole formula down, then put the output in."
    )
    hidden = "units whose other factor is 1"
    of_the_value = False
