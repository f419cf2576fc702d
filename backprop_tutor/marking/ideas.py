"""The ideas behind a sheet as explanations, and the quantity that would tell tied ones apart."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from ..engine.reckoning import Reckoning
from ..lessons.figures import digits
from ..model.marking import Explanation
from ..model.sheet import Answer
from .fits import derived
from .judging import Judge
from .setting import Setting, WrongWay
from .suspect import Attribution, Idea


def explanations(attribution: Attribution, formulas: Mapping[str, WrongWay]) -> tuple[Explanation, ...]:
    """One explanation for each rule; those of one idea share a group."""
    found = [
        _explanation(suspect.way, idea.steps, group)
        for group, idea in enumerate(attribution.ideas, start=1)
        for suspect in idea.suspects
    ]
    by_rule: dict[tuple[str, str], list[str]] = {}
    ways: dict[tuple[str, str], WrongWay] = {}
    for name, way in formulas.items():
        key = (way.rule.id, way.rule.title)
        by_rule.setdefault(key, []).append(name)
        ways[key] = way
    first = len(attribution.ideas) + 1
    found += [_explanation(ways[key], tuple(names), group) for group, (key, names) in enumerate(by_rule.items(), first)]
    return tuple(found)


def _explanation(way: WrongWay, steps: tuple[str, ...], group: int) -> Explanation:
    rule = way.rule
    return Explanation(rule.id, rule.title, (rule.repair,), steps, group, rule.convention)


def ask_next(setting: Setting, attribution: Attribution, answers: Mapping[str, Answer], judge: Judge) -> str:
    """The unanswered step whose number would tell most of the tied rules apart; empty if there is no tie."""
    for idea in attribution.ideas:
        if len(idea.suspects) > 1:
            best = _splitting(setting, idea, answers, judge)
            if best:
                return best
    return ""


def _splitting(setting: Setting, idea: Idea, answers: Mapping[str, Answer], judge: Judge) -> str:
    runs = [
        Reckoning(suspect.way.formulas, setting.arithmetic, judge.own[suspect.way.way].held)
        for suspect in idea.suspects
    ]
    best, most = "", 1
    for name in setting.steps:
        if name in answers:
            continue
        kinds = len({_shown(derived(run, name)) for run in runs})
        if kinds > most:
            best, most = name, kinds
    return best


def _shown(value: Fraction | None) -> str:
    return "" if value is None else digits(value, 4)
