"""The weighted sum of a unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from ..model.formula import ONE, ZERO, Formula, Product, total
from ..model.op import Inputs, Op, Slip, Words, words


@dataclass(frozen=True)
class WeightedSum(Op):
    """Add up what comes in, each input times its weight, and the bias if there is one.

    The inputs are w₁, x₁, w₂, x₂, …, and the bias b last.

    Why we use it: the weights say how much each unit before counts, and they are what is learned.
    Slope: in a weight, the input that it multiplies; in an input, the weight; in the bias, 1.
    Watch out: the slope in a weight is never the weight itself: look at what stands beside it.
    """

    title = "Weighted sum"
    arity = (2, None)

    bias: bool = False
    """Whether the last input is a bias."""

    def formula(self, x: Inputs) -> tuple[Formula, ...]:
        pairs = tuple(Product((x[i], x[i + 1])) for i in range(0, self._paired(x), 2))
        return (total(pairs + x[self._paired(x) :]),)

    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        if i >= self._paired(x):
            return ONE
        return x[i + 1] if i % 2 == 0 else x[i - 1]

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        result = x[-1] if self.bias else 0.0
        for weight, value in zip(x[0 : self._paired(x) : 2], x[1 : self._paired(x) : 2], strict=True):
            result += weight * value
        return (result,)

    def _paired(self, x: Sequence[object]) -> int:
        """How many inputs are weights and what they multiply."""
        return len(x) - 1 if self.bias else len(x)

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        if self.bias:
            return words("Multiply each incoming value by its weight, add the products, then add the bias {}.", x[-1])
        if len(x) == 2:
            return words("Multiply the incoming value {} by its weight {}.", x[1], x[0])
        return words("Multiply each incoming value by its weight and add the products.")

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        if i >= self._paired(x):
            return words("The bias {} is added as it is, so {} moves exactly as it does: the slope is 1.", x[i], y[k])
        if i % 2 == 0:
            return words(
                "{} multiplies {}, so the slope of {} in this weight is the input that it multiplies: {}.",
                x[i + 1],
                x[i],
                y[k],
                x[i + 1],
            )
        return words(
            "{} enters {} through the weight {}, so the slope along this connection is that weight.",
            x[i],
            y[k],
            x[i - 1],
        )

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        if i >= self._paired(x):
            return (
                Slip("The bias is added, and the slope of a sum in each of its terms is 1, not 0.", ZERO, "M39"),
                Slip("The slope in the bias is 1, whatever the bias is.", x[i], "M40"),
            )
        if i % 2 == 0:
            return (
                Slip("The slope in a weight is the input that it multiplies, not the weight itself.", x[i], "M33"),
                Slip("The weight is multiplied by its input, so the slope is that input and not 1.", ONE, "M32"),
            )
        return (
            Slip(
                "The slope in an input is the weight on its connection, not the input itself.",
                x[i],
                title="Input itself used instead of its weight",
            ),
            Slip("The input is multiplied by its weight, so the slope is that weight and not 1.", ONE, "M27"),
        )

    def sample(self, random: Random) -> tuple[Fraction, ...]:
        count = 2 * random.randint(1, 3) + (1 if self.bias else 0)
        return tuple(Fraction(random.randint(-3000, 3000), 1000) for _ in range(count))
