"""What a quiz comes to, for the learner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ..model.marking import ACCEPTED, FREE, STRICT, Verdict
from ..model.quiz import Item, ItemKind, Mode, Standing, State, Summary, Trouble
from ..model.record import Idea
from .quiz import Quiz
from .skills import SKILLS
from .state import asked
from .testing import report_of

SETTLED = ACCEPTED | {Verdict.WRONG}
MOST_TROUBLES = 5
MOST_AGAIN = 4


def summary(quiz: Quiz, state: State) -> Summary:
    """The summary of a quiz as it stands; only what was met so far counts before its end."""
    whole = state.ended and quiz.choice.mode is not Mode.LEARN
    items = [item for item in asked(state) if whole or _is_met(state, item)]
    items = [item for item in items if not _is_unmarked(state, item)]
    numbered = [item for item in items if item.kind is not ItemKind.WHY]
    standings = [state.standing(item) for item in numbered]
    if quiz.choice.mode is Mode.TEST and not state.ended:
        everything = asked(state)
        answered = sum(bool(state.standing(item).answer) for item in everything)
        return Summary(0, 0, 0, 0, 0, 0, len(everything), state.seconds, ended=False, judged=False, answered=answered)
    troubles, more_troubles = _troubles(quiz, state, items)
    hard = _hard(state, items) if state.ended else ()
    told = Summary(
        strict=sum(s.verdict in STRICT for s in standings),
        carried=sum(s.verdict in ACCEPTED for s in standings),
        first=sum(_is_first(state, item) and not quiz.is_seen(item) for item in numbered),
        shown=sum(s.shown for s in standings),
        wrong=sum(s.verdict is Verdict.WRONG and not s.is_left for s in standings),
        open=sum(s.is_left or (s.verdict not in SETTLED and not s.shown) for s in standings),
        out_of=len(numbered),
        seconds=state.seconds,
        troubles=troubles,
        more_troubles=more_troubles,
        again=tuple(SKILLS[skill] for skill, _ in hard[:MOST_AGAIN]),
        hard=hard,
        ended=state.ended,
        answered=sum(bool(s.attempts) for s in standings),
        left=_left(quiz, state, items) if state.ended else (),
        seen=sum(_is_first(state, item) and quiz.is_seen(item) for item in numbered),
    )
    return _as_marked(quiz, state, numbered, told) if quiz.choice.mode is Mode.TEST else told


def _as_marked(quiz: Quiz, state: State, numbered: Sequence[Item], told: Summary) -> Summary:
    """The summary of a test with the very counts of its marks, to which the questions that are no steps are added.

    What is kept of an answer is its verdict, and the marks look further: what follows may be worth no mark, and what
    cannot be judged does not count.
    """
    if not any(item.kind is ItemKind.STEP for item in numbered):
        return told
    report = report_of(quiz, state)
    marks, entries = report.marks, [entry for entry in report.entries if entry.asked]
    others = [state.standing(item) for item in numbered if item.kind is not ItemKind.STEP]
    verdicts = Counter(entry.verdict for entry in entries)
    strict = marks.strict + sum(s.verdict in STRICT for s in others)
    return replace(
        told,
        strict=strict,
        carried=marks.carried + sum(s.verdict in ACCEPTED for s in others),
        # There is one try in a test, and no hint.
        first=strict,
        wrong=verdicts[Verdict.WRONG] + sum(s.verdict is Verdict.WRONG and not s.is_left for s in others),
        open=verdicts[Verdict.MISSING] + sum(s.is_left or s.verdict not in SETTLED for s in others),
        out_of=marks.out_of + len(others),
        unmarked=sum(entry.verdict in ACCEPTED and not entry.earned for entry in entries),
        uncounted=sum(verdicts[verdict] for verdict in FREE),
    )


def _left(quiz: Quiz, state: State, items: list[Item]) -> tuple[str, ...]:
    """The names of the problem's own steps that were neither answered rightly nor shown."""
    steps = [item for item in items if item.kind is ItemKind.STEP and not item.round]
    standings = [(item, state.standing(item)) for item in steps]
    return tuple(quiz.venues[0].typed(item.name) for item, s in standings if s.verdict not in ACCEPTED and not s.shown)


def _is_met(state: State, item: Item) -> bool:
    standing = state.standing(item)
    return standing.closed or bool(standing.attempts)


def _is_unmarked(state: State, item: Item) -> bool:
    """Whether it was answered in own words, of which nothing is right or wrong."""
    standing = state.standing(item)
    answered = item.kind is ItemKind.QUESTION and bool(standing.attempts) and not standing.skipped
    return answered and standing.closed and standing.verdict is None and not standing.shown


def _is_first(state: State, item: Item) -> bool:
    """Whether the first answer that was judged was right, and no hint was seen."""
    standing = state.standing(item)
    judged = [attempt.verdict for attempt in standing.attempts if attempt.verdict in ACCEPTED | {Verdict.WRONG}]
    return bool(judged) and judged[0] in STRICT and not standing.rung and not standing.shown


def _troubles(quiz: Quiz, state: State, items: list[Item]) -> tuple[tuple[Trouble, ...], int]:
    """The ideas behind wrong answers, those that came most often first, and how many more there are.

    An idea that showed in several ways is told once for each of them, with the sentence that repairs it there.  Of a
    tie none is named, and another convention is no trouble.
    """
    where: dict[tuple[str, str], list[tuple[Item, Idea]]] = {}
    for item in items:
        for attempt in state.standing(item).attempts:
            told = {idea.key: idea for idea in attempt.ideas if attempt.verdict is Verdict.WRONG}
            for idea in told.values() if len(told) == 1 else ():
                if not idea.convention:
                    where.setdefault((idea.id, idea.repair), []).append((item, idea))
    listed = sorted(where.values(), key=lambda found: -len(found))[:MOST_TROUBLES]
    return tuple(_trouble(quiz, found) for found in listed), len(where) - len(listed)


def _trouble(quiz: Quiz, found: Sequence[tuple[Item, Idea]]) -> Trouble:
    """One idea; where what repairs it has several titles, all of them stand before it."""
    names = tuple(dict.fromkeys(quiz.venues[0].typed(item.name) for item, _ in found))
    titles = dict.fromkeys(idea.title for _, idea in found)
    return Trouble(replace(found[0][1], title=" / ".join(titles)), names)


def _hard(state: State, items: list[Item]) -> tuple[tuple[str, int], ...]:
    """The kinds of steps that were wrong, shown or left open in this quiz, and how often, the most frequent first.

    Of those that were hard equally often, the kind of which the least went well.
    """
    asked_for = Counter(item.skill for item in items)
    found = Counter(item.skill for item in items if _is_hard(state.standing(item)) and item.skill in SKILLS)
    order = list(SKILLS)
    return tuple(sorted(found.items(), key=lambda pair: (-pair[1], asked_for[pair[0]], order.index(pair[0]))))


def _is_hard(standing: Standing) -> bool:
    is_open = standing.is_left or (standing.verdict not in SETTLED and not standing.shown)
    return bool(standing.wrong) or standing.shown or is_open
