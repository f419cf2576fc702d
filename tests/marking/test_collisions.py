"""Which rules give the same numbers, and which show nowhere: a table for every bundled problem of moderate size.

``UPDATE_GOLDEN=1 pytest tests/marking/test_collisions.py`` rewrites it; read the difference before you commit it.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from rule_runs import UNDEFINED, Way, label, ways
from support import BUNDLED

from backprop_tutor.errors import UndefinedValueError
from backprop_tutor.marking.misconception import Misconception
from backprop_tutor.marking.misconceptions import misconceptions

TABLE = Path(__file__).parent / "golden" / "collisions.txt"
UPDATE = os.environ.get("UPDATE_GOLDEN") == "1"
MOST_QUANTITIES = 80
INTRODUCTION = """\
Rules beside each other, problem by problem, all quantities of a problem compared in 12 digits.
  !  rules of different ideas that give the same numbers: no sheet can tell them apart
  =  two ways of the same idea that do
  ?  rules that go another way and give every right number: they cannot be seen here
  -  rules that leave a quantity without a value
"""


def rules(way: Way) -> Iterator[Misconception]:
    """Every rule that changes a formula on this way."""
    for page in misconceptions().values():
        for rule in page.variants(way.wiring):
            if way.touched(way.formulas(rule)):
                yield rule


def idea(rule: Misconception) -> str:
    """What the learner would be told of: an idea of the catalogue, or one operation's own slip."""
    return label(rule) if rule.id == "op" else rule.id


def told(title: str, way: Way) -> list[str]:
    """The lines about one way through a problem."""
    groups: dict[tuple[tuple[str, str], ...], list[Misconception]] = {}
    undefined = []
    count = 0
    for rule in rules(way):
        changed = way.changed(rule)
        groups.setdefault(tuple(sorted(changed.items())), []).append(rule)
        count += 1
        if UNDEFINED in changed.values():
            undefined.append(label(rule))
    hidden = [label(rule) for rule in groups.pop((), [])]
    lines = ["", f"{title}, {way.title}: {len(way.right)} quantities, {count} rules"]
    for group in groups.values():
        if len(group) > 1:
            mark = "=" if len({idea(rule) for rule in group}) == 1 else "!"
            lines.append(f"  {mark}  {'  |  '.join(label(rule) for rule in group)}")
    return [*lines, *(f"  ?  {name}" for name in hidden), *(f"  -  {name}" for name in undefined)]


def is_numeric(way: Way) -> bool:
    """Whether every quantity has a number."""
    try:
        return bool(way.truth)
    except (LookupError, UndefinedValueError):
        return False


def table() -> str:
    """The whole table."""
    lines = INTRODUCTION.splitlines()
    for name in BUNDLED:
        for way in ways(name):
            if len(way.right) <= MOST_QUANTITIES and is_numeric(way):
                lines += told(name, way)
    return "\n".join(lines) + "\n"


def test_the_table_of_collisions() -> None:
    found = table()
    if UPDATE:
        TABLE.parent.mkdir(exist_ok=True)
        TABLE.write_text(found, encoding="utf-8", newline="\n")
        return
    assert TABLE.is_file(), f"{TABLE.name} is missing: run UPDATE_GOLDEN=1 pytest tests/marking/test_collisions.py"
    wanted = TABLE.read_text("utf-8")
    if found != wanted:
        lines = difflib.unified_diff(wanted.splitlines(), found.splitlines(), "golden", "now", lineterm="", n=1)
        pytest.fail("\n".join([f"{TABLE.name} differs:", *list(lines)[:60]]), pytrace=False)


def test_no_problem_with_numbers_is_too_large_for_the_table() -> None:
    numeric = [name for name in BUNDLED if is_numeric(ways(name)[0])]
    assert len(numeric) >= 30
    assert sum(len(ways(name)[0].right) > MOST_QUANTITIES for name in numeric) <= 2
