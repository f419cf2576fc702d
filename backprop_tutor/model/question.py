"""A question of the author's own, beside the quantities that the problem itself asks for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .problem import Span


class QuestionKind(StrEnum):
    """How a question is answered."""

    CHOICE = "choice"
    """By the numbers of the right choices, one or several."""
    NUMBER = "number"
    """By a number that the author gives."""
    COUNT = "count"
    """By a number that is counted in the graph: weights, biases, parameters, units, paths, paths from a quantity."""
    SYMBOL = "symbol"
    """By the name of a quantity: "which symbol is the weight from x₂ into hidden unit 1?"."""
    ORDER = "order"
    """By putting steps into their order."""
    POINTS = "points"
    """In the learner's own words; afterwards the key points are shown, and the learner ticks those that were there."""
    FREE = "free"
    """In the learner's own words; nothing is marked."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers to choose from, and why it is right or wrong."""

    text: str
    right: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as its author wrote it; every text is plain text on one line, cleaned and bounded.

    It is asked ``before`` or ``after`` the step of this name; with neither, after everything.  ``choices`` are
    those of a choice in the author's order, or the steps of an order in their right order; ``points`` the key points.
    ``answer`` is the number as it is written, the name of the symbol, or what is counted (``weights``,
    ``paths from x1``).  ``why`` is told once the question is answered; ``hint`` on request.

    Names stand here as the author typed them, in the problem's notation; ``lessons.questions.wired`` makes plain
    names of them.  ``where`` is the place of the question in the file, ``place_where`` that of the name under
    ``before`` or ``after``, ``answer_where`` that of ``answer``.
    """

    kind: QuestionKind
    ask: str
    before: str = ""
    after: str = ""
    choices: tuple[Choice, ...] = ()
    points: tuple[str, ...] = ()
    answer: str = ""
    why: str = ""
    hint: str = ""
    where: Span | None = None
    place_where: Span | None = None
    answer_where: Span | None = None
