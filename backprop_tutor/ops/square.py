"""The square."""

from __future__ import annotations

from collections.abc import Sequence

from ..model.formula import Formula
from ..model.op import Inputs, Op, Slip, Words, words


class Square(Op):
    """A number times itself.

    Why we use it: errors are squared so that their sign does not matter.
    Slope: 2x.
    Watch out: the square grows fast, and so does its slope.
    """

    title = "Square"
    kinds = frozenset[str]()
    symbol = None

    def formula(self, x: Inputs) -> tuple[Formula, ...]:
        return (x[0] ** 2,)

    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        return 2 * x[0]

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        return (x[0] * x[0],)

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words("{} times itself.", x[0])

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        return words("Bring the exponent 2 down in front: {}.", 2 * x[i])

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        return (
            Slip("The exponent comes down as a factor 2.", x[0], title="Exponent not brought down as a factor"),
            Slip("The exponent falls by one when it comes down.", 2 * x[0] ** 2, title="Exponent not lowered"),
        )
