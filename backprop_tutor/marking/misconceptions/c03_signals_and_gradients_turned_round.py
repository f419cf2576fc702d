"""Every gradient carries the other sign, and the update adds."""

from __future__ import annotations

from typing import Self

from ...engine.rules import Wiring
from ...model.formula import Formula
from ...model.graph import Edge, Role
from ._places import is_other
from ._slopes import turned_round
from ._updates import AtUpdates


class SignalsAndGradientsTurnedRound(AtUpdates):
    """δ := t − y; all gradients are those of −L, and w′ := w + η times them.

    Without an update it cannot be told from a wrong sign, and is not offered.
    """

    id = "C03"
    title = "Error signal target minus output: every gradient with the other sign"
    repair = (
        "You start from target minus output, so every gradient carries the other sign, and you add it in the update. "
        "That ends at the same weights; this problem goes back with output minus target, and subtracts."
    )
    hidden = "outputs that equal their targets"
    convention = True
    needs_update = True

    def share(self, edge: Edge, right: Formula, arriving: Formula, slope: Formula, wiring: Wiring) -> Formula:
        is_start = wiring.role(edge.target) is Role.LOSS and wiring.role(edge.source) is not Role.LOSS
        return turned_round(right) if is_start else right

    def instead(self, old: Formula, step: Formula) -> Formula:
        return old + step

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        rule = cls()
        return (rule,) if wiring.updated and is_other(rule, wiring) else ()
