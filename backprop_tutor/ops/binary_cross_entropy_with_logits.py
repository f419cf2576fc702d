"""The binary cross-entropy of scores, sigmoid included."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from random import Random

from ..model.formula import Formula, call, exp, ln
from ..model.op import ElementwiseLoss, Inputs, Requirement, Slip, Words, halves, words
from ._targets import probabilities_only


class BinaryCrossEntropyWithLogits(ElementwiseLoss):
    """Take scores, turn them into probabilities with the sigmoid, and charge the cross-entropy, all in one.

    Why we use it: ln and the exponential of the sigmoid cancel, so large scores do no harm.
    Slope: σ(z) - y for each score.
    Watch out: give it scores; a sigmoid before it would be applied twice.
    """

    title = "Binary cross-entropy of scores"
    kinds = frozenset[str]()

    def term(self, output: Formula, target: Formula) -> Formula:
        return ln(1 + exp(output)) - target * output

    def term_slope(self, output: Formula, target: Formula) -> Formula:
        return call("sigmoid", output) - target

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        n = len(x) // 2
        together = 0.0
        for score, target in zip(x[:n], x[n:], strict=True):
            together += (score if score > 0 else 0.0) - score * target + math.log1p(math.exp(-math.fabs(score)))
        return (together / n if self.mean else together,)

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words(
            "With the sigmoid written out, the two logarithms of the binary cross-entropy join into one, and the "
            "target is left in front of the score."
        )

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        outputs, targets = halves(x)
        return words(
            "The logarithm differentiates to the sigmoid of the score, {}, and the other term takes the target {}"
            " off it.",
            call("sigmoid", outputs[i]),
            targets[i],
        )

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        outputs, targets = halves(x)
        score, target, n = outputs[i], targets[i], len(outputs)
        return (
            Slip(
                "It is probability minus target: this is its negative.",
                self.shared(target - call("sigmoid", score), n),
                "M18",
            ),
            Slip(
                "Turn the score into a probability with the sigmoid before you take the target off.",
                self.shared(score - target, n),
                title="Score used instead of the probability",
            ),
            Slip(
                "The target is taken off the probability.",
                self.shared(call("sigmoid", score), n),
                title="Target left out of the difference",
            ),
        )

    def requirements(self, x: Inputs) -> tuple[Requirement, ...]:
        _, targets = halves(x)
        return probabilities_only("binary cross-entropy", targets)

    def convention(self) -> Words:
        how = "averaged over" if self.mean else "added up over"
        return (f"The sigmoid is part of the loss: it takes scores. ln is natural; the terms are {how} the outputs.",)

    def sample(self, random: Random) -> tuple[Fraction, ...]:
        scores = tuple(Fraction(random.randint(-3000, 3000), 1000) for _ in range(3))
        return scores + tuple(Fraction(random.randint(1, 3), 4) for _ in range(3))
