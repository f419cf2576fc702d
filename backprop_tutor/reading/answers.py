"""What a learner typed, read as a number, a formula, a vector or a matrix; what is ambiguous is refused, never guessed.

A number is exact as written, and remembers half a unit of its last place.  Vectors and matrices are written as in
``answer_lists``; an entry may be blank (nothing between commas, ``_``, ``____``, ``…``, ``?``, a dash), a formula or a
number.  A text that holds nothing but such a mark is one blank entry.  ``z1 = 0.24``, ``≈ 0.24`` and
``0.5*0.48 = 0.24`` are read as 0.24, and so is ``0.24;``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from ..model.sheet import Answer, Answers, Written
from ..model.vocabulary import FunctionEntry
from .answer_lists import Cutter
from .answer_names import NameFinder, Resolve
from .answer_rows import MAX_SIDE, entries_said
from .answer_values import CUT, Language, is_blank, last_equals, read_cell, unreadable
from .characters import fold
from .findings import counted
from .formula_error import FormulaError

__all__ = ["MAX_TEXT", "read_answer", "read_value", "shape_text"]

MAX_TEXT = 20_000

_AROUND = " \t\n\ufeff\u200b\u200c\u200d\u2060\u200e\u200f"
"""What is left away around an answer: spaces, and invisible characters that come along when text is copied."""
_STOPS = ";,."
"""What may end a sentence or a line of a program, and belongs to no answer that can be read without it."""


def read_answer(text: str, functions: Mapping[str, FunctionEntry], resolve: Resolve) -> Answers:
    """The answer that a text holds: one value, a list or a matrix, row by row.

    ``functions`` may be called in it; ``resolve`` turns a typed name into the plain name of a quantity, or None.
    Never raises: what cannot be read is one ``Answer`` (or one of the cells) with its trouble and repair.
    """
    language = Language(functions, resolve)
    if len(text) > MAX_TEXT:
        message = f"an answer of {len(text)} characters is too long"
        error = FormulaError(message, f"Write at most {MAX_TEXT} characters.", 0, CUT)
        return _single(unreadable(_prepared(text[: MAX_TEXT // 4]), error))
    text = _prepared(text)
    if is_blank(text):
        return _single(None)
    found = _safely(text, language)
    if text[-1] in _STOPS and not _is_readable(found):
        without = _safely(text[:-1].rstrip(), language)
        # Behind rows without brackets a semicolon may begin another one.
        if not without.shape or text[:-1].rstrip().endswith(("]", ")", "}")):
            return without
    return found


def read_value(value: Written, functions: Mapping[str, FunctionEntry], resolve: Resolve) -> Answers:
    """The answer in a sheet's value: a text, a list of texts, or a list of such lists.  Never raises."""
    if isinstance(value, str):
        return read_answer(value, functions, resolve)
    language = Language(functions, resolve)
    rows = [tuple(item) for item in value if not isinstance(item, str)]
    flat = not rows
    table = [tuple(value)] if flat else rows
    trouble = _list_trouble(value, table, flat)
    if trouble is not None:
        text = _prepared(_as_text(value))
        return _single(unreadable(text, FormulaError(*trouble, 0, len(text))))
    cells = tuple(tuple(_read_item(item, language) for item in row if isinstance(item, str)) for row in table)
    return Answers(cells, (len(cells[0]),) if flat else (len(cells), len(cells[0])))


def shape_text(answers: Answers) -> str:
    """What shape was read (``2×3 matrix``, ``list of 3``); empty for a single answer."""
    if len(answers.shape) == 2:
        return f"{answers.shape[0]}×{answers.shape[1]} matrix"
    return f"list of {answers.shape[0]}" if answers.shape else ""


def _safely(text: str, language: Language) -> Answers:
    try:
        return _read(_with_square_brackets(text), language)
    except FormulaError as error:
        return _single(unreadable(text, error))


def _is_readable(answers: Answers) -> bool:
    return all(cell is None or cell.formula is not None for row in answers.cells for cell in row)


def _with_square_brackets(text: str) -> str:
    """A list in braces, as in ``{0.24, 0.42}``, with square brackets: only its braces, and not those of a name."""
    start = last_equals(fold(text))
    body = text[start:]
    if not body.lstrip().startswith("{") or "\\" in body or ("," not in body and ";" not in body):
        return text
    found = list(body)
    opened: list[bool] = []
    for place, char in enumerate(body):
        if char == "{":
            opened.append(body[max(place - 1, 0) : place] not in ("_", "^"))
            found[place] = "[" if opened[-1] else char
        elif char == "}" and opened:
            found[place] = "]" if opened.pop() else char
    return text[:start] + "".join(found)


def _read(text: str, language: Language) -> Answers:
    folded = fold(text)
    if "[" in folded or "\n" in folded or ("(" in folded and "," in folded):
        start = last_equals(folded)
        start = start if folded[start:].lstrip().startswith(("[", "(")) else 0
        cut = Cutter(NameFinder(text, language.functions, language.resolve), start).rows()
        if cut is not None:
            cells = tuple(tuple(read_cell(text[a:b].strip(), language) for a, b in row) for row in cut.rows)
            return Answers(cells, cut.shape)
    return _single(read_cell(text.replace("\n", " "), language))


def _read_item(text: str, language: Language) -> Answer | None:
    return read_cell(_prepared(text).replace("\n", " "), language)


def _list_trouble(value: tuple[Written, ...], table: list[tuple[Written, ...]], flat: bool) -> tuple[str, str] | None:
    """What is wrong with a list of a sheet, and its repair."""
    if not flat and len(table) != len(value):
        return "this list holds rows and single entries", "Write every row in brackets: [[1, 2], [3, 4]]."
    if any(not isinstance(item, str) for row in table for item in row):
        return "the lists are nested too deeply", "Write a matrix as [[1, 2], [3, 4]]."
    width = len(table[0])
    for number, row in enumerate(table, start=1):
        if not row:
            return f"row {number} is empty" if not flat else "the list is empty", "Write _ for a blank entry."
        if len(row) != width:
            message = f"row {number} has {entries_said(len(row))}, but row 1 has {entries_said(width)}"
            return message, "Write as many entries in every row, and _ for a blank one."
    if max(len(table), width) > MAX_SIDE:
        message = f"this list has {counted(len(table), 'row')} of {entries_said(width)}"
        return message, f"Write at most {MAX_SIDE} rows of {MAX_SIDE} entries."
    return None


def _as_text(value: Written) -> str:
    """A list as one line, as far as it is shown."""
    items = [item if isinstance(item, str) else f"[{', '.join(map(str, item))}]" for item in value[:20]]
    return f"[{', '.join(item[:CUT] for item in items)}]"[:CUT]


def _single(answer: Answer | None) -> Answers:
    return Answers(((answer,),))


def _prepared(text: str) -> str:
    """The text with one kind of space and of line break, and nothing around it; nothing else is changed."""
    text = re.sub(r"\r\n?", "\n", unicodedata.normalize("NFC", text))
    text = "".join(" " if char != " " and unicodedata.category(char) == "Zs" else char for char in text)
    return text.strip(_AROUND)
