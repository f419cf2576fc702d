"""Which steps a line is an answer to: the one that is asked, or others that it names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..lessons.groups import Groups
from ..lessons.notation import NameReader
from ..model.quiz import Item, ItemKind, State
from .quiz import Quiz

MOST_SHOWN = 40
_NAMED = re.compile(r"\s*((?:[^\W\d_]|[∂\\])[^=:≈+*\[\];]{0,80}?)\s*(?:=|:|≈)\s*(\S.*)", re.DOTALL)
_NAME = re.compile(r"[^\W\d_]\w*|[∂d]\S+/[∂d]\S+")


@dataclass(frozen=True, slots=True)
class Meant:
    """What a line answers: what it is called, the plain names of the steps, and what stands there for them.

    ``trouble`` says why it is no answer at all.
    """

    name: str
    steps: tuple[str, ...]
    given: str
    trouble: str = ""


def meant(quiz: Quiz, item: Item, typed: str) -> Meant:
    """What a line means at an item: a value alone is an answer to it, ``z1_2 = 0.42`` one to what it names."""
    asked = Meant(item.name, item.steps, typed)
    named = _NAMED.fullmatch(typed)
    if named is None:
        return asked
    name, given = named[1].strip(), named[2]
    lesson = quiz.venue(item).lesson
    group = Groups(lesson.graph, lesson.notation).find(name, several=True)
    if group is not None and {member for row in group.cells for member in row} == set(item.steps):
        # z2 may be short for a unit, or be the layer of the very unit that is asked.
        return Meant(item.name, item.steps, given)
    steps = quiz.venue(item).examiner.quantities(name, given)
    if set(steps) == set(item.steps):
        return Meant(item.name, item.steps, given)
    if steps:
        return Meant(name, steps, given)
    trouble = _no_quantity(name, NameReader(lesson.graph, lesson.notation))
    return Meant(item.name, (), given, trouble) if trouble else asked


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
    near = names.nearest(name)
    hint = f" Did you mean {near}?" if near else " Type the value alone."
    return f"There is no quantity called {name[:MOST_SHOWN]} here.{hint}"
