"""The binary cross-entropy of probabilities."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from random import Random

from ..model.formula import ONE, ZERO, Condition, Formula, ln
from ..model.op import ElementwiseLoss, Inputs, Requirement, Slip, Words, halves, words
from ._parameters import is_number
from ._targets import probabilities_only, random_probabilities


class BinaryCrossEntropy(ElementwiseLoss):
    """Charge each yes-or-no answer the negative logarithm of the probability that you gave to the truth.

    Why we use it: a confident wrong answer costs very much, and with a sigmoid before it the slope is ŷ - y.
    Slope: -y/ŷ + (1 - y)/(1 - ŷ) for each output.
    Watch out: the outputs must lie between 0 and 1, so they need a sigmoid before them.
    """

    title = "Binary cross-entropy"
    with_logits = "binary_cross_entropy_with_logits"

    def term(self, output: Formula, target: Formula) -> Formula:
        # A term whose factor is literally 0 is left out: its logarithm may not even exist.
        if is_number(target, 0):
            return -ln(1 - output)
        if is_number(target, 1):
            return -ln(output)
        return -(target * ln(output) + (1 - target) * ln(1 - output))

    def term_slope(self, output: Formula, target: Formula) -> Formula:
        if is_number(target, 0):
            return ONE / (1 - output)
        if is_number(target, 1):
            return -(ONE / output)
        return -(target / output) + (1 - target) / (1 - output)

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        n = len(x) // 2
        together = 0.0
        for p, t in zip(x[:n], x[n:], strict=True):
            together -= (t * math.log(p) if t else 0.0) + ((1 - t) * math.log1p(-p) if t != 1 else 0.0)
        return (together / n if self.mean else together,)

    def shortcut(self, activation: str, k: int, outputs: Inputs, targets: Inputs) -> Formula | None:
        return self.shared(outputs[k] - targets[k], len(outputs)) if activation == "sigmoid" else None

    def explain_shortcut(self, activation: str, k: int, outputs: Inputs, targets: Inputs) -> Words:
        output, target = outputs[k], targets[k]
        return words(
            "Put the two terms of the loss's slope over one denominator: {}. That denominator is the slope of the"
            " sigmoid, so the two cancel, and output minus target is left.",
            (output - target) / (output * (1 - output)),
        )

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words(
            "The loss is minus the logarithm of the probability that you gave to the right answer: small when you"
            " are right and sure, large when you are wrong and sure."
        )

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        outputs, targets = halves(x)
        return words(
            "The slope of ln is one over its argument. The first logarithm gives {}; in the second, {} stands "
            "with a minus sign, which turns the sign round.",
            -(targets[i] / outputs[i]),
            outputs[i],
        )

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        outputs, targets = halves(x)
        output, target, n = outputs[i], targets[i], len(outputs)
        return (
            Slip(
                "The loss has a minus in front: the signs are the other way round.",
                self.shared(target / output - (1 - target) / (1 - output), n),
                title="Minus in front of the loss left out",
            ),
            Slip(
                "The second logarithm counts too: its slope is (1 − target)/(1 − output).",
                self.shared(-(target / output), n),
                "M17",
            ),
            Slip(
                "In the second logarithm the output has a minus, so that term changes its sign.",
                self.shared(-(target / output) - (1 - target) / (1 - output), n),
                title="Sign of the second logarithm's slope turned round",
            ),
            Slip(
                "Output minus target is the slope by the sum before the sigmoid; here you differentiate by the output.",
                self.shared(output - target, n),
                "M16",
            ),
        )

    def requirements(self, x: Inputs) -> tuple[Requirement, ...]:
        outputs, targets = halves(x)
        # An output of exactly 0 or 1 is no breach by itself: the logarithm that then fails says so.
        inside = "binary cross-entropy takes outputs from 0 to 1: put a sigmoid before it, or say logits: true"
        bounds = [(Condition(output, ">=", ZERO), Condition(ONE, ">=", output)) for output in outputs]
        found = tuple(Requirement(condition, inside) for pair in bounds for condition in pair)
        return found + probabilities_only("binary cross-entropy", targets)

    def convention(self) -> Words:
        how = "averaged over" if self.mean else "added up over"
        return (f"The logarithm is the natural one, and the loss is {how} the outputs.",)

    def sample(self, random: Random) -> tuple[Fraction, ...]:
        return random_probabilities(random, 3) + tuple(Fraction(random.randint(0, 4), 4) for _ in range(3))
