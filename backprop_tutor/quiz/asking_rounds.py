"""How the rounds of a worked example begin: what is there to be read, and what is the learner's own."""

from __future__ import annotations

from collections.abc import Sequence

from ..model.lesson import Step
from ..model.marking import ACCEPTED
from ..model.quiz import Ask, Item, ItemKind, Opening, Part, State, Worked
from .quiz import Quiz
from .rounds import left_between

MOST_LEADING = 6
PROMPT = ("Enter goes on: ",)
READ = "Read every line until you could say why it is so."
ALIKE = (
    " Of steps of one kind that follow each other you do the first and the last, and what these need;"
    " the others are done for you."
)
EASY = " (All of the last round was right at once: :alone goes to the end.)"


def plan(state: State) -> str:
    """What is to come, said before the worked example."""
    last = max(item.round for item in state.agenda)
    read = "First you read the whole solution. Then"
    if last == 1:
        return f"{read} all of it is yours."
    how = "in the first its end is yours," + (" in each one after that more," if last > 2 else "")
    return f"{read} come {last} rounds: {how} and in the last all of it. :alone takes you there at once."


def where(state: State) -> str:
    """Which round it is, for somebody who comes back in the middle of one."""
    last = max(item.round for item in state.agenda)
    return f", in round {state.item.round} of {last}" if state.item is not None and state.item.round else ""


def worked(quiz: Quiz, state: State, item: Item, how: str) -> tuple[Part, ...]:
    """A part of the worked example, or what leads to the steps that a round leaves to the learner.

    ``how`` says how to answer, which is told where the first question follows.
    """
    venue = quiz.venue(item)
    steps = tuple(venue.steps[name] for name in item.steps)
    if not item.round:
        return (Ask(0, 0, "A worked example", (READ,), prompt=PROMPT), Worked(venue.lesson, steps))
    number, _, last = item.name.partition("/")
    mine = [venue.steps[other.name] for other in state.agenda if _is_of_round(other, item)]
    is_whole = number == last
    leading = () if is_whole else _leading(steps, mine)
    words = "Fresh numbers. " if quiz.is_fresh(item) else ""
    between = left_between(state.agenda, item.round)
    if not is_whole:
        some = f"{len(mine)} of the last {len(mine) + len(between)} steps are"
        words += f"{some if between else _last(len(mine))} yours; all before is done"
        words += ", and these lines lead there." if leading else ": every question shows what is known."
    else:
        words += "Everything is yours now."
    told = any(left_between(state.agenda, number) for number in range(1, item.round))
    words += ALIKE if between and not told else ""
    words += EASY if _is_easy(state, item) else ""
    words += f" {how}" if item.round == 1 else ""
    ask = Ask(0, 0, f"Round {number} of {last}", (words,), prompt=PROMPT)
    return (ask, Opening(venue.lesson), *([Worked(venue.lesson, leading, brief=True)] if leading else []))


def _last(count: int) -> str:
    return "The last step is" if count == 1 else f"The last {count} steps are"


def _is_of_round(other: Item, worked: Item) -> bool:
    return other.kind is ItemKind.STEP and other.round == worked.round and not other.is_again


def _leading(done: Sequence[Step], mine: Sequence[Step]) -> tuple[Step, ...]:
    """The steps from which the learner's own are found, the last of them: nobody reads all of it in every round."""
    needed = {need for step in mine for need in step.needs}
    return tuple(step for step in done if step.id in needed)[-MOST_LEADING:]


def _is_easy(state: State, worked: Item) -> bool:
    """Whether every step of the round before was right at the first try, and more than one round is to come."""
    number, _, last = worked.name.partition("/")
    before = [other for other in state.agenda if other.round and other.round == worked.round - 1]
    steps = [state.standing(other) for other in before if other.kind is ItemKind.STEP]
    # What was shown has no verdict, and what was left open first was not right at once.
    perfect = all(s.verdict in ACCEPTED and not s.wrong and not s.rung and not s.left for s in steps)
    return bool(steps) and perfect and int(number) < int(last)
