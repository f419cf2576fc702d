"""The absolute value."""

from __future__ import annotations

from collections.abc import Sequence

from ..model.formula import ONE, ZERO, Condition, Formula, call
from ..model.op import Inputs, Kink, Op, Slip, Symbol, Words, words


class Abs(Op):
    """The size of a number, without its sign.

    Why we use it: it measures distance.
    Slope: the sign of x: 1 for positive numbers, -1 for negative ones.
    Watch out: at 0 there is a corner and no slope (0 is used).
    """

    title = "Absolute value"
    kinds = frozenset({"function"})
    symbol = Symbol("abs", r"\mathrm{abs}", "abs")

    def formula(self, x: Inputs) -> tuple[Formula, ...]:
        return (call("abs", x[0]),)

    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        return call("sign", x[0])

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        return (x[0] if x[0] > 0 else -x[0],)

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words("The size of {}, without its sign.", x[0])

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        return words(
            "A positive number is copied: slope 1. A negative one is turned round: slope −1. So the slope is the sign "
            "of {}.",
            x[i],
        )

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        return (
            Slip(
                "On the negative side the size falls when the number rises: slope −1.",
                ONE,
                title="Minus of the negative side left out",
            ),
            Slip(
                "The slope is the sign, 1 or −1, not the number itself.",
                y[0],
                title="Absolute value itself taken for its slope",
            ),
        )

    def kinks(self, x: Inputs) -> tuple[Kink, ...]:
        says = "The absolute value has a corner at 0 and no derivative there; the slope 0 is used, as PyTorch does."
        return (Kink(Condition(x[0], "=", ZERO), says),)
