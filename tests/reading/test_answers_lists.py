"""Vectors and matrices as people type them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from answer_texts import CMU, DZ, FUNCTIONS, SLIDES, X1, n, names_of, read, values
from hypothesis import given
from hypothesis import strategies as st

from backprop_tutor.model.formula import Call, Name, Negative, Sum
from backprop_tutor.model.sheet import Answers, Written
from backprop_tutor.reading.answers import read_answer, read_value, shape_text

H = Fraction(1, 2)
LISTS: list[tuple[str, tuple[int, ...], list[list[object]]]] = [
    ("[1, 2]", (2,), [[1, 2]]),
    ("[1,2]", (2,), [[1, 2]]),
    ("[ 1 , 2 ]", (2,), [[1, 2]]),
    ("［1，2］", (2,), [[1, 2]]),
    ("[1 2]", (2,), [[1, 2]]),
    ("[0.5]", (1,), [[H]]),
    ("[1; 2]", (2, 1), [[1], [2]]),
    ("[1;2;3]", (3, 1), [[1], [2], [3]]),
    ("[[1,2],[3,4]]", (2, 2), [[1, 2], [3, 4]]),
    ("[[1 2] [3 4]]", (2, 2), [[1, 2], [3, 4]]),
    ("[[1 2]\n [3 4]]", (2, 2), [[1, 2], [3, 4]]),
    ("[[1,2]; [3,4]]", (2, 2), [[1, 2], [3, 4]]),
    ("[1 2]\n[3 4]", (2, 2), [[1, 2], [3, 4]]),
    ("[1,2],\n[3,4]", (2, 2), [[1, 2], [3, 4]]),
    ("[1 2; 3 4]", (2, 2), [[1, 2], [3, 4]]),
    ("[1, 2; 3, 4]", (2, 2), [[1, 2], [3, 4]]),
    ("[1 2\n3 4]", (2, 2), [[1, 2], [3, 4]]),
    ("[1,\n2]", (2,), [[1, 2]]),
    ("[[1,2]]", (1, 2), [[1, 2]]),
    ("[[1],[2]]", (2, 1), [[1], [2]]),
    ("[[1, 2, 3], [4, 5, 6]]", (2, 3), [[1, 2, 3], [4, 5, 6]]),
    ("1 2\n3 4", (2, 2), [[1, 2], [3, 4]]),
    ("1 2\n \n\t\n3 4", (2, 2), [[1, 2], [3, 4]]),
    ("1, 2\n\n3, 4\n", (2, 2), [[1, 2], [3, 4]]),
    ("1\r\n2\r\n3", (3, 1), [[1], [2], [3]]),
    ("z1_1 = 0.5\nz1_2 = 2", (2, 1), [[H], [2]]),
    ("(1, 2)", (2,), [[1, 2]]),
    ("(1, 2)^T", (2, 1), [[1], [2]]),
    ("(1,2)^T", (2, 1), [[1], [2]]),
    ("[1, 2]^T", (2, 1), [[1], [2]]),
    ("[1, 2]ᵀ", (2, 1), [[1], [2]]),
    ("[1 2; 3 4]'", (2, 2), [[1, 3], [2, 4]]),
    ("[1 2 3; 4 5 6]^T", (3, 2), [[1, 4], [2, 5], [3, 6]]),
    ("[1 -2]", (2,), [[1, -2]]),
    ("[1 \u22122]", (2,), [[1, -2]]),
    ("[-1 -2]", (2,), [[-1, -2]]),
    ("[1 1/2]", (2,), [[1, H]]),
    ("[1, , 3]", (3,), [[1, None, 3]]),
    ("[, 3]", (2,), [[None, 3]]),
    ("[1,,3]", (3,), [[1, None, 3]]),
    ("[1 _ 3]", (3,), [[1, None, 3]]),
    ("[1, -, 3]", (3,), [[1, None, 3]]),
    ("[_ _; 3 ____]", (2, 2), [[None, None], [3, None]]),
    ("[?; 2]", (2, 1), [[None], [2]]),
    ("dL/dW1 = [[1,2],[3,4]]", (2, 2), [[1, 2], [3, 4]]),
    ("W1 = [1 2; 3 4]", (2, 2), [[1, 2], [3, 4]]),
    ("W·x = [1, 2]", (2,), [[1, 2]]),
    ("[x1, 2]", (2,), [[X1, 2]]),
    ("[x1 2]", (2,), [[X1, 2]]),
    ("[dL / dz1_1 2]", (2,), [[DZ, 2]]),
    ("[max(x1, 2), 1]", (2,), [[Call("max", (X1, n(2))), 1]]),
    ("[exp (x1) 1]", (2,), [[Call("exp", (X1,)), 1]]),
    ("[2.5 × 10^-3 1]", (2,), [[Fraction(1, 400), 1]]),
    ("[2.5 x 10^-3, 1]", (2,), [[Fraction(1, 400), 1]]),
    ("[new w1_21 1]", (2,), [[Name("new_w1_21"), 1]]),
    ("[1, q, 3]", (3,), [[1, "?", 3]]),
    ("[50% 1]", (2,), [["?", 1]]),
    ("{.5, 2}", (2,), [[H, 2]]),
    ("(.5, 2)", (2,), [[H, 2]]),
    ("{{1, 2}, {3, 4}}", (2, 2), [[1, 2], [3, 4]]),
    ("{1; 2}", (2, 1), [[1], [2]]),
    ("z1 = {.5, 2}", (2,), [[H, 2]]),
    ("{x_{1}, 2}", (2,), [[X1, 2]]),
    ("[1, 2];", (2,), [[1, 2]]),
    ("[1, 2].", (2,), [[1, 2]]),
    ("(1, 2),", (2,), [[1, 2]]),
    ("{1, 2};", (2,), [[1, 2]]),
    (r"[\frac{1}{2}, x_1]", (2,), [[Fraction(1, 2), X1]]),
]


@pytest.mark.parametrize(("text", "shape", "expected"), LISTS)
def test_lists(text: str, shape: tuple[int, ...], expected: list[list[object]]) -> None:
    answers = read(text)
    assert answers.shape == shape
    assert values(answers) == expected


def test_a_comma_in_a_name_and_a_comma_between_entries() -> None:
    # In this notation alpha_2,1 is a name; the file's own w1 and a weight that is written w1,2 collide.
    assert read("[alpha_2,1, 3]", CMU).shape == (2,)
    assert read("[α₂,₁ 3]", CMU).shape == (2,)
    assert read("[alpha_2,1]", CMU).shape == (1,)
    names = {"w1": "w1", "w1,2": "w1_2"}.get
    ((answer,),) = read_answer("[w1,2]", FUNCTIONS, names).cells
    assert answer is not None
    assert answer.trouble == "w1,2 could be a name or two entries"
    assert answer.repair == "Write a space behind the comma, or w1_2 for the quantity."


def test_a_difference_between_spaces_is_one_entry() -> None:
    (row,) = values(read("[1 - 2]"))
    assert row == [Sum((n(1), Negative(n(2))))]
    assert read("[x1 * 2 + 1 -3]").shape == (2,)


def test_entries_keep_their_own_text_and_precision() -> None:
    ((first, second),) = read("[ 0.250 , 2.5×10^-3 ]").cells
    assert first is not None
    assert second is not None
    assert (first.written, first.half_unit, first.read_as) == ("0.250", Fraction(1, 2000), "")
    assert (second.written, second.half_unit, second.read_as) == ("2.5×10^-3", Fraction(1, 20000), "0.0025")
    ((_, wrong),) = read("[1, 0.24 V]").cells
    assert wrong is not None
    assert wrong.written[slice(*wrong.place)] == "V"


def test_shapes_in_words() -> None:
    assert shape_text(read("0.5")) == ""
    assert shape_text(read("[1, 2]")) == "list of 2"
    assert shape_text(read("[1 2 3; 4 5 6]")) == "2×3 matrix"


def test_values_of_a_sheet() -> None:
    def at(value: Written) -> Answers:
        return read_value(value, FUNCTIONS, names_of(SLIDES))

    assert at("0.25") == read("0.25")
    assert at("[1, 2]") == read("[1, 2]")
    assert values(at(("1", "x1", ""))) == [[1, X1, None]]
    assert at(("1", "2")).shape == (2,)
    assert at((("1", "2"), ("3", "0.5"))).shape == (2, 2)
    assert values(at((("1", "2"), ("3", "_")))) == [[1, 2], [3, None]]
    assert at((("1", "2"),)).shape == (1, 2)
    for value, trouble, written in (
        ((("1", "2"), ("3",)), "row 2 has 1 entry, but row 1 has 2 entries", "[[1, 2], [3]]"),
        (("1", ("2", "3")), "this list holds rows and single entries", "[1, [2, 3]]"),
        ((), "the list is empty", "[]"),
        (((), ()), "row 1 is empty", "[[], []]"),
        (((("1",),),), "the lists are nested too deeply", None),
        (("1",) * 65, "this list has 1 row of 65 entries", None),
    ):
        answers = at(value)
        ((answer,),) = answers.cells
        assert answer is not None
        assert (answer.formula, answer.trouble, answers.shape) == (None, trouble, ())
        assert answer.repair
        assert written is None or answer.written == written
        assert answer.place == (0, len(answer.written))


@given(st.lists(st.lists(st.decimals(-99, 99, places=3), min_size=3, max_size=3), min_size=1, max_size=4))
def test_any_matrix_is_read_the_same_in_every_writing(rows: list[list[Decimal]]) -> None:
    written = [[f"{cell:f}" for cell in row] for row in rows]
    expected = [[Fraction(cell) for cell in row] for row in rows]
    texts = [
        "[" + "; ".join(" ".join(row) for row in written) + "]",
        "[" + ";".join(",".join(row) for row in written) + "]",
        "[" + ", ".join("[" + ", ".join(row) + "]" for row in written) + "]",
        "\n".join("[" + " ".join(row) + "]" for row in written),
        "\n".join(" ".join(row) for row in written),
    ]
    for text in texts if len(rows) > 1 else texts[:3]:
        assert values(read(text)) == expected
    assert values(read_value(tuple(map(tuple, written)), FUNCTIONS, names_of(SLIDES))) == expected
