"""The slope of another activation is used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from ... import ops
from ...engine.rules import Wiring
from ...model.formula import Formula
from ...model.graph import Edge
from ._slopes import TaggedSlip, typical_edges


@dataclass(frozen=True)
class SlopeOfAnotherActivation(TaggedSlip):
    """a(1 − a) for tanh, 1 − a² for the sigmoid: at every unit with one ``operation``, or at all that can be confused.

    Who takes tanh for the sigmoid need not take the sigmoid for tanh.
    """

    operation: str = ""

    id = "M08"
    title = "Slope of another activation used"
    repair = (
        "Every activation has a slope formula of its own, and some look alike: check which activation this unit "
        "has, and take the slope that goes with it."
    )
    hidden = "values at which both activations have the same slope"

    def __post_init__(self) -> None:
        if self.operation:
            object.__setattr__(self, "title", f"{self.title}: not that of {ops.operation(self.operation).title}")

    def meant(self, edge: Edge) -> tuple[Formula, ...]:
        return super().meant(edge) if self.operation in {"", edge.node.op.name} else ()

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        page = cls()
        found = {edge.node.op for edge in typical_edges(wiring) if page.meant(edge)}
        # An author's own line has no name by which its activation could be called.
        alone = tuple(cls(operation=name) for name in sorted({op.name for op in found if op.kinds}))
        return alone if len(alone) == 1 and all(op.kinds for op in found) else (*alone, page) if found else ()
