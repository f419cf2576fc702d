"""The author's own questions in a problem file: ``questions:``, a list of mappings with one kind of answer each."""

from __future__ import annotations

from ..model.problem import Span
from ..model.question import Question
from .findings import listed
from .question_answers import KINDS, QuestionAnswer, known_texts, read_name, read_optional, read_text
from .reader import Fields, Reader
from .tree import Node

MOST_QUESTIONS = 50
LONGEST_ASK = 600

_KEYS = ("ask", *KINDS, "before", "after", "why", "hint")
_EXAMPLE = "{ask: How many weights are there?, count: weights}"


def read_questions(reader: Reader, node: Node) -> tuple[Question, ...]:
    """The questions of a problem; each that cannot be used is left out after a finding."""
    items = reader.items(node, "questions", f"[{_EXAMPLE}]") or ()
    if len(items) > MOST_QUESTIONS:
        message = f"the problem has {len(items)} questions"
        reader.add(message, items[MOST_QUESTIONS].where, f"Keep at most {MOST_QUESTIONS}.")
        return ()
    read = [_question(reader, item) for item in items]
    return tuple(question for question in read if question is not None)


def _question(reader: Reader, node: Node) -> Question | None:
    entries = reader.entries(node, "a question", _EXAMPLE)
    if entries is None:
        return None
    fields = known_texts(reader, entries, "a question", _KEYS)
    start = entries[0].key.where
    ask = read_text(reader, fields["ask"].value, "ask", LONGEST_ASK) if "ask" in fields else None
    if "ask" not in fields:
        reader.missing("ask", "the question", start, "ask: Why does a hidden layer need a nonlinear activation?")
    key = _kind(reader, fields, start)
    before, after, place = _place(reader, fields)
    why = read_optional(reader, fields, "why")
    hint = read_optional(reader, fields, "hint")
    if key is None:
        return None
    answered = QuestionAnswer(reader, fields[key].value)
    if not answered.read(key) or ask is None:
        return None
    return Question(
        kind=KINDS[key],
        ask=ask,
        before=before,
        after=after,
        choices=answered.choices,
        points=answered.points,
        answer=answered.text,
        why=why,
        hint=hint,
        where=start,
        place_where=place,
        answer_where=fields[key].value.where,
    )


def _kind(reader: Reader, fields: Fields, start: Span) -> str | None:
    """The key that says how the question is answered: exactly one."""
    found = [key for key in KINDS if key in fields]
    if not found:
        reader.add("the question does not say how it is answered", start, f"Add one of {listed(KINDS)}.")
        return None
    if len(found) > 1:
        last = max((fields[key].key.where for key in found), key=lambda where: (where.line, where.column))
        reader.add(f"the question has both {listed(found, 'and')}", last, "Keep one of them, or ask two questions.")
        return None
    return found[0]


def _place(reader: Reader, fields: Fields) -> tuple[str, str, Span | None]:
    """The names under ``before`` and ``after``, of which there is at most one, and where it stands."""
    if "before" in fields and "after" in fields:
        message = "the question stands both before and after a step"
        reader.add(message, fields["after"].key.where, "Keep one of the two.")
        return "", "", None
    for key in ("before", "after"):
        if key in fields:
            name = read_name(reader, fields[key].value, key)
            where = fields[key].value.where
            return (name, "", where) if key == "before" else ("", name, where)
    return "", "", None
