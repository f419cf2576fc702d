"""That a matrix was right as the transposed one, which the page of a session says once for each matrix."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..marking.collect import TRANSPOSED
from ..model.graph import Role
from ..model.marking import Verdict
from ..model.quiz import Item, ItemKind, State
from ..model.transcript import Answered
from .quiz import Quiz

Matrix = tuple[int, str, int | None]
"""The round in which it is asked, of what it is the gradient or update, and its layer."""


def with_places(quiz: Quiz, state: State, found: Iterable[tuple[Item, Answered]]) -> tuple[Answered, ...]:
    """The answered items, with what is to be said of the first entry of every matrix that stood transposed."""
    told: set[Matrix] = set()
    rows = []
    for item, answered in found:
        matrix = _matrix(quiz, item)
        if matrix is not None and matrix not in told and _is_transposed(quiz, state, item):
            told.add(matrix)
            answered = replace(answered, said=TRANSPOSED)
        rows.append(answered)
    return tuple(rows)


def _matrix(quiz: Quiz, item: Item) -> Matrix | None:
    """Of which matrix of weights an item asks for an entry, or for all; None where it does not."""
    if item.kind is not ItemKind.STEP:
        return None
    start, slash, of = item.steps[0].removeprefix("new_").rpartition("/d")
    value = quiz.venue(item).lesson.graph.values.get(of)
    if value is None or value.label.role is not Role.WEIGHT:
        return None
    return (item.round, start + slash, value.label.layer)


def _is_transposed(quiz: Quiz, state: State, item: Item) -> bool:
    for attempt in state.standing(item).attempts:
        if attempt.verdict is not Verdict.OTHER_CONVENTION or attempt.ideas:
            continue
        judged = quiz.venue(item).examiner.judge(item.name, attempt.given)
        if len(item.steps) > 1:
            return judged.entry is not None and judged.entry.message[: len(TRANSPOSED)] == TRANSPOSED
        # What stood in its cell is right for it: only the cell was another one.
        return judged.verdict in {Verdict.CORRECT, Verdict.IMPRECISE}
    return False
