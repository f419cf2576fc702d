"""A sheet in JSON: ``{"z1_1": 0.24}``.  Numbers stay the text that was written: 0.20 is not 0.2."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..model.problem import Span
from ..model.sheet import Written
from .findings import BYTE_ORDER_MARK, shown
from .sheet_lines import Lines, Places

DEPTH = 32
MARKS = 50_000
"""Brackets and colons in one sheet."""

_NEST = 'Write one entry for each quantity, as in {"z1_1": 0.24, "dL/dW1": [[0.1, 0.2]]}.'
_TOKEN = re.compile(r'"(?:[^"\\\r\n]|\\.)*+"?|[\[\]{}:,]|[^\s"\[\]{}:,]+')
"""A text that is never closed ends with its line: no character is looked at twice."""
_SAYINGS = {
    "Expecting ',' delimiter": (
        "a comma is missing here, or the value goes on where it should end",
        'Put a comma between entries, and fractions and formulas in double quotes: "1/4".',
    ),
    "Expecting property name enclosed in double quotes": (
        "a name in double quotes is expected here",
        "Put every name in double quotes, and no comma after the last entry.",
    ),
    "Illegal trailing comma before end of object": (
        "a comma stands after the last entry",
        "Delete it.",
    ),
    "Illegal trailing comma before end of array": (
        "a comma stands after the last element",
        "Delete it.",
    ),
    "Expecting ':' delimiter": ("a colon is missing after the name", 'Write "name": answer.'),
    "Expecting value": (
        "an answer is missing here, or it stands without double quotes",
        'Write a number such as 0.25, or put the answer in double quotes: ".25".',
    ),
    "Unterminated string starting at": ("the quotes that open here are not closed", "Add the closing quote."),
    "Extra data": ("something stands here after the end of the sheet", "Delete it, or close the braces behind it."),
    "Invalid control character at": ("a line ends, or a tab stands, inside the quotes", "Close the quotes before it."),
    "Invalid \\escape": ("this backslash has no meaning in JSON", "Write two of them, or none."),
    "Invalid \\uXXXX escape": ("this backslash has no meaning in JSON", "Write four digits behind \\u."),
}


@dataclass(frozen=True, slots=True)
class _Pairs:
    """An object with all its entries, also those that stand twice."""

    pairs: list[tuple[str, object]]


def read(text: str, source: str, lines: Lines) -> None:
    """Notes every entry of the sheet."""
    text = text.removeprefix(BYTE_ORDER_MARK)
    places = Places(text, source)
    keys = _Keys(text, places)
    if keys.refused is not None:
        lines.find(keys.trouble, keys.refused, "A sheet is a page or two of names and answers.")
        return
    try:
        whole = json.loads(text, parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=_Pairs)
    except json.JSONDecodeError as error:
        saying = _SAYINGS.get(error.msg, ("this is not valid JSON", _NEST))
        lines.find(saying[0], places.span(error.pos, error.pos + 1), saying[1])
        _recover(text, places, lines)
        return
    if not isinstance(whole, _Pairs):
        lines.find("a sheet is one object with names and answers", places.span(0, 1), _NEST)
        return
    for number, (name, value) in enumerate(whole.pairs):
        where = keys.outer[number]
        if isinstance(value, _Pairs) and name.strip().casefold() == "answers":
            for (inner, answer), place in zip(value.pairs, keys.inner[number], strict=True):
                _note(inner, answer, place, lines)
        else:
            _note(name, value, where, lines)


def _note(name: str, value: object, where: Span, lines: Lines) -> None:
    if isinstance(value, _Pairs):
        lines.find(f"names stand inside {shown(name)}, where its answer is expected", where, _NEST)
        return
    written = _written(value)
    if written is None:
        lines.find(f"names stand inside the list of {shown(name)}, where answers are expected", where, _NEST)
    else:
        lines.add(name, written, where)


def _written(value: object) -> Written | None:
    """A value as text, or as lists of texts; None where an object stands among them."""
    match value:
        case str():
            return value
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list():
            cells = [_written(part) for part in value]
            whole = tuple(cell for cell in cells if cell is not None)
            return whole if len(whole) == len(cells) else None
    return None


def _recover(text: str, places: Places, lines: Lines) -> None:
    """What can be read of a text that breaks the rules somewhere: names with one number or text each."""
    name, colon = None, False
    for token in _TOKEN.finditer(text):
        if token[0] == ":":
            colon = name is not None
        elif token[0] in "[]{},":
            name, colon = None, False
        elif name is not None and colon:
            lines.add(_unquoted(name[0]), _unquoted(token[0]), places.span(name.start(), token.end()))
            name, colon = None, False
        else:
            name = token


def _unquoted(text: str) -> str:
    if not text.startswith('"'):
        return "" if text == "null" else text
    try:
        return str(json.loads(text))
    except json.JSONDecodeError:
        return text.strip('"')


class _Keys:
    """Where the names of the outer object stand, and those one level below each of them.

    ``refused`` is where the text turns out to be deeper or longer than any sheet is, and ``trouble`` says so.
    """

    def __init__(self, text: str, places: Places) -> None:
        self.outer: list[Span] = []
        self.inner: dict[int, list[Span]] = {}
        self.trouble = ""
        self.refused: Span | None = None
        depth = 0
        for number, (name, mark, start, end) in enumerate(_tokens(text)):
            if mark in "[{":
                depth += 1
            if depth > DEPTH or number > MARKS:
                deep = f"lists and objects are nested more than {DEPTH} deep"
                self.trouble = deep if depth > DEPTH else f"the sheet has more than {MARKS:,} lists and answers"
                self.refused = places.span(start, end)
                return
            if mark in "[{":
                continue
            if mark in "]}":
                depth -= 1
            elif depth == 1:
                self.outer.append(places.span(*name))
                self.inner[len(self.outer) - 1] = []
            elif depth == 2 and self.outer:
                self.inner[len(self.outer) - 1].append(places.span(*name))


def _tokens(text: str) -> Iterator[tuple[tuple[int, int], str, int, int]]:
    """Brackets and colons, each with the place of the token before it."""
    before = (0, 0)
    for token in _TOKEN.finditer(text):
        if token[0] in "[]{}:":
            yield before, token[0], token.start(), token.end()
        before = token.span()
