"""The L2 penalty, also called weight decay."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..model.formula import Formula, Quotient, Sum, total
from ..model.op import Inputs, Op, Slip, Words, words
from ._parameters import float_of, number, times


@dataclass(frozen=True)
class L2Penalty(Op):
    """Charge every weight its square, so that large weights must be worth their price.

    Why we use it: small weights make a smoother function, which fits new examples better.
    Slope: 2λw in each weight, or λw if the penalty has a factor one half.
    Watch out: some write λ and some λ/2; and biases are usually left out.
    """

    title = "L2 penalty"
    arity = (1, None)

    coefficient: Formula = field(default=number("1/100"))
    """The λ in front of the sum."""
    half: bool = False
    """Take one half of it, so that the slope has no 2."""

    def formula(self, x: Inputs) -> tuple[Formula, ...]:
        squares = total(tuple(weight**2 for weight in x))
        factor = Quotient(self.coefficient, number(2)) if self.half else self.coefficient
        return (times(factor, squares),)

    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        return times(self.coefficient, x[i]) if self.half else number(2) * times(self.coefficient, x[i])

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        return (math.fsum(weight * weight for weight in x) * float_of(self.coefficient) * (0.5 if self.half else 1),)

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words(
            "Add up the squares of all weights and multiply by the coefficient {}: large weights cost.",
            self.coefficient,
        )

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        if self.half:
            return words(
                "Only the square of {} depends on this weight. The 2 that comes down cancels the ½, so each "
                "step of learning pulls the weight towards 0.",
                x[i],
            )
        return words(
            "Only the square of {} depends on this weight. The exponent 2 comes down, so each step of learning "
            "pulls the weight towards 0.",
            x[i],
        )

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        twice = number(2) * times(self.coefficient, x[i])
        if self.half:
            wrong = Slip("The ½ cancels the 2 of the square.", twice, title="Factor 2 kept that the ½ cancels")
        else:
            wrong = Slip(
                "The exponent comes down as a factor 2.",
                times(self.coefficient, x[i]),
                title="Factor 2 left out of the penalty's slope",
            )
        total_of_all = Sum((twice, *x)) if len(x) > 1 else twice * 2
        return (
            wrong,
            Slip(
                "The coefficient stays in front.",
                number(2) * x[i] if not self.half else x[i],
                title="Coefficient of the penalty left out",
            ),
            Slip(
                "The other weights are held fixed: they drop out of the slope.",
                total_of_all,
                title="Other weights kept in the slope of the penalty",
            ),
        )

    def convention(self) -> Words:
        """Which of the two usual factors is in force."""
        if self.half:
            return words(
                "The penalty is half the coefficient times the sum of the squared weights; biases are left out."
            )
        return words("The penalty is the coefficient times the sum of the squared weights; biases are left out.")
