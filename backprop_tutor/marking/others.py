"""What a wrong number is, where no idea explains it: that of another step, or of this line with another index."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from ..engine.derivations import leaves
from ..model.formula import Formula, quantity, replace
from ..model.graph import Role
from ..model.lesson import StepKind
from ..model.op import Words
from .fits import derived, is_within
from .judging import Judge
from .line_slips import gives
from .setting import Setting
from .this_line import TELLING, has_digits

INDEX = re.compile(r"\d+")


def other_quantity(judge: Judge, name: str) -> str:
    """Another step whose number this is: one that stands next to it first; empty if there is none."""
    setting, sheet = judge.setting, judge.sheet
    written, half_unit = sheet.values.get(name), sheet.half_units.get(name, Fraction(0))
    answer = sheet.answers.get(name)
    if written is None or abs(written) in (0, 1) or answer is None or (answer.digits or 0) < 2:
        return ""
    own = judge.own[0]
    near = set(leaves(own.formulas[name]))
    found = []
    for other in setting.steps:
        if other == name or setting.truth.get(other) == setting.truth.get(name):
            continue
        for reckoning in judge.own:
            if other not in reckoning.formulas or name in reckoning.sources(other):
                # Computed from the very entry, it says nothing about it.
                continue
            value = derived(reckoning, other)
            if value is not None and is_within(written, value, half_unit):
                is_next = other in near or name in leaves(own.formulas[other])
                found.append((not is_next, other))
                break
    # Far away, another step may have the same few digits by chance.
    best = [other for is_far, other in found if not is_far]
    return best[0] if best else _on_the_screen(judge, name, [other for _, other in found])


def is_of_a_sibling(judge: Judge, name: str) -> bool:
    """Whether an answer that is near is, to its last digit, the number of another step of the same kind."""
    answer, setting = judge.sheet.answers.get(name), judge.setting
    if answer is None or (answer.digits or 0) < TELLING:
        return False
    written, half_unit, kind = judge.sheet.values[name], judge.sheet.half_units[name], _kind(setting, name)
    return any(
        is_within(written, truth, half_unit)
        for other, truth in setting.truth.items()
        if other in setting.steps and other != name and _kind(setting, other) == kind
    )


def _on_the_screen(judge: Judge, name: str, others: Sequence[str]) -> str:
    """The one of these quantities that can be read off the screen and may have been taken for this one.

    That is one of the same kind, such as the gradient by the weight before, or else one that was answered.
    """
    answer, position = judge.sheet.answers[name], judge.setting.position
    if not judge.on_screen or (answer.digits or 0) < TELLING:
        return ""
    before = [other for other in others if position[other] < position[name]]
    alike = [other for other in before if _kind(judge.setting, other) == _kind(judge.setting, name)]
    answered = [other for other in before if other in judge.sheet.values]
    return next((found[0] for found in (alike, answered) if len(found) == 1), "")


def _kind(setting: Setting, name: str) -> tuple[StepKind, Role | None]:
    """What a step finds, and of what: a gradient, by a weight."""
    by = setting.graph.values.get(name.rpartition("/d")[2].removeprefix("new_"))
    return setting.steps[name].kind, by.label.role if by is not None else None


def other_index(judge: Judge, name: str) -> str:
    """The quantity that was used in this line in place of one that differs from it in an index alone.

    All that goes into the line stands on the screen.  Empty where several give the number, or none does.
    """
    sheet = judge.sheet
    answer = sheet.answers.get(name)
    if not judge.on_screen or answer is None or answer.formula is None or not has_digits(judge, name):
        return ""
    found = {other for other, tree in _exchanged(judge, name) if gives(judge, name, tree)}
    return found.pop() if len(found) == 1 else ""


def _exchanged(judge: Judge, name: str) -> Iterator[tuple[str, Formula]]:
    """The line with one quantity in place of another that differs from it in an index alone."""
    right = judge.setting.formulas[0]
    known = {**judge.setting.base, **judge.sheet.values}
    families: dict[str, list[str]] = {}
    for other in known:
        if other != name and INDEX.search(other):
            families.setdefault(INDEX.sub("#", other), []).append(other)
    for way in judge.setting.formulas:
        if any(used not in known for used in leaves(way[name]) if used in right):
            continue
        for used in leaves(way[name]):
            for other in families.get(INDEX.sub("#", used), ()):
                if other != used:
                    yield other, _with(way[name], used, other)


def _with(tree: Formula, used: str, other: str) -> Formula:
    old, new = quantity(used), quantity(other)
    return replace(tree, lambda part: new if part == old else None)


def index_words(used: str) -> Words:
    """What is said of it, without what belongs there."""
    return ("This is what comes out with ", quantity(used), " in this line: look at its index once more.")
