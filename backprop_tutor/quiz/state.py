"""The state of a quiz as a fold over its records: what was kept is enough to go on."""

from __future__ import annotations

from dataclasses import replace

from ..model.marking import ACCEPTED, Verdict
from ..model.quiz import Attempt, Item, ItemKind, Standing, State
from ..model.record import Record, What
from .plan import again

LATER = 3
"""So many items further on, a step whose answer was shown comes again."""
LONGEST_PAUSE = 300.0
"""Seconds without a record that still count as time spent."""
LAST_RUNG = 4
UNASKED = {ItemKind.WORKED, ItemKind.HAND_IN}


def after(state: State, record: Record) -> State:
    """The state after one more record."""
    pause = record.at - state.at if state.at else 0.0
    state = replace(state, at=record.at, seconds=state.seconds + min(max(pause, 0.0), LONGEST_PAUSE))
    if record.what is What.ENDED:
        return replace(state, ended=True)
    place = next((i for i, item in enumerate(state.agenda) if item.id == record.item), None)
    if place is None:
        return state
    item = state.agenda[place]
    standing = state.standing(item)
    match record.what:
        case What.ANSWERED:
            return _answered(state, place, standing, record)
        case What.MARKED:
            attempts = (*standing.attempts[:-1], replace(standing.attempts[-1], verdict=_verdict(record)))
            return _with(state, item, replace(standing, attempts=attempts))
        case What.HINTED:
            return _with(state, item, replace(standing, rung=max(standing.rung, record.rung)))
        case What.SHOWN:
            closed = replace(standing, shown=True, closed=True)
            return _onward(_with_again(_with(state, item, closed), place), place)
        case What.SKIPPED:
            left = standing
            if not standing.closed or standing.is_left:
                left = replace(standing, skipped=True, closed=True, left=standing.left + 1)
            return _onward(_with(state, item, left), place)
        case What.READ:
            return _onward(_with(state, item, replace(standing, closed=True)), place)
        case What.MOVED:
            return replace(state, here=place)
    return state


def _answered(state: State, place: int, standing: Standing, record: Record) -> State:
    item = state.agenda[place]
    verdict = _verdict(record)
    attempts = (*standing.attempts, Attempt(record.given, verdict, record.ideas))
    is_done = verdict is None or verdict in ACCEPTED
    # What was shown once was not found, even if it is written down afterwards; and what is right stays done with.
    # What was left open, and is asked once more, is open again.
    is_closed = standing.closed and not (standing.is_left and place == state.here)
    answered = replace(standing, attempts=attempts, closed=is_done or is_closed, skipped=False)
    state = _with(state, item, answered)
    # An answer to a later question, given ahead, does not move us.
    return _onward(state, place) if is_done and place == state.here else state


def _verdict(record: Record) -> Verdict | None:
    return Verdict(record.verdict) if record.verdict else None


def _with(state: State, item: Item, standing: Standing) -> State:
    return replace(state, standings={**state.standings, item.id: standing})


def _onward(state: State, place: int) -> State:
    """On to the next item that is not done with; a round of a worked example ends with what was left open in it."""
    onward = at_open(state, place + 1)
    item = state.agenda[place]
    if not is_in_rounds(state) or (onward.item is not None and onward.item.round == item.round):
        return onward
    left = _left_once(state, item.round)
    return onward if left is None else replace(state, here=left)


def at_open(state: State, place: int) -> State:
    """At the first item from a place on that is not done with; at the end, at one that was left open once."""
    here, end = place, len(state.agenda)
    while here < end and state.standing(state.agenda[here]).closed:
        here += 1
    if here < end or is_in_rounds(state):
        return replace(state, here=here)
    left = _left_once(state)
    return replace(state, here=end if left is None else left)


def is_in_rounds(state: State) -> bool:
    """Whether the quiz has a worked example and the rounds after it."""
    return any(item.kind is ItemKind.WORKED for item in state.agenda)


def _left_once(state: State, number: int | None = None) -> int | None:
    """The place of the first item (of a round) that was left open and not yet asked again; None where there is none.

    A test is over when it is handed in.
    """
    if any(item.kind is ItemKind.HAND_IN for item in state.agenda):
        return None
    left = (
        place
        for place, item in enumerate(state.agenda)
        if item.kind in {ItemKind.STEP, ItemKind.QUESTION}
        and (number is None or item.round == number)
        and state.standing(item).is_left
        and state.standing(item).left == 1
    )
    return next(left, None)


def _with_again(state: State, place: int) -> State:
    """With the step at this place once more on fresh numbers, a few items further on.

    In the rounds of a worked example it comes again by itself, and what was shown twice is not forced any further.
    """
    item = state.agenda[place]
    if item.kind is not ItemKind.STEP or is_in_rounds(state) or item.round:
        return state
    count = 1 + sum(other.id.startswith(f"again:{item.name}:") for other in state.agenda)
    new = again(item, count)
    if count > 1:
        return state
    later = min(place + 1 + LATER, len(state.agenda))
    if state.agenda[later - 1].kind is ItemKind.WHY:
        # The choice of a formula and the step that it is about stay together.
        later = min(later + 1, len(state.agenda))
    return replace(state, agenda=(*state.agenda[:later], new, *state.agenda[later:]))


def counted(state: State) -> list[Item]:
    """Those with a number of their own: a choice of formulas, which may be passed over, has that of its step."""
    return [item for item in asked(state) if item.kind is not ItemKind.WHY]


def asked(state: State) -> list[Item]:
    """The items that count: not what is there to be read, nor a choice of formulas that was passed over."""
    return [item for item in state.agenda if item.kind not in UNASKED and not _is_passed_over(state, item)]


def is_needless(state: State, item: Item) -> bool:
    """Whether an item is a choice of formulas that is still open, for a value that is found already."""
    if item.kind is not ItemKind.WHY or state.standing(item).closed:
        return False
    mine = (other for other in state.agenda if other.kind is ItemKind.STEP and not other.is_again)
    return any(other.name == item.name and state.standing(other).closed for other in mine)


def _is_passed_over(state: State, item: Item) -> bool:
    standing = state.standing(item)
    is_answered = standing.attempts or standing.shown or standing.skipped
    return item.kind is ItemKind.WHY and standing.closed and not is_answered


def item_before(state: State) -> Item | None:
    """The question before the one that is asked; None at the first one.

    Before a test is handed in, it is the last one that is still open, where there is one.  From a round of a worked
    example no way leads back into another, which has other numbers, or was passed over.
    """
    here = state.item
    before = asked(replace(state, agenda=state.agenda[: state.here]))
    if here is not None and is_in_rounds(state):
        before = [item for item in before if item.round == here.round]
    if here is not None and here.kind is ItemKind.HAND_IN:
        before = [item for item in before if state.standing(item).is_left] or before
    return before[-1] if before else None
