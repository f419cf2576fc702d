"""What the pages about the output, or one factor, in place of an activation's slope share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import InitVar, dataclass
from typing import ClassVar, Self

from ... import ops
from ...engine.rules import Wiring
from ...model.formula import Call, Formula, walk
from ...model.graph import Edge
from ...model.op import Slip
from ._slopes import TaggedSlip, sides, slips_along, typical_edges


@dataclass(frozen=True)
class PartOfTheSlope(TaggedSlip):
    """Slips that a page's own sentence repairs best: what is left out is another thing for each activation.

    Where activations with different sentences stand in one problem, the page of the idea says what is true of all.
    """

    told: InitVar[str] = ""

    of_the_value: ClassVar[bool]
    """Whether the page is about the output itself, or about the other parts of slopes."""

    def __post_init__(self, told: str) -> None:
        if told:
            object.__setattr__(self, "repair", told)

    @classmethod
    def slips(cls, edge: Edge) -> tuple[Slip, ...]:
        """The slips along an edge that this page is about."""
        found = tuple(slip for slip in slips_along(edge) if slip.idea == cls.id)
        of_the_value = set(_said_of_the_value(edge)) if found else set()
        return tuple(slip for slip in found if (slip.repair in of_the_value) == cls.of_the_value)

    def meant(self, edge: Edge) -> tuple[Formula, ...]:
        return tuple(slip.wrong for slip in self.slips(edge))

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        every = [found for edge in typical_edges(wiring) if (found := cls.slips(edge))]
        variants = []
        for choice in range(max(map(len, every), default=0)):
            said = {found[min(choice, len(found) - 1)].repair for found in every}
            variants.append(cls(choice, said.pop() if len(said) == 1 else ""))
        return tuple(variants)


def _said_of_the_value(edge: Edge) -> Iterator[str]:
    """What the pages of the activations along an edge say to whoever takes the output itself."""
    x, y = sides(edge.node)
    yield from (slip.repair for slip in slips_along(edge) if slip.wrong == y[edge.k])
    # In a line of the author's own the output of an activation has no name.
    for part in walk(edge.node.op.formula(x)[edge.k]):
        if isinstance(part, Call) and part.arguments:
            operation, inputs = ops.from_call(part.function, part.arguments)
            for i in range(len(inputs)):
                yield from (slip.repair for slip in operation.slips(i, 0, inputs, (part,)) if slip.wrong == part)
