"""A formula's text cut into tokens, each with its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from ..model.formula import Number
from .characters import GREEK, RAISED_MINUS, SPACES, SUBSCRIPTS, SUPERSCRIPTS, fold, fraction_parts
from .formula_error import FormulaError, quoted
from .names import MAX_NAME_LENGTH, normal_name
from .numbers import refuse_neighbour, scan_number, starts_number
from .refusals import refuse_character

TokenKind = Literal["number", "name", "operator", "raised", "(", ")", ",", "|", "√", "end"]

_LETTERS = "A-Za-z" + "".join(GREEK)
_WORD = re.compile(rf"[{_LETTERS}][{_LETTERS}0-9_{SUBSCRIPTS}]*")
_RAISED = re.compile(rf"(?P<minus>{RAISED_MINUS}?)(?P<digits>[{SUPERSCRIPTS}]+)")
_PLAIN_DIGITS = {ord(raised): str(value) for value, raised in enumerate(SUPERSCRIPTS)}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a formula: an operator's sign or a name's plain form in ``text``, a number's value in ``number``."""

    kind: TokenKind
    text: str
    start: int
    end: int
    number: Number | None = None


def cut_into_tokens(text: str, find_name: Callable[[int], Token | None] | None = None) -> list[Token]:
    """The tokens of a formula, the last one of kind ``end``.

    ``find_name`` may know a longer name at a place than the language of formulas does: ``dL/dw1_21``.
    Raises FormulaError at the first character that cannot stand in a formula.
    """
    folded = fold(text)
    tokens: list[Token] = []
    place = 0
    while place < len(text):
        if folded[place] in SPACES:
            place += 1
            continue
        named = find_name(place) if find_name is not None else None
        token = named or _next_token(text, folded, place, tokens)
        tokens.append(token)
        place = token.end
    tokens.append(Token("end", "", len(text), len(text)))
    return tokens


def _next_token(text: str, folded: str, place: int, before: list[Token]) -> Token:
    char = folded[place]
    if starts_number(folded, place):
        return _number(folded, place, before)
    word = _WORD.match(folded, place)
    if word is not None:
        return _name(text, word)
    if text.startswith("**", place):
        return Token("operator", "^", place, place + 2)
    if char in "+-*/^":
        return Token("operator", char, place, place + 1)
    match char:
        case "(" | ")" | "," | "|" | "√":
            return Token(char, char, place, place + 1)
        case "%" if before and before[-1].kind == "number":
            refuse_neighbour(folded, before[-1].start, before[-1].end)
    raised = _RAISED.match(folded, place)
    if raised is not None:
        return _raised(raised)
    parts = fraction_parts(char)
    if parts is not None and parts[1] != 0:
        if before and before[-1].kind == "number":
            whole, part = quoted(text[before[-1].start : before[-1].end]), f"{parts[0]}/{parts[1]}"
            message = "a mixed number could be read as a product"
            raise FormulaError(message, f"Write {whole} + {part}.", before[-1].start, place + 1)
        number = Number(Fraction(*parts), f"{parts[0]}/{parts[1]}")
        return Token("number", f"({parts[0]}/{parts[1]})", place, place + 1, number)
    raise refuse_character(text, place)


def _number(folded: str, place: int, before: list[Token]) -> Token:
    if before and before[-1].kind == "number":
        refuse_neighbour(folded, before[-1].start, before[-1].end)
    try:
        number, end = scan_number(folded, place)
    except FormulaError:
        # 1,000: that its second half begins with a zero is not what is wrong with it.
        if len(before) > 1 and before[-1].kind == "," and before[-2].kind == "number":
            refuse_neighbour(folded, before[-2].start, before[-2].end)
        raise
    return Token("number", number.written, place, end, number)


def _name(text: str, word: re.Match[str]) -> Token:
    start, end = word.span()
    plain = normal_name(word[0])
    if plain is not None:
        return Token("name", plain, start, end)
    if len(word[0]) > MAX_NAME_LENGTH or word[0].isascii():
        message = f"the name {quoted(text[start:end])} is too long"
        raise FormulaError(message, f"Names have at most {MAX_NAME_LENGTH} characters.", start, end)
    message = f"a Greek letter stands next to another letter in {quoted(text[start:end])}"
    raise FormulaError(message, "Write * between them for a product, or _ for a name.", start, end)


def _raised(raised: re.Match[str]) -> Token:
    digits = raised["digits"].translate(_PLAIN_DIGITS)
    start, end = raised.span()
    if len(digits) > 3:
        raise FormulaError("this exponent is too large", "Write an exponent of at most 64.", start, end)
    sign = "-" if raised["minus"] else ""
    return Token("raised", f"{sign}{digits}", start, end, Number(Fraction(int(digits)), digits))
