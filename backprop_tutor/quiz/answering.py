"""Answers: to a step, to a choice of formulas, to a question of the author's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ..lessons.notation import NameReader
from ..model.marking import Explanation, Verdict
from ..model.op import Words
from ..model.question import QuestionKind
from ..model.quiz import Caret, Item, ItemKind, Part, Remark, State
from ..model.record import Record, What
from . import helping
from .chosen import UnreadableError, read_chosen
from .examiner import Judged
from .feedback import BLANK, feedback
from .questions import mark
from .reasons import Reason
from .state import ACCEPTED

if TYPE_CHECKING:
    from .tutor import Turn, Tutor

TRIES = 3
"""Different wrong answers after which the ladder of hints moves by itself."""
MOST_KEPT = 4000
_NAMED = re.compile(r"\s*((?:[^\W\d_]|[∂\\])[^=:≈+*\[\];]{0,80}?)\s*(?:=|:|≈)\s*(\S.*)", re.DOTALL)


def step(tutor: Tutor, state: State, item: Item, typed: str, now: float) -> Turn:
    """An answer to a step, or to others by name."""
    if not typed.strip():
        return tutor.kept(state, (), (Remark((BLANK,), Verdict.MISSING),))
    venue = tutor.venue(item)
    named = _NAMED.fullmatch(typed)
    if named is not None:
        names = venue.examiner.quantities(named[1].strip(), named[2])
        if names and set(names) != set(item.steps):
            return _ahead(tutor, state, item, names, named[1].strip(), named[2], now)
        if not names and (trouble := _no_quantity(tutor, named[1])):
            return tutor.kept(state, (), (Remark((trouble,), Verdict.UNREADABLE),))
        if names:
            typed = named[2]
    earlier = venue.earlier(state, item)
    judged = _narrowed(venue.examiner.judge(item.name, typed, venue.before(state, item), earlier), state)
    if judged.verdict in {Verdict.MISSING, Verdict.UNREADABLE} and judged.entry is None:
        return tutor.kept(state, (), feedback(judged, venue.steps[item.steps[0]]))
    judged = _as_formula(tutor, judged)
    told = feedback(judged, venue.steps[item.steps[0]])
    record = tutor.record(
        state, item, What.ANSWERED, now, given=typed[:MOST_KEPT], verdict=judged.verdict.value, ideas=judged.ideas
    )
    if judged.verdict is Verdict.WRONG and _is_repeated(state, item, typed):
        said = Remark(("You have written that before, and it still is not it: it costs nothing. :hint helps.",))
        return tutor.kept(state, [record], (said,))
    return _with_help(tutor, state, item, record, told, now)


def why(tutor: Tutor, state: State, item: Item, typed: str, now: float) -> Turn:
    """The number of a formula."""
    choices = tutor.reasons(item)
    try:
        chosen, *more = read_chosen(typed, len(choices))
    except UnreadableError as error:
        return tutor.kept(state, (), (Caret(typed, error.place, error.trouble, error.repair),))
    if more:
        caret = Caret(typed, (0, len(typed)), "only one of them is right", "Type one number.")
        return tutor.kept(state, (), (caret,))
    reason = choices[chosen - 1]
    verdict = Verdict.CORRECT if reason.right else Verdict.WRONG
    record = tutor.record(
        state, item, What.ANSWERED, now, given=str(chosen), verdict=verdict.value, choices=len(choices),
        ideas=(reason.idea,) if reason.idea else (),
    )  # fmt: skip
    return _with_help(tutor, state, item, record, _of_choice(tutor, item, reason), now)


def question(tutor: Tutor, state: State, item: Item, typed: str, now: float) -> Turn:
    """An answer to a question of the author's."""
    asked = tutor.questions[item.number]
    if not typed.strip():
        return tutor.kept(state, (), (Remark(("Write your answer; :skip goes on without one.",), Verdict.MISSING),))
    if asked.kind is QuestionKind.FREE:
        record = tutor.record(state, item, What.ANSWERED, now, given=typed[:MOST_KEPT])
        return tutor.kept(state, [record], (Remark(("Kept. ", asked.why)),))
    if asked.kind is QuestionKind.POINTS and not state.standing(item).attempts:
        record = tutor.record(state, item, What.ANSWERED, now, given=typed[:MOST_KEPT], verdict=Verdict.UNDECIDED.value)
        return tutor.kept(state, [record])
    found = mark(asked, typed, tutor.lesson, tutor.seed)
    if found.verdict is Verdict.UNREADABLE:
        return tutor.kept(state, (), (Caret(typed, found.place, found.trouble, found.repair),))
    right = found.verdict in ACCEPTED
    is_points = asked.kind is QuestionKind.POINTS
    verdict = Verdict.IMPRECISE if is_points and not right else found.verdict
    choices = len(asked.choices) if asked.kind is QuestionKind.CHOICE else 0
    record = tutor.record(
        state, item, What.ANSWERED, now, given=typed[:MOST_KEPT], verdict=verdict.value, choices=choices
    )
    start: Words = ("Right. ",) if right and not is_points else () if right or is_points else ("Not yet. ",)
    parts: tuple[Part, ...] = (Remark((*start, *found.said), verdict),)
    return _with_help(tutor, state, item, record, parts, now)


def _with_help(tutor: Tutor, state: State, item: Item, record: Record, parts: Sequence[Part], now: float) -> Turn:
    """The turn of an answer; after three different wrong ones the next hint comes by itself."""
    turn = tutor.kept(state, [record], parts)
    if record.verdict != Verdict.WRONG or turn.state.standing(item).wrong < TRIES:
        return turn
    more = helping.hint(tutor, turn.state, item, now)
    return replace(more, parts=(*turn.parts, *more.parts), records=(*turn.records, *more.records))


def _ahead(tutor: Tutor, state: State, item: Item, names: Sequence[str], name: str, given: str, now: float) -> Turn:
    """Answers to other steps than the one that is asked, by name: each is marked and kept where it belongs."""
    venue = tutor.venue(item)
    others = [
        other
        for other in state.agenda
        if other.kind is ItemKind.STEP and other.round == item.round and set(other.steps) & set(names)
    ]
    if not others:
        return tutor.kept(state, (), (Remark((f"{names[0]} is not asked in this quiz.",)),))
    before = [line for line in venue.before(state, item) if not set(venue.examiner.quantities(line[0])) & set(names)]
    earlier = venue.earlier(state, item)
    judged = _as_formula(tutor, _narrowed(venue.examiner.judge(name, given, before, earlier), state))
    if judged.verdict in {Verdict.UNREADABLE, Verdict.MISSING} and (judged.entry is None or len(names) == 1):
        return tutor.kept(state, (), feedback(judged, venue.steps[names[0]]))
    records: list[Record] = []
    entries = {entry.name: entry for entry in judged.entries}
    here = state
    for other in others:
        found = [entries[step] for step in other.steps if step in entries]
        if len(found) < len(other.steps) or any(entry.given is None for entry in found):
            continue
        verdict = max((entry.verdict for entry in found), key=list(Verdict).index)
        typed = found[0].given.written if len(found) == 1 and found[0].given else given
        ideas = judged.ideas if judged.entry in found else ()
        record = tutor.record(
            here, other, What.ANSWERED, now, given=typed[:MOST_KEPT], verdict=verdict.value, ideas=ideas
        )
        records.append(record)
        here = tutor.kept(here, [record]).state
    parts: list[Part] = []
    right = [entry.quantity for entry in judged.entries if entry.verdict in ACCEPTED]
    if judged.verdict in ACCEPTED or right:
        listed = [part for quantity in right for part in (", ", quantity)][1:]
        parts.append(Remark(("Right: ", *listed, "."), Verdict.CORRECT))
    if judged.verdict not in ACCEPTED and judged.entry is not None:
        parts += feedback(judged, venue.steps[judged.entry.name])
    return tutor.kept(state, records, parts)


def _no_quantity(tutor: Tutor, left: str) -> str:
    """Why a name before an equals sign is none; empty where it may be a formula or one of the problem's letters."""
    text = left.strip()
    if not re.fullmatch(r"[^\W\d_]\w*|[∂d]\S+/[∂d]\S+", text):
        return ""
    names = NameReader(tutor.lesson.graph, tutor.lesson.notation)
    if names.resolve(text) is not None:
        return f"{text[:40]} is given, or no step of this problem: type the value alone."
    near = names.nearest(text)
    hint = f" Did you mean {near}?" if near else " Type the value alone."
    return f"There is no quantity called {text[:40]} here.{hint}"


def _narrowed(judged: Judged, state: State) -> Judged:
    """Of several ideas that give the same, those that were behind wrong answers before."""
    if len(judged.explanations) < 2:
        return judged
    before = {
        idea
        for standing in state.standings.values()
        for attempt in standing.attempts
        if attempt.verdict is Verdict.WRONG
        for idea in attempt.ideas
    }
    again: tuple[Explanation, ...] = tuple(e for e in judged.explanations if e.id in before)
    return replace(judged, explanations=again) if again else judged


def _as_formula(tutor: Tutor, judged: Judged) -> Judged:
    """Where formulas are asked for, a number is no answer, unless the formula is one."""
    entry = judged.entry
    if not tutor.choice.symbolic or entry is None or entry.given is None or judged.verdict is not Verdict.WRONG:
        return judged
    if entry.given.number is None:
        return judged
    trouble = "a formula is asked for, and this is a number"
    unread = replace(entry.given, formula=None, trouble=trouble, repair="Write it in the names of the problem.")
    entry = replace(entry, verdict=Verdict.UNREADABLE, given=replace(unread, place=(0, len(unread.written))))
    return Judged(Verdict.UNREADABLE, (entry,), entry)


def _is_repeated(state: State, item: Item, typed: str) -> bool:
    return any(
        attempt.given == typed[:MOST_KEPT] and attempt.verdict is Verdict.WRONG
        for attempt in state.standing(item).attempts
    )


def _of_choice(tutor: Tutor, item: Item, reason: Reason) -> tuple[Part, ...]:
    if reason.right:
        return (Remark(("Right. Now with numbers." if not tutor.choice.symbolic else "Right.",), Verdict.CORRECT),)
    return (Remark(("Not this one. ", *reason.says), Verdict.WRONG),)
