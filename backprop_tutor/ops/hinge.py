"""The hinge loss."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from random import Random

from ..model.formula import ONE, ZERO, Condition, Formula, Negative, call, greater, when
from ..model.op import ElementwiseLoss, Inputs, Kink, Requirement, Slip, Words, halves, words
from ._parameters import MEAN


class Hinge(ElementwiseLoss):
    """Charge a score for every bit that it falls short of being right by 1.

    Why we use it: once an example is right with a margin of 1, it costs nothing and moves no weight any more.
    Slope: -y while y·ŷ < 1, and 0 from there on.
    Watch out: the targets are -1 and +1, not 0 and 1, and the output is a score, not a probability.
    """

    title = "Hinge loss"

    def term(self, output: Formula, target: Formula) -> Formula:
        return call("max", 0, 1 - target * output)

    def term_slope(self, output: Formula, target: Formula) -> Formula:
        return when(greater(1, target * output), Negative(target), ZERO)

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        n = len(x) // 2
        short = [1 - score * target for score, target in zip(x[:n], x[n:], strict=True)]
        together = sum(value for value in short if value > 0)
        return (together / n if self.mean else together,)

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words(
            "Target times score is positive where the side is right. The loss is what that product lacks to 1, and 0 "
            "when nothing is lacking."
        )

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        outputs, targets = halves(x)
        sentence = words(
            "Look at {}. Below 1 the loss is one minus it, with slope {}; from 1 on the loss is flat and the "
            "slope is 0.",
            targets[i] * outputs[i],
            -targets[i],
        )
        return (*sentence, *MEAN) if self.averages(len(outputs)) else sentence

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        outputs, targets = halves(x)
        output, target, n = outputs[i], targets[i], len(outputs)
        short = greater(1, target * output)
        return (
            Slip(
                "In the margin the product of target and output has a minus, and so has the slope.",
                self.shared(when(short, target, ZERO), n),
                title="Minus of the margin left out",
            ),
            Slip(
                "Once the margin of 1 is reached the loss is flat: slope 0.",
                self.shared(-target, n),
                title="Slope kept although the margin is reached",
            ),
            Slip(
                "You differentiate by the score, so the target is left, not the score.",
                self.shared(when(short, -output, ZERO), n),
                title="Score used instead of the target",
            ),
        )

    def kinks(self, x: Inputs) -> tuple[Kink, ...]:
        says = (
            "The hinge loss has a corner where target times score is exactly 1; the slope 0 is used, as PyTorch does."
        )
        return tuple(Kink(Condition(b * a, "=", ONE), says) for a, b in zip(*halves(x), strict=True))

    def requirements(self, x: Inputs) -> tuple[Requirement, ...]:
        says = "a target of the hinge loss is −1 or +1"
        return tuple(Requirement(Condition(target**2, "=", ONE), says) for target in halves(x)[1])

    def convention(self) -> Words:
        how = "averaged" if self.mean else "added up"
        return words(
            f"The hinge loss takes targets −1 and +1 and is {how} over the outputs; at the margin itself its "
            "slope is taken as 0."
        )

    def sample(self, random: Random) -> tuple[Fraction, ...]:
        scores = tuple(Fraction(random.randint(-3000, 3000), 1000) for _ in range(2))
        return scores + tuple(Fraction(random.choice((-1, 1))) for _ in range(2))
