"""Formulas on one line: in Unicode as on a board, and in plain ASCII as on a keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ..model.notation import WrittenName
from ..model.op import Symbol
from .style import Binding, Piece, Style

_SUPERSCRIPTS = str.maketrans("0123456789()-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾⁻")
# A comma has no subscript of its own; between subscript digits an ordinary one reads well.
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_CAN_BE_ABOVE = frozenset("0123456789()")
_CAN_BE_BELOW = frozenset("0123456789,")


class LineStyle(Style):
    """What Unicode and ASCII have in common: everything stands on one line."""

    times: str
    partial: str

    def bracket(self, text: str) -> str:
        return f"({text})"

    def updated(self, name: WrittenName) -> Piece:
        text, binding = self.name(name)
        return Piece(f"new {text}", min(binding, Binding.POWER))

    def product(self, factors: Sequence[str], wide: bool) -> str:
        return (f" {self.times} " if wide else self.times).join(factors)

    def fraction(self, value: Fraction) -> Piece:
        return Piece(f"{value.numerator}/{value.denominator}", Binding.PRODUCT)

    def quotient(self, numerator: Piece, denominator: Piece) -> Piece:
        above, binding = numerator
        # A second slash on the same level would leave the reader to guess which one comes first.
        if binding < Binding.NEGATIVE or (binding < Binding.POWER and "/" in above):
            above, binding = self.bracket(above), Binding.ATOM
        below = self.at_least(denominator, Binding.POWER)
        return Piece(f"{above}/{below}", min(binding, Binding.PRODUCT))

    def power(self, base: str, exponent: Piece) -> str:
        return f"{base}^{self.at_least(exponent, Binding.ATOM)}"

    def call(self, symbol: Symbol, arguments: Sequence[str]) -> str:
        name = self.function_name(symbol)
        return f"{name}({', '.join(arguments)})" if arguments else name

    def function_name(self, symbol: Symbol) -> str:
        """The function's name in this style."""
        return symbol.ascii

    def derivative(self, of: str, by: str) -> str:
        return f"{self.partial}{of}/{self.partial}{by}"

    def relation(self, relation: str) -> str:
        return relation

    def cases(self, rows: Sequence[tuple[str, str]], otherwise: str) -> str:
        listed = "; ".join(f"{value} if {condition}" for value, condition in rows)
        return f"{listed}; otherwise {otherwise}"


class TextStyle(LineStyle):
    """Unicode: ``w₂₁⁽¹⁾·x₁ + b₂⁽¹⁾``."""

    minus = "−"
    about = "≈"
    times = "·"
    partial = "∂"

    def name(self, name: WrittenName) -> Piece:
        binding = Binding.POWER if name.above else Binding.ATOM
        if _CAN_BE_BELOW.issuperset(name.below) and _CAN_BE_ABOVE.issuperset(name.above):
            below, above = name.below.translate(_SUBSCRIPTS), name.above.translate(_SUPERSCRIPTS)
            return Piece(f"{name.letter.text}{below}{above}", binding)
        return Piece(_spelled(name.letter.text, name.below, name.above), binding)

    def scientific(self, mantissa: str, exponent: str) -> Piece:
        return Piece(f"{mantissa}·10{exponent.translate(_SUPERSCRIPTS)}", Binding.PRODUCT)

    def fraction(self, value: Fraction) -> Piece:
        return Piece("½", Binding.POWER) if value == Fraction(1, 2) else super().fraction(value)

    def power(self, base: str, exponent: Piece) -> str:
        digits = exponent.text.replace(self.minus, "-", 1)
        if digits.removeprefix("-").isdecimal() and len(digits) < 4:
            return base + digits.translate(_SUPERSCRIPTS)
        return super().power(base, exponent)

    def exponential(self, exponent: Piece, euler: bool) -> Piece:
        if not euler:
            return Piece(f"exp({exponent.text})", Binding.ATOM)
        return Piece("e", Binding.ATOM) if exponent.text == "1" else Piece(self.power("e", exponent), Binding.POWER)

    def root(self, operand: Piece) -> Piece:
        clear = operand.binding is Binding.ATOM and operand.text.replace(".", "").isalnum()
        return Piece(f"√{operand.text if clear else self.bracket(operand.text)}", Binding.POWER)

    def absolute(self, operand: Piece) -> Piece:
        # Bars inside bars cannot be told apart.
        bars = "|" not in operand.text
        return Piece(f"|{operand.text}|" if bars else f"abs({operand.text})", Binding.ATOM)

    def function_name(self, symbol: Symbol) -> str:
        return symbol.text

    def relation(self, relation: str) -> str:
        return "≥" if relation == ">=" else relation


class AsciiStyle(LineStyle):
    """Plain ASCII, which can be typed and read back: ``w_21^(1)*x_1 + b_2^(1)``."""

    minus = "-"
    about = "~="
    times = "*"
    partial = "d"

    def name(self, name: WrittenName) -> Piece:
        binding = Binding.POWER if name.above else Binding.ATOM
        return Piece(name.verbatim or _spelled(name.letter.ascii, name.below, name.above), binding)

    def scientific(self, mantissa: str, exponent: str) -> Piece:
        return Piece(f"{mantissa}*10^{exponent}", Binding.PRODUCT)

    def exponential(self, exponent: Piece, euler: bool) -> Piece:
        return Piece(f"exp({exponent.text})", Binding.ATOM)

    def root(self, operand: Piece) -> Piece:
        return Piece(f"sqrt({operand.text})", Binding.ATOM)

    def absolute(self, operand: Piece) -> Piece:
        return Piece(f"abs({operand.text})", Binding.ATOM)


class PlainStyle(AsciiStyle):
    """The formula syntax of problem files, with plain names."""

    def scientific(self, mantissa: str, exponent: str) -> Piece:
        return Piece(f"{mantissa}e{exponent}", Binding.ATOM)


def _spelled(letter: str, below: str, above: str) -> str:
    return letter + (f"_{below}" if below else "") + (f"^{above}" if above else "")
