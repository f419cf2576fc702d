"""A learner's sheet of answers, in any of the forms that people write it in."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Literal

from ..model.problem import Finding
from ..model.sheet import Sheet
from . import sheet_csv, sheet_json, sheet_worksheet, sheet_yaml
from .findings import BYTE_ORDER_MARK, LINE_BREAK
from .sheet_lines import IsQuantity, Lines, too_large

Kind = Literal["yaml", "json", "csv", "worksheet"]

_ENDINGS: dict[str, Kind] = {
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "csv",
    ".md": "worksheet",
    ".markdown": "worksheet",
}
_JSON_START = re.compile(r'\s*(?:\{\s*["}]|\[\s*[{\["\]])')
_SAMPLE = 1 << 16
_QUOTED = re.compile(r'"[^"]*"?|[\[(][^\])]*[\])]?')


def kind_of(source: str, text: str) -> Kind:
    """What a sheet is written in: by the file's ending, or, where that says nothing, by what stands in it."""
    known = _ENDINGS.get(PurePath(source).suffix.lower())
    if known is not None:
        return known
    text = text[:_SAMPLE].removeprefix(BYTE_ORDER_MARK)
    if _JSON_START.match(text):
        return "json"
    rows = [row for row in LINE_BREAK.split(text) if row.strip() and not row.startswith("#")]
    if "<!-- backprop-tutor" in text or any(sheet_worksheet.line_of(row[:2_000]) for row in rows):
        return "worksheet"
    first = _QUOTED.sub("", rows[0][:2_000]) if rows else ""
    separated = re.search("[,;\t]|^sep=", first)
    typed = re.search(r":(?:\s|$)|=", first)
    if separated and (not typed or first.startswith("sep=") or separated.start() < typed.start()):
        return "csv" if not first.startswith("{") else "yaml"
    return "yaml"


def read_sheet(
    text: str, source: str, learner: str = "", kind: Kind | None = None, is_quantity: IsQuantity | None = None
) -> Sheet:
    """The lines of a sheet, and what was wrong; a line's place reaches from the name on, mostly to the answer's end.

    Never raises: what cannot be read is a finding, and the lines around it are there all the same.  A line
    ``learner: Ann`` (or name, student) says whose sheet it is and goes before ``learner``, unless
    ``is_quantity`` knows that name.  Of two answers under one name the first counts.
    """
    lines = Lines(source, is_quantity)
    if not too_large(text, lines):
        match kind or kind_of(source, text):
            case "json":
                sheet_json.read(text, source, lines)
            case "csv":
                sheet_csv.read(text, source, lines, is_quantity)
            case "worksheet":
                sheet_worksheet.read(text, source, lines)
            case _:
                sheet_yaml.read(text, source, lines)
    return lines.sheet(learner, text)


def worksheet_problem(text: str) -> str | None:
    """The id of the problem that ``export --worksheet`` wrote a sheet for; None where the sheet does not say."""
    return sheet_worksheet.problem_of(text)


def read_class(text: str, source: str) -> tuple[tuple[Sheet, ...], tuple[Finding, ...]]:
    """See ``sheet_csv.read_class``."""
    return sheet_csv.read_class(text, source)


def is_class(text: str, source: str, is_quantity: IsQuantity | None = None) -> bool:
    """Whether a file is a CSV with one learner a row; see ``sheet_csv.is_class``."""
    return kind_of(source, text) == "csv" and sheet_csv.is_class(text, is_quantity)
