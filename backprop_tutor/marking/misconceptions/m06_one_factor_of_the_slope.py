"""Of a slope that has two factors, one is used."""

from __future__ import annotations

from dataclasses import dataclass

from ...model.formula import Formula, Name
from ...model.graph import Edge
from ._slopes import TaggedSlip


@dataclass(frozen=True)
class OneFactorOfTheSlope(TaggedSlip):
    """f′ := 1 − a."""

    id = "M06"
    title = "Only a part of the slope used"
    repair = (
        "One minus the output is only a part of the slope: the sigmoid multiplies that by the output, and tanh squares "
        "the output first. Write the whole formula down, then put the output in."
    )
    hidden = "units whose other factor is 1"

    def meant(self, edge: Edge) -> tuple[Formula, ...]:
        return tuple(wrong for wrong in super().meant(edge) if wrong != Name(edge.target))
