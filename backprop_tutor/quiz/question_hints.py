"""A little help with a question of the author's, where the author has written none: never the answer."""

from __future__ import annotations

from collections.abc import Collection

from ..model.question import Question, QuestionKind
from ..reading.question_answers import PATHS_FROM
from .question_marks import positions_of
from .questions import lines_of

FEWEST_WRONG = 2
LEAST_ORDER = 3
COUNTING = {
    "weights": "Go layer by layer: every unit has one weight for each value that leads into it.",
    "biases": "Every unit that computes something has a bias of its own, unless they share one.",
    "parameters": "Count the weights layer by layer, then the biases; one that is shared counts once.",
    "units": "Inputs are given and compute nothing: count what has an activation.",
    "paths": "Every way from one end to the other counts: at each place, multiply by the ways to go on.",
}
"""How to count, by what is counted."""


def question_hints(question: Question, seed: int, tried: Collection[str] = ()) -> tuple[str, ...]:
    """The hints of a question in their order: the author's own, then what can be said of its kind.

    Nobody is told what was ``tried`` in vain.
    """
    own = (question.hint,) if question.hint else ()
    match question.kind:
        case QuestionKind.CHOICE:
            return (*own, *_struck_out(question, seed, tried))
        case QuestionKind.ORDER if len(question.choices) >= LEAST_ORDER:
            return (*own, f"Number {positions_of(question, seed).index(0) + 1} comes first.")
        case QuestionKind.COUNT if not own:
            return (COUNTING["paths" if question.answer.startswith(PATHS_FROM) else question.answer],)
        case QuestionKind.SYMBOL if not own:
            return ("Every value that is given has its name in the picture, and so has every value that is found.",)
    return own


def _struck_out(question: Question, seed: int, tried: Collection[str]) -> tuple[str, ...]:
    """One wrong line out of three or more, where one is right, and the author's reason: help, and not the answer."""
    lines = lines_of(question, seed)
    wrong = [choice for choice in question.choices if not choice.right]
    if len(wrong) < FEWEST_WRONG or len(wrong) + 1 < len(lines):
        return ()
    reasons = {str(lines.index(choice.text) + 1): choice.why for choice in wrong}
    left = [number for number in reasons if number not in tried]
    # Of two that are left, one must stay: the other would be the answer.
    return (f"It is not number {left[0]}. {reasons[left[0]]}".strip(),) if len(left) > 1 else ()
