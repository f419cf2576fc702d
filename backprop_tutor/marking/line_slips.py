"""What was done to a line itself, where no idea of the catalogue explains a wrong answer to it.

A factor is left out, factors of one path are added, the share of one path is given another sign, the value stands for
the derivative.  All that goes into the line is on the screen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..engine.derivations import leaves
from ..model.formula import Formula, quantity
from ..model.op import Words
from .equality import compare
from .fits import at, is_written
from .judging import Judge
from .setting import Setting
from .this_line import has_digits, typed_in_names
from .wrong_lines import ADDED, PART, SLOPES_ADDED, LineSlip, without_arriving, wrong_lines

LARGEST_COMMON = 9
"""Whole numbers up to this one come out of many lines."""
ROUNDED = 10
"""By so many half units of its last place an answer may be off where what is shown was rounded."""


def line_slip(judge: Judge, name: str) -> LineSlip | None:
    """The slip in a line that gives the number of an answer, or all that do; None where none does.

    A formula in names must be the very line; what was typed in names says itself what was done.
    """
    if not judge.on_screen or judge.sheet.answers.get(name) is None:
        return None
    tree = typed_in_names(name, judge)
    if tree is not None:
        return slip_as_typed(tree, name, judge.setting)
    if not _is_telling(judge, name):
        return None
    exactly = _is_whole(judge, name)
    lines: dict[Formula, LineSlip] = {}
    for slip in wrong_lines(judge.setting, name):
        if slip.line not in lines and gives(judge, name, slip.line, exactly=exactly):
            lines[slip.line] = slip
    found = {(slip.kind, slip.says[0]): slip for slip in lines.values()}
    if len(found) > 1:
        # Slopes are seldom added.
        found.pop((SLOPES_ADDED, ADDED[0]), None)
    return _tied(list(found.values())) if found else None


def _tied(found: list[LineSlip]) -> LineSlip:
    """Slips as one that tells them all."""
    first, *others = found
    if not others:
        return first
    says: Words = ("More than one slip gives this. ", *first.says)
    for slip in others:
        start, *rest = slip.says
        # In the middle of a sentence.
        says = (*says, " Or: ", start[:1].lower() + start[1:] if isinstance(start, str) else start, *rest)
    return replace(first, says=says, is_tied=True)


def slip_as_typed(tree: Formula, name: str, setting: Setting) -> LineSlip | None:
    """The slip whose line is this formula, at any numbers and not only at the problem's own."""
    right = setting.formulas[0]
    for slip in wrong_lines(setting, name):
        if compare(tree, name, {**right, name: slip.line}, setting.graph, free_givens=True).verdict == "same":
            return replace(slip, is_typed=True)
    return None


def or_else(judge: Judge, name: str, wrong: Formula) -> tuple[Words, ...]:
    """What else was perhaps done to a line, where an idea that makes it ``wrong`` gives the number of an answer.

    One slip of each kind that gives it as well, or else one of the numbers in the line that is it already.
    """
    answer, right = judge.sheet.answers.get(name), judge.setting.formulas[0]
    if not judge.on_screen or answer is None or judge.sheet.values[name] in (-1, 0, 1):
        return ()
    if typed_in_names(name, judge) is not None:
        # It says itself what was done.
        return ()
    exactly = _is_whole(judge, name) or not has_digits(judge, name)
    found: dict[str, Words] = {}
    for slip in (*wrong_lines(judge.setting, name), *_parts(right[name], name)):
        # Slopes are seldom added: that is told only where no idea is found.
        if slip.kind not in {SLOPES_ADDED, *found} and gives(judge, name, slip.line, exactly=exactly):
            lines = {**right, name: wrong}
            if compare(slip.line, name, lines, judge.setting.graph, free_givens=True).verdict != "same":
                found[slip.kind] = slip.says
    return tuple(found.values())


def _parts(right: Formula, name: str) -> Iterator[LineSlip]:
    """The numbers in a line, each taken for the whole of it."""
    for used in leaves(right):
        yield LineSlip(PART, ("This number is ", quantity(used), ", not ", quantity(name), "."), quantity(used))


def arriving_left_out(judge: Judge, name: str) -> LineSlip | None:
    """The gradient that arrives at a line was left out of its product with the slope; None if that is not it."""
    if not judge.on_screen or judge.sheet.answers.get(name) is None:
        return None
    exactly = not has_digits(judge, name)
    for slip in without_arriving(judge.setting, name):
        if gives(judge, name, slip.line, exactly=exactly):
            return slip
    return None


def _is_telling(judge: Judge, name: str) -> bool:
    """Whether a number tells what it comes from by its digits, or by its size where it is a whole one."""
    return has_digits(judge, name) or (_is_whole(judge, name) and abs(judge.sheet.values[name]) > LARGEST_COMMON)


def _is_whole(judge: Judge, name: str) -> bool:
    answer = judge.sheet.answers[name]
    return answer.is_decimal and answer.digits is None


def gives(judge: Judge, name: str, line: Formula, *, exactly: bool = False) -> bool:
    """Whether a line has the number of an answer, to its last digit or ``exactly``.

    What goes in is taken as the screen shows it, or with all digits carried along.
    """
    value = at(judge.own[0], line)
    if value is None or is_written(judge.sheet, name, value, exactly=exactly):
        return value is not None
    is_near = not exactly and abs(judge.sheet.values[name] - value) <= ROUNDED * judge.sheet.half_units[name]
    return is_near and is_written(judge.sheet, name, at(judge.setting.right[0], line))
