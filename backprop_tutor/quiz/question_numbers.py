"""Numbers as answers to the author's own questions: read exactly, and right to the digits that are written."""

from __future__ import annotations

from fractions import Fraction

from ..engine.precise import Precise
from ..errors import UndefinedValueError
from ..lessons.questions import counted
from ..marking.setting import rational
from ..model.graph import Graph
from ..model.marking import Verdict
from ..model.op import Words
from ..model.sheet import Answer
from ..ops import vocabulary
from ..reading.answers import read_answer
from .chosen import LONGEST, UnreadableError

ENOUGH_DIGITS = 2
"""Significant digits with which a rounded number is taken for right, not for a guess."""

_EXAMPLE = "Type one number, such as 17, 0.25 or 3/4."


def read_typed(typed: str) -> tuple[Fraction, Answer]:
    """The exact value of a number or of a calculation (``2^9``), and how it was written.

    Raises UnreadableError.
    """
    text = typed.strip()
    before = len(typed) - len(typed.lstrip())
    whole = (0, max(len(typed), 1))
    if len(text) > LONGEST:
        raise UnreadableError("this is too long for a number", _EXAMPLE, (0, LONGEST))
    answers = read_answer(text, vocabulary(()).functions, lambda name: None)
    answer = answers.cells[0][0]
    if answers.shape:
        raise UnreadableError("this is a list, and one number is asked for", _EXAMPLE, whole)
    if answer is None:
        raise UnreadableError("there is no number here yet", _EXAMPLE, whole)
    if answer.formula is None:
        start, end = answer.place
        raise UnreadableError(answer.trouble, answer.repair or _EXAMPLE, (before + start, before + end))
    try:
        return rational(Precise().at(answer.formula, {})), answer
    except UndefinedValueError as error:
        raise UnreadableError(f"this has no value: {error}", _EXAMPLE, whole) from None


def judged(typed: str, right: str) -> tuple[Verdict, Words]:
    """The verdict on a number, and what is said to it; ``right`` is the right number as its author wrote it.

    Whole numbers and fractions are exact.  A decimal is right to half a unit of its last place: the author's, or
    the learner's where that is coarser; with fewer than two significant digits it is only IMPRECISE.  Raises
    UnreadableError.
    """
    value, answer = read_typed(typed)
    wanted, given = read_typed(right)
    distance = abs(value - wanted)
    if distance <= given.half_unit:
        return Verdict.CORRECT, ()
    if not answer.half_unit or distance > answer.half_unit:
        return Verdict.WRONG, ("That is another number.",)
    if (answer.digits or 0) < ENOUGH_DIGITS:
        return Verdict.IMPRECISE, ("As far as it goes; write one more digit.",)
    return Verdict.CORRECT, ()


def judged_count(typed: str, what: str, graph: Graph) -> tuple[Verdict, Words]:
    """The verdict on a count of ``what`` (as ``lessons.questions.counted`` takes it), and what is said to it.

    Raises UnreadableError.
    """
    value, _ = read_typed(typed)
    if value == counted(what, graph):
        return Verdict.CORRECT, ()
    if value.denominator != 1 or value < 0:
        return Verdict.WRONG, ("A count is a whole number, and not negative.",)
    return Verdict.WRONG, (_hint(int(value), what, graph),)


def _hint(value: int, what: str, graph: Graph) -> str:
    """What seems to have been counted instead, or how to count."""
    if what.startswith("paths"):
        return "That is another number. At every fork a path has a choice: the choices multiply along the way."
    inputs = len(graph.layers[0].sources) - (graph.layers[0].bias_column is not None)
    together = counted("weights", graph) + counted("biases", graph)
    if what == "weights" and value == together:
        return "That counts the biases, too; here only the weights between units are asked for."
    if what == "parameters" and value == counted("weights", graph):
        return "That counts the weights between units alone; the biases are learned, too."
    if what == "units" and value == counted("units", graph) + inputs:
        return "That counts the inputs, too; they compute nothing."
    return "That is another number. Go layer by layer: how many units are led into, and how many lead there?"
