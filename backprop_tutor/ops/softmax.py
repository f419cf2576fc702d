"""Softmax over the units of a layer."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..model.formula import Formula, Negative, exp, total
from ..model.op import Inputs, Op, Slip, Symbol, Words, words


class Softmax(Op):
    """Turn the scores of a layer into probabilities: all positive, adding up to 1.

    Why we use it: it ends a network that chooses one of several classes.
    Slope: y_k(1 - y_k) in the output's own score, and -y_k·y_i in any other score.
    Watch out: every output depends on every score, so each score's gradient is a sum over all outputs.
    """

    title = "Softmax"
    kinds = frozenset({"activation"})
    arity = (1, None)
    layer_wide = True
    symbol = Symbol("softmax", r"\mathrm{softmax}", "softmax")

    def formula(self, x: Inputs) -> tuple[Formula, ...]:
        together = total(tuple(exp(score) for score in x))
        return tuple(exp(score) / together for score in x)

    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        return y[k] * (1 - y[k]) if i == k else Negative(y[k] * y[i])

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        # Taking the largest score off all of them changes no ratio and prevents overflow.
        top = sorted(x)[-1]
        raised = [math.exp(score - top) for score in x]
        together = math.fsum(raised)
        return tuple(value / together for value in raised)

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words(
            "Raise e to each score and divide by the sum of all of them: the results are positive and add up to "
            "1, so they read as probabilities of the classes."
        )

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        if i == k:
            return words(
                "{} grows with its own score {}. As with the sigmoid, the slope is the output times one minus the "
                "output.",
                y[k],
                x[i],
            )
        return words(
            "{} stands only in the denominator of {}: when another class's score grows, this output shrinks. "
            "Hence the minus sign and the product of the two outputs.",
            x[i],
            y[k],
        )

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        if i == k:
            return (
                Slip(
                    "In its own score the slope is the output times one minus the output: the numerator counts too.",
                    Negative(y[k] ** 2),
                    title="Numerator's share of the slope left out",
                ),
                Slip(
                    "The score stands in the denominator too, which gives the factor one minus the output.", y[k], "M06"
                ),
            )
        return (
            Slip("When another score grows this output shrinks, so the slope is negative.", y[k] * y[i], "M09"),
            Slip(
                "In another class's score the slope is minus the product of the two outputs.",
                y[k] * (1 - y[k]),
                title="Slope in its own score used for another score",
            ),
        )
