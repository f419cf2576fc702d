"""At a kink, the slope of the other side is used."""

from __future__ import annotations

from ...model.formula import Condition, Formula, when
from ._kinks import AtTheKink


class KinkFromTheOtherSide(AtTheKink):
    """ReLU′(0) = 1, where this problem takes 0."""

    id = "M12"
    title = "Slope of the other side used at a kink"
    repair = (
        "Exactly at a kink there is no derivative, and a convention decides: some take the slope of one side, some "
        "that of the other. This problem says which; use it throughout."
    )
    hidden = "points that are not exactly at a kink"
    convention = True

    def at_the_kink(self, above: Condition, slope: Formula, elsewhere: Formula) -> Formula:
        return when(Condition(above.left, ">=", above.right), slope, elsewhere)
