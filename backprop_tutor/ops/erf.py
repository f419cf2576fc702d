"""The error function."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..model.formula import PI, Formula, call, exp, sqrt
from ..model.op import Inputs, Op, Slip, Symbol, Words, words


class Erf(Op):
    """The probability that a normal variable with variance ½ lies within x of its mean, with the sign of x.

    Why we use it: the normal distribution, and so GELU, is made of it.
    Slope: 2/√π·e^(-x²), a bell curve.
    Watch out: other books scale it differently; here erf(x) = 2/√π ∫ e^(-t²) dt from 0 to x.
    """

    title = "Error function"
    kinds = frozenset({"function"})
    symbol = Symbol("erf", r"\mathrm{erf}", "erf")

    def formula(self, x: Inputs) -> tuple[Formula, ...]:
        return (call("erf", x[0]),)

    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        return 2 / sqrt(PI) * exp(-(x[0] ** 2))

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        return (math.erf(x[0]),)

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words("The error function of {}, a number between −1 and 1.", x[0])

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        return words(
            "The error function is an integral, so its slope is what is integrated, at {}: {}.",
            x[i],
            2 / sqrt(PI) * exp(-(x[i] ** 2)),
        )

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        return (
            Slip(
                "The factor 2/√π in front of the integral belongs to the slope.",
                exp(-(x[0] ** 2)),
                title="Factor in front of the integral left out",
            ),
            Slip(
                "The exponent has a minus: the slope falls away on both sides.",
                2 / sqrt(PI) * exp(x[0] ** 2),
                title="Minus in the exponent left out",
            ),
        )
