"""Numbers for a variant: short ones that can be carried through by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property

from ..model.graph import Role
from .dice import Dice
from .slots import Slot

Numbers = Mapping[str, str]
"""By the plain name of a quantity: its new number as it is written."""

_TENTHS = tuple(f"0.{digit}" for digit in range(2, 10))
_SMALL = ("1.5", "2", "2.5", "3")
_WHOLE = ("2", "3", "4", "5", "6")
_LARGE_PARAMETER = (*_TENTHS[4:], *_SMALL)
_LARGER = ("2", "3", "4", "5", "6", "7", "8", "9")
_PARAMETERS = {Role.WEIGHT, Role.BIAS}
NEGATIVE_OF = 3
"""One parameter in so many gets a minus."""


class Drawer:
    """Draws numbers for the slots of one problem, of the size that the original's have."""

    def __init__(self, slots: Sequence[Slot], whole: bool = False) -> None:
        self.slots = tuple(slots)
        self.whole = whole

    @cached_property
    def pools(self) -> Mapping[str, tuple[str, ...]]:
        """What each number is drawn from, signs apart."""
        return {slot.name: _WHOLE if self.whole else _pool(slot) for slot in self.slots}

    @cached_property
    def signed(self) -> frozenset[str]:
        """The quantities that may be negative: parameters of networks, and others where the original has a minus."""
        negative = {slot.role for slot in self.slots if slot.original < 0} | _PARAMETERS
        return frozenset(slot.name for slot in self.slots if slot.role in negative)

    def draw(self, dice: Dice) -> dict[str, str]:
        """A number for every slot; no number stands much more often than another."""
        return self.redraw(dice, {}, self.slots)

    def redraw(self, dice: Dice, numbers: Numbers, slots: Iterable[Slot]) -> dict[str, str]:
        """The same numbers with those of some slots drawn again."""
        found = dict(numbers)
        again = tuple(slots)
        for slot in again:
            found.pop(slot.name, None)
        for slot in again:
            # Equal numbers hide mistakes: the wrong weight is then the right number.
            used = Counter(written.lstrip("-") for written in found.values())
            pool = self.pools[slot.name]
            fewest = min(used[written] for written in pool)
            written = dice.choice([written for written in pool if used[written] == fewest])
            found[slot.name] = f"-{written}" if self._is_negative(slot, dice) else written
        return found

    def _is_negative(self, slot: Slot, dice: Dice) -> bool:
        return slot.name in self.signed and dice.below(NEGATIVE_OF) == 0

    def generic(self, dice: Dice) -> dict[str, Fraction]:
        """Numbers of many digits, of the same size: what is equal for several of these is equal in general."""
        found = {}
        for slot in self.slots:
            sizes = [Fraction(written) for written in self.pools[slot.name]]
            number = dice.between(min(sizes), max(sizes))
            found[slot.name] = -number if self._is_negative(slot, dice) else number
        return found


def _pool(slot: Slot) -> tuple[str, ...]:
    """The numbers that may stand in a slot of a problem that is not in whole numbers."""
    size = abs(slot.original)
    if size > 10:
        zeros = "0" * (len(str(int(size))) - 1)
        return tuple(f"{digit}{zeros}" for digit in _LARGER)
    if slot.role in _PARAMETERS:
        return _LARGE_PARAMETER if size >= Fraction(3, 2) else _TENTHS
    # More than 1 is out of reach for an output that levels off there.
    if size < 1 or (size == 1 and slot.role is Role.TARGET):
        return _TENTHS
    if size == 1:
        return (*_TENTHS, *_SMALL[:2])
    return _SMALL if size <= 3 else _LARGER


def exactly(numbers: Mapping[str, str]) -> dict[str, Fraction]:
    """The values of numbers as they are written."""
    return {name: Fraction(written) for name, written in numbers.items()}
