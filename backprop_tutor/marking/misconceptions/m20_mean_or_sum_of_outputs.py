"""The slope of a mean is taken for that of a sum, or the other way round."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Self

from ...engine.rules import Wiring
from ...model.formula import Formula
from ...model.graph import Edge
from ...model.op import Loss
from ..misconception import Misconception
from ._slopes import edges_of, sides


class MeanOrSumOfOutputs(Misconception):
    """1/n too much or too little in the slope of the loss, while the loss itself is right.

    With the shortcut, in the gradient at z as well as in ∂L/∂ŷ.
    """

    id = "M20"
    title = "Mean and sum over the outputs confused in the slope"
    repair = (
        "The slope has the same factor in front as the loss: one over the number of outputs if this problem takes "
        "their mean, none if it takes their sum. Look at the loss again before you differentiate it."
    )
    hidden = "outputs that equal their targets"

    def slope(self, edge: Edge, right: Formula, wiring: Wiring) -> Formula:
        other = _other_reduction(edge)
        if other is None:
            return right
        x, y = sides(edge.node)
        if not edge.shortcut:
            return other.slope(edge.i, edge.k, x, y)
        middle = len(x) // 2
        activation = wiring.producers[edge.node.inputs[edge.k]].op.name
        return other.shortcut(activation, edge.k, x[:middle], x[middle:]) or right

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        return (cls(),) if any(_other_reduction(edge) is not None for edge in edges_of(wiring)) else ()


def _other_reduction(edge: Edge) -> Loss | None:
    """The loss as a mean where it is a sum, and the other way round; None where that is the same."""
    loss = edge.node.op
    if not isinstance(loss, Loss) or not is_dataclass(loss) or len(edge.node.inputs) < 4:
        return None
    if "mean" not in {field.name for field in fields(loss)}:
        return None
    return replace(loss, mean=not loss.mean)
