"""The loss is the mean over the outputs where the problem has the sum, and the other way round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from ...engine.rules import Wiring
from ...model.formula import Formula, Name
from ...model.graph import Edge, Node
from ...model.op import Loss, halves
from ..misconception import Misconception
from ._losses import averages, turned
from ._places import offered

MEAN = (
    "This is right for a loss that is the mean over the outputs. This problem adds up over the outputs, "
    "without dividing by their number."
)
SUM = (
    "This is right for a loss that adds up over the outputs. This problem takes the mean, so everything is "
    "divided by the number of outputs."
)


@dataclass(frozen=True)
class MeanOrSumOfOutputs(Misconception):
    """The same loss with the other reduction, in value and in every slope, the shortcut too."""

    repair: str = MEAN

    id = "C02"
    title = "Mean over the outputs instead of their sum, or the reverse"
    hidden = "losses of 0"
    convention = True

    def forward(self, node: Node, k: int, right: Formula, wiring: Wiring) -> Formula:
        other = self._other(node)
        return right if other is None else other.formula(wiring.graph.inputs_of(node))[k]

    def slope(self, edge: Edge, right: Formula, wiring: Wiring) -> Formula:
        other = self._other(edge.node)
        if other is None:
            return right
        if not edge.shortcut:
            y = tuple(Name(name) for name in edge.node.outputs)
            wrong: Formula | None = other.slope(edge.i, edge.k, wiring.graph.inputs_of(edge.node), y)
        else:
            outputs, targets = halves(tuple(Name(name) for name in edge.node.inputs))
            activation = wiring.producers[edge.node.inputs[edge.k]].op.name
            wrong = other.shortcut(activation, edge.k, outputs, targets)
        return right if wrong is None or wrong == right else wrong

    def _other(self, node: Node) -> Loss | None:
        if not isinstance(node.op, Loss) or averages(node) is not (self.repair == SUM):
            return None
        other = turned(node.op, "mean")
        assert isinstance(other, Loss)
        return other

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        return offered((cls(MEAN), cls(SUM)), wiring)
