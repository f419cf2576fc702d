"""The mark on one answer to a question of the author's own, for each way of answering."""

from __future__ import annotations

from dataclasses import dataclass

from ..lessons.notation import NameReader, load_notation
from ..lessons.phrases import Phrases
from ..model.formula import Formula, quantity
from ..model.graph import Role
from ..model.lesson import Lesson
from ..model.marking import Verdict
from ..model.op import Words
from ..model.question import Question, QuestionKind
from ..reading.findings import shown
from .chosen import UnreadableError, out_of_order, read_chosen, shuffled
from .question_numbers import judged, judged_count


@dataclass(frozen=True, slots=True)
class QuestionMark:
    """The verdict on an answer, and what is told at once.

    ``said`` never gives the right answer away while the verdict is WRONG.  Of an unreadable answer, ``trouble`` says
    what is wrong, ``repair`` what to type instead, and ``place`` where in the text it is: from the first character
    to past the last.  ``chosen`` are positions in the question's ``choices`` or ``points`` as the author wrote them,
    from 0, in the order in which they were typed.
    """

    verdict: Verdict
    said: Words = ()
    trouble: str = ""
    repair: str = ""
    place: tuple[int, int] = (0, 0)
    chosen: tuple[int, ...] = ()


def _mark_choice(question: Question, typed: str, lesson: Lesson, seed: int) -> QuestionMark:
    positions = positions_of(question, seed)
    right = right_ones(question)
    numbers = read_chosen(typed, len(positions), several=len(right) > 1)
    chosen = tuple(positions[number - 1] for number in numbers)
    if len(right) == 1 and len(chosen) > 1:
        trouble = f"one answer is right, and you chose {len(chosen)}"
        raise UnreadableError(trouble, "Type one number.", (0, max(len(typed), 1)))
    if set(chosen) == right:
        return QuestionMark(
            Verdict.CORRECT, sentences(*(question.choices[position].why for position in chosen)), chosen=chosen
        )
    if len(right) == 1:
        why = question.choices[chosen[0]].why or "That is not it: hold it against what the question asks."
        return QuestionMark(Verdict.WRONG, (why,), chosen=chosen)
    return QuestionMark(Verdict.WRONG, (_told_apart(len(right), len(right & set(chosen)), len(chosen)),), chosen=chosen)


def _told_apart(right: int, found: int, chosen: int) -> str:
    """How many are missing or too many, without saying which."""
    missing, wrong = right - found, chosen - found
    if not found:
        return "None of these is right."
    if not wrong:
        return f"What you chose is right, but {missing} more {'belongs' if missing == 1 else 'belong'} to it."
    if not missing:
        return f"All that are right are there, and {wrong} too many."
    fine, gone = ("is" if count == 1 else "are" for count in (found, missing))
    return f"Of the {chosen} that you chose, {found} {fine} right; {missing} of the right ones {gone} missing."


def _mark_order(question: Question, typed: str, lesson: Lesson, seed: int) -> QuestionMark:
    positions = positions_of(question, seed)
    chosen = tuple(positions[number - 1] for number in read_chosen(typed, len(positions), every=True))
    if chosen == tuple(range(len(chosen))):
        return QuestionMark(Verdict.CORRECT, chosen=chosen)
    first = next(place for place, position in enumerate(chosen) if place != position)
    before = ("", "The first one is right. ")[first] if first < 2 else f"The first {first} stand where they belong. "
    early = _unclosed(question.choices[chosen[first]].text)
    return QuestionMark(Verdict.WRONG, (f"{before}Something else comes before this: {early}.",), chosen=chosen)


def _mark_points(question: Question, typed: str, lesson: Lesson, seed: int) -> QuestionMark:
    count = len(question.points)
    if typed.strip() == "0":
        return QuestionMark(Verdict.WRONG, ("Say the points once more in your own words before you go on.",))
    chosen = tuple(number - 1 for number in read_chosen(typed, count))
    if len(chosen) == count:
        return QuestionMark(Verdict.CORRECT, chosen=chosen)
    missing = tuple(closed(point) for place, point in enumerate(question.points) if place not in chosen)
    said = sentences(f"{len(chosen)} of {count} points were there. To be added:", *missing)
    return QuestionMark(Verdict.IMPRECISE, said, chosen=chosen)


def _mark_number(question: Question, typed: str, lesson: Lesson, seed: int) -> QuestionMark:
    return QuestionMark(*judged(typed, question.answer))


def _mark_count(question: Question, typed: str, lesson: Lesson, seed: int) -> QuestionMark:
    return QuestionMark(*judged_count(typed, question.answer, lesson.graph))


def _mark_symbol(question: Question, typed: str, lesson: Lesson, seed: int) -> QuestionMark:
    name = typed.strip().strip("$`.").strip()
    # Who sees the problem in another notation may still know the author's names.
    own = load_notation(lesson.problem.notation)
    readers = [NameReader(lesson.graph, notation) for notation in (lesson.notation, own)]
    plain = next(filter(None, (reader.resolve(name) for reader in readers)), None) if name else None
    if plain == question.answer:
        return QuestionMark(Verdict.CORRECT)
    if plain is not None:
        return QuestionMark(Verdict.WRONG, _called(plain, lesson))
    repair = f"Type its name as a keyboard writes it{_example(question, lesson, readers[0])}."
    if not name:
        raise UnreadableError("there is no name here yet", repair, (0, max(len(typed), 1)))
    start = typed.index(name)
    raise UnreadableError(f"there is no quantity called {shown(name)}", repair, (start, start + len(name)))


def _example(question: Question, lesson: Lesson, names: NameReader) -> str:
    """A name of this problem, which is not the answer; a weight, where there is one."""
    values = {name: value for name, value in lesson.graph.values.items() if name != question.answer}
    weights = [name for name, value in values.items() if value.label.role is Role.WEIGHT]
    return f", such as {names.typed((weights or list(values))[-1])}" if values else ""


def _called(plain: str, lesson: Lesson) -> Words:
    """What the quantity is that was named instead."""
    value = lesson.graph.values.get(plain)
    if value is None or value.label.role in (Role.VARIABLE, Role.CONSTANT, Role.TARGET):
        return (quantity(plain), " is another quantity.")
    return (quantity(plain), " is another quantity: ", *Phrases(lesson.graph).value(plain), ".")


def _mark_free(question: Question, typed: str, lesson: Lesson, seed: int) -> QuestionMark:
    if not typed.strip():
        raise UnreadableError("there is no answer yet", "Write a sentence, or skip the question.", (0, 1))
    return QuestionMark(Verdict.CORRECT, ("There is no right or wrong here.",))


_MARKERS = {
    QuestionKind.CHOICE: _mark_choice,
    QuestionKind.NUMBER: _mark_number,
    QuestionKind.COUNT: _mark_count,
    QuestionKind.SYMBOL: _mark_symbol,
    QuestionKind.ORDER: _mark_order,
    QuestionKind.POINTS: _mark_points,
    QuestionKind.FREE: _mark_free,
}


def marked_answer(question: Question, typed: str, lesson: Lesson, seed: int) -> QuestionMark:
    """The mark without the question's own ``why``.  Raises UnreadableError."""
    return _MARKERS[question.kind](question, typed, lesson, seed)


def positions_of(question: Question, seed: int) -> tuple[int, ...]:
    """The author's positions of the lines, in the order in which they are shown."""
    salt = f"{seed}:{question.ask}"
    shuffle = out_of_order if question.kind is QuestionKind.ORDER else shuffled
    return shuffle(len(question.choices), salt) if question.choices else ()


def right_ones(question: Question) -> frozenset[int]:
    """The positions of the right choices."""
    return frozenset(position for position, choice in enumerate(question.choices) if choice.right)


def sentences(*parts: str | Formula) -> Words:
    """Sentences one after the other, with spaces between them; empty ones are left out."""
    found: list[str | Formula] = []
    for part in parts:
        if part == "":
            continue
        if found and isinstance(part, str) and part[0] not in ".,;":
            found.append(f" {part}")
        else:
            found.append(part)
    return tuple(found)


def closed(text: str) -> str:
    """The text with a full stop behind it, where it has no mark of its own."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _unclosed(text: str) -> str:
    return text.removesuffix(".")
