"""The identity."""

from __future__ import annotations

from collections.abc import Sequence

from ..model.formula import ONE, Formula
from ..model.op import Inputs, Op, Slip, Words, words


class Identity(Op):
    """Leave the number as it is.

    Why we use it: the output of a regression may be any number, so nothing is squashed.
    Slope: 1, so the gradient passes through unchanged.
    Watch out: layers with nothing but the identity between them are together only one linear layer.
    """

    title = "Identity"
    kinds = frozenset({"activation"})

    def formula(self, x: Inputs) -> tuple[Formula, ...]:
        return (x[0],)

    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        return ONE

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        return (float(x[0]),)

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words("The identity changes nothing: {} is {}, whatever its size or sign.", y[0], x[0])

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        return words(
            "{} moves exactly as {} does, so the slope is 1 and the gradient passes through unchanged.", y[k], x[i]
        )

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        return (
            Slip(
                "The slope of the identity is 1, not the value itself.", x[0], title="Value itself taken for its slope"
            ),
        )
