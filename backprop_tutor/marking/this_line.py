"""What a single answer says of its own line, where all that goes into the line is on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from ..engine.derivations import leaves
from ..engine.reckoning import Reckoning
from ..model.formula import Derivative, Formula, Number, quantity, walk
from ..model.graph import Role
from .equality import compare
from .fits import at, derived, is_written
from .numbers import without_paths
from .setting import Setting, WrongWay

if TYPE_CHECKING:
    from .judging import Judge

NEAR = Fraction(1, 20)
"""So much of its number a formula in names may be off by, where it stands for a misconception's line."""
TELLING = 3
"""So many digits seldom agree by chance."""
LARGEST_PLAIN = 3
"""Numbers up to this one stand in rules and exponents."""


def gives(way: WrongWay, name: str, judge: Judge, *, exactly: bool = False) -> bool:
    """Whether a misconception, in this very line, gives an answer: to its last digit, or ``exactly``.

    What stands before is on the screen, and nobody takes anything else for it.
    """
    return is_written(judge.sheet, name, _value(way, name, judge), exactly=exactly)


def gives_unrounded(way: WrongWay, name: str, judge: Judge) -> bool:
    """Whether a misconception in this very line gives an answer from the right numbers before it, with all digits."""
    if name not in way.touched or not has_digits(judge, name):
        return False
    return is_written(judge.sheet, name, at(judge.setting.right[way.way], way.formulas[name]))


def _value(way: WrongWay, name: str, judge: Judge) -> Fraction | None:
    """The number that a misconception gives in this line; None where it has nothing to say here."""
    if way.rule.convention or name not in way.touched:
        return None
    return at(judge.own[way.way], way.formulas[name])


def is_all_on_screen(name: str, judge: Judge) -> bool:
    """Whether all that goes into a line is given, or stands on the sheet beside it.

    A slope that no step tells, such as the 1 of a sum, is found on the way.
    """
    formulas = judge.setting.formulas[0]
    known = {*judge.sheet.values, *judge.setting.base}

    def is_known(used: str) -> bool:
        is_told = used in judge.setting.steps or used not in formulas
        return used in known or (not is_told and all(map(is_known, formulas.uses(used))))

    return judge.on_screen and all(map(is_known, formulas.uses(name)))


def wrong_ways_of(name: str, judge: Judge, *, exactly: bool = False) -> list[WrongWay]:
    """The misconceptions that give an answer in this very line, or else in a slope of it, whatever was right elsewhere.

    Those that give it ``exactly`` are told by a single digit, too.
    """
    ways = judge.setting.wrong_ways
    here = [way for way in ways if gives(way, name, judge, exactly=exactly)]
    # Whoever works with more digits than the screen shows has other numbers than those that stand there.
    here = here or [way for way in ways if not way.rule.convention and gives_unrounded(way, name, judge)]
    return here or _wrong_ways_behind(name, judge)


def has_digits(judge: Judge, name: str) -> bool:
    """Whether so much of a number was written that it tells what it comes from; a formula or fraction always does."""
    answer = judge.sheet.answers[name]
    return not answer.is_decimal or (answer.digits or 0) >= TELLING


def _wrong_ways_behind(name: str, judge: Judge) -> list[WrongWay]:
    """The misconceptions that give an answer in a local slope of this line, which was worked out once more here.

    The slope itself is on the screen, and right; but whoever puts z(1 − z) for it does not look there, nor
    does whoever differentiates the loss once more.
    """
    if not has_digits(judge, name):
        return []
    uses = judge.setting.formulas[0].uses(name)
    local = [used for used in uses if is_of_one_line(used, judge.setting)]
    ways = [way for way in judge.setting.wrong_ways if not way.rule.convention and not way.touched.isdisjoint(local)]
    found = [way for way in ways if _gives_behind(way, name, judge, judge.own[way.way])]
    return found or [way for way in ways if _gives_behind(way, name, judge, judge.setting.right[way.way])]


def _gives_behind(way: WrongWay, name: str, judge: Judge, own: Reckoning) -> bool:
    """Whether a misconception in the local slopes of a line gives an answer to it from these numbers."""
    slopes = [used for used in own.formulas.uses(name) if used in way.touched and is_of_one_line(used, judge.setting)]
    wrong = {slope: value for slope in slopes if (value := at(own, way.formulas[slope])) is not None}
    return is_written(judge.sheet, name, derived(own.changed(wrong), name) if wrong else None)


def is_of_one_line(name: str, setting: Setting) -> bool:
    """Whether a slope comes from one line alone: a local one, or that of the loss by an output."""
    slope = quantity(name)
    if not isinstance(slope, Derivative):
        return False
    return slope.of not in setting.objectives or setting.graph.values[slope.by].label.role is Role.OUTPUT


def typed_in_names(name: str, judge: Judge) -> Formula | None:
    """The answer, if it is a formula in names and holds no number but small whole ones and fractions of them.

    Such a formula says what was done; one with the problem's numbers put in may say it of another line as well.
    """
    answer = judge.sheet.answers.get(name)
    tree = answer.formula if answer is not None else None
    if tree is None or not leaves(tree):
        return None
    written = [part.value for part in walk(tree) if isinstance(part, Number)]
    is_plain = all(value.denominator == 1 and abs(value) <= LARGEST_PLAIN for value in written)
    return without_paths(tree, judge.setting.graph) if is_plain else None


def wrong_ways_as_typed(tree: Formula, name: str, judge: Judge) -> list[WrongWay]:
    """The misconceptions whose line is a formula in names, at any numbers and not only at these.

    Their numbers need be near only: what the formula is made of was rounded when it was written down.  Where none is
    at work in this line, it may be so in a line that the formula passes over: a for the slope in δ := ∂L/∂a · a.
    """
    written = judge.sheet.values[name]
    ways = [way for way in judge.setting.wrong_ways if not way.rule.convention]
    here = [
        way
        for way in ways
        if (wrong := _value(way, name, judge)) is not None
        and abs(written - wrong) <= NEAR * abs(wrong)
        and _is_line(tree, way, (name,), judge.setting)
    ]
    if here:
        return here
    found = []
    gradients = {used for used in leaves(tree) if judge.setting.is_gradient(quantity(used))}
    for way in ways:
        formulas = judge.setting.formulas[way.way]
        uses = set(formulas.uses(name))
        passed = uses & way.touched - set(leaves(tree))
        # Whoever writes another gradient here took that one, and no idea of how this one comes about.
        is_its_own = gradients <= uses.union(*(formulas.uses(other) for other in passed))
        if passed and is_its_own and _is_line(tree, way, (name, *passed), judge.setting):
            found.append(way)
    return found


def _is_line(tree: Formula, way: WrongWay, wrong: Sequence[str], setting: Setting) -> bool:
    """Whether a formula is the first of these lines, as they are under a misconception."""
    formulas = {**setting.formulas[way.way], **{name: way.formulas[name] for name in wrong}}
    return compare(tree, wrong[0], formulas, setting.graph, free_givens=True).verdict == "same"
