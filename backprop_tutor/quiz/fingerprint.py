"""A hash of what a problem says, so that answers to one version of a file are never mixed with those to another."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction

from ..model.problem import Problem

NOT_SAID = frozenset(
    {"id", "title", "statement", "source", "notation", "expected", "tags", "difficulty", "text", "where", "written"}
)
"""Fields of a problem and its parts that change neither what is asked nor what is right."""
UNORDERED = frozenset({"frozen", "constants"})
"""Fields that are lists of names in no particular order."""


def fingerprint(problem: Problem) -> str:
    """The SHA-256 of a problem's content in 64 hexadecimal digits: the same in every process and on every machine.

    Layout, comments, names for people and how a number is written (0.20 or 1/5) do not count.
    """
    text = json.dumps(_said(problem), ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _said(part: object) -> object:
    """A part of a problem as plain lists and mappings; what is left at nothing is left out.

    Raises TypeError for a part that this does not know.
    """
    if isinstance(part, Fraction):
        # In hexadecimal: Python refuses to write very long numbers in decimals.
        return {"number": f"{part.numerator:x}/{part.denominator:x}"}
    if isinstance(part, Enum):
        return str(part.value)
    if part is None or isinstance(part, (bool, int, str)):
        return part
    if isinstance(part, (tuple, list)):
        return [_said(each) for each in part]
    if isinstance(part, dict):
        return {"entries": {str(key): _said(value) for key, value in part.items()}}
    if is_dataclass(part) and not isinstance(part, type):
        return [type(part).__name__, {name: said for name, said in _fields(part) if not _is_nothing(said)}]
    raise TypeError(f"{type(part).__name__} has no place in a fingerprint")


def _fields(part: object) -> list[tuple[str, object]]:
    assert is_dataclass(part)
    found = [(field.name, getattr(part, field.name)) for field in fields(part) if field.name not in NOT_SAID]
    return [(name, _said(sorted(value) if name in UNORDERED else value)) for name, value in found]


def _is_nothing(said: object) -> bool:
    return said is None or said is False or said in ("", [], {"entries": {}})
