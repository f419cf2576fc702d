"""The tangent."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from random import Random

from ..model.formula import Formula, call
from ..model.op import Inputs, Op, Slip, Symbol, Words, words


class Tan(Op):
    """The sine over the cosine, at an angle in radians.

    Why we use it: it is the steepness of a line at this angle.
    Slope: 1 + y², written with the output.
    Watch out: it has no value at odd multiples of π/2.
    """

    title = "Tangent"
    kinds = frozenset({"function"})
    symbol = Symbol("tan", r"\tan", "tan")

    def formula(self, x: Inputs) -> tuple[Formula, ...]:
        return (call("tan", x[0]),)

    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        return 1 + y[0] ** 2

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        return (math.sin(x[0]) / math.cos(x[0]),)

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words("The tangent of the angle {}, in radians: sine over cosine.", x[0])

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        return words(
            "The slope of the tangent is one plus its squared output: {}. (That is one over the squared cosine.)",
            1 + y[k] ** 2,
        )

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        return (
            Slip(
                "One minus the squared output is the slope of tanh; the tangent has a plus.",
                1 - y[0] ** 2,
                title="Slope of tanh used for the tangent",
            ),
            Slip(
                "One over the cosine must be squared.",
                1 / call("cos", x[0]),
                title="Square of the cosine left out in the slope",
            ),
        )

    def sample(self, random: Random) -> tuple[Fraction, ...]:
        return (Fraction(random.randint(-1400, 1400), 1000),)
