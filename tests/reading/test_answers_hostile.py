"""Whatever a stranger types as an answer: read or refused soon, safe to print, never an exception."""

from __future__ import annotations

import itertools
from functools import cache, partial

import pytest
from answer_texts import CMU, FUNCTIONS, OWN, SLIDES, WEEK05, names_of, read
from hypothesis import given, settings
from hypothesis import strategies as st
from support import calls, ends
from test_hostile_formulas import PIECES, hostile_lines

from backprop_tutor.model.formula import Derivative, Name, walk
from backprop_tutor.model.sheet import Answer, Answers, Written
from backprop_tutor.reading.answers import read_answer, read_value
from backprop_tutor.reading.characters import is_harmless
from backprop_tutor.reading.limits import MAX_PARTS

PROBLEMS = [SLIDES, CMU, WEEK05, OWN]


@cache
def functions_are_there() -> int:
    """The pages of all functions are imported once, and that is not what is counted here."""
    return len(list(FUNCTIONS))


def assert_fine(answers: Answers) -> None:
    rows, columns = len(answers.cells), len(answers.cells[0])
    assert all(len(row) == columns for row in answers.cells)
    assert answers.shape in ((), (columns,), (rows, columns))
    assert answers.shape or rows == columns == 1
    for cell in (cell for row in answers.cells for cell in row):
        if cell is not None:
            assert_fine_cell(cell)


def assert_fine_cell(cell: Answer) -> None:
    for text in (cell.written, cell.read_as, cell.trouble, cell.repair):
        assert all(map(is_harmless, text)), ascii(text)
    assert len(cell.written) <= 2000
    assert max(map(len, (cell.read_as, cell.trouble, cell.repair))) <= 200
    if cell.formula is None:
        assert cell.trouble
        assert cell.repair
        start, end = cell.place
        assert 0 <= start <= end <= len(cell.written)
        assert start < end
        return
    assert not cell.trouble
    assert len(list(walk(cell.formula))) <= MAX_PARTS
    assert cell.half_unit >= 0
    for part in walk(cell.formula):
        if isinstance(part, Name):
            assert "/" not in part.name
        if isinstance(part, Derivative):
            assert "/" not in part.of + part.by


def read_soon(text: str, problem: str) -> Answers:
    functions_are_there()
    with ends():
        return read(text, problem)


@pytest.mark.parametrize("problem", PROBLEMS)
@pytest.mark.parametrize("text", hostile_lines(), ids=lambda text: ascii(text)[:40])
def test_every_hostile_line(text: str, problem: str) -> None:
    assert_fine(read_soon(text, problem))
    for around in (f"[{text}, 1]", f"[1 {text}; 2]", f"{text} = 0.5", f"z1_1 = {text}", f"1\n{text}", f"({text}, 2)^T"):
        assert_fine(read_soon(around, problem))


@pytest.mark.parametrize("text", hostile_lines(), ids=lambda text: ascii(text)[:40])
def test_every_hostile_line_as_a_sheet_entry(text: str) -> None:
    values: list[Written] = [text, (text,), (text, "0.5"), ((text, "1"), ("2", text)), ((text,), "1"), (text, (text,))]
    for value in values:
        assert_fine(read_value(value, FUNCTIONS, names_of(SLIDES)))


CODE = [line for line in hostile_lines() if any(sign in line for sign in ("__", "(x", "import", "eval", "'", '"', "{"))]


@pytest.mark.parametrize("text", CODE, ids=lambda text: ascii(text)[:40])
def test_no_code_is_ever_read(text: str) -> None:
    for row in read(text).cells:
        for cell in row:
            assert cell is None or cell.formula is None


UNITS = ["1", "x1", " ", "\n", ",", ";", "+", "(", "[", "=", "_", "dL/d", "∂L/∂z", "new ", r"\frac{", "}{", "^{"]


@pytest.mark.parametrize("before", ["", "[", "1\n", "z=", "∂L"])
def test_long_repeated_texts_end_soon(before: str) -> None:
    functions_are_there()
    for first, second in itertools.product(UNITS, repeat=2):
        unit = first + second
        work = []
        for length in (1900, 19_900):
            text = before + unit * (length // len(unit))
            with ends(text[:30]):
                answers = read_answer(text, FUNCTIONS, names_of(SLIDES))
            assert_fine(answers)
            work.append(calls(partial(read_answer, text, FUNCTIONS, names_of(SLIDES))))
        # A text ten times as long: what grows with the square makes a hundred times as many calls.
        assert work[1] < 12 * work[0], ascii(text[:30])


LATEX = [r"\frac{", "}{", "}", r"\sigma", r"\cdot", r"\left(", "^{(1)}", "_{", "{", r"\partial ", r"\hat{y}", "\\"]


@pytest.mark.parametrize("opening", [r"\frac{", r"\frac{1}{", r"\sqrt{", "e^{", r"\ln{", r"\left(", "{", "{{1,"])
def test_nested_latex_is_refused_soon(opening: str) -> None:
    closing = ")" if opening.endswith("(") else "}"
    for depth in (70, 150, 1900 // len(opening)):
        text = f"{opening * depth}1{closing * depth}"
        with ends(text[:30]):
            answers = read(text)
        assert_fine(answers)
        assert all(cell is None or cell.formula is None for row in answers.cells for cell in row)


@given(
    st.lists(
        st.sampled_from([*PIECES, "[", ";", "_", "=", "≈", "z1_1", "dL/d", "∂", "²", "⁽¹⁾", ", ", "ᵀ", *LATEX]),
        max_size=30,
    )
)
@settings(max_examples=1000, deadline=None)
def test_text_in_the_alphabet_of_answers(pieces: list[str]) -> None:
    for problem in (SLIDES, WEEK05):
        assert_fine(read("".join(pieces), problem))


@given(st.text(max_size=60))
@settings(max_examples=500, deadline=None)
def test_any_text(text: str) -> None:
    for around in (text, f"[{text}]", f"x1 = {text}", f"{text} = 0.5", f"2{text}3"):
        assert_fine(read(around))


@given(st.characters())
@settings(max_examples=500, deadline=None)
def test_any_character_anywhere(char: str) -> None:
    for around in (
        f"x1{char}x2",
        f"2{char}3",
        f"{char}0.5",
        f"0.5{char}",
        f"a1{char} = 0.5",
        f"[1{char}2]",
        f"dL{char}/dz1_1",
    ):
        assert_fine(read(around))


WRITTEN = st.recursive(st.text(max_size=6), lambda inner: st.lists(inner, max_size=4).map(tuple), max_leaves=12)


@given(WRITTEN)
@settings(max_examples=500, deadline=None)
def test_any_value_of_a_sheet(value: Written) -> None:
    assert_fine(read_value(value, FUNCTIONS, names_of(SLIDES)))
