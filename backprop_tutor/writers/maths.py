"""Formulas and numbers as text: one walk over the tree, in any style, with names or with figures put in.

Putting numbers in is a way of printing: the tree stays as it is, and so does the order of writing.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from ..lessons.symbols import Symbols
from ..model.formula import (
    Call,
    Cases,
    Condition,
    Derivative,
    Formula,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
)
from ..model.graph import Graph
from ..model.lesson import Figure
from ..model.notation import Notation
from ..model.op import Symbol, Words
from ..ops import operation
from .latex import LatexStyle
from .style import Binding, Piece, Style, read_digits
from .text import AsciiStyle, PlainStyle, TextStyle

StyleName = Literal["text", "ascii", "latex", "plain"]

_STYLES: dict[StyleName, type[Style]] = {
    "text": TextStyle,
    "ascii": AsciiStyle,
    "latex": LatexStyle,
    "plain": PlainStyle,
}
_PI = Symbol("π", "\\pi", "pi")
_LATEX_COMMANDS = frozenset({"sin", "cos", "tan", "sinh", "cosh", "tanh", "ln", "max", "min"})

Figures = Mapping[str, Figure]
_NO_FIGURES: Figures = {}


class Maths:
    """Prints the formulas and figures of one graph in one notation and one style.

    Styles: ``text`` (Unicode, one line), ``ascii`` (can be typed), ``latex``, and ``plain`` (the formula syntax
    of problem files, with plain names).  ``delta=False`` writes ∂L/∂z even where the notation has δ for it.
    """

    def __init__(self, notation: Notation, graph: Graph, style: StyleName, delta: bool = True) -> None:
        self._graph = graph
        self._symbols = Symbols(notation, graph)
        self._style = _STYLES[style]()
        self._plain = style == "plain"
        self._delta = delta and not self._plain
        # Where a quantity is called e, e to the power x would be misread.
        self._euler = all(name.letter.text != "e" for name in self._symbols.names.values())
        self._printed: dict[str, Piece] = {}

    def name(self, plain: str) -> str:
        """The symbol of a quantity by plain name: a value, ``dL/dw1_21``, ``da1_2/dz1_2``, ``new_w1_21``."""
        return self._name(plain, self._delta).text

    def spelled(self, plain: str) -> str:
        """Like ``name``, but with derivatives written out: ∂L/∂z₁⁽¹⁾ where ``name`` gives δ₁⁽¹⁾."""
        return self._name(plain, False).text

    def formula(self, tree: Formula, figures: Figures | None = None) -> str:
        """The formula; what has a figure (by plain name) is printed as that number."""
        return self._print(tree, figures or _NO_FIGURES).text

    def condition(self, condition: Condition, figures: Figures | None = None) -> str:
        """A comparison of two formulas."""
        relation = self._style.relation(condition.relation)
        return f"{self.formula(condition.left, figures)} {relation} {self.formula(condition.right, figures)}"

    def pieces(self, words: Words) -> list[tuple[bool, str]]:
        """A sentence in parts; True marks the formulas."""
        return [(False, part) if isinstance(part, str) else (True, self.formula(part)) for part in words]

    def words(self, words: Words) -> str:
        """A sentence with its formulas in place (LaTeX: not marked as maths; see ``pieces``)."""
        return "".join(text for _, text in self.pieces(words))

    def figure(self, figure: Figure) -> str:
        """The number as shown."""
        return self._written(figure.shown).text

    def relation(self, figure: Figure) -> str:
        """The sign before a figure: equal, or about equal."""
        return self._style.about if figure.rounded else "="

    def _name(self, plain: str, delta: bool) -> Piece:
        key = plain if delta else f"{plain} spelled"
        if key not in self._printed:
            self._printed[key] = self._make_name(plain, delta)
        return self._printed[key]

    def _make_name(self, plain: str, delta: bool) -> Piece:
        if plain in self._graph.values:
            return self._symbol(plain)
        of, slash, by = plain.partition("/d")
        if slash and of.startswith("d"):
            return self._derivative(Derivative(of[1:], by), delta)
        if plain.startswith("new_") and plain[4:] in self._graph.values:
            return Piece(plain, Binding.ATOM) if self._plain else self._style.updated(self._symbols.name(plain[4:]))
        return self._symbol(plain)

    def _symbol(self, plain: str) -> Piece:
        return Piece(plain, Binding.ATOM) if self._plain else self._style.name(self._symbols.name(plain))

    def _derivative(self, derivative: Derivative, delta: bool) -> Piece:
        if delta and not derivative.local and derivative.of == self._graph.objective:
            symbol = self._symbols.delta(derivative.by)
            if symbol is not None:
                return self._style.name(symbol)
        of, by = self._name(derivative.of, False).text, self._name(derivative.by, False).text
        return Piece(self._style.derivative(of, by), Binding.FRACTION)

    def _print(self, tree: Formula, figures: Figures) -> Piece:
        match tree:
            case Number(value, written):
                return self._number(value, written)
            case Name(name):
                figure = figures.get(name)
                return self._name(name, self._delta) if figure is None else self._written(figure.shown)
            case Derivative(of, by):
                figure = figures.get(f"d{of}/d{by}")
                return self._derivative(tree, self._delta) if figure is None else self._written(figure.shown)
            case Sum(terms):
                return self._sum(terms, figures)
            case Product(factors):
                return self._product(factors, figures)
            case Quotient(numerator, denominator):
                return self._style.quotient(self._print(numerator, figures), self._print(denominator, figures))
            case Power(base, exponent):
                printed = self._style.at_least(self._print(base, figures), Binding.ATOM)
                return Piece(self._style.power(printed, self._print(exponent, figures)), Binding.POWER)
            case Negative(operand):
                printed = self._style.at_least(self._print(operand, figures), Binding.PRODUCT)
                return Piece(self._style.minus + printed, Binding.NEGATIVE)
            case Call(function, arguments):
                return self._call(function, [self._print(argument, figures) for argument in arguments])
            case Cases(cases, otherwise):
                rows = [(self.formula(value, figures), self.condition(when, figures)) for when, value in cases]
                return Piece(self._style.cases(rows, self.formula(otherwise, figures)), Binding.CASES)

    def _sum(self, terms: tuple[Formula, ...], figures: Figures) -> Piece:
        if len(terms) < 2:
            return self._print(terms[0], figures) if terms else Piece("0", Binding.ATOM)
        text = self._style.at_least(self._print(terms[0], figures), Binding.NEGATIVE)
        for term in terms[1:]:
            sign, part = (self._style.minus, term.operand) if isinstance(term, Negative) else ("+", term)
            text += f" {sign} {self._style.at_least(self._print(part, figures), Binding.PRODUCT)}"
        return Piece(text, Binding.SUM)

    def _product(self, factors: tuple[Formula, ...], figures: Figures) -> Piece:
        if len(factors) < 2:
            return self._print(factors[0], figures) if factors else Piece("1", Binding.ATOM)
        printed = [self._print(factor, figures) for factor in factors]
        wide = any(piece.binding is Binding.FRACTION for piece in printed)
        texts = [self._style.at_least(piece, Binding.FRACTION) for piece in printed]
        return Piece(self._style.product(texts, wide), Binding.PRODUCT)

    def _call(self, function: str, arguments: list[Piece]) -> Piece:
        match function, arguments:
            case "exp", [exponent]:
                return self._style.exponential(exponent, self._euler)
            case "sqrt", [operand]:
                return self._style.root(operand)
            case "abs", [operand]:
                return self._style.absolute(operand)
        symbol = _PI if function == "pi" else self._function(function)
        return Piece(self._style.call(symbol, [argument.text for argument in arguments]), Binding.ATOM)

    def _function(self, name: str) -> Symbol:
        command = f"\\{name}" if name in _LATEX_COMMANDS else "\\mathrm{" + name.replace("_", "\\_") + "}"
        fallback = Symbol(name, command, name)
        return fallback if self._plain else _symbol_of_operation(name) or fallback

    def _number(self, value: Fraction, written: str) -> Piece:
        if read_digits(written) is not None:
            return self._written(written)
        return self._fraction(value)

    def _fraction(self, value: Fraction) -> Piece:
        size = abs(value)
        piece = Piece(str(size), Binding.ATOM) if size.denominator == 1 else self._style.fraction(size)
        return Piece(self._style.minus + piece.text, Binding.NEGATIVE) if value < 0 else piece

    def _written(self, written: str) -> Piece:
        digits = read_digits(written)
        if digits is None:
            return self._other_number(written)
        piece = Piece(digits.mantissa, Binding.ATOM)
        if digits.exponent:
            piece = self._style.scientific(digits.mantissa, digits.exponent)
        return Piece(self._style.minus + piece.text, Binding.NEGATIVE) if digits.negative else piece

    def _other_number(self, written: str) -> Piece:
        """A fraction such as ``3/20``, else the text itself."""
        numerator, slash, denominator = written.partition("/")
        if slash and numerator.removeprefix("-").isdecimal() and denominator.isdecimal() and int(denominator):
            return self._fraction(Fraction(int(numerator), int(denominator)))
        return Piece(written, Binding.ATOM)


def _symbol_of_operation(name: str) -> Symbol | None:
    try:
        return operation(name).symbol
    except LookupError:
        return None
