"""The sigmoid linear unit."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..model.formula import Formula, call, exp
from ..model.op import Inputs, Op, Slip, Symbol, Words, words


class Silu(Op):
    """Weigh a number by its own sigmoid (also called swish).

    Why we use it: like ReLU it passes large values and stops very negative ones, but it is smooth.
    Slope: y + σ(z)(1 - y), by the product rule.
    Watch out: it dips below 0 for negative z: left of about -1.28 the slope is negative.
    """

    title = "SiLU"
    kinds = frozenset({"activation", "function"})
    symbol = Symbol("SiLU", r"\mathrm{SiLU}", "silu")

    def formula(self, x: Inputs) -> tuple[Formula, ...]:
        return (x[0] / (1 + exp(-x[0])),)

    def called(self, x: Inputs) -> tuple[Formula, ...]:
        return (call("silu", x[0]),)

    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        return y[0] + call("sigmoid", x[0]) * (1 - y[0])

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        # The sigmoid by way of tanh, which cannot overflow.
        return (x[0] * (0.5 + 0.5 * math.tanh(x[0] / 2)),)

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words("SiLU multiplies {} by its own sigmoid, a gate between 0 and 1.", x[0])

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        gate = call("sigmoid", x[i])
        return words(
            "The product rule gives {}; the last product begins with the output {}, which you know, so you can write "
            "it shorter.",
            gate + x[i] * gate * (1 - gate),
            y[k],
        )

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        gate = call("sigmoid", x[0])
        return (
            Slip(
                "The product rule has two terms: the gate depends on the input too.",
                gate,
                title="Second term of the product rule left out",
            ),
            Slip(
                "The product rule has two terms: the gate itself is missing.",
                x[0] * gate * (1 - gate),
                title="First term of the product rule left out",
            ),
            Slip(
                "That slope belongs to the sigmoid; here the output is the input times the sigmoid.",
                y[0] * (1 - y[0]),
                "M08",
            ),
        )
