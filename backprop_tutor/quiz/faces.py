"""The faces of an idea: an id of the catalogue may have several pages, and what is kept is the id alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..marking.misconception import Misconception
from ..marking.misconceptions import misconceptions
from ..marking.misconceptions.typical_slope import TypicalSlope
from ..model.marking import Explanation
from ..model.quiz import Item, ItemKind, State
from .quiz import Quiz


def faces(quiz: Quiz, state: State, id: str, found: Iterable[tuple[Item, str]]) -> Sequence[type[Misconception]]:
    """The pages of an idea that showed in these answers, which are judged once more; all of its pages if none did."""
    pages = [page for page in misconceptions().values() if page.id == id]
    if len(pages) < 2:
        return pages
    titles = {title for item, given in found for title in _titles(quiz, state, item, given, id)}
    return [page for page in pages if page.title in titles] or pages


def called(quiz: Quiz, state: State, id: str, found: Iterable[tuple[Item, str]]) -> tuple[str, ...]:
    """What an idea is called as it showed in these answers; a slip of an operation by the name of that operation."""
    if id == TypicalSlope.id:
        told = {title for item, given in found for title in _titles(quiz, state, item, given, id)}
        return tuple(sorted(told)) or (TypicalSlope.title,)
    return titles(faces(quiz, state, id, found))


def repairs(quiz: Quiz, state: State, id: str, found: Iterable[tuple[Item, str]]) -> tuple[str, ...]:
    """The sentences that repair an idea as it showed in these answers."""
    if id == TypicalSlope.id:
        return tuple(dict.fromkeys(said for item, given in found for said in slips(quiz, state, item, given)))
    return tuple(dict.fromkeys(getattr(page, "repair", "") for page in faces(quiz, state, id, found)))


def slips(quiz: Quiz, state: State, item: Item, given: str) -> tuple[str, ...]:
    """The sentences that repair the slips of one operation that explain an answer; several are a tie."""
    said = (one.repair for one in _explanations(quiz, state, item, given, TypicalSlope.id))
    return tuple(dict.fromkeys("".join(str(part) for part in words) for words in said))


def titles(pages: Iterable[Misconception | type[Misconception]]) -> tuple[str, ...]:
    """What the pages are called; some are called the same."""
    return tuple(dict.fromkeys(page.title for page in pages))


def _titles(quiz: Quiz, state: State, item: Item, given: str, id: str) -> set[str]:
    if item.kind is ItemKind.WHY:
        return {reason.title for reason in quiz.reasons(item) if reason.idea == id}
    return {explanation.title for explanation in _explanations(quiz, state, item, given, id)}


def _explanations(quiz: Quiz, state: State, item: Item, given: str, id: str) -> list[Explanation]:
    if item.kind is not ItemKind.STEP:
        return []
    venue = quiz.venue(item)
    judged = venue.examiner.judge(item.name, given, quiz.before(state, item), venue.earlier(state, item))
    return [explanation for explanation in judged.explanations if explanation.id == id]
