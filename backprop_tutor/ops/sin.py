"""The sine."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..model.formula import Formula, call
from ..model.op import Inputs, Op, Slip, Symbol, Words, words


class Sin(Op):
    """The height of a point on the unit circle at an angle in radians.

    Why we use it: it describes waves and rotations.
    Slope: cos(x).
    Watch out: the angle is in radians; in degrees the slope would have a factor π/180.
    """

    title = "Sine"
    kinds = frozenset({"function"})
    symbol = Symbol("sin", r"\sin", "sin")

    def formula(self, x: Inputs) -> tuple[Formula, ...]:
        return (call("sin", x[0]),)

    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        return call("cos", x[0])

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        return (math.sin(x[0]),)

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words("The sine of the angle {}, in radians.", x[0])

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        return words("The sine differentiates to the cosine, of the same argument: {}.", call("cos", x[i]))

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        return (
            Slip(
                "The sine differentiates to plus the cosine; the minus belongs to the cosine.",
                -call("cos", x[0]),
                title="Minus added to the slope of the sine",
            ),
            Slip(
                "The slope of the sine is the cosine, not the sine again.",
                y[0],
                title="Sine itself taken for its slope",
            ),
        )
