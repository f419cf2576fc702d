"""The cross-entropy of the probabilities of several classes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from random import Random

from ..model.formula import ZERO, Condition, Formula, ln, total
from ..model.op import ElementwiseLoss, Inputs, Requirement, Slip, Words, halves, words
from ._parameters import is_number
from ._targets import probabilities_only, random_distribution, random_probabilities, sum_to_one


class CrossEntropy(ElementwiseLoss):
    """Charge the negative logarithm of the probability that you gave to the right class.

    Why we use it: a confident wrong answer costs very much, and with softmax before it the slope is ŷ - y.
    Slope: -y/ŷ for each output: only the right class has one.
    Watch out: the outputs must be probabilities, so they need softmax before them.
    """

    title = "Cross-entropy"
    with_logits = "cross_entropy_with_logits"

    def formula(self, x: Inputs) -> tuple[Formula, ...]:
        outputs, targets = halves(x)
        # A term whose factor is literally 0 is left out: its logarithm may not even exist.
        pairs = [(a, b) for a, b in zip(outputs, targets, strict=True) if not is_number(b, 0)]
        together = total(tuple(self.term(a, b) for a, b in pairs))
        return (together / len(outputs) if self.averages(len(outputs)) else together,)

    def term(self, output: Formula, target: Formula) -> Formula:
        return -ln(output) if is_number(target, 1) else -(target * ln(output))

    def term_slope(self, output: Formula, target: Formula) -> Formula:
        return ZERO if is_number(target, 0) else -(target / output)

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        n = len(x) // 2
        together = -math.fsum(x[n + k] * math.log(x[k]) for k in range(n) if x[n + k])
        return (together / n if self.mean else together,)

    def shortcut(self, activation: str, k: int, outputs: Inputs, targets: Inputs) -> Formula | None:
        return self.shared(outputs[k] - targets[k], len(outputs)) if activation == "softmax" else None

    def explain_shortcut(self, activation: str, k: int, outputs: Inputs, targets: Inputs) -> Words:
        return words(
            "In each class's share, the output below the line meets the same output in the softmax slope and "
            "cancels. Adding up over all classes leaves {} times the sum of the targets, which is 1, minus {}.",
            outputs[k],
            targets[k],
        )

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words(
            "The loss is minus the logarithm of the probability that you gave to the right class: small when you "
            "are right and sure, large when you are wrong and sure."
        )

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        outputs, targets = halves(x)
        return words(
            "The slope of ln is one over its argument, so this output's term gives {}. Where the target is 0 "
            "there is no term and the slope is 0.",
            -(targets[i] / outputs[i]),
        )

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        outputs, targets = halves(x)
        output, target, n = outputs[i], targets[i], len(outputs)
        return (
            Slip(
                "The loss has a minus in front of the sum, and so has its slope.",
                self.shared(target / output, n),
                title="Minus in front of the loss left out",
            ),
            Slip(
                "Output minus target is the slope by the score before softmax; here you differentiate by the output.",
                self.shared(output - target, n),
                "M16",
            ),
            Slip(
                "The slope of ln is one over its argument, not the logarithm again.",
                self.shared(-(target * ln(output)), n),
                title="Logarithm itself taken for its slope",
            ),
        )

    def requirements(self, x: Inputs) -> tuple[Requirement, ...]:
        outputs, targets = halves(x)
        says = "cross-entropy takes outputs that are probabilities: put softmax before it, or say logits: true"
        # An output of exactly 0 is no breach by itself: the logarithm that then fails says so.
        positive = tuple(Requirement(Condition(output, ">=", ZERO), says) for output in outputs)
        return (*positive, *probabilities_only("cross-entropy", targets), sum_to_one("cross-entropy", targets))

    def convention(self) -> Words:
        how = "averaged over" if self.mean else "added up over"
        return (f"The logarithm is the natural one, and the terms are {how} the classes.",)

    def sample(self, random: Random) -> tuple[Fraction, ...]:
        return random_probabilities(random, 3) + random_distribution(random, 3)
