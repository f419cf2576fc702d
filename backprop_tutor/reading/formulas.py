"""Formulas as people write them on paper, read into a tree that can hold nothing but arithmetic.

A precedence reader: from the loosest to the tightest, ``+ -``, then ``* /`` and products without a sign (``2x``),
then ``^`` from right to left.  A sign belongs to the term behind it: ``-a*b`` is −(a·b), ``-x^2`` is −(x²).
What could be read in two ways (``1/2x``, ``x(x+1)``) is refused.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Set
from typing import Literal

from ..model.formula import PI, Formula, Name, Negative, Power, Product, Quotient, Sum
from ..model.vocabulary import FunctionEntry
from .formula_error import FormulaError
from .lexer import Token, cut_into_tokens
from .limits import MAX_LENGTH, MAX_NESTING, Place, check_limits
from .names import is_name, normal_name
from .neighbours import Neighbours
from .numbers import read_number
from .words import Words

__all__ = ["MAX_LENGTH", "FormulaError", "is_name", "normal_name", "read_formula", "read_number"]

_SUM, _PRODUCT, _POWER = 1, 2, 3
_STRENGTH = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "^": _POWER}

_Open = Literal["sum", "product", "quotient", ""]
"""What the formula on the left was made by, without brackets: a sum or product that is still open to more."""


def read_formula(
    text: str,
    functions: Mapping[str, FunctionEntry],
    names: Collection[str] | None = None,
    vectors: bool = False,
) -> Formula:
    """The formula that the text writes down, in its own order, with nothing computed.

    ``names`` may occur in it (None: any well-formed name but ``e``, which is then Euler's number).  ``vectors``
    says that names may stand for vectors; lists of numbers cannot be written in either case.
    Raises FormulaError, and nothing else, for whatever is no formula.
    """
    if len(text) > MAX_LENGTH:
        message = f"the formula has {len(text)} characters"
        raise FormulaError(message, f"Split it into formulas of at most {MAX_LENGTH} characters.", 0, len(text))
    tokens = cut_into_tokens(text)
    if len(tokens) == 1:
        raise FormulaError("there is no formula here", "Write a formula such as w*x + b.", 0, len(text))
    known = names if names is None or isinstance(names, (Set, Mapping)) else frozenset(names)
    return read_tokens(text, tokens, Words(text, functions, known))


def read_tokens(text: str, tokens: list[Token], words: Words) -> Formula:
    """The formula that the tokens of a text make; ``words`` says what its words mean.  Raises FormulaError."""
    return _Reader(text, tokens, words).read()


class _Reader:
    """One pass over the tokens of one formula."""

    def __init__(self, text: str, tokens: list[Token], words: Words) -> None:
        self.tokens = tokens
        self.words = words
        self.neighbours = Neighbours(text, tokens, words)
        self.at = 0
        self.opened: list[Token] = []
        self.nesting = 0
        self.exponents: dict[int, Place] = {}
        self.power_end = -1
        """The token behind the last exponent or root, which might seem to reach further."""

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def read(self) -> Formula:
        tree = self.terms(_SUM)
        if self.token.kind != "end":
            raise self.neighbours.unexpected(self.at, self.opened)
        check_limits(tree, self.exponents, (self.tokens[0].start, self.tokens[-2].end))
        return tree

    def terms(self, weakest: int) -> Formula:
        """A formula held together by operations that bind at least as strongly as ``weakest``."""
        first = self.at
        left = self.operand(weakest)
        made: _Open = ""
        slash = 0
        while True:
            token = self.token
            if token.kind == "raised":
                left = self.raised(left)
            elif token.kind == "operator":
                if _STRENGTH[token.text] < weakest:
                    return left
                self.at += 1
                if token.text == "/":
                    slash = token.end
                left, made = self.joined(left, made, token)
            elif self.neighbours.starts_operand(self.at, self.opened):
                if weakest > _PRODUCT:
                    return left
                divided_by = slash if made == "quotient" else None
                self.neighbours.check_product_without_sign(self.at, first, divided_by, self.power_end == self.at)
                left, made = _multiplied(left, made, self.terms(_PRODUCT + 1)), "product"
            else:
                return left

    def joined(self, left: Formula, made: _Open, operator: Token) -> tuple[Formula, _Open]:
        """``left`` joined to what follows the operator, and what that makes."""
        if operator.text == "^":
            return self.power(left, operator), ""
        self.enter(operator)
        right = self.terms(_STRENGTH[operator.text] + 1)
        self.nesting -= 1
        if operator.text == "/":
            return Quotient(left, right), "quotient"
        if operator.text == "*":
            return _multiplied(left, made, right), "product"
        term = Negative(right) if operator.text == "-" else right
        return Sum((*left.terms, term) if isinstance(left, Sum) and made == "sum" else (left, term)), "sum"

    def power(self, base: Formula, operator: Token) -> Formula:
        self.neighbours.check_single_power(self.at - 1)
        self.enter(operator)
        start = self.token.start
        exponent = self.terms(_POWER)
        self.nesting -= 1
        power = Power(base, exponent)
        self.exponents[id(power)] = (start, self.tokens[self.at - 1].end)
        self.power_end = self.at
        return power

    def raised(self, base: Formula) -> Formula:
        """A base with a raised exponent: x²."""
        self.neighbours.check_single_power(self.at)
        token = self.token
        self.at += 1
        power = Power(base, _raised_number(token))
        self.exponents[id(power)] = (token.start, token.end)
        self.power_end = self.at
        return power

    def operand(self, weakest: int) -> Formula:
        """What an operation works on: a number, a name, a call, a bracket, with or without a sign."""
        token = self.token
        self.at += 1
        match token.kind:
            case "number":
                assert token.number is not None
                self.words.check_number(token)
                return token.number
            case "name":
                return self.word(token)
            case "(" | "|":
                return self.bracket(token)
            case "√":
                return self.root(token)
            case "operator" if token.text in "+-":
                return self.signed(token, weakest)
        raise self.neighbours.no_operand(self.at - 1, self.opened)

    def signed(self, sign: Token, weakest: int) -> Formula:
        self.neighbours.check_single_sign(self.at)
        self.enter(sign)
        tree = self.terms(max(weakest, _PRODUCT))
        self.nesting -= 1
        return Negative(tree) if sign.text == "-" else tree

    def bracket(self, opening: Token) -> Formula:
        self.open(opening)
        tree = self.terms(_SUM)
        closing = ")" if opening.kind == "(" else "|"
        if self.token.kind != closing:
            raise self.neighbours.unexpected(self.at, self.opened)
        self.close()
        return tree if opening.kind == "(" else self.words.call("abs", (tree,), opening, opening)

    def root(self, sign: Token) -> Formula:
        self.neighbours.check_root(self.at)
        self.enter(sign)
        tree = self.operand(_POWER)
        self.nesting -= 1
        return self.words.call("sqrt", (tree,), sign, sign)

    def word(self, token: Token) -> Formula:
        following = self.token
        if following.kind == "(" and self.words.is_called(token, self.neighbours.operand_text(self.at)):
            return self.call(token)
        if self.words.is_euler(token) and (following.text == "^" or following.kind == "raised"):
            return self.euler_power(token)
        if self.words.is_name(token):
            return Name(token.text)
        if token.text == "pi":
            return PI
        raise self.words.refuse(token, self.neighbours.after_function(self.at))

    def euler_power(self, euler: Token) -> Formula:
        """e^x, which is a call of exp."""
        token = self.token
        self.at += 1
        if token.kind == "raised":
            exponent = _raised_number(token)
        else:
            self.enter(token)
            exponent = self.terms(_POWER)
            self.nesting -= 1
        self.power_end = self.at
        return self.words.call("exp", (exponent,), euler, euler)

    def call(self, function: Token) -> Formula:
        self.at += 1
        self.open(self.tokens[self.at - 1])
        arguments = () if self.token.kind == ")" else self.arguments()
        self.close()
        return self.words.call(function.text, arguments, function, self.tokens[self.at - 1])

    def arguments(self) -> tuple[Formula, ...]:
        arguments = [self.terms(_SUM)]
        while self.token.kind == ",":
            self.at += 1
            arguments.append(self.terms(_SUM))
        if self.token.kind != ")":
            raise self.neighbours.unexpected(self.at, self.opened)
        return tuple(arguments)

    def open(self, bracket: Token) -> None:
        self.opened.append(bracket)
        self.enter(bracket)

    def close(self) -> None:
        self.at += 1
        self.opened.pop()
        self.nesting -= 1

    def enter(self, token: Token) -> None:
        """Count one more level, so that no text can exhaust the stack."""
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            message = f"the formula is nested more than {MAX_NESTING} levels deep"
            raise FormulaError(message, "Split it into several formulas.", token.start, token.end)


def _multiplied(left: Formula, made: _Open, right: Formula) -> Product:
    return Product((*left.factors, right) if isinstance(left, Product) and made == "product" else (left, right))


def _raised_number(token: Token) -> Formula:
    assert token.number is not None
    return Negative(token.number) if token.text.startswith("-") else token.number
