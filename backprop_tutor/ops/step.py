"""The step function of the first perceptrons."""

from __future__ import annotations

from collections.abc import Sequence

from ..model.formula import ONE, ZERO, Condition, Formula, call, greater, when
from ..model.op import Inputs, Kink, Op, Slip, Symbol, Words, words


class Step(Op):
    """Fire or not: 1 for a positive number, 0 otherwise.

    Why we use it: it is the neuron of the perceptron, and draws the line between two classes.
    Slope: 0 wherever there is one.
    Watch out: with slope 0 no gradient passes, so what lies before it cannot be learned by back-propagation.
    """

    title = "Step"
    kinds = frozenset({"activation", "function"})
    symbol = Symbol("step", r"\mathrm{step}", "step")

    def formula(self, x: Inputs) -> tuple[Formula, ...]:
        return (when(greater(x[0], 0), ONE, ZERO),)

    def called(self, x: Inputs) -> tuple[Formula, ...]:
        return (call("step", x[0]),)

    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        return ZERO

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        return (float(x[0] > 0),)

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words("The step gives 1 if {} is positive, and 0 otherwise.", x[0])

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        return words(
            "A small change of {} leaves the output where it is, so the slope is 0 and no gradient passes.", x[i]
        )

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        return (
            Slip(
                "Here the slope of ReLU is taken; the step is flat on both sides.",
                when(greater(x[0], 0), ONE, ZERO),
                "M08",
            ),
            Slip(
                "The step is flat: 1 is its height, not its slope.", ONE, title="Height of the step taken for its slope"
            ),
        )

    def kinks(self, x: Inputs) -> tuple[Kink, ...]:
        says = "The step jumps at 0 and has no derivative there; its value is 0 and the slope 0 is used."
        return (Kink(Condition(x[0], "=", ZERO), says),)
