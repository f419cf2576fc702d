"""Reading answers to bundled problems, for the tests of it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache

from support import problem

from backprop_tutor.graphs.build import build_graph
from backprop_tutor.lessons.notation import NameReader, load_notation
from backprop_tutor.model.formula import Derivative, Name, Number
from backprop_tutor.model.sheet import Answer, Answers
from backprop_tutor.ops import vocabulary
from backprop_tutor.reading.answers import read_answer

FUNCTIONS = vocabulary(()).functions
SLIDES, CMU, WEEK05, OWN = "slides-example-3", "cmu-tanh", "week05-small-net", "uw-chain-rule-point"


@cache
def names_of(bundled: str, notation: str = "") -> Callable[[str], str | None]:
    found = problem(bundled)
    return NameReader(build_graph(found), load_notation(notation or found.notation)).resolve


def read(text: str, bundled: str = SLIDES, notation: str = "") -> Answers:
    return read_answer(text, FUNCTIONS, names_of(bundled, notation))


def single(text: str, bundled: str = SLIDES, notation: str = "") -> Answer:
    answers = read(text, bundled, notation)
    assert answers.shape == ()
    ((answer,),) = answers.cells
    assert answer is not None
    return answer


def values(answers: Answers) -> list[list[object]]:
    """The numbers of the cells; the formula of what is none; None for a blank; "?" for what cannot be read."""

    def value(cell: Answer | None) -> object:
        if cell is None:
            return None
        if cell.formula is None:
            return "?"
        return cell.formula if cell.number is None else cell.number

    return [[value(cell) for cell in row] for row in answers.cells]


def n(value: int | str) -> Number:
    return Number(Fraction(value), str(value))


X1, A, Z = Name("x1"), Name("a1_1"), Name("z1_1")
DZ = Derivative("L", "z1_1")
