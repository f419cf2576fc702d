"""The Gaussian error linear unit, exact."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..model.formula import HALF, PI, Formula, Product, call, exp, sqrt
from ..model.op import Inputs, Op, Slip, Symbol, Words, words


class Gelu(Op):
    """Weigh a number by the probability that a standard normal variable lies below it.

    Why we use it: it is smooth, and it lets a little through where z is slightly negative; transformers use it.
    Slope: Φ(z) + z·φ(z), with the normal distribution Φ and its density φ, by the product rule.
    Watch out: this is the exact function, with erf; the approximation with tanh differs in the fourth place.
    """

    title = "GELU"
    kinds = frozenset({"activation", "function"})
    symbol = Symbol("GELU", r"\mathrm{GELU}", "gelu")

    def formula(self, x: Inputs) -> tuple[Formula, ...]:
        return (x[0] * _below(x[0]),)

    def called(self, x: Inputs) -> tuple[Formula, ...]:
        return (call("gelu", x[0]),)

    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        return _below(x[0]) + x[0] * _density(x[0])

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        return (x[0] / 2 * math.erfc(-x[0] / math.sqrt(2)),)

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words(
            "GELU multiplies {} by the probability {} that a standard normal variable is smaller.", x[0], _below(x[0])
        )

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        return words(
            "The product rule: {} differentiated leaves the probability as it is, and the probability differentiated "
            "is the bell curve {}, which {} multiplies.",
            x[i],
            _density(x[i]),
            x[i],
        )

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        return (
            Slip(
                "The product rule has two terms: the probability depends on the input too.",
                _below(x[0]),
                title="Second term of the product rule left out",
            ),
            Slip(
                "The product rule has two terms: the probability itself is missing.",
                x[0] * _density(x[0]),
                title="First term of the product rule left out",
            ),
            Slip(
                "In the second term the density is multiplied by the input.",
                _below(x[0]) + _density(x[0]),
                title="Input left out beside the density",
            ),
        )


def _below(z: Formula) -> Formula:
    """Φ(z), the probability that a standard normal variable is smaller than z."""
    return Product((HALF, 1 + call("erf", z / sqrt(2))))


def _density(z: Formula) -> Formula:
    """φ(z), the density of the standard normal distribution."""
    return exp(-(z**2) / 2) / sqrt(2 * PI)
