"""The error signals carry the other sign, and the gradients of the parameters are right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from ...engine.rules import Wiring
from ...model.formula import Formula
from ...model.graph import Edge, Role
from ..misconception import Misconception
from ._places import enters_loss, offered
from ._slopes import turned_round


@dataclass(frozen=True)
class SignalsTurnedRound(Misconception):
    """δ := −∂L/∂z, and ∂L/∂w = −δ a as it should be.

    Where ``sums_only``, only the δ = −∂L/∂z of the sums carry the other sign, else ∂L/∂ŷ and every ∂L/∂a as well.
    """

    sums_only: bool = False

    id = "C03"
    title = "Error signal target minus output: its sign turned round"
    repair = (
        "You define the error signal as target minus output, so it carries the other sign, and you turn it round "
        "again for the weights. In this problem the error signal is the gradient itself, with output minus target."
    )
    hidden = "outputs that equal their targets"
    convention = True

    def share(self, edge: Edge, right: Formula, arriving: Formula, slope: Formula, wiring: Wiring) -> Formula:
        if wiring.role(wiring.objective) is not Role.LOSS:
            return right
        from_signal = self._is_signal(edge.target, wiring)
        to_signal = self._is_signal(edge.source, wiring)
        if from_signal == to_signal:
            return right
        return turned_round(right) if enters_loss(edge, wiring) else -right

    def _is_signal(self, name: str, wiring: Wiring) -> bool:
        """Whether the gradient by a value carries the other sign."""
        role = wiring.role(name)
        if self.sums_only:
            return role is Role.PREACTIVATION
        return role in {Role.PREACTIVATION, Role.ACTIVATION, Role.OUTPUT, Role.INPUT}

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        return offered((cls(), cls(sums_only=True)), wiring)
