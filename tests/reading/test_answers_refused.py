"""Answers that are refused: what is said, how to mend it, and where it points."""

from __future__ import annotations

from fractions import Fraction

import pytest
from answer_texts import read, single

from backprop_tutor.reading.answers import MAX_TEXT

# What is typed, the trouble, the repair, the place that is pointed at.
REFUSED = [
    ("1,000", "digits cannot be grouped", "Write 1000, or a decimal point in place of the comma.", "1,000"),
    ("1 000", "digits cannot be grouped", "Write 1000.", "1 000"),
    ("1\u00a0000", "digits cannot be grouped", "Write 1000.", "1 000"),
    ("3,14", "a comma is not a decimal point", "Write 3.14.", "3,14"),
    ("0,214", "a comma is not a decimal point", "Write 0.214.", "0,214"),
    ("-0,214", "a comma is not a decimal point", "Write -0.214.", "0,214"),
    ("-3,14", "a comma is not a decimal point", "Write -3.14.", "3,14"),
    ("1_000", "an underscore stands inside a number", "Write 1000.", "1_"),
    ("0x10", "0x10 is not a decimal number", "Write the number with the digits 0 to 9 only.", "0x10"),
    ("010", "010 begins with a zero too many", "Write 10.", "010"),
    ("50%", "there are no percentages", "Write 0.50.", "50%"),
    ("-2.5 %", "there are no percentages", "Write -0.025.", "-2.5 %"),
    ("1 1/2", "a mixed number could be read as a product", "Write 1 + 1/2.", "1 1/2"),
    ("1½", "a mixed number could be read as a product", "Write 1 + 1/2.", "1½"),
    ("2e", "2e has no exponent", "Write 2*e, 2*exp(1), or an exponent as in 2e-3.", "2e"),
    ("nan", "nan is not a number", "Write a finite number.", "nan"),
    ("-inf", "inf is not a number", "Write a finite number.", "inf"),
    ("1e400", "this number is beyond what can be computed with", "Write a number between 1e-308 and 1e308.", "1e400"),
    ("1/0", "the denominator is 0", "Write a denominator other than 0.", "1/0"),
    ("x1/0.0", "the denominator is 0", "Write a denominator other than 0.", "x1/0.0"),
    ("0^-1", "this divides by 0", "Write a number other than 0 below the exponent.", "0^-1"),
    (
        "2.5×10-3",
        "this could be a power of ten or a calculation",
        "Write 2.5*10^-3 for the power, or spaces around -.",
        "2.5×10-3",
    ),
    ("e", "e is not a name here", "Write exp(1) for Euler's number.", "e"),
    ("—0.5", "this dash is not a minus sign", "Write - instead.", "—"),
    ("0.24 V", "there is no quantity called V", "Write the value alone, without a unit or text.", "V"),
    (
        "0.24 (rounded)",
        "there is no quantity called rounded",
        "Write the value alone, without a unit or text.",
        "rounded",
    ),
    ("about 0.24", "there is no quantity called about", "Write the value alone, without a unit or text.", "about"),
    ("x1*q", "there is no quantity called q", "Write names as the solution shows them, or the value itself.", "q"),
    ("Z1_1*2", "there is no quantity called Z1_1", "Did you mean z1_1?", "Z1_1"),
    ("2*w1_21x1", "there is no quantity called w1_21x1", "Write w1_21*x1.", "w1_21x1"),
    ("x1x2", "there is no quantity called x1x2", "Write x1*x2.", "x1x2"),
    (
        "x1 + dL/dz9_9*2",
        "there is no derivative dL/dz9_9",
        "z9_9 is no quantity here: write names as the solution shows them.",
        "dL/dz9_9",
    ),
    (
        "∂q/∂x1",
        "there is no derivative ∂q/∂x1",
        "q is no quantity here: write names as the solution shows them.",
        "∂q/∂x1",
    ),
    (
        "delta^2",
        "delta^2 could be a power or the name of a quantity",
        "Write (delta)^2 for the power, or dL/dz2_1 for the quantity.",
        "delta^2",
    ),
    (
        "x1*δ²",
        "δ² could be a power or the name of a quantity",
        "Write (δ)^2 for the power, or dL/dz2_1 for the quantity.",
        "δ²",
    ),
    ("x1(x2)", "x1(x2) could be a call or a product", "Write x1*(x2) for a product.", "x1"),
    ("x1 x2;", "there is no operation between x1 and x2", "Write x1*x2 for a product.", "x1 x2"),
    ("{0.24}", "braces do not belong in a formula", "Write ( and ) instead.", "{"),
    ("{1, 2", "this bracket is never closed", "Write ] where it ends.", "{"),
    ("[1, 2];;", "something stands behind the closing bracket", "Leave it out, or write one list of rows.", ";"),
    (r"x_1 + \frac12", "a formula is not written in LaTeX", "", "\\"),
    (r"\frac{x_1}", "braces do not belong in a formula", "", "}"),
    (r"2*\vec{x}", "a formula is not written in LaTeX", "", "\\"),
    (r"\frac{x_1}{q}", "there is no quantity called q", "", "q"),
    (r"\frac{1}{0}", "the denominator is 0", "", r"\frac{1}{0}"),
    (
        r"\delta_1^{(1)}\,x_1",
        "there is no operation between δ_1^(1) and x_1",
        "Write δ_1^(1)*x_1 for a product.",
        r"\delta_1^{(1)}\,x_1",
    ),
    (
        r"\frac{\partial q}{\partial x_1}",
        "there is no derivative ∂ q / ∂ x_1",
        "q is no quantity here: write names as the solution shows them.",
        r"\partial q}{\partial x_1",
    ),
    ("x1 x2", "there is no operation between x1 and x2", "Write x1*x2 for a product.", "x1 x2"),
    ("dL/dz1_1 x1", "there is no operation between dL/dz1_1 and x1", "Write dL/dz1_1*x1 for a product.", "dL/dz1_1 x1"),
    ("1/2x1", "this quotient can be read in two ways", "Write (1/2)*x1 or 1/(2*x1).", "1/2x1"),
    ("sigmod(x1, 2)", "sigmod is not a known function", "Did you mean sigmoid?", "sigmod"),
    ("log10(x1)", "log10 is not a known function", "Write ln(x)/ln(10).", "log10"),
    (
        "sum(x1)",
        "sum works on whole vectors, and an answer is written entry by entry",
        "Write the products and sums out.",
        "sum",
    ),
    ("1, 2", "this looks like a list", "Write [1, 2].", "1, 2"),
    ("x1; x2", "this looks like a list", "Write [x1; x2].", "x1; x2"),
    ("1 2 3", "several numbers stand side by side", "Write [1 2 3] for a list.", "1 2 3"),
    ("1,2]", "this bracket ] is never opened", "Write [ where the list begins.", "]"),
    ("2*[1, 2]", "square brackets do not belong in a formula", "", "["),
    ("x1 == 3", "a formula has no equals sign", "Write only what stands on the right of it.", "="),
    ("x1 <= 3", "a formula has no comparisons", "Write it with max, min, abs or step.", "<"),
    ("0.5*3 =", "nothing stands behind the equals sign", "Write the value there.", "="),
    ("=".join("1" * 11), "10 equals signs stand in one answer", "Write the value alone.", "=".join("1" * 10)[1:] + "="),
    ("0.2 = 0.3 m", "there is no quantity called m", "Write the value alone, without a unit or text.", "m"),
    ("a\u200bb = 3", "an invisible character (U+200B) does not belong in a formula", "Delete it.", "\ufffd"),
    ("1\x1b[2J", "an invisible character (U+001B) does not belong in a formula", "Delete it.", "\ufffd"),
    # lists
    ("[1, 2", "this bracket is never closed", "Write ] where it ends.", "["),
    ("[1, 2)", "[ is closed by )", "Write ] first.", ")"),
    ("[]", "this row is empty", "Write _ for a blank entry.", "[]"),
    ("[[],[]]", "this row is empty", "Write _ for a blank entry.", "[]"),
    ("[1, 2] text", "something stands behind the closing bracket", "Leave it out, or write one list of rows.", "t"),
    ("[[1,2],[3,4]][0]", "something stands behind the matrix", "Leave it out.", "[0]"),
    ("[[[1]]]", "the brackets are nested too deeply", "Write a matrix as [[1, 2], [3, 4]].", "["),
    ("[[1;2],[3;4]]", "a semicolon stands in a row", "Write a matrix as [[1, 2], [3, 4]].", ";"),
    (
        "[1, [2, 3]]",
        "this list holds rows in brackets and other entries",
        "Write every row in brackets: [[1, 2], [3, 4]].",
        "1, [2, 3]",
    ),
    (
        "[[1, 2], 3]",
        "this list holds rows in brackets and other entries",
        "Write every row in brackets: [[1, 2], [3, 4]].",
        "[1, 2], 3",
    ),
    (
        "[[1,2],[3]]",
        "row 2 has 1 entry, but row 1 has 2 entries",
        "Write as many entries in every row, and _ for a blank one.",
        "[3]",
    ),
    (
        "1 2\n3",
        "row 2 has 1 entry, but row 1 has 2 entries",
        "Write as many entries in every row, and _ for a blank one.",
        "3",
    ),
    (
        "[1 -2 ; 3 - 4]",
        "row 2 has 1 entry, but row 1 has 2 entries",
        "3 - 4 is one entry; write 3 -4 or a comma for two.",
        "3 - 4",
    ),
    ("[1,2,]", "a comma stands at the end of the row", "Leave it out, or write _ for a blank entry.", ","),
    ("[1;2;]", "a semicolon stands at the end", "Leave it out, or write _ for a blank row.", ";"),
    (
        "[1,000, 2]",
        "digits cannot be grouped",
        "Write 1000, or a space and no needless zeros between two entries.",
        "1,000",
    ),
    (
        "[0,25, 0,5]",
        "these commas could be decimal commas",
        "Write decimal points, or a space behind every comma.",
        "0,25, 0,5",
    ),
    (
        "(3,14)",
        "this could be a decimal number or a list",
        "Write 3.14 for a number, or [3, 14] for a list.",
        "(3,14)",
    ),
]


@pytest.mark.parametrize(("text", "trouble", "repair", "place"), REFUSED)
def test_refused(text: str, trouble: str, repair: str, place: str) -> None:
    answer = single(text)
    assert (answer.formula, answer.half_unit, answer.digits) == (None, 0, None)
    assert answer.trouble == trouble
    assert answer.repair == repair if repair else answer.repair
    assert answer.written[slice(*answer.place)] == place


def test_places_are_places_in_what_was_written() -> None:
    for text, place in (
        ("z1_1 = 0.2 = 0.24 V", (18, 19)),
        ("  \u00a0x1*q", (3, 4)),
        ("∂L/∂z₁⁽¹⁾ + q", (12, 13)),
        ("2.5 x 10^-3 + q", (14, 15)),
        ("[1, 2; 3 4", (0, 1)),
    ):
        assert single(text).place == place


def test_bounds() -> None:
    assert read("[" + ", ".join("1" * 64) + "]").shape == (64,)
    assert single("[" + ", ".join("1" * 65) + "]").trouble == "this list has 1 row of 65 entries"
    assert read("\n".join("1" * 64)).shape == (64, 1)
    assert single("\n".join("1" * 65)).trouble == "this list has 65 rows of 1 entry"
    assert single("[" + " ".join("1" * 2000) + "]").trouble == "this row has too many entries"
    assert single("[1" + ",1" * 200 + "]").trouble == "this row has too many entries"
    assert single("1" * 40).number == Fraction("1" * 40)
    assert single("1" * 41).trouble == "a number of 41 digits is too long"
    assert single("x1" + " " * 1990 + "*2").formula is not None
    assert single("x1" + " " * 2000 + "*2").trouble == "an answer of 2004 characters is too long"
    long = single("[1]" + " " * MAX_TEXT + "]")
    assert long.trouble == f"an answer of {MAX_TEXT + 4} characters is too long"
    assert len(long.written) <= 201
