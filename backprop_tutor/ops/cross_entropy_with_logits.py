"""The cross-entropy of scores, softmax included."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from ..model.formula import ONE, Formula, Negative, Product, exp, ln, total
from ..model.op import Inputs, Loss, Requirement, Slip, Words, halves, words
from ._parameters import is_number
from ._targets import probabilities_only, random_distribution, sum_to_one


@dataclass(frozen=True)
class CrossEntropyWithLogits(Loss):
    """Take scores, turn them into probabilities with softmax, and charge the cross-entropy, all in one.

    Why we use it: ln and the exponentials of softmax cancel, so large scores do no harm.
    Slope: softmax(z) - y for each score.
    Watch out: give it scores; a softmax before it would be applied twice.
    """

    title = "Cross-entropy of scores"
    kinds = frozenset[str]()

    mean: bool = False
    """Divide by the number of classes."""

    def formula(self, x: Inputs) -> tuple[Formula, ...]:
        scores, targets = halves(x)
        picked = [
            a if is_number(b, 1) else Product((b, a))
            for a, b in zip(scores, targets, strict=True)
            if not is_number(b, 0)
        ]
        together = total((ln(_exponentials(scores)), *(Negative(term) for term in picked)))
        return (together / len(scores) if self._averages(scores) else together,)

    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        scores, targets = halves(x)
        return self._shared(exp(scores[i]) / _exponentials(scores) - targets[i], scores)

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        n = len(x) // 2
        top = sorted(x[:n])[-1]
        log_sum = top + math.log(math.fsum(math.exp(score - top) for score in x[:n]))
        together = log_sum - math.fsum(x[k] * x[n + k] for k in range(n))
        return (together / n if self.mean else together,)

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words(
            "The logarithm of a softmax output is its score minus the logarithm of the sum of all exponentials, "
            "so the loss is that logarithm minus the score of the right class."
        )

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        scores, targets = halves(x)
        return words(
            "The logarithm of the sum gives the softmax probability {}; the score's own term takes {} off it.",
            exp(scores[i]) / _exponentials(scores),
            targets[i],
        )

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        scores, targets = halves(x)
        probability = exp(scores[i]) / _exponentials(scores)
        return (
            Slip(
                "It is probability minus target: this is its negative.",
                self._shared(targets[i] - probability, scores),
                "M18",
            ),
            Slip(
                "Turn the score into a probability with softmax before you take the target off.",
                self._shared(scores[i] - targets[i], scores),
                title="Score used instead of the probability",
            ),
            Slip(
                "The target is taken off the probability.",
                self._shared(probability, scores),
                title="Target left out of the difference",
            ),
        )

    def requirements(self, x: Inputs) -> tuple[Requirement, ...]:
        _, targets = halves(x)
        return (*probabilities_only("cross-entropy", targets), sum_to_one("cross-entropy", targets))

    def convention(self) -> Words:
        how = "averaged over" if self.mean else "added up over"
        return (f"Softmax is part of the loss: it takes scores. ln is natural; the terms are {how} the classes.",)

    def sample(self, random: Random) -> tuple[Fraction, ...]:
        return tuple(Fraction(random.randint(-3000, 3000), 1000) for _ in range(3)) + random_distribution(random, 3)

    def _averages(self, scores: Inputs) -> bool:
        return self.mean and len(scores) > 1

    def _shared(self, slope: Formula, scores: Inputs) -> Formula:
        return ONE / len(scores) * slope if self._averages(scores) else slope


def _exponentials(scores: Inputs) -> Formula:
    return total(tuple(exp(score) for score in scores))
