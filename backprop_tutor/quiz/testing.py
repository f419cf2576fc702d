"""A test: every answer is kept and none is judged, until it is handed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..model.formula import Formula
from ..model.marking import ACCEPTED, STRICT, Report, Verdict
from ..model.quiz import Caret, Item, ItemKind, Marked, Part, Remark, State
from ..model.record import Record, What
from ..model.sheet import Answer
from .answering import MOST_KEPT, NOTHING_TYPED, every, nothing_typed
from .examiner import explanations_of, ideas_of, worst
from .feedback import blank
from .judging import asked_in_letters
from .meaning import Meant, items_of, meant, names_first, other_reading
from .questions import mark
from .quiz import Quiz, Turn
from .state import asked

HANDS_IN = "Enter alone hands the test in; :back returns to the questions, and :quit leaves it for later."


def keep(quiz: Quiz, state: State, item: Item, typed: str, now: float) -> Turn:
    """An answer is kept; only what cannot be read at all is said at once, because it would count for nothing."""
    if not typed.strip():
        says = blank() if item.kind is ItemKind.STEP else NOTHING_TYPED
        return nothing_typed(quiz, state, item, now, says)
    if item.kind is ItemKind.STEP:
        return every(quiz, state, item, typed, now, _keep_step)
    question = quiz.questions[item.number]
    if not quiz.takes_own_words(item):
        if names_first(quiz, item, typed):
            return every(quiz, state, item, typed, now, _keep_step)
        found = mark(question, typed, quiz.lesson, quiz.seed)
        if found.verdict is Verdict.UNREADABLE:
            return quiz.kept(state, (), (Caret(typed, found.place, found.trouble, found.repair),))
    record = quiz.record(state, item, What.ANSWERED, now, given=typed[:MOST_KEPT])
    return quiz.kept(state, [record])


def _keep_step(quiz: Quiz, state: State, item: Item, typed: str, now: float) -> Turn:
    found = meant(quiz, item, typed)
    if found.trouble:
        return quiz.kept(state, (), (Remark((found.trouble,), Verdict.UNREADABLE),))
    answers = _read(quiz, item, found)
    if any(answer.trouble for answer in answers.values()) and (reading := other_reading(quiz, item, found.given)):
        second = _read(quiz, item, replace(found, given=reading))
        if second and not any(answer.trouble for answer in second.values()):
            found, answers = replace(found, given=reading), second
    for answer in answers.values():
        if answer.trouble:
            return quiz.kept(state, (), (Caret(answer.written, answer.place, answer.trouble, answer.repair),))
    if found.steps == item.steps:
        record = quiz.record(state, item, What.ANSWERED, now, given=found.given[:MOST_KEPT])
        return quiz.kept(state, [record])
    steps = quiz.venue(item).steps
    records = []
    kept: list[str | Formula] = []
    for other in items_of(state, item, found.steps):
        mine = [name for name in other.steps if name in answers]
        if len(mine) == len(other.steps):
            given = answers[mine[0]].written if len(mine) == 1 else found.given
            records.append(quiz.record(state, other, What.ANSWERED, now, given=given[:MOST_KEPT]))
            kept += [", " if kept else "", *(steps[name].quantity for name in mine)]
    if not records:
        return quiz.kept(state, (), (Remark((f"{found.name} is not asked here.",)),))
    return quiz.kept(state, records, (Remark(("Kept: ", *kept, ".")),))


def _read(quiz: Quiz, item: Item, found: Meant) -> dict[str, Answer]:
    """What is read at each step of an answer, in the order of the solution."""
    venue = quiz.venue(item)
    read = None if quiz.choice.symbolic else venue.examiner.read(found.name, found.given)
    if read is None:
        # That a plain number is no formula is not said: it would tell where one is right.
        judged = asked_in_letters(quiz, venue, venue.examiner.judge(found.name, found.given))
        first = [judged.entry] if judged.verdict is Verdict.UNREADABLE and judged.entry is not None else judged.entries
        read = {entry.name: entry.given for entry in first if entry.given is not None}
    return {name: read[name] for name in venue.steps if name in read}


def at_hand_in(quiz: Quiz, state: State, item: Item, typed: str, now: float) -> Turn:
    """Enter hands the test in; what is typed here is an answer to what it names, or a slip."""
    if not typed.strip():
        return hand_in(quiz, state, now)
    if names_first(quiz, item, typed):
        return every(quiz, state, item, typed, now, _keep_step)
    return quiz.kept(state, (), (Remark((HANDS_IN,)),))


def hand_in(quiz: Quiz, state: State, now: float) -> Turn:
    """The marks: the whole report on the steps, and a line for every question."""
    steps = _steps(state)
    report = report_of(quiz, state)
    entries = {entry.name: entry for entry in report.entries}
    records: list[Record] = []
    for item in steps:
        if not state.standing(item).attempts:
            continue
        entry = worst([entries[name] for name in item.steps])
        ideas = ideas_of(explanations_of(entry, report))
        # What is imprecise from the learner's own wrong values is not right by itself, and so not counted as that.
        verdict = Verdict.CARRIED if entry.verdict in STRICT and not entry.strict else entry.verdict
        records.append(quiz.record(state, item, What.MARKED, now, verdict=verdict.value, ideas=ideas))
    parts: list[Part] = [Marked(report)] if steps else []
    for item in asked(state):
        if item.kind is ItemKind.QUESTION and state.standing(item).attempts:
            found, said = _question(quiz, state, item, now)
            records += found
            parts += said
    records.append(quiz.record(state, state.agenda[state.here], What.READ, now))
    return quiz.kept(state, records, parts)


def report_of(quiz: Quiz, state: State) -> Report:
    """The report on the steps of a test; it is the same after they are marked."""
    steps = _steps(state)
    # What was typed last is what counts, whatever its verdict was.
    lines = [(item.name, attempts[-1].given) for item in steps if (attempts := state.standing(item).attempts)]
    return quiz.venues[0].examiner.report(lines, [name for item in steps for name in item.steps])


def _steps(state: State) -> list[Item]:
    return [item for item in asked(state) if item.kind is ItemKind.STEP]


def _question(quiz: Quiz, state: State, item: Item, now: float) -> tuple[Sequence[Record], Sequence[Part]]:
    question = quiz.questions[item.number]
    if quiz.takes_own_words(item):
        points = "; ".join(question.points)
        return (), [Remark((f"{question.ask} Key points: {points}.",))] if points else []
    found = mark(question, state.standing(item).answer, quiz.lesson, quiz.seed)
    record = quiz.record(state, item, What.MARKED, now, verdict=found.verdict.value, choices=len(question.choices))
    start = f"{question.ask} Right. " if found.verdict in ACCEPTED else f"{question.ask} "
    return [record], [Remark((start, *found.said), found.verdict)]
