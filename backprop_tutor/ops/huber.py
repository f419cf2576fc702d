"""The Huber loss."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from ..model.formula import HALF, ONE, Formula, Number, call, greater, when
from ..model.op import ElementwiseLoss, Inputs, Slip, Words, halves, words
from ._parameters import MEAN, float_of, times


@dataclass(frozen=True)
class Huber(ElementwiseLoss):
    """Square small errors, and take large ones by their distance.

    Why we use it: smooth at the target like the squared error, and patient with outliers like the absolute one.
    Slope: the error ŷ - y while it is at most δ in size; beyond, δ with the sign of the error.
    Watch out: where the two parts meet, at δ, is a choice (1 unless you say otherwise).
    """

    title = "Huber loss"

    delta: Formula = ONE
    """The size of error from which on the loss grows in a straight line."""

    def term(self, output: Formula, target: Formula) -> Formula:
        error = output - target
        size = call("abs", error)
        straight = times(self.delta, size - self._half())
        return when(greater(size, self.delta), straight, HALF * error**2)

    def _half(self) -> Formula:
        """Half of δ."""
        return Number(self.delta.value / 2) if isinstance(self.delta, Number) else self.delta / 2

    def term_slope(self, output: Formula, target: Formula) -> Formula:
        error = output - target
        return when(greater(call("abs", error), self.delta), times(self.delta, call("sign", error)), error)

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        n, delta = len(x) // 2, float_of(self.delta)
        together = 0.0
        for output, target in zip(x[:n], x[n:], strict=True):
            size = math.fabs(output - target)
            # The square of what lies within delta, and a straight line for the rest.
            within = size if size < delta else delta
            together += within * within / 2 + delta * (size - within)
        return (together / n if self.mean else together,)

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words(
            "Errors of at most {} cost half their square; larger ones go on in a straight line, so that one outlier "
            "does not rule the loss.",
            self.delta,
        )

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        outputs, targets = halves(x)
        sentence = words(
            "Compare the size of the error {} with {}: up to there the slope is the error itself, beyond it the slope "
            "stays at that size and keeps the sign.",
            outputs[i] - targets[i],
            self.delta,
        )
        return (*sentence, *MEAN) if self.averages(len(outputs)) else sentence

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        outputs, targets = halves(x)
        error, n = outputs[i] - targets[i], len(outputs)
        large = greater(call("abs", error), self.delta)
        return (
            Slip(
                "Here the squared part is taken everywhere; a large error has a slope of fixed size.",
                self.shared(error, n),
                title="Squared part used for a large error, too",
            ),
            Slip(
                "For a large error the slope has a fixed size, but it keeps the sign of the error.",
                self.shared(when(large, self.delta, error), n),
                title="Sign of a large error left out",
            ),
            Slip(
                "The ½ cancels the 2 of the square.",
                self.shared(when(large, times(self.delta, call("sign", error)), 2 * error), n),
                "M19",
            ),
            Slip(
                "The error is output minus target: this is its negative.",
                self.shared(self.term_slope(targets[i], outputs[i]), n),
                "M18",
            ),
        )

    def convention(self) -> Words:
        how = "averaged" if self.mean else "added up"
        return words(
            f"Huber loss with δ = {{}}: half the square up to δ, a straight line of slope δ beyond; {how} "
            "over the outputs.",
            self.delta,
        )

    def sample(self, random: Random) -> tuple[Fraction, ...]:
        # Errors up to twice δ: as many on the curved part as on the straight one.
        count, delta = random.randint(1, 3), Fraction(float_of(self.delta)).limit_denominator(10**6)
        targets = tuple(Fraction(random.randint(-3000, 3000), 1000) for _ in range(count))
        return tuple(target + delta * Fraction(random.randint(-1999, 1999), 1000) for target in targets) + targets
