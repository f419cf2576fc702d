"""Numbers that look random and are the same everywhere: a hash of the seed, a counter and the problem's name."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")

_GRAIN = 1 << 64


class Dice:
    """A row of draws.  The same ``seed`` and ``name`` give the same row in every Python and on every machine."""

    def __init__(self, seed: int | str, name: str) -> None:
        self.seed, self.name = seed, name
        self.counter = 0

    def _next(self) -> int:
        self.counter += 1
        digest = sha256(f"{self.seed}/{self.counter}/{self.name}".encode()).digest()
        return int.from_bytes(digest[:8], "big")

    def below(self, count: int) -> int:
        """A whole number from 0 to ``count`` - 1."""
        return self._next() % count

    def choice(self, among: Sequence[T]) -> T:
        """One of several."""
        return among[self.below(len(among))]

    def between(self, low: Fraction, high: Fraction) -> Fraction:
        """An odd number of many digits between two others."""
        return low + (high - low) * Fraction(self._next() | 1, _GRAIN)
