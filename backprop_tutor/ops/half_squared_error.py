"""Half the sum of squared errors."""

from __future__ import annotations

from collections.abc import Sequence

from ..model.formula import HALF, Formula, total
from ..model.op import ElementwiseLoss, Inputs, Slip, Words, halves, words
from ._parameters import MEAN


class HalfSquaredError(ElementwiseLoss):
    """Add up the squared distances between outputs and targets, and halve the sum.

    Why we use it: the ½ cancels the 2 of the square, so that the slope is the error itself.
    Slope: ŷ - y for each output.
    Watch out: without the ½ every gradient is twice as large; see which one your course writes.
    """

    title = "Half squared error"

    def formula(self, x: Inputs) -> tuple[Formula, ...]:
        outputs, targets = halves(x)
        squares = tuple((a - b) ** 2 for a, b in zip(outputs, targets, strict=True))
        together = HALF * total(squares)
        return (together / len(outputs) if self.averages(len(outputs)) else together,)

    def term(self, output: Formula, target: Formula) -> Formula:
        return HALF * (output - target) ** 2

    def term_slope(self, output: Formula, target: Formula) -> Formula:
        return output - target

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        n = len(x) // 2
        together = sum((x[k] - x[n + k]) * (x[k] - x[n + k]) for k in range(n)) / 2
        return (together / n if self.mean else together,)

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words(
            "The loss measures how far you are from the target: half of each squared error, so that its sign does"
            " not matter and large errors count most."
        )

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        outputs, targets = halves(x)
        sentence = words(
            "The exponent 2 comes down and cancels the ½, so what is left is the error itself: {}, output minus "
            "target.",
            outputs[i] - targets[i],
        )
        return (*sentence, *MEAN) if self.averages(len(outputs)) else sentence

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        outputs, targets = halves(x)
        n = len(outputs)
        error = outputs[i] - targets[i]
        return (
            Slip(
                "The error is output minus target: this is its negative.",
                self.shared(targets[i] - outputs[i], n),
                "M18",
            ),
            Slip("The ½ in front of the square cancels this 2.", self.shared(2 * error, n), "M19"),
            Slip("The exponent comes down as a factor 2, which cancels the ½.", self.shared(HALF * error, n), "M19"),
        )

    def convention(self) -> Words:
        if self.mean:
            return words(
                "The squared errors are averaged over the outputs and halved: the ½ cancels the 2 of the slope."
            )
        return words("The squared error carries the factor ½, so its slope is ŷ − y, without a 2.")
