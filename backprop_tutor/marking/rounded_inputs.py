"""What a line gives when the numbers that go into it are rounded to as many digits, or decimals, as one works with.

On a screen they stand with more digits, and some were typed with more; but whoever works with four takes four of them.
Such a number is no slip, however far cancelling digits carry it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from ..engine.derivations import leaves
from ..engine.reckoning import Reckoning
from ..lessons.figures import digits, figure, fixed
from ..model.marking import Verdict
from .decimals_as_names import is_right_in_names
from .fits import derived, is_written, value_of
from .told import as_told

if TYPE_CHECKING:
    from .judging import Judge, Judgement

Inputs = dict[str, Fraction]
Shorten = Callable[[Fraction, int], Fraction]
Others = Callable[["Judge", str, Reckoning], Iterator[Inputs]]
UNSURE = frozenset({Verdict.WRONG, Verdict.UNDECIDED, Verdict.IMPRECISE})
A_LITTLE = Fraction(1, 10**9)
"""By so much a tie is moved to be rounded down."""


def from_other_digits(judge: Judge, name: str, found: Judgement) -> Judgement | None:
    """The judgement on a number that follows from other digits of what stands before it than those that are held.

    None where what was ``found`` of it stands.
    """
    if found.verdict in UNSURE and is_right_in_names(judge, name):
        roots = judge.roots(name, found.way)
        return replace(found, verdict=Verdict.CARRIED if roots else Verdict.CORRECT, roots=roots)
    if not judge.on_screen or name in judge.one_digit:
        return None
    if found.verdict is Verdict.WRONG and (way := _way_with(judge, name, as_told)) is not None:
        roots = judge.roots(name, way)
        return replace(found, verdict=Verdict.CARRIED if roots else Verdict.CORRECT, roots=roots, way=way)
    if _is_unexplained(judge, name, found) and (way := _way_with(judge, name, _rounded_inputs)) is not None:
        from_yours, roots = derived(judge.own[way], name), judge.roots(name, way)
        return replace(
            found, verdict=Verdict.IMPRECISE, from_yours=from_yours, roots=roots, way=way, instead_of=(), is_close=False
        )
    return None


def _is_unexplained(judge: Judge, name: str, found: Judgement) -> bool:
    """Whether a number is wrong, or undecided though it has digits enough: so far off that hardly anything is."""
    if found.verdict is not Verdict.UNDECIDED or found.from_yours is None:
        return found.verdict is Verdict.WRONG
    return not judge.is_coarse(name, found.from_yours)


def _way_with(judge: Judge, name: str, others: Others) -> int | None:
    """The way along which a number follows from its line with other inputs than those that are held."""
    for way, reckoning in enumerate(judge.own):
        for inputs in others(judge, name, reckoning):
            if is_written(judge.sheet, name, derived(reckoning.changed(inputs), name)):
                return way
    return None


def _rounded_inputs(judge: Judge, name: str, reckoning: Reckoning) -> Iterator[Inputs]:
    """The inputs of a line rounded, for a plain number: all of them, or one alone."""
    answer, count = judge.sheet.answers.get(name), judge.shown.precision.significant
    if answer is not None and answer.is_decimal and count is not None:
        read = _read(judge, name, reckoning)
        yield from _rounded(read, _in_digits, count)
        yield from _rounded(read, _in_decimals, count)


def _read(judge: Judge, name: str, reckoning: Reckoning) -> dict[str, tuple[Fraction, Fraction]]:
    """The inputs of a line: each as it is, and as it is read off the screen, where a tie may stand that it is not."""
    return {
        used: (value, Fraction(figure(value).shown))
        for used in (leaves(reckoning.formulas[name]) if name in reckoning.formulas else ())
        if (value := value_of(reckoning, used)) is not None and not _is_given_whole(judge, used)
    }


def _rounded(read: Mapping[str, tuple[Fraction, Fraction]], shorten: Shorten, count: int) -> Iterator[Inputs]:
    """The inputs that get shorter by rounding, all together and each by itself; ties go either way."""
    up: Inputs = {}
    down: Inputs = {}
    for used, (value, shown) in read.items():
        short = shorten(shown, count)
        if short != value:
            up[used], down[used] = short, shorten(shown * (1 - A_LITTLE), count)
    if shorten is _in_decimals and not any(map(_has_a_digit_less, up.values())):
        return
    for inputs in (up, down) if up != down else (up,) if up else ():
        yield inputs
        if len(inputs) > 1:
            yield from ({used: number} for used, number in inputs.items())


def _in_digits(value: Fraction, count: int) -> Fraction:
    """A number in so many significant digits."""
    return Fraction(digits(value, count))


def _in_decimals(value: Fraction, count: int) -> Fraction:
    """A number in so many decimals, where these leave it no more than one digit less: 0.0348, and not 0.0050."""
    return Fraction(fixed(value, count)) if _has_a_digit_less(value) else _in_digits(value, count)


def _has_a_digit_less(value: Fraction) -> bool:
    """Whether a number has one significant digit less than it has decimals."""
    return Fraction(1, 100) <= abs(value) < Fraction(1, 10)


def _is_given_whole(judge: Judge, name: str) -> bool:
    """Whether the problem gives a number as it stands; nobody rounds that, but nobody writes out π/6 or 1/3."""
    shown = judge.setting.lesson.figures.get(name)
    return name in judge.setting.base and (shown is None or not shown.rounded)
