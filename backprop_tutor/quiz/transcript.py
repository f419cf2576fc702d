"""A session as it is written down."""

from __future__ import annotations

from ..model.quiz import Answered, Item, ItemKind, Mode, State, Transcript
from .questions import right_answer
from .quiz import Quiz
from .state import asked
from .summary import summary


def transcript(quiz: Quiz, state: State) -> Transcript:
    """Every item that was met, in the order in which it is asked, and the summary.

    Of a test that is not handed in yet, no right line is told.
    """
    met = [item for item in asked(state) if state.standing(item).attempts or state.standing(item).closed]
    answered = tuple(_answered(quiz, state, item) for item in met)
    return Transcript(quiz.lesson, quiz.choice.mode, answered, summary(quiz, state))


def _answered(quiz: Quiz, state: State, item: Item) -> Answered:
    standing = state.standing(item)
    venue = quiz.venue(item)
    is_secret = quiz.choice.mode is Mode.TEST and not state.ended
    facts = (standing.attempts, standing.rung, standing.shown, standing.skipped, venue.lesson)
    if item.kind is ItemKind.QUESTION:
        question = quiz.questions[item.number]
        return Answered(
            (question.ask,), "", *facts, right=() if is_secret else right_answer(question, quiz.lesson, quiz.seed)
        )
    step = venue.steps[item.steps[0]]
    if item.kind is ItemKind.WHY:
        reasons = quiz.reasons(item)
        right = next(place for place, reason in enumerate(reasons) if reason.right)
        words = ("Which formula is ", step.quantity, "?")
        return Answered(words, "", *facts, right=(f"Number {right + 1}: ", reasons[right].formula, "."))
    if len(item.steps) > 1:
        return Answered((f"All of {item.name}",), item.name, *facts)
    fresh = " (fresh numbers)" if quiz.is_fresh(item) else ""
    return Answered((step.quantity, f"{fresh}"), item.name, *facts, equation=None if is_secret else step.equation)
