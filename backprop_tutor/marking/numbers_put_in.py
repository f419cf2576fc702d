"""Given numbers where a formula in letters was asked for: is it right once they are letters again?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, islice

from ..engine.derivations import Derivations, leaves
from ..model.formula import Formula, Name, Negative, Number, Quotient, replace
from ..model.graph import Graph
from .equality import compare

MOST_CHOICES = 32
"""Ways to tell a given number from one that belongs to the formula, as the 1 of 1 − a; so many are tried."""


def right_with_numbers(
    answer: Formula,
    name: str,
    formulas: Derivations,
    graph: Graph,
    constants: Mapping[str, object],
    numbers: Mapping[str, Fraction],
) -> bool:
    """Whether an answer is the quantity ``name``, written with some of the ``numbers`` in place of their letters.

    It is put to the proof with letters where the given numbers stand: equal for these numbers alone, which may be
    chance, is not enough.
    """
    letters = _Letters(numbers, frozenset(leaves(answer)))
    spots = letters.spots(answer)
    if not spots:
        return False
    right = letters.as_one(formulas)
    for chosen in islice(_choices(spots), MOST_CHOICES):
        verdict = compare(letters.put_in(answer, chosen), name, right, graph, constants).verdict
        if verdict != "different":
            return verdict == "same"
    return False


def _choices(spots: Sequence[Fraction]) -> Iterator[frozenset[int]]:
    """Which of the numbers stand for letters, the likeliest first: all, those that are not whole, then any."""
    every = range(len(spots))
    first = dict.fromkeys((frozenset(every), frozenset(i for i in every if spots[i].denominator != 1)))
    yield from (chosen for chosen in first if chosen)
    for count in reversed(range(1, len(spots))):
        yield from (chosen for each in combinations(every, count) if (chosen := frozenset(each)) not in first)


class _Letters:
    """The letter that stands for each given number; letters with the same number cannot be told apart."""

    def __init__(self, numbers: Mapping[str, Fraction], written: frozenset[str]) -> None:
        self.same: dict[str, str] = {}
        """Letters that go by another one with the same number."""
        self.letters: dict[Fraction, str] = {}
        # What the answer still calls by its name is another than what it gives as a number, if there is a choice.
        for name in sorted(numbers, key=lambda name: name in written):
            first = self.letters.setdefault(numbers[name], name)
            if first != name and name not in written:
                self.same[name] = first

    def as_one(self, formulas: Derivations) -> Derivations:
        """The right formulas with one letter for all of the same number."""
        if not self.same:
            return formulas

        def one(part: Formula) -> Formula | None:
            return Name(self.same[part.name]) if isinstance(part, Name) and part.name in self.same else None

        return {name: replace(tree, one) for name, tree in formulas.items()}

    def spots(self, answer: Formula) -> list[Fraction]:
        """The given numbers of an answer, in the order of reading."""
        found: list[Fraction] = []

        def note(part: Formula) -> Formula | None:
            value, letter = self._letter(part)
            if letter is None:
                return None
            found.append(value)
            return part

        replace(answer, note)
        return found

    def put_in(self, answer: Formula, chosen: frozenset[int]) -> Formula:
        """The answer with letters for those of its given numbers."""
        position = -1

        def letter(part: Formula) -> Formula | None:
            nonlocal position
            _, found = self._letter(part)
            if found is None:
                return None
            position += 1
            return found if position in chosen else part

        return replace(answer, letter)

    def _letter(self, part: Formula) -> tuple[Fraction, Formula | None]:
        """The value of a number, and the letter (or its opposite) for which it may stand."""
        value = _value(part)
        if value is None:
            return Fraction(0), None
        if value in self.letters:
            return value, Name(self.letters[value])
        if isinstance(part, Number) and -value in self.letters:
            # a − 0.4·b where the weight is −0.4.
            return value, Negative(Name(self.letters[-value]))
        return value, None


def _value(part: Formula) -> Fraction | None:
    """The value of a number, with a minus before it or as a fraction."""
    match part:
        case Number(value):
            return value
        case Negative(Number(value)):
            return -value
        case Quotient(Number(above), Number(below)) if below:
            return above / below
    return None
