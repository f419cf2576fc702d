"""Answers: to a step, to a choice of formulas, to a question of the author's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from ..model.marking import ACCEPTED, Entry, Verdict
from ..model.op import Words
from ..model.question import QuestionKind
from ..model.quiz import Caret, Item, ItemKind, Part, Remark, State
from ..model.record import Record, What
from . import helping
from .chosen import UnreadableError, read_chosen
from .examiner import Judged, worst
from .feedback import blank, feedback, is_near
from .judging import judged_as_meant, judged_beside
from .meaning import Meant, items_of, meant, named, several
from .questions import mark
from .quiz import Quiz, Turn
from .reasons import Reason, typed_out

Mark = Callable[[Quiz, State, Item, str, float], Turn]
"""What marks one answer to a step."""
MOST_ECHOED = 60
TRIES = 3
"""Different wrong answers after which the ladder of hints moves by itself."""
MOST_KEPT = 4000
NOTHING_TYPED = "Write your answer; :skip goes on without one."
NO_NAME = "Nothing here is called so; it is left aside."
AGAIN = "You have written that before, and it still is not it: it costs nothing"


def step(quiz: Quiz, state: State, item: Item, typed: str, now: float) -> Turn:
    """An answer to a step, or to others by name."""
    if not typed.strip():
        return nothing_typed(quiz, state, item, now, blank(helping.offer(quiz, state, item)))
    venue = quiz.venue(item)
    found = meant(quiz, item, typed)
    if found.trouble:
        return quiz.kept(state, (), (Remark((found.trouble,), Verdict.UNREADABLE),))
    if found.steps != item.steps:
        return ahead(quiz, state, item, _likelier(quiz, state, item, found), now)
    typed, judged = judged_as_meant(quiz, state, item, item.name, found.given)
    offer = helping.offer(quiz, state, item) if judged.verdict is Verdict.WRONG else ""
    # What comes by itself need not be offered.
    by_itself = state.standing(item).wrong + 1 >= TRIES
    told = feedback(judged, venue.steps[item.steps[0]], "" if by_itself else offer)
    if judged.entry is None:
        return quiz.kept(state, (), told)
    record = quiz.record(
        state, item, What.ANSWERED, now, given=typed[:MOST_KEPT], verdict=judged.verdict.value, ideas=judged.ideas
    )
    if judged.verdict is Verdict.WRONG and _is_repeated(state, item, typed):
        return quiz.kept(state, [record], (Remark((f"{AGAIN}; {offer}.",)),))
    return _with_help(quiz, state, item, record, told, now, is_near=is_near(judged))


def every(quiz: Quiz, state: State, item: Item, typed: str, now: float, mark: Mark) -> Turn:
    """All answers of a line: of several, one after the other, each under what was typed."""
    answers = several(quiz, item, typed)
    if len(answers) == 1:
        return mark(quiz, state, item, typed, now)
    parts: list[Part] = []
    records: list[Record] = []
    for answer in answers:
        turn = mark(quiz, state, item, answer, now)
        state = turn.state
        parts += [Remark((answer[:MOST_ECHOED],)), *turn.parts]
        records += turn.records
    return Turn(state, tuple(parts), tuple(records))


def _likelier(quiz: Quiz, state: State, item: Item, found: Meant) -> Meant:
    """Of two things that a name may stand for: the one for which the answer is right, or that is not found yet."""
    other = found.or_else
    if other is None:
        return found

    def rank(one: Meant) -> tuple[bool, bool]:
        items = items_of(state, item, one.steps)
        is_right = bool(items) and judged_beside(quiz, state, item, one.name, one.given, one.steps).verdict in ACCEPTED
        is_open = any(state.standing(each).verdict not in ACCEPTED for each in items)
        return is_right, is_open

    return max(found, other, key=rank)


def nothing_typed(quiz: Quiz, state: State, item: Item, now: float, says: str) -> Turn:
    """An empty line costs nothing; where an answer stands already, Enter goes on."""
    standing = state.standing(item)
    if standing.closed and not standing.is_left:
        said = Remark(("It stays as it was.",))
        return quiz.kept(state, [quiz.record(state, item, What.READ, now)], (said,))
    return quiz.kept(state, (), (Remark((says,), Verdict.MISSING),))


def why(quiz: Quiz, state: State, item: Item, typed: str, now: float) -> Turn:
    """The number of a formula."""
    if not typed.strip():
        return nothing_typed(quiz, state, item, now, "Type the number of the formula; :skip goes on without it.")
    choices = quiz.reasons(item)
    try:
        _no_letter(quiz, item, typed)
        chosen, *more = read_chosen(typed, len(choices))
    except UnreadableError as error:
        number = typed_out(quiz.venue(item).examiner, item.name, typed, choices)
        if number is None:
            first = "First choose the formula by its number; its value is asked next."
            return quiz.kept(state, (), (Caret(typed, error.place, error.trouble, first),))
        chosen, more = number, []
    if more:
        caret = Caret(typed, (0, len(typed)), "only one of them is right", "Type one number.")
        return quiz.kept(state, (), (caret,))
    reason = choices[chosen - 1]
    verdict = Verdict.CORRECT if reason.right else Verdict.WRONG
    record = quiz.record(
        state, item, What.ANSWERED, now, given=str(chosen), verdict=verdict.value, choices=len(choices),
        ideas=() if reason.idea is None else (reason.idea,),
    )  # fmt: skip
    step_item = next((other for other in state.agenda if other.kind is ItemKind.STEP and other.name == item.name), None)
    is_known = step_item is not None and state.standing(step_item).closed
    return _with_help(quiz, state, item, record, _of_choice(reason, is_known=is_known), now)


def _no_letter(quiz: Quiz, item: Item, typed: str) -> None:
    """Raises UnreadableError for a name of the problem: where lines have numbers, c is a formula and no third line."""
    if quiz.venue(item).examiner.marker.collector.names.resolve(typed.strip()) is not None:
        raise UnreadableError("this is none of these formulas", "", (0, len(typed)))


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


def _with_help(
    quiz: Quiz, state: State, item: Item, record: Record, parts: Sequence[Part], now: float, *, is_near: bool = False
) -> Turn:
    """The turn of an answer; after three different wrong ones the next hint comes by itself.

    Whoever is so near (``is_near``) needs another try and no help.
    """
    turn = quiz.kept(state, [record], parts)
    if record.verdict != Verdict.WRONG or is_near or turn.state.standing(item).wrong < TRIES:
        return turn
    more = helping.hint(quiz, turn.state, item, now, asked=False)
    return replace(more, parts=(*turn.parts, *more.parts), records=(*turn.records, *more.records))


def by_name(quiz: Quiz, state: State, item: Item, typed: str, now: float) -> Turn:
    """An answer to a step by its name, where something else is asked."""
    found = named(quiz, item, typed)
    if found is None:
        return quiz.kept(state, (), (Remark((NO_NAME,)),))
    return ahead(quiz, state, item, _likelier(quiz, state, item, found), now)


def ahead(quiz: Quiz, state: State, item: Item, found: Meant, now: float) -> Turn:
    """Answers to other steps than the one that is asked, by name: each is marked and kept where it belongs."""
    venue = quiz.venue(item)
    others = items_of(state, item, found.steps)
    if not others:
        says: Words = (f"{found.name} is not asked here.",)
        if item.is_again:
            says = ("With these numbers only ", venue.steps[item.steps[0]].quantity, " is asked.")
        return quiz.kept(state, (), (Remark(says),))
    given, judged = judged_as_meant(quiz, state, item, found.name, found.given, found.steps)
    if judged.entry is None or (judged.verdict is Verdict.UNREADABLE and len(found.steps) == 1):
        return quiz.kept(state, (), feedback(judged, venue.steps[found.steps[0]]))
    records: list[Record] = []
    entries = {entry.name: entry for entry in judged.entries}
    for other in others:
        mine = [entries[name] for name in other.steps if name in entries]
        deciding = worst(mine)
        if len(mine) < len(other.steps) or deciding.verdict in {Verdict.UNREADABLE, Verdict.MISSING}:
            continue
        typed = mine[0].given.written if len(mine) == 1 and mine[0].given else given
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
        parts.append(Remark(("Right: ", *_listed(right), "."), Verdict.CORRECT))
    told: dict[Verdict, Entry] = {}
    for entry in judged.entries:
        if entry.verdict not in {Verdict.CORRECT, Verdict.MISSING}:
            told.setdefault(entry.verdict, entry)
    for verdict, entry in told.items():
        about = judged.entry if judged.entry is not None and judged.entry.verdict is verdict else entry
        explanations = judged.explanations if about is judged.entry else ()
        one = Judged(verdict, judged.entries, about, explanations, judged.unknown)
        parts += feedback(one, venue.steps[about.name])
        if verdict is not Verdict.WRONG or len(judged.entries) == 1:
            alike = [each for each in judged.entries if each.verdict is verdict]
            parts.append(Remark(("That is about ", *_listed(alike), ".")))
    return parts


def _listed(entries: Sequence[Entry]) -> Words:
    """The quantities of entries, with commas between them."""
    return tuple(part for entry in entries for part in (", ", entry.quantity))[1:]


def _is_repeated(state: State, item: Item, typed: str) -> bool:
    return any(
        attempt.given == typed[:MOST_KEPT] and attempt.verdict is Verdict.WRONG
        for attempt in state.standing(item).attempts
    )


def _of_choice(reason: Reason, *, is_known: bool) -> tuple[Part, ...]:
    if reason.idea is None:
        says = "Right." if is_known else "Right. Now work it out."
        return (Remark((says,), Verdict.CORRECT),)
    return (Remark((f"Not this one. {reason.idea.title}. {reason.idea.repair}",), Verdict.WRONG),)
