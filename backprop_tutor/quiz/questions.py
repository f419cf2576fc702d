"""The author's own questions: how they are shown, marked and answered.  Nothing is read, printed or rolled here."""

from __future__ import annotations

from dataclasses import replace

from ..errors import ProblemError
from ..lessons.notation import NameReader
from ..lessons.questions import counted, wired
from ..model.formula import Number, quantity
from ..model.lesson import Lesson
from ..model.marking import Verdict
from ..model.op import Words
from ..model.question import Question, QuestionKind
from ..reading.numbers import read_number
from .chosen import UnreadableError
from .question_marks import QuestionMark, closed, marked_answer, positions_of, right_ones, sentences

__all__ = ["QuestionMark", "how_to_answer", "lines_of", "mark", "questions_of", "right_answer", "typed_answer"]


def questions_of(lesson: Lesson) -> tuple[Question, ...]:
    """The problem's questions in the author's order, with plain names for all names.

    Raises ProblemError with a finding for each name that is no quantity, and each count that is not possible.
    """
    questions, findings = wired(lesson.problem, lesson.graph)
    if findings:
        raise ProblemError(findings, lesson.problem.text)
    return questions


def lines_of(question: Question, seed: int) -> tuple[str, ...]:
    """The lines to show with numbers from 1: choices, or the steps of an order; none for other kinds of question.

    They are shuffled by the seed, in the same way on every machine; an order never comes out in its right order.
    """
    return tuple(question.choices[position].text for position in positions_of(question, seed))


def how_to_answer(question: Question) -> str:
    """One line that says what to type."""
    match question.kind:
        case QuestionKind.CHOICE if len(right_ones(question)) > 1:
            return "Several are right: type their numbers, such as 1 3."
        case QuestionKind.CHOICE:
            return "One is right: type its number."
        case QuestionKind.ORDER:
            return "Type the numbers in their right order, such as 2 3 1."
        case QuestionKind.NUMBER | QuestionKind.COUNT:
            return "Type a number."
        case QuestionKind.SYMBOL:
            return "Type its name."
    return "Answer in your own words."


def mark(question: Question, typed: str, lesson: Lesson, seed: int) -> QuestionMark:
    """The verdict on an answer, and what is told at once.  Never raises, whatever is typed.

    ``question`` is one of ``questions_of(lesson)``.  For key points, ``typed`` are the numbers of the points that
    were there, and 0 for none.  Own words to a ``free`` question are CORRECT whatever they say: there is nothing to
    be counted.
    """
    try:
        marked = marked_answer(question, typed, lesson, seed)
    except UnreadableError as error:
        return QuestionMark(Verdict.UNREADABLE, (), error.trouble, error.repair, error.place)
    if marked.verdict is Verdict.CORRECT and question.why:
        return replace(marked, said=sentences(*marked.said, question.why))
    return marked


def typed_answer(question: Question, lesson: Lesson, seed: int) -> str:
    """What may be typed to be right: ``2``, ``1 3``, ``13``, ``w1_12``; for own words the question's key points."""
    positions = positions_of(question, seed)
    match question.kind:
        case QuestionKind.CHOICE:
            right = right_ones(question)
            return " ".join(str(number) for number, position in enumerate(positions, 1) if position in right)
        case QuestionKind.ORDER:
            return " ".join(str(positions.index(step) + 1) for step in range(len(positions)))
        case QuestionKind.COUNT:
            return str(counted(question.answer, lesson.graph))
        case QuestionKind.POINTS:
            return " ".join(str(number) for number in range(1, len(question.points) + 1))
        case QuestionKind.FREE:
            return "In my own words."
    return question.answer


def right_answer(question: Question, lesson: Lesson, seed: int) -> Words:
    """The right answer and why, to be told when the answer is shown."""
    typed = typed_answer(question, lesson, seed)
    lines = lines_of(question, seed)
    match question.kind:
        case QuestionKind.CHOICE | QuestionKind.ORDER:
            parts: Words = tuple(f"{number}. {closed(lines[int(number) - 1])}" for number in typed.split())
        case QuestionKind.NUMBER:
            parts = (read_number(typed), ".")
        case QuestionKind.COUNT:
            parts = (Number(read_number(typed).value), ".")
        case QuestionKind.SYMBOL:
            parts = (quantity(typed), f", typed as {NameReader(lesson.graph, lesson.notation).typed(typed)}.")
        case QuestionKind.POINTS:
            parts = tuple(closed(point) for point in question.points)
        case _:
            parts = ("There is no right or wrong here.",)
    return sentences(*parts, question.why)
