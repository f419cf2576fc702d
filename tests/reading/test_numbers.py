"""Numbers: exact, with their writing remembered, and bounded before anything is computed."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop_tutor.model.formula import Number
from backprop_tutor.reading.formula_error import FormulaError
from backprop_tutor.reading.numbers import MAX_DIGITS, read_number

READ_AS = [
    ("0.20", Fraction(1, 5), "0.20"),
    ("3/20", Fraction(3, 20), "3/20"),
    ("-3/20", Fraction(-3, 20), "-3/20"),
    ("6 / 4", Fraction(3, 2), "6/4"),
    ("1e-3", Fraction(1, 1000), "1e-3"),
    ("1E+05", Fraction(100_000), "1E+05"),
    ("-2.5", Fraction(-5, 2), "-2.5"),
    ("−2.5", Fraction(-5, 2), "-2.5"),
    ("- 2.5", Fraction(-5, 2), "-2.5"),
    ("+7", Fraction(7), "7"),
    (".5", Fraction(1, 2), ".5"),
    ("5.", Fraction(5), "5."),
    ("5.e2", Fraction(500), "5.e2"),
    ("  7\n", Fraction(7), "7"),
    ("-0", Fraction(0), "-0"),
    ("0e5", Fraction(0), "0e5"),
    ("½", Fraction(1, 2), "1/2"),
    ("-¾", Fraction(-3, 4), "-3/4"),
    ("１２", Fraction(12), "12"),
    ("1e308", Fraction(10**308), "1e308"),
    ("1e-308", Fraction(1, 10**308), "1e-308"),
    ("9" * MAX_DIGITS, Fraction(int("9" * MAX_DIGITS)), "9" * MAX_DIGITS),
]


@pytest.mark.parametrize(("text", "value", "written"), READ_AS)
def test_number_is_read_as(text: str, value: Fraction, written: str) -> None:
    assert read_number(text) == Number(value, written)


REFUSED = [
    # text, first and last place, what the message says, what the repair says
    ("", (0, 0), "no number", "0.25"),
    ("  ", (0, 2), "no number", "0.25"),
    (" x ", (1, 2), "x is not a number", "1/4"),
    ("2*3", (0, 3), "not a plain number", "1/4"),
    ("1.5/2", (0, 5), "not a plain number", "1/4"),
    ("1/2/3", (0, 5), "not a plain number", "1/4"),
    ("--1", (0, 3), "not a number", "1/4"),
    ("-", (0, 1), "not a number", "1/4"),
    ("nan", (0, 3), "not a number", "1/4"),
    ("True", (0, 4), "not a number", "1/4"),
    ("1_000", (0, 2), "underscore", "Write 1000."),
    ("-1,5", (1, 4), "comma", "Write -1.5."),
    ("1,000", (0, 5), "grouped", "Write 1000"),
    (" 1 000", (1, 6), "grouped", "Write 1000."),
    ("10 000 000", (0, 10), "grouped", "Write 10000000."),
    ("50 %", (0, 4), "percentages", "50/100"),
    ("1 1/2", (0, 5), "mixed", "1 + 1/2"),
    ("3/0", (2, 3), "denominator is 0", "other than 0"),
    ("1/00", (2, 4), "zero too many", "Write 0."),
    ("010", (0, 3), "zero too many", "Write 10."),
    ("00.5", (0, 4), "zero too many", "Write 0.5."),
    ("0x10", (0, 4), "not a decimal", "0 to 9"),
    ("0b11", (0, 4), "not a decimal", "0 to 9"),
    ("1.2.3", (0, 4), "one decimal point", "1.25"),
    ("2e", (0, 2), "no exponent", "2e-3"),
    ("1e3.5", (0, 4), "not a whole number", "without"),
    ("1e309", (0, 5), "beyond", "1e308"),
    ("1e-309", (0, 6), "beyond", "1e-308"),
    ("10e308", (0, 6), "beyond", "1e308"),
    ("0.01e-307", (0, 9), "beyond", "1e-308"),
    ("1e" + "9" * 100, (0, 102), "beyond", "1e308"),
    ("1/" + "9" * 41, (2, 43), "41 digits", "40"),
    ("1" * 41, (0, 41), "41 digits", "40"),
    ("1" * 100_000, (0, 100_000), "too long", "40"),
    ("٣", (0, 1), "U+0663", "1/4"),
    ("\x1b[2J", (0, 4), "U+001B", "1/4"),
]


@pytest.mark.parametrize(("text", "place", "message", "repair"), REFUSED)
def test_number_is_refused(text: str, place: tuple[int, int], message: str, repair: str) -> None:
    with pytest.raises(FormulaError) as caught:
        read_number(text)
    error = caught.value
    assert ((error.start, error.end), message in error.message, repair in error.repair) == (place, True, True), vars(
        error
    )


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**20), max_value=10**20))
def test_every_decimal_is_read_exactly(number: object) -> None:
    text = f"{number:f}"
    assert read_number(text) == Number(Fraction(text), text)


@given(st.integers(-(10**30), 10**30), st.integers(1, 10**30))
def test_every_fraction_is_read_exactly(numerator: int, denominator: int) -> None:
    text = f"{numerator}/{denominator}"
    assert read_number(text) == Number(Fraction(numerator, denominator), text)
