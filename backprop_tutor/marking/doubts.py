"""Whether an answer that is near enough could just as well come from a wrong idea."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..errors import UndefinedValueError
from ..model.marking import Verdict
from .fits import is_within
from .judging import Judge, Judgement
from .setting import WrongWay, rational


def doubted(judge: Judge, names: Iterable[str]) -> dict[str, Judgement]:
    """The judgements on those of the answers that are near the right number, and are that of a wrong idea."""
    near = (name for name in names if name in judge.found and judge.found[name].verdict is Verdict.IMPRECISE)
    return {
        name: replace(judge.found[name], verdict=Verdict.UNDECIDED, fits_an_idea=True)
        for name in near
        if any(way.rule.id.startswith("M") and gives(way, name, judge) for way in judge.setting.wrong_ways)
    }


def gives(way: WrongWay, name: str, judge: Judge) -> bool:
    """Whether a misconception, in this very line, gives an answer to its last digit.

    What stands before is on the screen, and nobody takes anything else for it.
    """
    if way.rule.convention or name not in way.touched:
        return False
    try:
        wrong = rational(judge.own[way.way].at(way.formulas[name]))
    except (LookupError, UndefinedValueError):
        return False
    return is_within(judge.sheet.values[name], wrong, judge.sheet.half_units[name])
