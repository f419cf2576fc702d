"""The exponential linear unit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ..model.formula import ONE, ZERO, Condition, Formula, call, exp, greater, when
from ..model.op import Inputs, Kink, Op, Slip, Symbol, Words, words
from ._parameters import float_of, is_number, times


@dataclass(frozen=True)
class Elu(Op):
    """Keep what is positive and bend what is negative smoothly towards -α.

    Why we use it: negative outputs keep the mean of a layer near zero, and no unit is switched off for good.
    Slope: 1 where z > 0, and α·e^z elsewhere, which is also the output plus α.
    Watch out: with α other than 1 there is a corner at 0.
    """

    title = "ELU"
    kinds = frozenset({"activation", "function"})
    call_parameters = ("alpha",)
    symbol = Symbol("ELU", r"\mathrm{ELU}", "elu")

    alpha: Formula = ONE
    """How far down the negative side goes."""

    def formula(self, x: Inputs) -> tuple[Formula, ...]:
        return (when(greater(x[0], 0), x[0], times(self.alpha, exp(x[0]) - 1)),)

    def called(self, x: Inputs) -> tuple[Formula, ...]:
        return (call("elu", x[0]) if is_number(self.alpha, 1) else call("elu", x[0], self.alpha),)

    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        return when(greater(x[0], 0), ONE, times(self.alpha, exp(x[0])))

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        return (x[0] if x[0] > 0 else float_of(self.alpha) * math.expm1(x[0]),)

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words(
            "ELU keeps {} if it is positive; otherwise it gives {}, which is negative but never below {}.",
            x[0],
            times(self.alpha, exp(x[0]) - 1),
            -self.alpha,
        )

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        below = times(self.alpha, exp(x[0]))
        return words(
            "Look at the sign of {}. Where it is positive the slope is 1; elsewhere it is the exponential "
            "differentiated: {}.",
            x[0],
            below,
        )

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        return (
            Slip(
                "Here the output is taken for the slope of the negative side; its constant −1 drops out.",
                when(greater(x[0], 0), ONE, y[0]),
                title="Constant −1 kept in the slope of the negative side",
            ),
            Slip(
                "Here the slope of ReLU is taken; ELU still has a slope where the input is negative.",
                when(greater(x[0], 0), ONE, ZERO),
                "M08",
            ),
            Slip(
                "The exponential belongs to the negative side; where the input is positive the slope is 1.",
                times(self.alpha, exp(x[0])),
                title="Slope of the negative side used for a positive input",
            ),
        )

    def kinks(self, x: Inputs) -> tuple[Kink, ...]:
        if is_number(self.alpha, 1):
            return ()
        says = "With this α, ELU has a corner at 0 and no derivative there; the slope α is used, as PyTorch does."
        return (Kink(Condition(x[0], "=", ZERO), says),)
