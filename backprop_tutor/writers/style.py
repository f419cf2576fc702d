"""What the styles of printing a formula have in common: pieces of text that know how tightly they bind."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from enum import IntEnum
from fractions import Fraction
from typing import NamedTuple

from ..model.notation import WrittenName
from ..model.op import Symbol


class Binding(IntEnum):
    """How tightly a piece holds together; a looser one is bracketed inside a tighter one."""

    CASES = 0
    SUM = 1
    NEGATIVE = 2
    PRODUCT = 3
    FRACTION = 4
    POWER = 5
    ATOM = 6


class Piece(NamedTuple):
    """Printed text and how tightly it binds."""

    text: str
    binding: Binding


class Digits(NamedTuple):
    """A number as written: ``-1.2e-7`` is (True, "1.2", "-7")."""

    negative: bool
    mantissa: str
    exponent: str


_NUMBER = re.compile(r"([+-]?)(\d+\.?\d*|\.\d+)(?:[eE]([+-]?\d+))?", re.ASCII)


def read_digits(written: str) -> Digits | None:
    """The parts of a decimal number, or None for anything else."""
    parts = _NUMBER.fullmatch(written)
    if parts is None:
        return None
    return Digits(parts[1] == "-", parts[2], (parts[3] or "").lstrip("+"))


class Style(ABC):
    """One way of printing; what differs between them is below, what they share is in ``Maths``."""

    minus: str
    about: str
    """The sign between a formula and its rounded value."""

    @abstractmethod
    def bracket(self, text: str) -> str:
        """The text in round brackets."""

    @abstractmethod
    def name(self, name: WrittenName) -> Piece:
        """A symbol."""

    @abstractmethod
    def updated(self, name: WrittenName) -> Piece:
        """The symbol of a parameter after its update."""

    @abstractmethod
    def scientific(self, mantissa: str, exponent: str) -> Piece:
        """Mantissa times a power of ten."""

    @abstractmethod
    def fraction(self, value: Fraction) -> Piece:
        """A positive fraction in lowest terms that is no whole number."""

    @abstractmethod
    def product(self, factors: Sequence[str], wide: bool) -> str:
        """Factors, bracketed already; ``wide`` where derivatives are among them."""

    @abstractmethod
    def quotient(self, numerator: Piece, denominator: Piece) -> Piece:
        """A quotient of two pieces, not bracketed yet."""

    @abstractmethod
    def power(self, base: str, exponent: Piece) -> str:
        """A base, bracketed already, and an exponent, not bracketed yet."""

    @abstractmethod
    def exponential(self, exponent: Piece, euler: bool) -> Piece:
        """e to a power; ``euler`` says that the letter e is free for it."""

    @abstractmethod
    def root(self, operand: Piece) -> Piece:
        """The square root."""

    @abstractmethod
    def absolute(self, operand: Piece) -> Piece:
        """The absolute value."""

    @abstractmethod
    def call(self, symbol: Symbol, arguments: Sequence[str]) -> str:
        """A function of its arguments, or a named constant without any."""

    @abstractmethod
    def derivative(self, of: str, by: str) -> str:
        """The derivative of one symbol by another."""

    @abstractmethod
    def relation(self, relation: str) -> str:
        """A comparison sign, given as ``>``, ``>=`` or ``=``."""

    @abstractmethod
    def cases(self, rows: Sequence[tuple[str, str]], otherwise: str) -> str:
        """Values with their conditions, and the value otherwise."""

    def at_least(self, piece: Piece, binding: Binding) -> str:
        """The piece's text, in brackets where it binds less tightly than that."""
        return piece.text if piece.binding >= binding else self.bracket(piece.text)
