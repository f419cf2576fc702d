"""ŷ − y is used as the gradient at z with a loss that it does not belong to."""

from __future__ import annotations

from typing import Self

from ...engine.rules import Wiring, times
from ...model.formula import Formula, Number
from ..misconception import Misconception
from ._slopes import OutputUnit, instead, output_units, sides, slope_through


class ShortcutWithAnotherLoss(Misconception):
    """δ = ŷ − y with a squared error behind a sigmoid or tanh.

    Where the slope of the loss is ŷ − y itself this is a slope left out, which has a page of its own.  There is no
    shortcut in such a problem.
    """

    id = "M16"
    title = "Output minus target used with a loss that it does not belong to"
    repair = (
        "Output minus target is the gradient in front of the activation only where loss and activation cancel, as "
        "cross-entropy does with its own activation. With this loss, multiply its slope by the slope of the output "
        "activation."
    )
    hidden = "outputs that equal their targets"

    def gather(self, name: str, right: Formula, shares: tuple[Formula, ...], wiring: Wiring) -> Formula:
        for unit in output_units(wiring):
            if unit.activation.inputs == (name,) and _is_meant(unit, wiring):
                return instead(right, times(wiring.gradient(unit.loss.outputs[0]), unit.difference))
        return right

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        return (cls(),) if any(_is_meant(unit, wiring) for unit in output_units(wiring)) else ()


def _is_meant(unit: OutputUnit, wiring: Wiring) -> bool:
    if unit.shortcut is not None or len(unit.activation.inputs) != 1:
        return False
    x, y = sides(unit.loss)
    known = {slip.idea for slip in unit.loss.op.slips(unit.k, 0, x, y)}
    is_linear = isinstance(slope_through(unit, unit.activation.inputs[0], wiring), Number)
    return "M18" in known and not is_linear and unit.loss.op.slope(unit.k, 0, x, y) != unit.difference
