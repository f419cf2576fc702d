"""Whether an answer that is near enough could just as well come from a wrong idea, or be another step's number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..model.marking import Verdict
from .judging import Judge, Judgement
from .others import is_of_a_sibling
from .this_line import gives


def doubted(judge: Judge, names: Iterable[str]) -> dict[str, Judgement]:
    """The judgements on those of the answers that are near the right number, and those of an idea or another step."""
    near = (name for name in names if name in judge.found and judge.found[name].verdict is Verdict.IMPRECISE)
    return {
        name: replace(judge.found[name], verdict=Verdict.UNDECIDED, fits_an_idea=True)
        for name in near
        if is_of_a_sibling(judge, name)
        or any(way.rule.is_of_catalogue and gives(way, name, judge) for way in judge.setting.wrong_ways)
    }
