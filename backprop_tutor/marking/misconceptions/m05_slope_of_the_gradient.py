"""The slope of an activation is evaluated at the gradient that arrives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from ...engine.rules import Wiring
from ...model.formula import Formula
from ...model.graph import Edge
from ..misconception import Misconception
from ._slopes import edges_of, is_activation, sides, slope_at


@dataclass(frozen=True)
class SlopeOfTheGradient(Misconception):
    """g(1 − g) for a(1 − a), where g is ∂L/∂a; either times g, as the chain rule goes on, or ``alone`` as δ.

    The shortcut uses no slope of the activation, so with it only hidden layers change.
    """

    alone: bool = False

    id = "M05"
    title = "Slope taken at the gradient instead of the activation"
    repair = (
        "The slope of the activation depends on the forward pass alone: put the output of the activation into its "
        "formula. The gradient that comes back is the other factor."
    )
    hidden = "activations whose slope is not written with a"

    def _wrong(self, edge: Edge, wiring: Wiring) -> Formula | None:
        if not is_activation(edge) or edge.node.op.layer_wide or edge.target in wiring.every_objective:
            return None
        x, _ = sides(edge.node)
        wrong = slope_at(edge, x, (wiring.gradient(edge.target),))
        return None if wrong == edge.slope else wrong

    def slope(self, edge: Edge, right: Formula, wiring: Wiring) -> Formula:
        return right if self.alone else self._wrong(edge, wiring) or right

    def share(self, edge: Edge, right: Formula, arriving: Formula, slope: Formula, wiring: Wiring) -> Formula:
        return self._wrong(edge, wiring) or right if self.alone else right

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        rule = cls()
        found = any(rule._wrong(edge, wiring) is not None for edge in edges_of(wiring))
        return (cls(False), cls(True)) if found else ()
