"""The number with the other sign."""

from __future__ import annotations

from collections.abc import Sequence

from ..model.formula import ONE, Formula, Negative
from ..model.op import Inputs, Op, Slip, Words, words


class Negate(Op):
    """Turn the sign round.

    Why we use it: a difference is a sum with one term negated.
    Slope: -1.
    Watch out: the gradient changes its sign too.
    """

    title = "Negation"
    kinds = frozenset[str]()
    symbol = None

    def formula(self, x: Inputs) -> tuple[Formula, ...]:
        return (-x[0],)

    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        return Negative(ONE)

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        return (0.0 - x[0],)

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words("{} with the other sign.", x[0])

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        return words("When {} rises, its negative falls by as much: the slope is −1.", x[i])

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        return (Slip("The minus stays: the slope is −1.", ONE, title="Minus lost in the slope"),)
