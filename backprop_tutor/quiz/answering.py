"""Answers: to a step, to a choice of formulas, to a question of the author's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..marking.numbers import without_paths
from ..marking.numbers_put_in import right_with_numbers
from ..model.formula import Formula
from ..model.marking import Entry, Explanation, Verdict
from ..model.op import Words
from ..model.question import QuestionKind
from ..model.quiz import Caret, Item, Part, Remark, State
from ..model.record import Record, What
from . import helping
from .chosen import UnreadableError, read_chosen
from .examiner import Judged, worst
from .feedback import BLANK, feedback
from .meaning import Meant, items_of, meant
from .questions import mark
from .quiz import Quiz, Turn
from .reasons import Reason
from .state import ACCEPTED
from .symbols import numbers_behind
from .venue import Venue

TRIES = 3
"""Different wrong answers after which the ladder of hints moves by itself."""
MOST_KEPT = 4000
NOTHING_TYPED = "Write your answer; :skip goes on without one."
NUMBERS_PUT_IN = "With the problem's numbers put in, this is right"
AGAIN = "You have written that before, and it still is not it: it costs nothing. :hint helps."


def step(quiz: Quiz, state: State, item: Item, typed: str, now: float) -> Turn:
    """An answer to a step, or to others by name."""
    if not typed.strip():
        return nothing_typed(quiz, state, item, now, BLANK)
    venue = quiz.venue(item)
    found = meant(quiz, item, typed)
    if found.trouble:
        return quiz.kept(state, (), (Remark((found.trouble,), Verdict.UNREADABLE),))
    if found.steps != item.steps:
        return _ahead(quiz, state, item, found, now)
    typed = found.given
    judged = _judged(quiz, state, item, item.name, typed)
    told = feedback(judged, venue.steps[item.steps[0]])
    if judged.entry is None:
        return quiz.kept(state, (), told)
    record = quiz.record(
        state, item, What.ANSWERED, now, given=typed[:MOST_KEPT], verdict=judged.verdict.value, ideas=judged.ideas
    )
    if judged.verdict is Verdict.WRONG and _is_repeated(state, item, typed):
        return quiz.kept(state, [record], (Remark((AGAIN,)),))
    return _with_help(quiz, state, item, record, told, now)


def nothing_typed(quiz: Quiz, state: State, item: Item, now: float, says: str) -> Turn:
    """An empty line costs nothing; where an answer stands already, Enter goes on."""
    if state.standing(item).closed:
        said = Remark(("It stays as it was.",))
        return quiz.kept(state, [quiz.record(state, item, What.READ, now)], (said,))
    return quiz.kept(state, (), (Remark((says,), Verdict.MISSING),))


def why(quiz: Quiz, state: State, item: Item, typed: str, now: float) -> Turn:
    """The number of a formula."""
    if not typed.strip():
        return nothing_typed(quiz, state, item, now, "Type the number of the formula; :skip goes on without it.")
    choices = quiz.reasons(item)
    try:
        chosen, *more = read_chosen(typed, len(choices))
    except UnreadableError as error:
        first = "First choose the formula by its number; its value is asked next."
        return quiz.kept(state, (), (Caret(typed, error.place, error.trouble, first),))
    if more:
        caret = Caret(typed, (0, len(typed)), "only one of them is right", "Type one number.")
        return quiz.kept(state, (), (caret,))
    reason = choices[chosen - 1]
    verdict = Verdict.CORRECT if reason.right else Verdict.WRONG
    record = quiz.record(
        state, item, What.ANSWERED, now, given=str(chosen), verdict=verdict.value, choices=len(choices),
        ideas=(reason.idea,) if reason.idea else (),
    )  # fmt: skip
    return _with_help(quiz, state, item, record, _of_choice(reason), now)


def question(quiz: Quiz, state: State, item: Item, typed: str, now: float) -> Turn:
    """An answer to a question of the author's."""
    asked = quiz.questions[item.number]
    if not typed.strip():
        return nothing_typed(quiz, state, item, now, NOTHING_TYPED)
    if asked.kind is QuestionKind.FREE:
        record = quiz.record(state, item, What.ANSWERED, now, given=typed[:MOST_KEPT])
        return quiz.kept(state, [record], (Remark(("Kept. ", asked.why)),))
    if asked.kind is QuestionKind.POINTS and not state.standing(item).attempts:
        record = quiz.record(state, item, What.ANSWERED, now, given=typed[:MOST_KEPT], verdict=Verdict.UNDECIDED.value)
        return quiz.kept(state, [record])
    found = mark(asked, typed, quiz.lesson, quiz.seed)
    if found.verdict is Verdict.UNREADABLE:
        return quiz.kept(state, (), (Caret(typed, found.place, found.trouble, found.repair),))
    if asked.kind is QuestionKind.POINTS:
        # Nobody but the learner has read what was written: it tells nothing of what is mastered.
        record = quiz.record(state, item, What.ANSWERED, now, given=typed[:MOST_KEPT])
        return quiz.kept(state, [record], (Remark(found.said or (asked.why,)),))
    record = quiz.record(
        state,
        item,
        What.ANSWERED,
        now,
        given=typed[:MOST_KEPT],
        verdict=found.verdict.value,
        choices=len(asked.choices),
    )
    start = "Right. " if found.verdict in ACCEPTED else "Not yet. "
    return _with_help(quiz, state, item, record, (Remark((start, *found.said), found.verdict),), now)


def _judged(quiz: Quiz, state: State, item: Item, name: str, given: str, without: Sequence[str] = ()) -> Judged:
    """The verdict on what was typed for a name, beside the learner's other answers."""
    venue = quiz.venue(item)
    examiner = venue.examiner
    before = [line for line in venue.before(state, item) if not set(examiner.quantities(*line)) & set(without)]
    judged = examiner.judge(name, given, before, venue.earlier(state, item))
    if judged.verdict is Verdict.OTHER_CONVENTION and not set(judged.ideas) <= _granted(state):
        # One convention more is granted only to what is right under it by itself.
        alone = examiner.judge(name, given)
        judged = alone if alone.verdict is Verdict.WRONG else judged
    return _as_formula(quiz, venue, _narrowed(judged, state))


def _granted(state: State) -> set[str]:
    """The conventions under which earlier answers were right."""
    return {
        idea
        for standing in state.standings.values()
        for attempt in standing.attempts
        if attempt.verdict is Verdict.OTHER_CONVENTION
        for idea in attempt.ideas
    }


def _with_help(quiz: Quiz, state: State, item: Item, record: Record, parts: Sequence[Part], now: float) -> Turn:
    """The turn of an answer; after three different wrong ones the next hint comes by itself."""
    turn = quiz.kept(state, [record], parts)
    if record.verdict != Verdict.WRONG or turn.state.standing(item).wrong < TRIES:
        return turn
    if any(isinstance(part, Remark) and part.words[:1] == ("Almost. ",) for part in parts):
        # Whoever is so near needs another try and no help.
        return turn
    more = helping.hint(quiz, turn.state, item, now)
    return replace(more, parts=(*turn.parts, *more.parts), records=(*turn.records, *more.records))


def _ahead(quiz: Quiz, state: State, item: Item, found: Meant, now: float) -> Turn:
    """Answers to other steps than the one that is asked, by name: each is marked and kept where it belongs."""
    venue = quiz.venue(item)
    others = items_of(state, item, found.steps)
    if not others:
        says = f"With these numbers only {item.name} is asked." if item.is_again else f"{found.name} is not asked here."
        return quiz.kept(state, (), (Remark((says,)),))
    judged = _judged(quiz, state, item, found.name, found.given, found.steps)
    if judged.entry is None or (judged.verdict is Verdict.UNREADABLE and len(found.steps) == 1):
        return quiz.kept(state, (), feedback(judged, venue.steps[found.steps[0]]))
    records: list[Record] = []
    entries = {entry.name: entry for entry in judged.entries}
    for other in others:
        mine = [entries[name] for name in other.steps if name in entries]
        deciding = worst(mine)
        if len(mine) < len(other.steps) or deciding.verdict in {Verdict.UNREADABLE, Verdict.MISSING}:
            continue
        typed = mine[0].given.written if len(mine) == 1 and mine[0].given else found.given
        ideas = judged.ideas if judged.entry in mine else ()
        records.append(
            quiz.record(
                state, other, What.ANSWERED, now, given=typed[:MOST_KEPT], verdict=deciding.verdict.value, ideas=ideas
            )
        )
    return quiz.kept(state, records, _told_of_many(quiz, item, judged))


def _told_of_many(quiz: Quiz, item: Item, judged: Judged) -> list[Part]:
    """Which entries are right, then one of each other verdict with what is said of it."""
    venue = quiz.venue(item)
    parts: list[Part] = []
    right = [entry for entry in judged.entries if entry.verdict is Verdict.CORRECT]
    if right:
        listed: list[str | Formula] = [part for entry in right for part in (", ", entry.quantity)][1:]
        parts.append(Remark(("Right: ", *listed, "."), Verdict.CORRECT))
    told: dict[Verdict, Entry] = {}
    for entry in judged.entries:
        if entry.verdict not in {Verdict.CORRECT, Verdict.MISSING}:
            told.setdefault(entry.verdict, entry)
    for verdict, entry in told.items():
        about = judged.entry if judged.entry is not None and judged.entry.verdict is verdict else entry
        explanations = judged.explanations if about is judged.entry else ()
        one = Judged(verdict, judged.entries, about, explanations, judged.unknown)
        parts += feedback(one, venue.steps[about.name])
    return parts


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


def _as_formula(quiz: Quiz, venue: Venue, judged: Judged) -> Judged:
    """Where formulas are asked for, given numbers are no answer, unless the formula is one; no right line is shown."""
    entry = judged.entry
    if not quiz.choice.symbolic or entry is None or entry.given is None or judged.verdict is not Verdict.WRONG:
        return judged
    if entry.given.number is not None:
        entry = _unread(entry, "a formula is asked for, and this is a number")
        return Judged(Verdict.UNREADABLE, (entry,), entry)
    wrong = [each for each in judged.entries if each.verdict is Verdict.WRONG]
    if all(_is_right_in_numbers(venue, each) for each in wrong):
        told = {each.name: _unread(each, NUMBERS_PUT_IN) for each in wrong}
        entries = tuple(told.get(each.name, each) for each in judged.entries)
        return Judged(Verdict.UNREADABLE, entries, told[entry.name], (), judged.unknown)
    # Even a line with a number for its value, because all letters cancel, is answered by the line itself.
    return replace(judged, entry=replace(entry, right=None))


def _unread(entry: Entry, trouble: str) -> Entry:
    """The entry as one that costs nothing, to be written in letters."""
    given = entry.given
    assert given is not None
    place = (0, len(given.written))
    given = replace(given, formula=None, trouble=trouble, repair="Write it in the names of the problem.", place=place)
    return replace(entry, verdict=Verdict.UNREADABLE, given=given)


def _is_right_in_numbers(venue: Venue, entry: Entry) -> bool:
    """Whether an answer in letters is wrong only because some of the problem's numbers stand for their letters."""
    if entry.given is None or entry.given.formula is None:
        return False
    setting = venue.examiner.marker.setting
    answer = without_paths(entry.given.formula, setting.graph)
    right = setting.formulas[0]
    return right_with_numbers(answer, entry.name, right, setting.graph, setting.base, numbers_behind(venue.problem))


def _is_repeated(state: State, item: Item, typed: str) -> bool:
    return any(
        attempt.given == typed[:MOST_KEPT] and attempt.verdict is Verdict.WRONG
        for attempt in state.standing(item).attempts
    )


def _of_choice(reason: Reason) -> tuple[Part, ...]:
    if reason.right:
        says: Words = ("Right. Now work it out.",)
        return (Remark(says, Verdict.CORRECT),)
    return (Remark(("Not this one. ", *reason.says), Verdict.WRONG),)
