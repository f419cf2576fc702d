"""A test: every answer is kept and none is judged, until it is handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model.marking import Verdict
from ..model.question import QuestionKind
from ..model.quiz import Item, ItemKind, Marked, Part, Remark, State
from ..model.record import Record, What
from .feedback import BLANK, unreadable
from .questions import mark
from .state import asked

if TYPE_CHECKING:
    from .tutor import Turn, Tutor

MOST_KEPT = 4000


def keep(tutor: Tutor, state: State, item: Item, typed: str, now: float) -> Turn:
    """An answer is kept; only what cannot be read at all is said at once, because it would count for nothing."""
    if not typed.strip():
        return tutor.kept(state, (), (Remark((BLANK,), Verdict.MISSING),))
    if item.kind is ItemKind.STEP:
        judged = tutor.venue(item).examiner.judge(item.name, typed)
        if judged.verdict is Verdict.UNREADABLE and judged.entry is not None:
            return tutor.kept(state, (), (unreadable(judged.entry),))
    record = tutor.record(state, item, What.ANSWERED, now, given=typed[:MOST_KEPT])
    return tutor.kept(state, [record])


def hand_in(tutor: Tutor, state: State, now: float) -> Turn:
    """The marks: the whole report on the steps, and a line for every question."""
    steps = [item for item in asked(state) if item.kind is ItemKind.STEP]
    lines = [(item.name, state.standing(item).answer) for item in steps if state.standing(item).answer]
    report = tutor.venues[0].examiner.report(lines, [name for item in steps for name in item.steps])
    entries = {entry.name: entry for entry in report.entries}
    records: list[Record] = []
    for item in steps:
        found = [entries[name] for name in item.steps]
        if not state.standing(item).attempts:
            continue
        worst = max(found, key=lambda entry: list(Verdict).index(entry.verdict))
        ideas = tuple(worst.misconception.split("/")) if worst.misconception else ()
        records.append(tutor.record(state, item, What.MARKED, now, verdict=worst.verdict.value, ideas=ideas))
    parts: list[Part] = [Marked(report)] if steps else []
    for item in asked(state):
        if item.kind is ItemKind.QUESTION and state.standing(item).attempts:
            record, said = _question(tutor, state, item, now)
            records += record
            parts += said
    records.append(tutor.record(state, state.agenda[state.here], What.READ, now))
    return tutor.kept(state, records, parts)


def _question(tutor: Tutor, state: State, item: Item, now: float) -> tuple[list[Record], list[Part]]:
    question = tutor.questions[item.number]
    if question.kind in {QuestionKind.FREE, QuestionKind.POINTS}:
        points = "; ".join(question.points)
        return [], [Remark((f"{question.ask} Key points: {points}.",))] if points else []
    found = mark(question, state.standing(item).answer, tutor.lesson, tutor.seed)
    record = tutor.record(state, item, What.MARKED, now, verdict=found.verdict.value)
    return [record], [Remark((f"{question.ask} ", *(found.said or ("Right.",))), found.verdict)]
