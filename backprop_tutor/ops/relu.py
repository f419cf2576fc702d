"""The rectified linear unit."""

from __future__ import annotations

from collections.abc import Sequence

from ..model.formula import ONE, ZERO, Condition, Formula, call, greater, when
from ..model.op import Inputs, Kink, Op, Slip, Symbol, Words, words


class Relu(Op):
    """Keep what is positive and replace the rest by 0.

    Why we use it: it is cheap, and where it is active the gradient passes through at full strength.
    Slope: 1 where z > 0, and 0 elsewhere.
    Watch out: a unit with z ≤ 0 passes no gradient; if that is so for every example, it never learns again.
    """

    title = "ReLU"
    kinds = frozenset({"activation", "function"})
    symbol = Symbol("ReLU", r"\mathrm{ReLU}", "relu")

    def formula(self, x: Inputs) -> tuple[Formula, ...]:
        return (call("max", 0, x[0]),)

    def called(self, x: Inputs) -> tuple[Formula, ...]:
        return (call("relu", x[0]),)

    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        return when(greater(x[0], 0), ONE, ZERO)

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        return (x[0] if x[0] > 0 else 0.0,)

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words("ReLU keeps {} if it is positive, and gives 0 otherwise.", x[0])

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        return words(
            "Look at the sign of {}. Where it is positive, ReLU copies it: slope 1. Elsewhere the output stays at"
            " 0: slope 0, and no gradient passes.",
            x[0],
        )

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        return (
            Slip("The slope of ReLU is 1 or 0; the output itself is not its slope.", y[0], "M10"),
            Slip(
                "Where the input is negative the output stays at 0, so the slope is 0 there.",
                ONE,
                title="Negative side of ReLU given the slope 1",
            ),
            Slip(
                "It is the other way round: slope 1 where the input is positive, 0 where it is not.",
                when(greater(x[0], 0), ZERO, ONE),
                title="Slopes of the two sides of ReLU exchanged",
            ),
        )

    def kinks(self, x: Inputs) -> tuple[Kink, ...]:
        says = "ReLU has a corner at 0 and no derivative there; the slope 0 is used, as PyTorch does."
        return (Kink(Condition(x[0], "=", ZERO), says),)
