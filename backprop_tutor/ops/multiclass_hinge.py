"""The hinge loss of several classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from random import Random

from ..model.formula import ONE, ZERO, Condition, Formula, Product, call, greater, total, when
from ..model.op import Inputs, Kink, Loss, Requirement, Slip, Words, halves, words
from ._parameters import float_of, is_number
from ._targets import sum_to_one


@dataclass(frozen=True)
class MulticlassHinge(Loss):
    """Charge every wrong class whose score comes closer to the right one's than the margin.

    Why we use it: it asks for the right order of the scores with some distance, and for nothing more.
    Slope: 1 for a wrong class that is too close, and for the right class minus the number of those.
    Watch out: the targets are one-hot; classes that keep their distance have slope 0.
    """

    title = "Multi-class hinge loss"

    margin: Formula = ONE
    """How far the right class's score must be above each of the others."""
    mean: bool = False
    """Divide by the number of classes."""
    right: int | None = field(default=None, metadata={"internal": True})
    """The place of the right class among the outputs, counted from 0, where the targets are known."""

    def for_targets(self, targets: Sequence[Fraction | None]) -> MulticlassHinge:
        one_hot = sorted(target for target in targets if target is not None) == [0] * (len(targets) - 1) + [1]
        return replace(self, right=list(targets).index(Fraction(1))) if one_hot else self

    def _sides(self, x: Inputs) -> tuple[Inputs, Inputs]:
        """Outputs and targets; known targets are plain numbers, which leaves no trace of them in the formula."""
        outputs, targets = halves(x)
        if self.right is None:
            return outputs, targets
        return outputs, tuple(ONE if k == self.right else ZERO for k in range(len(outputs)))

    def formula(self, x: Inputs) -> tuple[Formula, ...]:
        outputs, targets = self._sides(x)
        charges = [
            _weighted(target, call("max", 0, self._excess(output, x)))
            for output, target in zip(outputs, targets, strict=True)
            if not is_number(target, 1)
        ]
        together = total(tuple(charges))
        return (together / len(outputs) if self._averages(outputs) else together,)

    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        outputs, targets = self._sides(x)
        own = _weighted(targets[i], self._too_close(outputs[i], x))
        others = [
            _weighted(targets[j], self._too_close(outputs[j], x))
            for j in range(len(outputs))
            if j != i and not is_number(targets[j], 1)
        ]
        if is_number(targets[i], 0):
            return self._shared(own, outputs)
        if is_number(targets[i], 1):
            return self._shared(-total(tuple(others)), outputs)
        # For j = i the factor y_i(1 - y_i) is 0, because targets are one-hot.
        return self._shared(own - Product((targets[i], total(tuple(others)))), outputs)

    def _excess(self, output: Formula, x: Inputs) -> Formula:
        """How far a class's score is above what the margin allows; the right class's score is Σ y·ŷ."""
        right = [a if is_number(b, 1) else b * a for a, b in zip(*self._sides(x), strict=True) if not is_number(b, 0)]
        return output - total(tuple(right)) + self.margin

    def _too_close(self, output: Formula, x: Inputs) -> Formula:
        return when(greater(self._excess(output, x), 0), ONE, ZERO)

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        n, margin = len(x) // 2, float_of(self.margin)
        right = x[list(x[n:]).index(1.0)]
        excesses = [x[k] - right + margin for k in range(n) if x[n + k] != 1.0]
        together = sum(excess for excess in excesses if excess > 0)
        return (together / n if self.mean else together,)

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words(
            "The right class should score at least {} more than every other. Each wrong class pays what it is too "
            "close; the right class itself pays nothing.",
            self.margin,
        )

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        if self.right is None:
            return words(
                "If this is a wrong class and it pays, its score {} raises the loss one to one: slope 1; if it does "
                "not pay, 0. If it is the right class, its score lowers every payment: minus the number of "
                "those that pay.",
                x[i],
            )
        if i == self.right:
            return words(
                "This is the right class: when {} rises, every payment falls. So count the classes that pay, and put a "
                "minus before the number.",
                x[i],
            )
        return words("A wrong class: if it pays, {} raises the loss one to one, slope 1; if not, slope 0.", x[i])

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        outputs, targets = self._sides(x)
        own = _weighted(targets[i], self._too_close(outputs[i], x))
        found = [
            Slip(
                "The sign is the other way round: a wrong class raises the loss, the right one lowers it.",
                -self.slope(i, k, x, y),
                title="Sign of the hinge loss's slope turned round",
            )
        ]
        if not is_number(targets[i], 0):
            says = "The right class has a slope too: it takes part in every payment, with a minus."
            found.append(
                Slip(
                    says,
                    ZERO if i == self.right else self._shared(own, outputs),
                    title="Slope of the right class left out",
                )
            )
        return tuple(found)

    def kinks(self, x: Inputs) -> tuple[Kink, ...]:
        says = "A class is exactly at the margin, where the loss has a corner; the slope 0 is used, as PyTorch does."
        outputs, targets = self._sides(x)
        # The right class pays nothing, so it is at no margin.
        distances = [
            when(Condition(target, "=", ONE), ONE, self._excess(output, x))
            for output, target in zip(outputs, targets, strict=True)
            if not is_number(target, 1)
        ]
        return tuple(Kink(Condition(distance, "=", ZERO), says) for distance in distances)

    def requirements(self, x: Inputs) -> tuple[Requirement, ...]:
        _, targets = halves(x)
        title = "the multi-class hinge loss"
        says = f"a target of {title} is 0 or 1: 1 for the right class"
        whole = tuple(Requirement(Condition(target * (1 - target), "=", ZERO), says) for target in targets)
        return (*whole, sum_to_one(title, targets))

    def convention(self) -> Words:
        how = "divided by the number of classes" if self.mean else "added up over the wrong classes"
        return words(
            f"Multi-class hinge loss with margin {{}}, {how}; at the margin itself the slope is taken as 0.",
            self.margin,
        )

    def sample(self, random: Random) -> tuple[Fraction, ...]:
        count = 3
        right = random.randrange(count) if self.right is None else self.right
        scores = tuple(Fraction(random.randint(-2000, 2000), 1000) for _ in range(count))
        return scores + tuple(Fraction(int(k == right)) for k in range(count))

    def _averages(self, outputs: Inputs) -> bool:
        return self.mean and len(outputs) > 1

    def _shared(self, slope: Formula, outputs: Inputs) -> Formula:
        return ONE / len(outputs) * slope if self._averages(outputs) else slope


def _weighted(target: Formula, tree: Formula) -> Formula:
    """What a class counts as a wrong one: (1 - y) of it."""
    return tree if is_number(target, 0) else Product((1 - target, tree))
