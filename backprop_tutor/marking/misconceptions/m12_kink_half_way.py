"""At a kink, the mean of the slopes on both sides is used."""

from __future__ import annotations

from ...model.formula import HALF, ZERO, Condition, Formula, when
from ._kinks import AtTheKink


class KinkHalfWay(AtTheKink):
    """ReLU′(0) = 1/2, where this problem takes 0."""

    id = "M12"
    title = "Slope half-way between both sides used at a kink"
    repair = (
        "Exactly at a kink there is no derivative, and a convention decides: some take the mean of the slopes on "
        "both sides. This problem takes one of the two; use it throughout."
    )
    hidden = "points that are not exactly at a kink"
    convention = True

    def at_the_kink(self, above: Condition, slope: Formula, elsewhere: Formula) -> Formula:
        between = HALF * (slope if elsewhere == ZERO else slope + elsewhere)
        return when(above, slope, when(Condition(above.left, "=", above.right), between, elsewhere))
