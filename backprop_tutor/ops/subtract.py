"""The difference of two numbers."""

from __future__ import annotations

from collections.abc import Sequence

from ..model.formula import ONE, Formula, Negative
from ..model.op import Inputs, Op, Slip, Words, words


class Subtract(Op):
    """Take the second number off the first.

    Why we use it: an error is a difference.
    Slope: 1 in the first number, -1 in the second.
    Watch out: the minus is easily lost on the way back.
    """

    title = "Difference"
    arity = (2, 2)

    def formula(self, x: Inputs) -> tuple[Formula, ...]:
        return (x[0] - x[1],)

    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        return ONE if i == 0 else Negative(ONE)

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        return (x[0] + -1.0 * x[1],)

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words("Take {} off {}.", x[1], x[0])

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        if i == 0:
            return words("{} stands with a plus, so the gradient passes through unchanged: slope 1.", x[i])
        return words("{} stands with a minus, so the gradient passes with its sign turned round: slope −1.", x[i])

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        if i == 0:
            return (
                Slip(
                    "The first number stands with a plus: slope 1.",
                    Negative(ONE),
                    title="Minus added to the slope in the first number",
                ),
            )
        return (
            Slip(
                "The second number stands with a minus: slope −1.",
                ONE,
                title="Minus lost in the slope in the second number",
            ),
            Slip(
                "The slope in the second number is −1, whatever the number is.",
                Negative(x[1]),
                title="Number itself taken for its slope",
            ),
        )
