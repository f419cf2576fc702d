"""The cosine."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..model.formula import Formula, call
from ..model.op import Inputs, Op, Slip, Symbol, Words, words


class Cos(Op):
    """How far to the right a point on the unit circle lies, at an angle in radians.

    Why we use it: it describes waves and rotations.
    Slope: -sin(x).
    Watch out: mind the minus; and the angle is in radians.
    """

    title = "Cosine"
    kinds = frozenset({"function"})
    symbol = Symbol("cos", r"\cos", "cos")

    def formula(self, x: Inputs) -> tuple[Formula, ...]:
        return (call("cos", x[0]),)

    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        return -call("sin", x[0])

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        return (math.cos(x[0]),)

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words("The cosine of the angle {}, in radians.", x[0])

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        return words("The cosine differentiates to minus the sine, of the same argument: {}.", -call("sin", x[i]))

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        return (
            Slip(
                "The cosine falls where the sine is positive, so the slope has a minus.",
                call("sin", x[0]),
                title="Minus of the cosine's slope left out",
            ),
            Slip(
                "The slope of the cosine is minus the sine, not the cosine again.",
                y[0],
                title="Cosine itself taken for its slope",
            ),
            Slip(
                "The slope of the cosine is minus the sine: the function changes, and not the sign alone.",
                -y[0],
                title="Cosine kept in its slope, with a minus",
            ),
        )
