"""Help: one rung of the ladder after the other, and the answer on the last."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from ..engine.derivations import leaves
from ..model.lesson import Prose
from ..model.op import Words
from ..model.quiz import Help, Item, ItemKind, Part, Remark, State
from ..model.record import What
from .question_hints import question_hints
from .questions import right_answer
from .quiz import Quiz, Turn

NO_HINT = "There is no hint for this one: :show has the answer, and :skip leaves it for later."
ONLY_THE_ANSWER = "All that is left to say is the answer: :show has it, and :skip leaves it for later."

MORE_DIGITS = "The numbers here have more digits than your own on the screen."

POINTS, MORE, SHOW = ":hint points at what matters", ":hint says more", ":show has the answer"
"""What is offered before any hint, after some, and after all of them."""


def offer(quiz: Quiz, state: State, item: Item) -> str:
    """What help there still is: nobody is sent to a hint where none is left."""
    seen = state.standing(item).rung
    if seen >= len(ladder(quiz, item)) - 1:
        return SHOW
    return MORE if seen else POINTS


def ladder(quiz: Quiz, item: Item, tried: Collection[str] = ()) -> tuple[Help, ...]:
    """All help that there is for an item; the last of it is the answer.  Nobody is told what was ``tried`` in vain."""
    venue = quiz.venue(item)
    if item.kind is ItemKind.STEP:
        ladders = [quiz.hints.ladder(venue.steps[name], venue.lesson) for name in item.steps]
        answers = tuple(block for found in ladders for block in found[-1].blocks)
        first = ladders[0][:-1]
        if len(item.steps) > 1:
            words: Words = ("Here for ", venue.steps[item.steps[0]].quantity, "; the others go the same way.")
            first = tuple(replace(rung, blocks=(Prose(words), *rung.blocks)) for rung in first)
        return (*first, Help(ladders[0][-1].title, answers, venue.lesson))
    if item.kind is ItemKind.WHY:
        first = quiz.hints.rungs(venue.steps[item.name], venue.lesson)[:1]
        reasons = quiz.reasons(item)
        right = next(place for place, reason in enumerate(reasons) if reason.right)
        answer: Words = (
            f"It is number {right + 1}: ",
            venue.steps[item.name].quantity,
            " = ",
            reasons[right].formula,
            ".",
        )
        return (*first, Help("The answer", (Prose(answer),), venue.lesson))
    asked = quiz.questions[item.number]
    hints = question_hints(asked, quiz.seed, tried)
    hint = tuple(Help("A hint", (Prose((says,)),), venue.lesson) for says in hints)
    told = right_answer(asked, quiz.lesson, quiz.seed)
    return (*hint, Help("The answer", (Prose(told),), venue.lesson))


def hint(quiz: Quiz, state: State, item: Item, now: float, *, asked: bool = True) -> Turn:
    """The next rung; the last of them, which is the answer, only where the learner ``asked`` for more and more."""
    standing = state.standing(item)
    # A first hint stays the first one, whatever is answered after it.
    tried = {attempt.given.strip() for attempt in standing.attempts} if not standing.rung else ()
    rungs = ladder(quiz, item, tried)
    place = standing.rung
    if place >= len(rungs) - 1:
        if asked and place:
            return show(quiz, state, item, now)
        # Whoever has had no hint yet has not asked for the answer; and nobody is moved on unasked.
        return quiz.kept(state, (), (Remark((ONLY_THE_ANSWER if place else NO_HINT,)),))
    record = replace(quiz.record(state, item, What.HINTED, now), rung=place + 1)
    return quiz.kept(state, [record], (rungs[place],))


def show(quiz: Quiz, state: State, item: Item, now: float) -> Turn:
    """The answer; the same kind of step comes again later."""
    record = quiz.record(state, item, What.SHOWN, now)
    parts: list[Part] = [ladder(quiz, item)[-1]]
    if _is_finer(quiz, state, item):
        parts.append(Remark((MORE_DIGITS,)))
    turn = quiz.kept(state, [record], parts)
    if len(turn.state.agenda) > len(state.agenda):
        new = next(other for other in turn.state.agenda if other not in state.agenda)
        same = "The same step comes once more later."
        again = "A step like this comes again later, with fresh numbers." if quiz.is_fresh(new) else same
        parts.append(Remark((again,)))
    return quiz.kept(state, [record], parts)


def _is_finer(quiz: Quiz, state: State, item: Item) -> bool:
    """Whether the line of an answer that is shown has those numbers in it that the learner rounded."""
    if item.kind is not ItemKind.STEP:
        return False
    venue = quiz.venue(item)
    lines = [tree for name in item.steps if (tree := venue.steps[name].equation.numbers) is not None]
    own = venue.own_figures(state, item, quiz.known(state, item))
    figures = venue.lesson.figures
    used = {name for tree in lines for name in leaves(tree) if name in own and name in figures}
    return any(len(own[name].shown) < len(figures[name].shown) for name in used)
