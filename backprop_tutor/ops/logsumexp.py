"""The logarithm of a sum of exponentials."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..model.formula import ONE, Formula, exp, ln, total
from ..model.op import Inputs, Op, Slip, Symbol, Words, words


class Logsumexp(Op):
    """A smooth version of the maximum: a little above the largest number.

    Why we use it: it stands inside the cross-entropy of scores, and turns products of probabilities into sums.
    Slope: e^(x_i) over the sum of all exponentials: the softmax.
    Watch out: computed as written it overflows for large numbers; take the largest off all of them first.
    """

    title = "Log-sum-exp"
    kinds = frozenset({"function"})
    arity = (1, None)
    symbol = Symbol("logsumexp", r"\mathrm{logsumexp}", "logsumexp")

    def formula(self, x: Inputs) -> tuple[Formula, ...]:
        return (ln(_exponentials(x)),)

    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        return exp(x[i]) / _exponentials(x)

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        top = sorted(x)[-1]
        return (top + math.log(math.fsum(math.exp(value - top) for value in x)),)

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words("Add up the exponentials and take the logarithm: the result is a little above the largest number.")

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        return words(
            "The logarithm gives one over the sum of the exponentials, and inside only {} depends on {}. The slopes "
            "together are the softmax.",
            exp(x[i]),
            x[i],
        )

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        return (
            Slip(
                "The inner slope, the exponential of this number, is missing as a factor.",
                ONE / _exponentials(x),
                title="Exponential left out as a factor",
            ),
            Slip("The logarithm differentiates to one over the sum.", exp(x[i]), title="Division by the sum left out"),
        )


def _exponentials(x: Inputs) -> Formula:
    return total(tuple(exp(value) for value in x))
