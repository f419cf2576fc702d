"""The product of several numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..model.formula import ONE, Formula, product, total
from ..model.op import Inputs, Op, Slip, Words, words


class Multiply(Op):
    """Multiply several numbers.

    Why we use it: weights and gates act by multiplying.
    Slope: in each factor, the product of the others.
    Watch out: a factor of 0 blocks the gradient of all the others.
    """

    title = "Product"
    arity = (1, None)

    def formula(self, x: Inputs) -> tuple[Formula, ...]:
        return (product(x),)

    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        return product(x[:i] + x[i + 1 :])

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        return (math.prod(x),)

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words("Multiply the factors.")

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        others = x[:i] + x[i + 1 :]
        if len(others) == 1:
            return words(
                "{} is multiplied by {}, so that is the slope: a product sends each factor the other one.",
                x[i],
                others[0],
            )
        return words(
            "{} is multiplied by all the other factors, so their product {} is the slope.", x[i], product(others)
        )

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        others = x[:i] + x[i + 1 :]
        if not others:
            return ()
        found = [
            Slip(
                "The slope in a factor is what it is multiplied by, not the factor itself.",
                x[i],
                title="Factor itself used for its slope",
            ),
            Slip(
                "A product does not pass the gradient on unchanged: the other factors multiply it.",
                ONE,
                title="Factor beside it left out of the slope",
            ),
        ]
        if len(others) > 1:
            title = "Other factors added instead of multiplied"
            found.append(Slip("The other factors are multiplied, not added.", total(others), title=title))
        return tuple(found)
