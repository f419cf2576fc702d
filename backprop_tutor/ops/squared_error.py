"""The sum of squared errors."""

from __future__ import annotations

from collections.abc import Sequence

from ..model.formula import Formula
from ..model.op import ElementwiseLoss, Inputs, Slip, Words, halves, words
from ._parameters import MEAN


class SquaredError(ElementwiseLoss):
    """Add up the squared distances between outputs and targets.

    Why we use it: it is smooth, zero only where every output is right, and large errors weigh most.
    Slope: 2(ŷ - y) for each output: twice its error, with its sign.
    Watch out: some books put ½ in front, and some take the mean; each changes every gradient by a factor.
    """

    title = "Squared error"

    def term(self, output: Formula, target: Formula) -> Formula:
        return (output - target) ** 2

    def term_slope(self, output: Formula, target: Formula) -> Formula:
        return 2 * (output - target)

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        n = len(x) // 2
        together = sum((x[k] - x[n + k]) * (x[k] - x[n + k]) for k in range(n))
        return (together / n if self.mean else together,)

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words(
            "The loss measures how far you are from the target: each error squared, so that its sign does not "
            "matter and large errors count most."
        )

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        outputs, targets = halves(x)
        sentence = words(
            "Bring the exponent 2 down in front of the error {}; the inner slope is 1. The sign tells you on which "
            "side of the target you are.",
            outputs[i] - targets[i],
        )
        return (*sentence, *MEAN) if self.averages(len(outputs)) else sentence

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        outputs, targets = halves(x)
        n = len(outputs)
        error = outputs[i] - targets[i]
        return (
            Slip("The exponent comes down as a factor 2; nothing cancels it here.", self.shared(error, n), "M19"),
            Slip(
                "The error is output minus target: this is its negative.",
                self.shared(2 * (targets[i] - outputs[i]), n),
                "M18",
            ),
            Slip(
                "Here the loss itself is taken for its slope, which has the exponent one lower, and 2 in front.",
                self.shared(error**2, n),
                title="Loss itself taken for its slope",
            ),
        )

    def convention(self) -> Words:
        if self.mean:
            return words("The squared errors are averaged over the outputs, without a factor ½.")
        return words("The squared errors are added up, without a factor ½: the slope keeps its 2.")
