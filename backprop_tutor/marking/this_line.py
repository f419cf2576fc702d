"""What a single answer says of its own line, where all that goes into the line is on the screen."""

from __future__ import annotations

from ..engine.derivations import leaves
from ..errors import UndefinedValueError
from .fits import is_within
from .judging import Judge
from .setting import WrongWay, rational


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


def is_all_on_screen(name: str, judge: Judge) -> bool:
    """Whether all that goes into a line is given, or stands on the sheet beside it."""
    known = {*judge.sheet.values, *judge.setting.base}
    return judge.on_screen and known.issuperset(judge.setting.formulas[0].uses(name))


def wrong_ways_of(name: str, judge: Judge) -> list[WrongWay]:
    """The misconceptions that give an answer in this very line, whatever was right elsewhere."""
    return [way for way in judge.setting.wrong_ways if gives(way, name, judge)] if is_all_on_screen(name, judge) else []


def wrong_ways_as_typed(name: str, judge: Judge) -> list[WrongWay]:
    """Those of them whose line is in the very names that were typed; none for a number."""
    answer = judge.sheet.answers.get(name)
    used = set(leaves(answer.formula)) if answer is not None and answer.formula is not None else set()
    return [way for way in wrong_ways_of(name, judge) if set(leaves(way.formulas[name])) == used] if used else []
