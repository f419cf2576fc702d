"""A marked sheet as JSON, for other programs: one object, with the keys of ``check --json``."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..model.formula import Formula
from ..model.lesson import Figure
from ..model.marking import Entry, Explanation, Report, Verdict
from ..model.op import Words
from ..model.sheet import Answer
from ..reading.findings import clean, clean_line
from .json_text import without_cases
from .maths import Maths
from .report_words import sentence

LONGEST = 1000
"""So much of what a learner wrote is handed on."""
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Digits:
    """A number that is written digit by digit, for no float holds it whole."""

    digits: str


Json = _Digits | str | int | bool | None | list["Json"] | dict[str, "Json"]


def write(report: Report, *, compact: bool = False) -> str:
    """One object, ending with a newline: on several lines to be read, or all on one line (``compact``)."""
    return _text(_Document(report).whole(), 0 if compact else 2) + "\n"


def write_unread(sheet: str, trouble: Sequence[str], *, compact: bool = False) -> str:
    """The object of a sheet that could not be used at all: the same keys, and why."""
    found: Json = {
        "sheet": sheet[:LONGEST],
        "first_error": None,
        "marks": None,
        "misconceptions": [],
        "entries": [],
        "trouble": [clean(line) for line in trouble],
    }
    return _text(found, 0 if compact else 2) + "\n"


class _Document:
    def __init__(self, report: Report) -> None:
        self.report = report
        self.maths = Maths(report.lesson.notation, report.lesson.graph, "plain")

    def whole(self) -> Json:
        report = self.report
        marks = report.marks
        return {
            "sheet": report.learner[:LONGEST],
            "first_error": report.first_error,
            "marks": {"strict": marks.strict, "carried": marks.carried, "out_of": marks.out_of},
            "misconceptions": [self.misconception(explanation) for explanation in report.explanations],
            "ask_next": report.ask_next or None,
            "entries": [self.entry(entry) for entry in report.entries],
            "unknown": [
                clean(" ".join(part for part in (sentence(finding.message), finding.repair) if part))
                for finding in report.unknown
            ],
        }

    def misconception(self, explanation: Explanation) -> Json:
        return {
            "id": explanation.id,
            "title": clean_line(explanation.title),
            "steps": list(explanation.steps),
            "group": explanation.group,
            "convention": explanation.convention,
            "repair": self.words(explanation.repair),
        }

    def entry(self, entry: Entry) -> Json:
        expected = self.quantity(entry.expected, entry.formula)
        from_yours = self.quantity(entry.from_yours, None)
        # Where the learner's own values lead nowhere else, they lead to the right number.
        judged = entry.verdict not in (Verdict.MISSING, Verdict.UNREADABLE)
        return {
            "name": entry.name,
            "given": _given(entry.given),
            "expected": expected,
            "expected_from_yours": expected if from_yours is None and judged else from_yours,
            "verdict": entry.verdict.value,
            "misconception": entry.misconception or None,
            "slip": entry.slip or None,
            "message": self.words(entry.message),
            "experiment": self.words(entry.experiment.words if entry.experiment is not None else ()),
            "follows_from": list(entry.follows_from),
            "asked": entry.asked,
            "strict": entry.strict,
            "carried": entry.earned,
        }

    def quantity(self, figure: Figure | None, tree: Formula | None) -> Json:
        if figure is not None:
            return _Digits(figure.full) if _NUMBER.fullmatch(figure.full) else clean_line(figure.full)
        return None if tree is None else self.maths.formula(without_cases(tree))

    def words(self, words: Words) -> str:
        return clean(self.maths.words(words))


def _given(answer: Answer | None) -> Json:
    return None if answer is None else answer.written[:LONGEST]


def _text(value: Json, indent: int, depth: int = 0) -> str:
    """The value as JSON; the two outer levels on lines of their own, so that each entry is one line."""
    match value:
        case _Digits(digits):
            return digits
        case dict():
            parts = [f"{_string(key)}: {_text(part, indent, depth + 1)}" for key, part in value.items()]
            return _joined(parts, "{}", indent if depth == 0 else 0, depth)
        case list():
            nested = any(isinstance(part, dict) for part in value)
            parts = [_text(part, indent, depth + 1) for part in value]
            return _joined(parts, "[]", indent if nested else 0, depth)
        case str():
            return _string(value)
    return json.dumps(value)


def _joined(parts: Sequence[str], brackets: str, indent: int, depth: int) -> str:
    if not indent or not parts:
        return brackets[0] + ", ".join(parts) + brackets[1]
    start = "\n" + " " * (indent * (depth + 1))
    return brackets[0] + start + f",{start}".join(parts) + "\n" + " " * (indent * depth) + brackets[1]


def _string(text: str) -> str:
    """The text as a JSON string; letters stay as they are, and whatever cannot be seen is escaped."""
    return json.dumps(text, ensure_ascii=not text.isprintable())
