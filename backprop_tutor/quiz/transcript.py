"""A session as it is written down."""

from __future__ import annotations

from ..model.marking import Verdict
from ..model.op import Words
from ..model.question import Question, QuestionKind
from ..model.quiz import Attempt, Item, ItemKind, Mode, Standing, State
from ..model.transcript import Answered, Idea, Transcript, Tried
from .faces import faces, titles
from .questions import lines_of, right_answer
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
    tried = tuple(_tried(quiz, state, item, attempt) for attempt in standing.attempts)
    facts = (tried, standing.rung, standing.shown, standing.skipped, venue.lesson)
    if item.kind is ItemKind.QUESTION:
        question = quiz.questions[item.number]
        told = () if is_secret else right_answer(question, quiz.lesson, quiz.seed)
        return Answered((question.ask,), "", *facts, right=told, choices=_lines(quiz, question, standing))
    step = venue.steps[item.steps[0]]
    if item.kind is ItemKind.WHY:
        reasons = quiz.reasons(item)
        right = next(place for place, reason in enumerate(reasons) if reason.right)
        words = ("Which formula is ", step.quantity, "?")
        correct: Words = (f"Number {right + 1}: ", reasons[right].formula, ".")
        formulas: tuple[Words, ...] = tuple((reason.formula,) for reason in reasons)
        return Answered(words, "", *facts, right=correct, choices=formulas)
    if len(item.steps) > 1:
        return Answered((f"All of {item.name}",), item.name, *facts)
    fresh = " (fresh numbers)" if quiz.is_fresh(item) else ""
    return Answered((step.quantity, f"{fresh}"), item.name, *facts, equation=None if is_secret else step.equation)


def _tried(quiz: Quiz, state: State, item: Item, attempt: Attempt) -> Tried:
    found = [(item, attempt.given)]
    ideas = tuple(Idea(id, " / ".join(titles(faces(quiz, state, id, found)))) for id in attempt.ideas)
    # What was said in own words before the key points were shown is not judged.
    own = item.kind is ItemKind.QUESTION and attempt.verdict is Verdict.UNDECIDED
    return Tried(attempt.given, None if own else attempt.verdict, ideas)


def _lines(quiz: Quiz, question: Question, standing: Standing) -> tuple[Words, ...]:
    """The lines that the numbers typed stand for; key points are shown only after an answer in own words."""
    if question.kind is QuestionKind.POINTS:
        told = quiz.choice.mode is not Mode.TEST and len(standing.attempts) > 1
        return tuple((point,) for point in question.points) if told else ()
    return tuple((line,) for line in lines_of(question, quiz.seed))
