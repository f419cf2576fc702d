"""The value of an activation is taken for its slope."""

from __future__ import annotations

from dataclasses import dataclass

from ...model.formula import Formula, Name
from ...model.graph import Edge
from ._slopes import TaggedSlip


@dataclass(frozen=True)
class ValueForSlope(TaggedSlip):
    """f′ := a."""

    id = "M06"
    title = "Value of the activation taken for its slope"
    repair = (
        "The output says how high the activation is, the slope says how fast it changes there. Work out the slope "
        "from the output by its own formula before you multiply."
    )
    hidden = "units whose value happens to be their slope, such as a = 0 of the sigmoid"

    def meant(self, edge: Edge) -> tuple[Formula, ...]:
        return tuple(wrong for wrong in super().meant(edge) if wrong == Name(edge.target))
