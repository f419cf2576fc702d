"""Which steps a line is an answer to: the one that is asked, or others that it names."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..lessons.notation import NameReader
from ..model.quiz import Item, ItemKind, State
from .quiz import Quiz

_IN_FORMULAS = re.compile(r"[∂d]\w+/[∂d]\w+|[^\W\d_]\w*")
MOST_SHOWN = 40
MOST_READ = 2000
"""Characters of a formula in which names are looked for that may be read in two ways."""
_NAMED = re.compile(r"\s*((?:[^\W\d_]|[∂\\])[^=:≈+*\[\];]{0,80}?)\s*(?:=|:|≈)\s*(\S.*)", re.DOTALL)
_NEXT = re.compile(r"[,;\n]\s*(?=(?P<name>(?:[^\W\d_]|[∂\\])[^=:≈+*\[\],;\n]{0,80}?)\s*[=:≈])")
MOST_ANSWERS = 100
_NAME = re.compile(r"[^\W\d_]\w*|[∂d]\S+/[∂d]\S+")


@dataclass(frozen=True, slots=True)
class Meant:
    """What a line answers: what it is called, the plain names of the steps, and what stands there for them.

    ``trouble`` says why it is no answer at all; ``or_else`` is what the name may also stand for (``z2`` for z₂⁽¹⁾ and
    for the one unit of layer 2).
    """

    name: str
    steps: tuple[str, ...]
    given: str
    trouble: str = ""
    or_else: Meant | None = None


def several(quiz: Quiz, item: Item, typed: str) -> tuple[str, ...]:
    """The answers of a line one by one, where it holds more than one: ``z1 = 0.24, a1 = 0.56``, or a pasted column."""
    found, start = [], 0
    for match in _NEXT.finditer(typed):
        collector = quiz.venue(item).examiner.marker.collector
        name = match["name"].strip()
        is_inside = _depth(typed[start : match.start()]) != 0
        if not is_inside and collector.finder.knows(name):
            found.append(typed[start : match.start()].strip(" ,;\n"))
            start = match.end()
    found.append(typed[start:].strip(" ,;\n") if found else typed)
    return tuple(part for part in found if part)[:MOST_ANSWERS] or (typed,)


def _depth(text: str) -> int:
    return sum((char in "([{") - (char in ")]}") for char in text)


def meant(quiz: Quiz, item: Item, typed: str) -> Meant:
    """What a line means at an item: a value alone is an answer to it, ``z1_2 = 0.42`` one to what it names."""
    asked = Meant(item.name, item.steps, typed)
    named = _NAMED.fullmatch(typed)
    if named is None:
        return replace(asked, given=_as_list(typed, len(item.steps)))
    name, given = named[1].strip(), named[2]
    venue = quiz.venue(item)
    collector = venue.examiner.marker.collector
    group = collector.groups.find(name, several=True)
    if group is not None and {member for row in group.cells for member in row} == set(item.steps):
        # z2 may be short for a unit, or be the layer of the very unit that is asked.
        return Meant(item.name, item.steps, _as_list(given, len(item.steps)))
    given = _as_list(given, len(group.cells) * len(group.cells[0])) if group is not None else given
    steps = venue.examiner.quantities(name, given)
    if set(steps) == set(item.steps):
        return Meant(item.name, item.steps, given)
    if steps:
        members = tuple(member for row in group.cells for member in row if member in venue.steps) if group else ()
        is_other = len(members) == 1 and members != steps
        return Meant(name, steps, given, or_else=Meant(members[0], members, given) if is_other else None)
    trouble = _no_quantity(name, collector.names)
    return Meant(item.name, (), given, trouble) if trouble else asked


def named(quiz: Quiz, item: Item, typed: str) -> Meant | None:
    """What a line means where a choice is asked: an answer to the steps that it names, or nothing."""
    found = meant(quiz, replace(item, steps=()), typed) if "=" in typed else None
    return found if found is not None and found.steps else None


def names_first(quiz: Quiz, item: Item, typed: str) -> bool:
    """Whether a line, or the first of several answers in it, names a step."""
    return "=" in typed and named(quiz, item, several(quiz, item, typed)[0]) is not None


def other_reading(quiz: Quiz, item: Item, given: str) -> str | None:
    """A formula with short names read as what they may stand for, too: ``b2`` for the one unit of layer 2.

    None where no name in it may be read in two ways.
    """
    collector = quiz.venue(item).examiner.marker.collector

    def other(match: re.Match[str]) -> str:
        name = match[0]
        group = collector.groups.find(name, several=True)
        members = [member for row in group.cells for member in row] if group is not None else []
        plain = collector.names.resolve(name)
        return members[0] if len(members) == 1 and plain is not None and plain != members[0] else name

    found = _IN_FORMULAS.sub(other, given[:MOST_READ])
    return found if found != given[:MOST_READ] else None


def _as_list(given: str, count: int) -> str:
    """A list without its brackets (``0.56, 0.60``) with them, where it has as many numbers as are wanted."""
    is_bare = count > 1 and not any(char in given for char in "[](){}\n=")
    return f"[{given}]" if is_bare and len(re.split("[,;]", given)) == count else given


def items_of(state: State, item: Item, steps: tuple[str, ...]) -> list[Item]:
    """The items in whose answers these steps stand, among those with the same numbers as the one that is asked."""
    return [
        other
        for other in state.agenda
        if other.kind is ItemKind.STEP
        and (other.round, other.is_again) == (item.round, item.is_again)
        and set(other.steps) & set(steps)
    ]


def _no_quantity(name: str, names: NameReader) -> str:
    """Why a name before an equals sign is none; empty where it may be a formula or one of the problem's letters."""
    if not _NAME.fullmatch(name):
        return ""
    if names.resolve(name) is not None:
        return f"{name[:MOST_SHOWN]} is given, or no step of this problem: type the value alone."
    near = names.suggestion(name)
    hint = f" Did you mean {near}?" if near else " Type the value alone."
    return f"There is no quantity called {name[:MOST_SHOWN]} here.{hint}"
