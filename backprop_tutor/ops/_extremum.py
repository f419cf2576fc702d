"""What the largest and the smallest of several numbers share."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from ..model.formula import HALF, ONE, ZERO, Condition, Formula, call, greater, total, when
from ..model.op import Inputs, Kink, Op, Slip, Words, words


class Extremum(Op):
    """One of several numbers, chosen by its size; a tie shares the slope in equal parts."""

    kinds = frozenset({"function"})
    arity = (1, None)
    adjective: ClassVar[str]

    @abstractmethod
    def wins(self, one: Formula, other: Formula) -> Condition:
        """Whether the first is chosen before the second, strictly."""

    def formula(self, x: Inputs) -> tuple[Formula, ...]:
        return (call(self.name, *x) if len(x) > 1 else x[0],)

    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        others = x[:i] + x[i + 1 :]
        if not others:
            return ONE
        rival = call(self.name, *others) if len(others) > 1 else others[0]
        return when(self.wins(x[i], rival), ONE, when(self.wins(rival, x[i]), ZERO, _share(x[i], others)))

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words(
            f"Pick the {self.adjective} of the {len(x)} numbers." if len(x) > 1 else "A single number is itself."
        )

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        return words(
            f"Only the {self.adjective} number gets through: if that is {{}}, the slope is 1 and it receives the whole "
            "gradient; otherwise a small change of it changes nothing and the slope is 0.",
            x[i],
        )

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        if len(x) == 1:
            return ()
        return (
            Slip(
                "Only the number that is chosen has slope 1; the others have slope 0.",
                ONE,
                title="Slope 1 given to a number that is not chosen",
            ),
            Slip(
                "The slope is 1 or 0; the number that is chosen is the value, not the slope.",
                y[0],
                title="Chosen number itself taken for its slope",
            ),
        )

    def kinks(self, x: Inputs) -> tuple[Kink, ...]:
        if len(x) == 1:
            return ()
        says = (
            f"Several numbers are the {self.adjective} together, where there is no derivative; they share the slope 1 "
            "in equal parts, as PyTorch does."
        )
        if len(x) == 2:
            return (Kink(Condition(x[0], "=", x[1]), says),)
        chosen = total(tuple(when(Condition(one, "=", call(self.name, *x)), ONE, ZERO) for one in x))
        return (Kink(greater(chosen, ONE), says),)


def _share(one: Formula, others: Inputs) -> Formula:
    """One over the number of those that are equal, when ``one`` is among the chosen."""
    if len(others) == 1:
        return HALF
    return 1 / total((ONE, *(when(Condition(other, "=", one), ONE, ZERO) for other in others)))
