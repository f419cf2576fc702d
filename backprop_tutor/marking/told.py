"""The number that is told for one that was rounded too early, which may be worked on with."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from ..engine.reckoning import Reckoning
from ..lessons.figures import digits
from ..model.marking import Verdict
from ..model.sheet import Answer

if TYPE_CHECKING:
    from .judging import Judge

FEWEST, USUAL, MOST = 3, 6, 12
"""Digits in which a right number is told."""


def told_like(value: Fraction, answer: Answer | None) -> str:
    """A right number with as many digits as the learner wrote, but at least three."""
    written = answer.digits if answer is not None else None
    count = max(FEWEST, min(written or USUAL, MOST))
    short = digits(value, count)
    # What is shorter by itself stands as it is; of what is rounded the last 0 is a digit, too.
    return short if Fraction(short) == value else digits(value, count, keep_zeros=True)


def as_told(judge: Judge, name: str, reckoning: Reckoning) -> Iterator[dict[str, Fraction]]:
    """What was told in place of one source that was rounded too early, or of all of them.

    Whoever was told that it is 0.00872 may go on with that, or with the own number.
    """
    told = {
        source: Fraction(told_like(said.from_yours, judge.sheet.answers.get(source)))
        for source in reckoning.sources(name)
        if (said := judge.found.get(source)) is not None
        and said.verdict is Verdict.IMPRECISE
        and said.from_yours is not None
    }
    yield from ({source: value} for source, value in told.items())
    if len(told) > 1:
        yield told
