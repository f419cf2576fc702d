"""The sign of a number."""

from __future__ import annotations

from collections.abc import Sequence

from ..model.formula import ONE, ZERO, Condition, Formula, call
from ..model.op import Inputs, Kink, Op, Slip, Symbol, Words, words


class Sign(Op):
    """1 for a positive number, -1 for a negative one, 0 for 0.

    Why we use it: it is the slope of the absolute value.
    Slope: 0 wherever there is one.
    Watch out: it jumps at 0.
    """

    title = "Sign"
    kinds = frozenset[str]()
    symbol = Symbol("sign", r"\mathrm{sign}", "sign")

    def formula(self, x: Inputs) -> tuple[Formula, ...]:
        return (call("sign", x[0]),)

    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        return ZERO

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        return (float((x[0] > 0) - (x[0] < 0)),)

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words("The sign of {}: 1, −1 or 0.", x[0])

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        return words("A small change of {} leaves its sign as it is, so the slope is 0.", x[i])

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        return (
            Slip(
                "The sign is flat on both sides: 1 is its height, not its slope.",
                ONE,
                title="Height of the jump taken for the slope",
            ),
        )

    def kinks(self, x: Inputs) -> tuple[Kink, ...]:
        says = "The sign jumps at 0 and has no derivative there; the slope 0 is used."
        return (Kink(Condition(x[0], "=", ZERO), says),)
