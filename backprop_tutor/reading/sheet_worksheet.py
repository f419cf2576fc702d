"""A worksheet in Markdown, filled in: rows of a table, or items of a list, with a name in a code span."""

from __future__ import annotations

import html
import re

from .findings import BYTE_ORDER_MARK, LINE_BREAK
from .sheet_lines import LEARNER_WORDS, Lines, Places

ANSWERS = "<!-- backprop-tutor: answers -->"
"""Stands in a worksheet before the first table to fill in; what is above it holds no answers."""

_PROBLEM = re.compile(r"<!-- backprop-tutor: (?:worksheet|key) for ([\w.@+-]{1,300}) -->")

LONGEST_ROW = 20_000
MOST_WRAPPINGS = 6
_BAR = re.compile(r"(?<!\\)\|")
# A formula may be marked with dollars around a code span, and that is no name.
_SPAN = re.compile(r"(?<![$`])(`+)(?!`)([^`]+)\1(?![`$])")
_ITEM = re.compile(r"(?:(?:[-*+]|\d{1,9}[.)])\s+)?(?:\[[ xX]\]\s+)?[*_]{0,3}(`{1,9})([^`]+)\1[*_]{0,3}\s*[=:≈](.*)")
_LEARNER = re.compile(r"[\s*_>]{0,20}(\w{1,20})[\s*_]{0,10}:(.*)")
_WRAPPED = tuple(
    (re.compile(pattern, re.DOTALL), literal)
    for pattern, literal in (
        (r"\$`(.*)`\$", True),
        (r"\$\$(.*)\$\$", True),
        (r"\$(.*)\$", True),
        (r"``[ ]?(.*?)[ ]?``", True),
        (r"`(.*)`", True),
        (r"\*\*\*(.*)\*\*\*", False),
        (r"\*\*(.*)\*\*", False),
        (r"\*(.*)\*", False),
        (r"<(?P<tag>u|b|i|em|strong|mark)>(?P<inside>.*)</(?P=tag)>", False),
    )
)
_STRUCK = re.compile(r"~~[^~]*~~")
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_BLANK_BEFORE = re.compile(r"(?:\\?_)+\s*")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def read(text: str, source: str, lines: Lines) -> None:
    """Notes every row and item that names a quantity; other lines are not read."""
    text = text.removeprefix(BYTE_ORDER_MARK)
    places = Places(text, source)
    start = max(text.find(ANSWERS), 0)
    at = 0
    for row in LINE_BREAK.split(text):
        first, at = at, at + len(row)
        at += 2 if text[at : at + 2] == "\r\n" else 1
        if len(row) > LONGEST_ROW:
            lines.find(f"a line of {len(row):,} characters is too long", places.span(first, first + 80))
            continue
        _read_learner(row, lines)
        found = line_of(row) if first >= start else None
        if found:
            lines.add(*found, places.span(first + len(row) - len(row.lstrip()), first + len(row.rstrip())))


def problem_of(text: str) -> str | None:
    """The id of the problem that a worksheet was written for, as far as it can stand in a comment."""
    found = _PROBLEM.search(text)
    return found[1] if found else None


def line_of(row: str) -> tuple[str, str] | None:
    """The name and the answer of a row of a table or an item of a list; None for other lines."""
    if "`" not in row:
        return None
    item = _ITEM.fullmatch(row.strip())
    if item is not None:
        return item[2].strip(), clean_answer(item[3])
    cells = [cell.strip() for cell in _BAR.split(row.strip())]
    if len(cells) < 2:
        return None
    if not cells[-1]:
        cells.pop()
    # The name stands before the answer; a table that ends with names, such as that of what is given, has none.
    for position in range(len(cells) - 2, -1, -1):
        span = _SPAN.search(cells[position])
        if span is not None:
            answers = [clean_answer(cell) for cell in cells[position + 1 :]]
            return span[2].replace("\\|", "|").strip(), next((found for found in reversed(answers) if found), "")
    return None


def clean_answer(cell: str) -> str:
    """The answer in a cell: without the blank, bold type, marks of maths and code, and what was struck out."""
    text = _STRUCK.sub("", cell.replace("\\|", "|"))
    text = _BREAK.sub("\n", text).strip()
    literal = False
    for _ in range(MOST_WRAPPINGS):
        text = _without_blank(text)
        for pattern, is_literal in _WRAPPED:
            found = pattern.fullmatch(text)
            if found:
                text = found["inside"] if "tag" in found.groupdict() else found[1]
                text = text.strip()
                literal = literal or is_literal
                break
    if not literal:
        text = html.unescape(_ESCAPED.sub(r"\1", text))
    return text.lstrip("=≈ ").strip()


def _without_blank(text: str) -> str:
    """The text without underscores around it: those of the blank, or of bold type."""
    blank = _BLANK_BEFORE.match(text)
    if blank:
        text = text[blank.end() :]
    bare = text.rstrip("_\\ ")
    # A name may end in one underscore; a blank is longer.
    return bare if blank or len(text) - len(bare) > 1 else text


def _read_learner(row: str, lines: Lines) -> None:
    found = _LEARNER.fullmatch(row)
    if found and found[1].casefold() in LEARNER_WORDS and not lines.learner:
        lines.learner = " ".join(clean_answer(found[2]).split())[:200]
