"""What was done to a line itself, where no idea of the catalogue explains a wrong answer to it.

A factor is left out, factors of one path are added, the share of one path is given another sign, the value stands for
the derivative.  All that goes into the line is on the screen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from ..engine.derivations import leaves
from ..engine.reckoning import Reckoning
from ..model.formula import ONE, Derivative, Formula, Name, Negative, Product, Sum, product, quantity, total
from ..model.op import Words
from .equality import compare
from .fits import at, is_within
from .judging import Judge
from .setting import Setting
from .this_line import has_digits, typed_in_names

LARGEST_COMMON = 9
"""Whole numbers up to this one come out of many lines."""
ROUNDED = 10
"""By so many half units of its last place an answer may be off where what is shown was rounded."""
ARRIVING_LEFT_OUT = "arriving gradient left out"
WHOLE_GRADIENT = "whole gradient"
SLOPE_LEFT_OUT = "slope left out"
SLOPES_ADDED = "slopes added"
SIGN_OF_ONE_PATH = "sign of one path"
SLOPE_OF_ONE_PATH = "slope of one path"
VALUE = "value for a derivative"
PART = "number of another step"
KINDS = frozenset(
    {ARRIVING_LEFT_OUT, WHOLE_GRADIENT, SLOPE_LEFT_OUT, SLOPES_ADDED, SIGN_OF_ONE_PATH, SLOPE_OF_ONE_PATH, VALUE}
)
"""What a slip in a line is called; none of them is a slip of writing."""
ADDED: Words = ("This is what comes out when the slopes along a path are added: along one path they are multiplied.",)
MOST_PATHS = 4
"""Up to how many paths of a value each may be the one where something went wrong."""


@dataclass(frozen=True, slots=True)
class LineSlip:
    """The kind of slip, what is said of it, and the line that it makes of the right one.

    ``is_typed`` says that this very line was typed, in names; ``is_tied`` that other slips give the same number, and
    are told with it.
    """

    kind: str
    says: Words
    line: Formula
    is_typed: bool = False
    is_tied: bool = False

    @property
    def is_certain(self) -> bool:
        """Whether it says more than that the number is that of another step."""
        return self.is_typed or (self.kind in {WHOLE_GRADIENT, SLOPE_LEFT_OUT} and not self.is_tied)


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
    for slip in _every(judge.setting, name):
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
    for slip in _every(setting, name):
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
    for slip in (*_every(judge.setting, name), *_parts(right[name], name)):
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
    for slip in _without_arriving(judge.setting, name):
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
    written, value = judge.sheet.values[name], at(judge.own[0], line)
    half_unit = Fraction(0) if exactly else judge.sheet.half_units[name]
    if value is None or is_within(written, value, half_unit):
        return value is not None
    if abs(written - value) > ROUNDED * half_unit:
        return False
    setting = judge.setting
    unrounded = at(Reckoning(setting.formulas[0], setting.arithmetic, setting.base), line)
    return unrounded is not None and is_within(written, unrounded, half_unit)


def _every(setting: Setting, name: str) -> Iterator[LineSlip]:
    """The slips that can happen in a line."""
    asked = quantity(name)
    if not isinstance(asked, Derivative):
        return
    if asked.of in setting.objectives:
        yield from _without_arriving(setting, name)
        yield from _in_shares(setting, name)
        yield from _in_one_slope(setting, name)
    else:
        yield from _whole_gradients(setting, asked)
    says = ("This is the value of ", Name(asked.of), " itself: asked is how it changes with ", Name(asked.by), ".")
    yield LineSlip(VALUE, says, Name(asked.of))


def _whole_gradients(setting: Setting, asked: Derivative) -> Iterator[LineSlip]:
    """The gradient that arrives times the slope, where the slope alone is asked."""
    slope = setting.formulas[0][f"d{asked.of}/d{asked.by}"]
    for objective in setting.objectives:
        whole, arriving = Derivative(objective, asked.by), Derivative(objective, asked.of)
        alone = " already multiplied in: asked is the slope of this line alone."
        says = ("This is the whole gradient ", whole, ", with ", arriving, alone)
        yield LineSlip(WHOLE_GRADIENT, says, product((arriving, slope)))


def _without_arriving(setting: Setting, name: str) -> Iterator[LineSlip]:
    for formulas in setting.formulas:
        tree = formulas[name]
        arriving, slope = _split(tree, setting)
        if arriving is not None and not isinstance(tree, Sum):
            says = ("This is the slope of this line alone: the gradient that arrives from behind, ", arriving,
                    ", multiplies it.")  # fmt: skip
            yield LineSlip(ARRIVING_LEFT_OUT, says, slope)


def _in_shares(setting: Setting, name: str) -> Iterator[LineSlip]:
    """What can go wrong in the share of one path, or in that of every path alike."""
    for formulas in setting.formulas:
        tree = formulas[name]
        shares = tree.terms if isinstance(tree, Sum) else (tree,)
        split = [_split(share, setting) for share in shares]
        handed_on = [
            share if arriving is None else arriving for share, (arriving, _) in zip(shares, split, strict=True)
        ]
        added = [
            share if arriving is None or slope == ONE else total((arriving, slope))
            for share, (arriving, slope) in zip(shares, split, strict=True)
        ]
        for line in _in_one_or_all(shares, handed_on):
            yield LineSlip(SLOPE_LEFT_OUT, _handed_on_words(split), line)
        for line in _in_one_or_all(shares, added):
            yield LineSlip(SLOPES_ADDED, ADDED, line)
        if 1 < len(shares) <= MOST_PATHS:
            for turned in shares:
                line = total(tuple(_negative(share) if share is turned else share for share in shares))
                says = ("This is what comes out when the share ", turned, " of one path gets the other sign.")
                yield LineSlip(SIGN_OF_ONE_PATH, says, line)


def _in_one_slope(setting: Setting, name: str) -> Iterator[LineSlip]:
    """A typical wrong slope in the share of a single path: in all of them alike it is an idea of its own."""
    for way in setting.wrong_ways:
        right, wrong = setting.formulas[way.way][name], way.formulas[name]
        if way.rule.is_of_catalogue or way.rule.convention or not isinstance(right, Sum) or not isinstance(wrong, Sum):
            continue
        if len(right.terms) != len(wrong.terms) or len(right.terms) > MOST_PATHS:
            continue
        for place, share in enumerate(wrong.terms):
            if share != right.terms[place]:
                line = total((*right.terms[:place], share, *right.terms[place + 1 :]))
                yield LineSlip(SLOPE_OF_ONE_PATH, (f"{way.rule.title}, on one of the paths. {way.rule.repair}",), line)


def _in_one_or_all(shares: tuple[Formula, ...], others: list[Formula]) -> Iterator[Formula]:
    """The sum with another share in every place, then in each single place."""
    if tuple(others) == shares:
        return
    yield total(tuple(others))
    if 1 < len(shares) <= MOST_PATHS:
        for place, other in enumerate(others):
            if other != shares[place]:
                yield total((*shares[:place], other, *shares[place + 1 :]))


def _handed_on_words(split: list[tuple[Formula | None, Formula]]) -> Words:
    (arriving, _), *others = split
    which: Words = (", ", arriving, ", is") if arriving is not None and not others else (" along a path is",)
    start = "This is what comes out when the gradient that arrives"
    return (start, *which, " handed on unchanged: the slope on the way multiplies it.")


def _split(share: Formula, setting: Setting) -> tuple[Formula | None, Formula]:
    """The gradient that arrives along a path, and the slope that it is multiplied by; no gradient if there are none."""
    factors = share.factors if isinstance(share, Product) else (share,)
    arriving = [part for part in factors if _is_gradient(part, setting)]
    slope = product(tuple(part for part in factors if part not in arriving))
    return (arriving[0], slope) if len(arriving) == 1 else (None, share)


def _is_gradient(part: Formula, setting: Setting) -> bool:
    return isinstance(part, Derivative) and not part.local and part.of in setting.objectives


def _negative(share: Formula) -> Formula:
    return share.operand if isinstance(share, Negative) else Negative(share)
