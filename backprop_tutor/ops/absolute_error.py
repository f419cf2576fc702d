"""The sum of absolute errors."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..model.formula import Condition, Formula, call
from ..model.op import ElementwiseLoss, Inputs, Kink, Slip, Words, halves, words
from ._parameters import MEAN


class AbsoluteError(ElementwiseLoss):
    """Add up the distances between outputs and targets.

    Why we use it: an outlier counts by its distance, not by its square, so it does not rule the fit.
    Slope: the sign of ŷ - y for each output: 1 above the target, -1 below it.
    Watch out: the slope does not shrink near the target, and exactly on it there is none (0 is used).
    """

    title = "Absolute error"

    def term(self, output: Formula, target: Formula) -> Formula:
        return call("abs", output - target)

    def term_slope(self, output: Formula, target: Formula) -> Formula:
        return call("sign", output - target)

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        n = len(x) // 2
        together = math.fsum(math.fabs(x[k] - x[n + k]) for k in range(n))
        return (together / n if self.mean else together,)

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words("The loss is the distance from the target: twice as far costs twice as much.")

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        outputs, targets = halves(x)
        sentence = words(
            "A distance grows by 1 for each 1 that you move away, so only the side counts: the slope is the sign "
            "of {}.",
            outputs[i] - targets[i],
        )
        return (*sentence, *MEAN) if self.averages(len(outputs)) else sentence

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        outputs, targets = halves(x)
        n = len(outputs)
        return (
            Slip(
                "The error itself is the slope of half the squared error; here only its sign is left.",
                self.shared(outputs[i] - targets[i], n),
                title="Error itself used instead of its sign",
            ),
            Slip(
                "The error is output minus target: this sign is the other way round.",
                self.shared(call("sign", targets[i] - outputs[i]), n),
                "M18",
            ),
        )

    def kinks(self, x: Inputs) -> tuple[Kink, ...]:
        says = "An absolute error has a corner where the output is on the target; the slope 0 is used, as PyTorch does."
        return tuple(Kink(Condition(a, "=", b), says) for a, b in zip(*halves(x), strict=True))

    def convention(self) -> Words:
        how = "averaged" if self.mean else "added up"
        return words(f"The absolute errors are {how} over the outputs; the slope on the target itself is taken as 0.")
