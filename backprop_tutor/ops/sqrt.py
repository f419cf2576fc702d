"""The square root."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from random import Random

from ..model.formula import HALF, ONE, ZERO, Condition, Formula, call
from ..model.op import Inputs, Op, Requirement, Slip, Symbol, Words, words


class Sqrt(Op):
    """The number that is not negative and gives x when squared.

    Why we use it: it undoes a square: lengths and standard deviations are roots.
    Slope: 1/(2y), written with the output.
    Watch out: there is no root of a negative number, and no slope at 0.
    """

    title = "Square root"
    kinds = frozenset({"function"})
    symbol = Symbol("√", r"\sqrt", "sqrt")

    def formula(self, x: Inputs) -> tuple[Formula, ...]:
        return (call("sqrt", x[0]),)

    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        return ONE / (2 * y[0])

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        return (math.pow(x[0], 0.5),)

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words("The root of {}: the number that gives it when squared.", x[0])

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        return words(
            "A root is the power one half: the half comes down and the exponent falls to minus one half. "
            "That is one over twice the output: {}.",
            ONE / (2 * y[k]),
        )

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        return (
            Slip(
                "The root itself belongs into the denominator: one over twice the root.",
                HALF * y[0],
                title="Root used as a factor instead of a divisor",
            ),
            Slip(
                "The exponent ½ comes down as a factor: there is a 2 in the denominator.",
                ONE / y[0],
                title="Factor 2 left out of the denominator",
            ),
            Slip(
                "In the denominator stands twice the root, not twice the argument.",
                ONE / (2 * x[0]),
                title="Argument put into the denominator instead of its root",
            ),
        )

    def requirements(self, x: Inputs) -> tuple[Requirement, ...]:
        return (Requirement(Condition(x[0], ">=", ZERO), "a negative number has no square root"),)

    def sample(self, random: Random) -> tuple[Fraction, ...]:
        return (Fraction(random.randint(50, 4000), 1000),)
