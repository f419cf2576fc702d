"""The hyperbolic tangent."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..model.formula import Formula, call, exp
from ..model.op import Inputs, Op, Slip, Symbol, Words, words


class Tanh(Op):
    """Squash any number into the interval from -1 to 1, keeping its sign.

    Why we use it: hidden units that are centred on zero learn faster than sigmoid units.
    Slope: 1 - y², written with the output, which the forward pass has already found.
    Watch out: for |z| above 3 the slope is below 1/100, and almost no gradient gets through.
    """

    title = "Tanh"
    kinds = frozenset({"activation", "function"})
    symbol = Symbol("tanh", r"\tanh", "tanh")

    def formula(self, x: Inputs) -> tuple[Formula, ...]:
        up, down = exp(x[0]), exp(-x[0])
        return ((up - down) / (up + down),)

    def called(self, x: Inputs) -> tuple[Formula, ...]:
        return (call("tanh", x[0]),)

    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        return 1 - y[0] ** 2

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        return (math.tanh(x[0]),)

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words("Tanh squashes {} into a number between −1 and 1 and keeps its sign.", x[0])

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        slope = self.slope(i, k, x, y)
        return words(
            "The slope of tanh is one minus its squared output: {}. It is 1 at zero and shrinks as the output "
            "nears 1 or −1.",
            slope,
        )

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        the_sum = "Square the output, which is tanh of the sum, not the sum that goes in."
        return (
            Slip(
                "Here the slope of the sigmoid is taken; that of tanh is one minus the squared output.",
                y[0] * (1 - y[0]),
                "M08",
            ),
            Slip(
                "Here the output itself is taken for the slope, which is one minus the square of the output.",
                y[0],
                "M06",
            ),
            Slip("Square the output before you take it from 1.", 1 - y[0], "M06"),
            Slip(the_sum, 1 - x[0] ** 2, "M04"),
            Slip("Tanh rises everywhere: its slope has no minus.", -(1 - y[0] ** 2), "M09"),
            Slip("The square is subtracted from 1, not added to it.", 1 + y[0] ** 2, "M09"),
        )
