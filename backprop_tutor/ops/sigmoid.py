"""The logistic sigmoid."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..model.formula import Formula, call, exp
from ..model.op import Inputs, Op, Slip, Symbol, Words, words


class Sigmoid(Op):
    """Squash any number into the interval from 0 to 1.

    Why we use it: the output reads as a probability, so it ends a network that answers yes or no.
    Slope: y(1 - y), written with the output, which the forward pass has already found.
    Watch out: the slope is at most 1/4, and far from zero it is almost nothing: learning stalls there.
    """

    title = "Sigmoid"
    kinds = frozenset({"activation", "function"})
    symbol = Symbol("σ", r"\sigma", "sigmoid")

    def formula(self, x: Inputs) -> tuple[Formula, ...]:
        return (1 / (1 + exp(-x[0])),)

    def called(self, x: Inputs) -> tuple[Formula, ...]:
        return (call("sigmoid", x[0]),)

    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        return y[0] * (1 - y[0])

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        # Only ever raise e to a negative power: the other way round overflows below -709.
        small = math.exp(-abs(x[0]))
        return ((1.0 if x[0] >= 0 else small) / (1.0 + small),)

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words("The sigmoid squashes {} into a number between 0 and 1, which reads as a probability.", x[0])

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        slope = self.slope(i, k, x, y)
        return words(
            "The slope of the sigmoid is its output times one minus its output: {}. You know the output from the "
            "forward pass, so there is no exponential left to compute.",
            slope,
        )

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        again = call("sigmoid", y[0])
        applied_twice = "The output is already the sigmoid of the sum: do not apply the sigmoid again."
        return (
            Slip("The sigmoid rises everywhere: its slope has no minus.", -(y[0] * (1 - y[0])), "M09"),
            Slip("The second factor is one minus the output, not one plus it.", y[0] * (1 + y[0]), "M09"),
            Slip(
                "Here the output itself is taken for the slope, which has the factor one minus the output too.",
                y[0],
                "M06",
            ),
            Slip(
                "Here only the factor one minus the output is taken for the slope; the output itself multiplies it.",
                1 - y[0],
                "M06",
            ),
            Slip(applied_twice, again * (1 - again), "M03"),
            Slip(
                "Here the slope of tanh is taken; that of the sigmoid is the output times one minus the output.",
                1 - y[0] ** 2,
                "M08",
            ),
        )
