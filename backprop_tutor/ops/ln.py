"""The natural logarithm."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from random import Random

from ..model.formula import ONE, Formula, call, greater
from ..model.op import Inputs, Op, Requirement, Slip, Symbol, Words, words


class Ln(Op):
    """The power to which e must be raised to give the number.

    Why we use it: it turns products into sums, and probabilities into costs.
    Slope: 1/x.
    Watch out: it exists only for positive numbers, and runs to minus infinity at 0.
    """

    title = "Natural logarithm"
    kinds = frozenset({"function"})
    symbol = Symbol("ln", r"\ln", "ln")

    def formula(self, x: Inputs) -> tuple[Formula, ...]:
        return (call("ln", x[0]),)

    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        return ONE / x[0]

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        return (math.log(x[0]),)

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words("The natural logarithm asks to which power e must be raised to give {}.", x[0])

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        return words("The slope of ln is one over its argument: {}. Large arguments change it little.", ONE / x[i])

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        return (
            Slip(
                "The slope is one over the argument, not one over the logarithm.",
                ONE / y[0],
                title="Logarithm put into the denominator instead of its argument",
            ),
            Slip(
                "The slope of ln is one over the argument; ln itself is gone.",
                y[0],
                title="Logarithm itself taken for its slope",
            ),
        )

    def requirements(self, x: Inputs) -> tuple[Requirement, ...]:
        return (Requirement(greater(x[0], 0), "ln takes positive numbers only"),)

    def sample(self, random: Random) -> tuple[Fraction, ...]:
        return (Fraction(random.randint(50, 4000), 1000),)
