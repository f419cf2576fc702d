"""Help: one rung of the ladder after the other, and the answer on the last."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..model.lesson import Prose
from ..model.op import Words
from ..model.quiz import Help, Item, ItemKind, Part, Remark, State
from ..model.record import What
from .questions import right_answer

if TYPE_CHECKING:
    from .tutor import Turn, Tutor


def ladder(tutor: Tutor, item: Item) -> tuple[Help, ...]:
    """All help that there is for an item; the last of it is the answer."""
    venue = tutor.venue(item)
    if item.kind is ItemKind.STEP:
        ladders = [tutor.hints.ladder(venue.steps[name], venue.lesson) for name in item.steps]
        answers = tuple(block for found in ladders for block in found[-1].blocks)
        return (*ladders[0][:-1], Help(ladders[0][-1].title, answers, venue.lesson))
    if item.kind is ItemKind.WHY:
        first = tutor.hints.rungs(venue.steps[item.name], venue.lesson)[:1]
        reasons = tutor.reasons(item)
        right = next(place for place, reason in enumerate(reasons) if reason.right)
        answer: Words = (
            f"It is number {right + 1}: ",
            venue.steps[item.name].quantity,
            " = ",
            reasons[right].formula,
            ".",
        )
        return (*first, Help("The answer", (Prose(answer),), venue.lesson))
    asked = tutor.questions[item.number]
    hint = (Help("A hint", (Prose((asked.hint,)),), venue.lesson),) if asked.hint else ()
    told = right_answer(asked, tutor.lesson, tutor.seed)
    return (*hint, Help("The answer", (Prose(told),), venue.lesson))


def hint(tutor: Tutor, state: State, item: Item, now: float) -> Turn:
    """The next rung."""
    rungs = ladder(tutor, item)
    place = state.standing(item).rung
    if place >= len(rungs) - 1:
        return show(tutor, state, item, now)
    record = replace(tutor.record(state, item, What.HINTED, now), rung=place + 1)
    return tutor.kept(state, [record], (rungs[place],))


def show(tutor: Tutor, state: State, item: Item, now: float) -> Turn:
    """The answer; the same kind of step comes again later."""
    record = tutor.record(state, item, What.SHOWN, now)
    parts: list[Part] = [ladder(tutor, item)[-1]]
    turn = tutor.kept(state, [record], parts)
    if len(turn.state.agenda) > len(state.agenda):
        new = next(other for other in turn.state.agenda if other not in state.agenda)
        fresh = "with fresh numbers" if tutor.is_fresh(new) else "once more"
        parts.append(Remark((f"A step like this comes again later, {fresh}.",)))
    return tutor.kept(state, [record], parts)
