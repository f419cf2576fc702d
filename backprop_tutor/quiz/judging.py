"""How one answer is judged beside the learner's others: what stands, what was given up, what was granted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..marking.numbers import without_paths
from ..marking.numbers_put_in import right_with_numbers
from ..marking.telling import NO_CARRIED_MARK
from ..model.graph import Graph, Role
from ..model.marking import ACCEPTED, Entry, Explanation, Verdict
from ..model.quiz import Item, State
from .examiner import Judged
from .meaning import other_reading
from .quiz import Quiz
from .symbols import numbers_behind
from .venue import Venue

FOLLOWS = " But that value is not right, and so this number is another one, too."
WHOLE_LAYER = "is a whole layer, and a formula is about one unit"
FEWEST_OF_A_LAYER = 2
TURNED_ROUND = "C03"
NUMBERS_PUT_IN = "With the problem's numbers put in, this is right"


def judged_beside(quiz: Quiz, state: State, item: Item, name: str, given: str, without: Sequence[str] = ()) -> Judged:
    """The verdict on what was typed for a name, beside the learner's other answers."""
    venue = quiz.venue(item)
    examiner = venue.examiner
    earlier = venue.earlier(state, item)

    def beside(own: bool) -> list[tuple[str, str]]:
        lines = quiz.before(state, item, own=own)
        if not without:
            return lines
        return [line for line in lines if not set(examiner.quantities(*line)) & set(without)]

    before, own = beside(False), beside(True)
    judged = examiner.judge(name, given, before, earlier)
    if judged.verdict is Verdict.OTHER_CONVENTION and not set(judged.ids) <= _granted(state):
        # One convention more is granted only to what is right under it by itself.
        alone = examiner.judge(name, given)
        judged = alone if alone.verdict is Verdict.WRONG else _of_signals_only(judged, venue.lesson.graph)
    elif judged.verdict is Verdict.WRONG and own != before:
        # What was given up must hide nothing: it counts only where the answer follows from it.
        judged = _from_own(judged, examiner.judge(name, given, own, earlier))
    judged = _in_sight(judged, venue, own)
    return _as_formula(quiz, venue, _unit_by_unit(_narrowed(judged, state), venue))


def judged_as_meant(
    quiz: Quiz, state: State, item: Item, name: str, given: str, without: Sequence[str] = ()
) -> tuple[str, Judged]:
    """The verdict on an answer, and the answer in the reading for which it is right, where names in it have two.

    Where it is right in neither, the one in which it can be read is meant.
    """
    judged = judged_beside(quiz, state, item, name, given, without)
    if judged.verdict in ACCEPTED or (other := other_reading(quiz, item, given)) is None:
        return given, judged
    second = judged_beside(quiz, state, item, name, other, without)
    is_read = judged.verdict is Verdict.UNREADABLE and second.verdict is not Verdict.UNREADABLE
    return (other, second) if second.verdict in ACCEPTED or is_read else (given, judged)


def _in_sight(judged: Judged, venue: Venue, lines: Sequence[tuple[str, str]]) -> Judged:
    """The learner's line without its numbers where one of them is the answer of a question that was left open."""
    if judged.verdict is not Verdict.WRONG:
        return judged
    seen = set(venue.examiner.marker.setting.base)
    for name, given in lines:
        seen.update((name,) if name in venue.steps else venue.examiner.quantities(name, given))

    def told(entry: Entry) -> Entry:
        yours = entry.yours
        if yours is None or seen.issuperset(yours.figures):
            return entry
        if entry.given is not None and entry.given.number is not None:
            return replace(entry, yours=replace(yours, figures={}))
        # What it comes to would tell that answer as well.
        return replace(entry, yours=replace(yours, figures={}, result=None), experiment=None)

    entries = {entry.name: told(entry) for entry in judged.entries}
    entry = entries.get(judged.entry.name) if judged.entry is not None else None
    return replace(judged, entries=tuple(entries.values()), entry=entry)


def _from_own(judged: Judged, own: Judged) -> Judged:
    """The verdict beside what is right, or beside the learner's own values where that says more."""
    entry = own.entry
    if entry is not None and own.verdict in {Verdict.CARRIED, Verdict.IMPRECISE}:
        words = entry.message or ("Right from your own earlier values.",)
        # There are no marks here.
        told = tuple(part for part in words if part != NO_CARRIED_MARK)
        entry = replace(entry, verdict=Verdict.CARRIED, message=(*told, FOLLOWS))
        return replace(own, verdict=Verdict.CARRIED, entry=entry)
    is_better = not judged.explanations and len(own.explanations) == 1 and own.verdict is Verdict.WRONG
    return own if is_better else judged


def _of_signals_only(judged: Judged, graph: Graph) -> Judged:
    """The sign of an error signal may be a convention; that of a derivative that is asked for by name is not."""
    entry = judged.entry
    if entry is None or TURNED_ROUND not in judged.ids:
        return judged
    sums = {name for name, value in graph.values.items() if value.label.role is Role.PREACTIVATION}
    if entry.name.rpartition("/d")[2] in sums:
        return judged
    entry = replace(entry, verdict=Verdict.WRONG, slip="sign", message=("Only the sign is different.",))
    return replace(judged, verdict=Verdict.WRONG, entry=entry, explanations=())


def _granted(state: State) -> set[str]:
    """The conventions under which earlier answers were right."""
    return {
        idea.id
        for standing in state.standings.values()
        for attempt in standing.attempts
        if attempt.verdict is Verdict.OTHER_CONVENTION
        for idea in attempt.ideas
    }


def _unit_by_unit(judged: Judged, venue: Venue) -> Judged:
    """What is said of a formula with the name of a whole layer, which exists, but stands for many numbers."""
    entry = judged.entry
    if entry is None or entry.given is None or not entry.given.trouble:
        return judged
    start, end = entry.given.place
    name = entry.given.written[start:end]
    group = venue.examiner.marker.collector.groups.find(name, several=True)
    members = [member for row in group.cells for member in row] if group is not None else []
    if len(members) < FEWEST_OF_A_LAYER:
        return judged
    repair = f"Write its numbers one by one: {venue.typed(members[0])} and so on."
    given = replace(entry.given, trouble=f"{name} {WHOLE_LAYER}", repair=repair)
    return replace(judged, entry=replace(entry, given=given))


def _narrowed(judged: Judged, state: State) -> Judged:
    """Of several ideas that give the same, those that were behind wrong answers before."""
    if len(judged.explanations) < 2:
        return judged
    before = {
        idea.id
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
    in_letters = asked_in_letters(quiz, venue, judged)
    # Even a line with a number for its value, because all letters cancel, is answered by the line itself.
    return replace(judged, entry=replace(entry, right=None)) if in_letters is judged else in_letters


def asked_in_letters(quiz: Quiz, venue: Venue, judged: Judged) -> Judged:
    """The verdict, or one that costs nothing where formulas are wrong only because given numbers stand in them."""
    entry = judged.entry
    if not quiz.choice.symbolic or entry is None or judged.verdict is not Verdict.WRONG:
        return judged
    wrong = [each for each in judged.entries if each.verdict is Verdict.WRONG]
    if not all(_is_right_in_numbers(venue, each) for each in wrong):
        return judged
    told = {each.name: _unread(each, NUMBERS_PUT_IN) for each in wrong}
    entries = tuple(told.get(each.name, each) for each in judged.entries)
    return Judged(Verdict.UNREADABLE, entries, told[entry.name], (), judged.unknown)


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
