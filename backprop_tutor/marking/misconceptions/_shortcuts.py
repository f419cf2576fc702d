"""What the pages about ŷ − y used beside the slope of the activation share."""

from __future__ import annotations

from typing import ClassVar, Self

from ...engine.rules import Wiring, times
from ...model.formula import Formula, total
from ..misconception import Misconception
from ._slopes import OutputUnit, instead, output_units, slope_through


class ShortcutAndSlope(Misconception):
    """ŷ − y times the slope of the activation, although ŷ − y already contains it.

    The same with the shortcut and without: ∂L/∂ŷ stays as it is, and the gradient at the sum is written out.
    """

    layer_wide: ClassVar[bool]
    """Whether the page is about activations of a whole layer, or about the others."""

    def gather(self, name: str, right: Formula, shares: tuple[Formula, ...], wiring: Wiring) -> Formula:
        found = []
        for unit in self._units(wiring):
            if name in unit.activation.inputs and unit.shortcut is not None:
                arriving = wiring.gradient(unit.loss.outputs[0])
                found.append(times(arriving, unit.shortcut, slope_through(unit, name, wiring)))
        return instead(right, total(tuple(found))) if found else right

    @classmethod
    def _units(cls, wiring: Wiring) -> tuple[OutputUnit, ...]:
        return tuple(
            unit
            for unit in output_units(wiring)
            if unit.activation.op.layer_wide == cls.layer_wide and unit.shortcut is not None
        )

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        return (cls(),) if cls._units(wiring) else ()
