"""Formulas in the LaTeX that both KaTeX (strict) and GitHub's renderer accept."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ..lessons.symbols import to_ascii
from ..model.notation import WrittenName
from ..model.op import Symbol
from .style import Binding, Piece, Style

_TALL = ("\\frac", "\\begin", "\\left")


class LatexStyle(Style):
    """LaTeX: ``w_{21}^{(1)} \\cdot x_{1} + b_{2}^{(1)}``."""

    minus = "-"
    about = "\\approx"

    def bracket(self, text: str) -> str:
        return f"\\left({text}\\right)" if _tall(text) else f"({text})"

    def name(self, name: WrittenName) -> Piece:
        return _scripts(name, name.below)

    def updated(self, name: WrittenName) -> Piece:
        return _scripts(name, name.below, "\\text{new}")

    def scientific(self, mantissa: str, exponent: str) -> Piece:
        return Piece(f"{mantissa} \\cdot 10^{{{exponent}}}", Binding.PRODUCT)

    def fraction(self, value: Fraction) -> Piece:
        return Piece(f"\\frac{{{value.numerator}}}{{{value.denominator}}}", Binding.FRACTION)

    def product(self, factors: Sequence[str], wide: bool) -> str:
        return " \\cdot ".join(factors)

    def quotient(self, numerator: Piece, denominator: Piece) -> Piece:
        return Piece(f"\\frac{{{numerator.text}}}{{{denominator.text}}}", Binding.FRACTION)

    def power(self, base: str, exponent: Piece) -> str:
        return f"{base}^{{{exponent.text}}}"

    def exponential(self, exponent: Piece, euler: bool) -> Piece:
        if not euler:
            return Piece("\\exp" + self.bracket(exponent.text), Binding.ATOM)
        return Piece("e", Binding.ATOM) if exponent.text == "1" else Piece(self.power("e", exponent), Binding.POWER)

    def root(self, operand: Piece) -> Piece:
        return Piece(f"\\sqrt{{{operand.text}}}", Binding.ATOM)

    def absolute(self, operand: Piece) -> Piece:
        bars = ("\\left\\lvert ", " \\right\\rvert") if _tall(operand.text) else ("\\lvert ", " \\rvert")
        return Piece(operand.text.join(bars), Binding.ATOM)

    def call(self, symbol: Symbol, arguments: Sequence[str]) -> str:
        return symbol.latex + (self.bracket(", ".join(arguments)) if arguments else "")

    def derivative(self, of: str, by: str) -> str:
        return f"\\frac{{\\partial {of}}}{{\\partial {by}}}"

    def relation(self, relation: str) -> str:
        return "\\ge" if relation == ">=" else relation

    def cases(self, rows: Sequence[tuple[str, str]], otherwise: str) -> str:
        lines = [f"{value} & \\text{{if }} {condition}" for value, condition in rows]
        lines.append(f"{otherwise} & \\text{{otherwise}}")
        return "\\begin{cases} " + " \\\\ ".join(lines) + " \\end{cases}"


def _scripts(name: WrittenName, *below: str) -> Piece:
    parts = [part if part.startswith("\\") else _word(to_ascii(part)) for part in below if part]
    text = name.letter.latex
    text += f"_{{{','.join(parts)}}}" if parts else ""
    text += f"^{{{name.above}}}" if name.above else ""
    return Piece(text, Binding.POWER if name.above else Binding.ATOM)


def _word(part: str) -> str:
    return f"\\text{{{part}}}" if len(part) > 1 and part.isalpha() else part


def _tall(text: str) -> bool:
    return any(command in text for command in _TALL)
