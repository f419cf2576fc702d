"""A session as it is written down."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from ..model.marking import Report, Verdict
from ..model.op import Words
from ..model.question import Question, QuestionKind
from ..model.quiz import Attempt, Item, ItemKind, Mode, Standing, State
from ..model.transcript import Answered, Transcript, Tried
from .examiner import explanations_of, ideas_of, worst
from .questions import lines_of, mark, right_answer
from .quiz import Quiz
from .state import asked
from .summary import summary
from .testing import report_of
from .transcript_places import with_places


def transcript(quiz: Quiz, state: State) -> Transcript:
    """Every item that was met, in the order in which it is asked, and the summary.

    Of a test that is not handed in yet, no right line is told; of one that is, there are the marks.
    """
    met = [item for item in asked(state) if state.standing(item).attempts or state.standing(item).closed]
    is_marked = quiz.choice.mode is Mode.TEST and state.ended
    report = report_of(quiz, state) if is_marked and any(item.kind is ItemKind.STEP for item in met) else None
    answered = tuple(_answered(quiz, state, item, report) for item in met)
    if quiz.choice.mode is not Mode.TEST:
        answered = with_places(quiz, state, zip(met, answered, strict=True))
    return Transcript(quiz.lesson, quiz.choice.mode, answered, summary(quiz, state), report, quiz.choice.said())


def _answered(quiz: Quiz, state: State, item: Item, report: Report | None) -> Answered:
    standing = state.standing(item)
    venue = quiz.venue(item)
    is_secret = quiz.choice.mode is Mode.TEST and not state.ended
    tried = tuple(_tried(item, attempt) for attempt in standing.attempts)
    if quiz.choice.mode is Mode.TEST or not _has_points(quiz, item):
        tried = _with_replaced(tried)
    if report is not None and tried:
        # What was typed last is what was marked.
        tried = (*tried[:-1], _marked(tried[-1], report, item))
    facts = (tried, standing.rung, standing.shown, standing.skipped, venue.lesson)
    is_fresh = quiz.is_fresh(item)
    if item.kind is ItemKind.QUESTION:
        question = quiz.questions[item.number]
        told = () if is_secret else right_answer(question, quiz.lesson, quiz.seed)
        choices, said = _lines(quiz, question, standing), _said(quiz, question, standing)
        return Answered((question.ask,), "", *facts, right=told, choices=choices, said=said)
    step = venue.steps[item.steps[0]]
    if item.kind is ItemKind.WHY:
        reasons = quiz.reasons(item)
        right = next(place for place, reason in enumerate(reasons) if reason.right)
        words = ("Which formula is ", step.quantity, "?")
        correct: Words = (f"Number {right + 1}: ", reasons[right].formula, ".")
        formulas: tuple[Words, ...] = tuple((reason.formula,) for reason in reasons)
        return Answered(words, "", *facts, right=correct, choices=formulas, is_fresh=is_fresh)
    if len(item.steps) > 1:
        return Answered((f"All of {item.name}",), item.name, *facts, steps=item.steps, is_fresh=is_fresh)
    asked_for = (step.quantity, " (fresh numbers)" if is_fresh else "")
    equation = None if is_secret else step.equation
    return Answered(asked_for, venue.typed(item.name), *facts, equation=equation, steps=item.steps, is_fresh=is_fresh)


def _tried(item: Item, attempt: Attempt) -> Tried:
    # What was said in own words before the key points were shown is not judged.
    own = item.kind is ItemKind.QUESTION and attempt.verdict is Verdict.UNDECIDED
    return Tried(attempt.given, None if own else attempt.verdict, attempt.ideas)


def _has_points(quiz: Quiz, item: Item) -> bool:
    """Whether own words are followed by the numbers of key points, which do not take their place."""
    return item.kind is ItemKind.QUESTION and quiz.questions[item.number].kind is QuestionKind.POINTS


def _with_replaced(tried: tuple[Tried, ...]) -> tuple[Tried, ...]:
    """What was kept without a verdict counts no more when something else is written there."""
    pairs = pairwise(tried)
    replaced = (
        replace(one, replaced_by=other.given) if one.verdict is None and one.given != other.given else one
        for one, other in pairs
    )
    return (*replaced, *tried[-1:])


def _marked(tried: Tried, report: Report, item: Item) -> Tried:
    """What was typed, with the verdict on the entry that decides about an item, and the ideas behind it."""
    entries = [entry for entry in report.entries if entry.name in item.steps]
    if not entries:
        return tried
    deciding = worst(entries)
    return replace(tried, verdict=deciding.verdict, ideas=ideas_of(explanations_of(deciding, report)))


def _said(quiz: Quiz, question: Question, standing: Standing) -> Words:
    """What the marks of a test say of an answer that is not right."""
    if quiz.choice.mode is not Mode.TEST or standing.verdict is not Verdict.WRONG:
        return ()
    return mark(question, standing.answer, quiz.lesson, quiz.seed).said


def _lines(quiz: Quiz, question: Question, standing: Standing) -> tuple[Words, ...]:
    """The lines that the numbers typed stand for; key points are shown only after an answer in own words."""
    if question.kind is QuestionKind.POINTS:
        told = quiz.choice.mode is not Mode.TEST and len(standing.attempts) > 1
        return tuple((point,) for point in question.points) if told else ()
    return tuple((line,) for line in lines_of(question, quiz.seed))
