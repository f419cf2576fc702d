"""The sum of several numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..model.formula import ONE, Formula, total
from ..model.op import Inputs, Op, Slip, Words, words


class Add(Op):
    """Add several numbers.

    Why we use it: roads that meet are added up.
    Slope: 1 in each term, so the sum passes the gradient on to every term unchanged.
    Watch out: the gradient is not shared out among the terms: each of them gets all of it.
    """

    title = "Sum"
    arity = (1, None)

    def formula(self, x: Inputs) -> tuple[Formula, ...]:
        return (total(x),)

    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        return ONE

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        return (math.fsum(x),)

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words("Add the terms.")

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        return words(
            "The slope of a sum in each of its terms is 1: the sum passes the gradient on to {} unchanged.", x[i]
        )

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        others = x[:i] + x[i + 1 :]
        found = [Slip("The slope in a term is 1, whatever the term is.", x[i], title="Term itself taken for its slope")]
        if others:
            found.append(
                Slip(
                    "The other terms are held fixed: they drop out of the slope.",
                    total((ONE, *others)),
                    title="Other terms kept in the slope",
                )
            )
            found.append(
                Slip(
                    "A sum does not share the gradient out: every term gets all of it.",
                    ONE / len(x),
                    title="Gradient shared out among the terms",
                )
            )
        return tuple(found)
