"""The quotient of two numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from random import Random

from ..model.formula import ONE, Formula, call, greater
from ..model.op import Inputs, Op, Requirement, Slip, Words, words


class Divide(Op):
    """Divide the first number by the second.

    Why we use it: shares and rates are quotients.
    Slope: 1/b in the numerator a, and -a/b² in the denominator b.
    Watch out: a small denominator makes both slopes large; at 0 there is no value.
    """

    title = "Quotient"
    arity = (2, 2)

    def formula(self, x: Inputs) -> tuple[Formula, ...]:
        return (x[0] / x[1],)

    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        return ONE / x[1] if i == 0 else -(x[0] / x[1] ** 2)

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        return (x[0] * math.pow(x[1], -1),)

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words("Divide {} by {}.", x[0], x[1])

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        if i == 0:
            return words("The numerator {} is multiplied by {}, so that is the slope.", x[0], ONE / x[1])
        return words(
            "When the denominator {} grows the quotient shrinks, hence the minus; the power −1 comes down and leaves "
            "the denominator squared.",
            x[1],
        )

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        if i == 0:
            return (
                Slip(
                    "You differentiate by the numerator: it is gone, and one over the denominator is left.",
                    x[0] / x[1],
                    title="Quotient itself taken for its slope",
                ),
                Slip(
                    "One over the denominator is the slope, not the denominator.",
                    x[1],
                    title="Denominator used for the slope",
                ),
            )
        return (
            Slip(
                "A larger denominator makes the quotient smaller: the slope has a minus.",
                x[0] / x[1] ** 2,
                title="Minus of the denominator's slope lost",
            ),
            Slip("The denominator is squared in the slope.", -(x[0] / x[1]), title="Denominator not squared"),
            Slip("The numerator stays as a factor.", -(ONE / x[1] ** 2), title="Numerator left out of the slope"),
        )

    def requirements(self, x: Inputs) -> tuple[Requirement, ...]:
        return (Requirement(greater(call("abs", x[1]), 0), "nothing can be divided by 0"),)

    def sample(self, random: Random) -> tuple[Fraction, ...]:
        below = Fraction(random.randint(200, 3000), random.choice((-1000, 1000)))
        return Fraction(random.randint(-3000, 3000), 1000), below
