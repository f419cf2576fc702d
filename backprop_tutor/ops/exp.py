"""The exponential function."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..model.formula import ONE, Formula, call
from ..model.op import Inputs, Op, Slip, Symbol, Words, words


class Exp(Op):
    """Raise e to a power.

    Why we use it: it turns sums into products and any number into a positive one.
    Slope: y itself: the exponential is its own derivative.
    Watch out: it grows fast: e^10 is already more than 22,000.
    """

    title = "Exponential"
    kinds = frozenset({"function"})
    symbol = Symbol("exp", r"\exp", "exp")

    def formula(self, x: Inputs) -> tuple[Formula, ...]:
        return (call("exp", x[0]),)

    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        return y[0]

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        return (math.pow(math.e, x[0]),)

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words("Raise e to the power {}; the result is always positive.", x[0])

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        return words("The exponential is its own derivative, so the slope is the output: {}.", y[k])

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        return (
            Slip(
                "The exponential is its own derivative: the power rule is for a fixed exponent.",
                x[0] * call("exp", x[0] - 1),
                title="Power rule used for an exponential",
            ),
            Slip(
                "The slope in the exponent is the exponential again, not 1.",
                ONE,
                title="Slope of 1 used for an exponential",
            ),
        )
