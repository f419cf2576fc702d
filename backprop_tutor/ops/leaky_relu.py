"""The leaky rectified linear unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..model.formula import ONE, ZERO, Condition, Formula, call, greater, when
from ..model.op import Inputs, Kink, Op, Slip, Symbol, Words, words
from ._parameters import float_of, is_number, number, times


@dataclass(frozen=True)
class LeakyRelu(Op):
    """Keep what is positive and shrink what is negative.

    Why we use it: a unit that ReLU would switch off still passes a little gradient, so it can recover.
    Slope: 1 where z > 0, and the small slope a elsewhere.
    Watch out: a is a choice (here 1/100 unless you say otherwise); books and libraries differ.
    """

    title = "Leaky ReLU"
    kinds = frozenset({"activation", "function"})
    call_parameters = ("slope",)
    symbol = Symbol("LeakyReLU", r"\mathrm{LeakyReLU}", "leaky_relu")

    negative_slope: Formula = field(default=number("1/100"), metadata={"called": "slope"})
    """The slope where z is not positive."""

    def formula(self, x: Inputs) -> tuple[Formula, ...]:
        return (when(greater(x[0], 0), x[0], times(self.negative_slope, x[0])),)

    def called(self, x: Inputs) -> tuple[Formula, ...]:
        # The slope that everybody expects need not be written.
        return (call("leaky_relu", x[0]) if self == LeakyRelu() else call("leaky_relu", x[0], self.negative_slope),)

    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        return when(greater(x[0], 0), ONE, self.negative_slope)

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        return (x[0] if x[0] > 0 else float_of(self.negative_slope) * x[0],)

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words(
            "Leaky ReLU keeps {} if it is positive, and multiplies it by {} otherwise.", x[0], self.negative_slope
        )

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        return words(
            "Look at the sign of {}. Where it is positive the slope is 1; elsewhere a little of the gradient "
            "leaks through: slope {}.",
            x[0],
            self.negative_slope,
        )

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        return (
            Slip(
                "Here the slope of ReLU is taken; the leaky one keeps a small slope where the input is not positive.",
                when(greater(x[0], 0), ONE, ZERO),
                "M08",
            ),
            Slip(
                "Only the negative side is shrunk; where the input is positive the slope is 1.",
                self.negative_slope,
                title="Slope of the negative side used for a positive input",
            ),
            Slip("The slope is the factor, not the factor times the input.", y[0], "M10"),
        )

    def kinks(self, x: Inputs) -> tuple[Kink, ...]:
        if is_number(self.negative_slope, 1):
            return ()
        says = (
            "Leaky ReLU has a corner at 0 and no derivative there; the slope of the negative side is used, as PyTorch"
            " does."
        )
        return (Kink(Condition(x[0], "=", ZERO), says),)
