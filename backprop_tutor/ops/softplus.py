"""The softplus function."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..model.formula import ONE, Formula, call, exp, ln
from ..model.op import Inputs, Op, Slip, Symbol, Words, words


class Softplus(Op):
    """A ReLU with its corner rounded off: always positive and smooth everywhere.

    Why we use it: some outputs must be positive (a variance, a rate), and a slope everywhere helps to learn them.
    Slope: σ(z), the sigmoid of the same z.
    Watch out: it is above ReLU everywhere, by ln 2 at zero; it never reaches 0.
    """

    title = "Softplus"
    kinds = frozenset({"activation", "function"})
    symbol = Symbol("softplus", r"\mathrm{softplus}", "softplus")

    def formula(self, x: Inputs) -> tuple[Formula, ...]:
        return (ln(1 + exp(x[0])),)

    def called(self, x: Inputs) -> tuple[Formula, ...]:
        return (call("softplus", x[0]),)

    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        return call("sigmoid", x[0])

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        return ((x[0] if x[0] > 0 else 0.0) + math.log1p(math.exp(-math.fabs(x[0]))),)

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words(
            "Softplus is close to {} where that is large, close to 0 where it is very negative, and smooth in between.",
            x[0],
        )

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        return words(
            "Differentiate the logarithm, then what is inside: the exponential over one plus the exponential. "
            "That is the sigmoid of {}.",
            x[i],
        )

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        return (
            Slip(
                "The inner slope, the exponential, is missing as a factor.",
                ONE / (1 + exp(x[0])),
                title="Exponential left out as a factor",
            ),
            Slip("The slope is the sigmoid of the input, not the sigmoid of the output.", call("sigmoid", y[0]), "M03"),
            Slip(
                "The slope is the sigmoid itself, not the slope of the sigmoid.",
                call("sigmoid", x[0]) * (1 - call("sigmoid", x[0])),
                "M08",
            ),
        )
