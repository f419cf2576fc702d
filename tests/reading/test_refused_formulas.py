"""Formulas that are refused: where the refusal points, what it says, and how it says to mend it."""

from __future__ import annotations

import pytest

from backprop_tutor.model.vocabulary import FunctionEntry
from backprop_tutor.reading.formulas import MAX_LENGTH, FormulaError, read_formula

ONE_ARGUMENT = ["exp", "ln", "sin", "cos", "tan", "tanh", "sqrt", "abs", "sigmoid", "relu", "softplus", "step", "sum"]
FUNCTIONS = {
    **dict.fromkeys(ONE_ARGUMENT, FunctionEntry(1, 1)),
    **dict.fromkeys(["max", "min", "logsumexp"], FunctionEntry(1, None)),
    **dict.fromkeys(["leaky_relu", "elu", "dot"], FunctionEntry(2, 2)),
}
NAMES = frozenset(["x", "y", "z", "a", "b", "c", "w1", "x1", "theta", "sigma_2", "e1"])


REFUSED = [
    # text, first character, what the message says, what the repair says
    ("", 0, "no formula", "such as"),
    ("   ", 0, "no formula", "such as"),
    ("x +", 2, "ends with +", "after it"),
    ("x + * y", 2, "nothing stands between + and *", "leave one out"),
    ("*x", 0, "nothing stands before *", "Begin with"),
    ("x××2", 1, "nothing stands between × and ×", "leave one out"),
    ("²", 0, "below this exponent", "before it"),
    ("--1", 0, "two signs", "-(-1)"),
    ("x---1", 2, "two signs", "-(-1)"),
    # brackets
    ("2*(x + (y)", 2, "never closed", ")"),
    ("max(x, (y", 7, "never closed", ")"),
    ("x)", 1, "no opening", "Leave it out"),
    ("()", 0, "nothing between", "inside"),
    ("(x]", 2, "square brackets", "( and )"),
    ("{x}", 0, "braces", "( and )"),
    ("x[0]", 1, "square brackets", "x_1"),
    ("|x+1", 0, "never closed", "abs(x)"),
    ("|x||y|", 3, "several ways", "abs(x)"),
    ("|a|b|c|", 3, "several ways", "abs(x)"),
    ("2|x|", 1, "several ways", "abs(x)"),
    ("(|x)|", 3, "closed by", "|"),
    # what could be read in two ways
    ("1/2x", 0, "two ways", "(1/2)*x or 1/(2*x)"),
    ("y + 1/2(x+1)", 4, "two ways", "(1/2)*(x+1) or 1/(2*(x+1))"),
    ("x/(a)(b)", 0, "two ways", "(x/(a))*(b) or x/((a)*(b))"),
    ("x(x+1)", 0, "call or a product", "x*(x+1)"),
    ("x y", 0, "no operation between x and y", "x*y"),
    ("(x)y", 2, "no operation between (x) and y", "(x)*y"),
    ("x 2", 0, "no operation", "x*2"),
    ("x^2y", 2, "no operation", "brackets"),
    ("x^2(y)", 2, "no operation", "brackets"),
    ("x²y", 1, "no operation", "brackets"),
    ("2^3x", 2, "no operation", "brackets"),
    ("x²^3", 2, "two exponents", "(x^2)^3"),
    ("√2x", 0, "root", "sqrt(2)*x"),
    ("√x^2", 0, "root", "sqrt"),
    ("λx", 0, "Greek", "*"),
    ("2πx", 1, "Greek", "*"),
    ("2e1", 0, "2*10^1 or 2*e1", "one of the two"),
    # functions
    ("sin x", 0, "no argument", "sin(x)"),
    ("sin^2 x", 0, "no argument", "sin(x)^2"),
    ("sin²(x)", 0, "no argument", "sin(x)^2"),
    ("sin^-1 x", 0, "no argument", "1/sin(x)"),
    ("sin", 0, "no argument", "sin(x)"),
    ("2+exp", 2, "no argument", "exp(x)"),
    ("2*sigmod(x)", 2, "not a known function", "sigmoid?"),
    ("Tanh(x)", 0, "not a known function", "tanh?"),
    ("log2(x)", 0, "not a known function", "ln(x)/ln(2)"),
    ("sin()", 0, "sin takes 1 argument, not 0", "sin(x)"),
    ("leaky_relu(z)", 0, "leaky_relu takes 2 arguments, not 1", "leaky_relu(x, y)"),
    ("max()", 0, "max takes at least 1 argument, not 0", "max(x)"),
    ("exp(1,5)", 0, "exp takes 1 argument, not 2", "decimal point"),
    ("max(1, 2,)", 9, "argument is missing", "leave the comma out"),
    ("max(,x)", 4, "argument is missing", "comma"),
    ("pi(2)", 0, "call or a product", "pi*(2)"),
    # names
    ("2*X", 2, "X is not a known name", "Did you mean x?"),
    ("tetha", 0, "not a known name", "theta?"),
    ("w1x1", 0, "not a known name", "w1*x1"),
    ("sinx", 0, "not a known name", "sin(x)"),
    ("x2", 0, "not a known name", "x*2 or x^2"),
    ("x and y", 2, "and is not a known name", ""),
    ("e + 1", 0, "e is not a name", "exp(1)"),
    ("e(x)", 0, "e is not a function", "exp(x)"),
    ("1 + nan", 4, "not a number", "finite"),
    ("Infinity", 0, "not a number", "finite"),
    ("x.func", 1, "dot", "without a dot"),
    ("_x", 0, "does not begin with _", "letter"),
    ("x" * 33, 0, "too long", "32"),
    # numbers
    ("2*1,5", 2, "decimal point", "1.5"),
    ("x,y", 1, "comma", "one formula"),
    ("1_000", 0, "underscore", "1000"),
    ("1 000", 0, "grouped", "1000"),
    ("1,000", 0, "grouped", "1000"),
    ("１ ０００", 0, "grouped", "1000"),
    ("1 1/2", 0, "mixed", "1 + 1/2"),
    ("1½", 0, "mixed", "1 + 1/2"),
    ("1 2", 0, "two numbers", "*"),
    ("50%", 0, "percentages", "50/100"),
    ("0x10", 0, "decimal", "0 to 9"),
    ("x + 010", 4, "a zero too many", "Write 10."),
    ("1.2.3", 0, "one decimal point", "1.25"),
    ("5.x", 0, "followed by a letter", "5*x"),
    ("2e", 0, "no exponent", "2*exp(1)"),
    ("2e3e4", 0, "followed by a letter", "2e3*"),
    ("1e3.5", 0, "whole number", "decimal point"),
    ("1e400", 0, "beyond", "1e308"),
    ("9e308", 0, "beyond", "1e308"),
    ("1e-999999999", 0, "beyond", "1e-308"),
    ("1" * 41, 0, "41 digits", "40"),
    # powers that could not be computed
    ("2^65", 2, "too large", "64"),
    ("x^-65", 2, "too large", "64"),
    ("x⁶⁵", 1, "too large", "64"),
    ("9^9^9", 2, "too large", "64"),
    ("2**(10**8)", 3, "too large", "64"),
    ("((x^64)^64)^64", 12, "too large", "64"),
    ("2^(9^(1/2))", 2, "itself a power", "plain number"),
    # signs that are no part of the language
    ("y = 3", 2, "equals sign", "right of it"),
    ("x == y", 2, "equals sign", "right of it"),
    ("x <= y", 2, "comparisons", "max"),
    ("x != y", 2, "comparisons", "max"),
    ("'x'", 0, "quotation", "out"),
    ("“x”", 0, "quotation", "out"),
    ("x!", 1, "factorials", "product"),
    ("x @ y", 2, "@", "dot(a, b)"),
    ("x; y", 1, "semicolon", "one formula"),
    ("x % y", 2, "%", "100"),
    (r"\frac{1}{2}", 0, "LaTeX", "plainly"),
    ("—1", 0, "minus sign", "-"),
    ("𝟏+1", 0, "𝟏", "Write 1."),
    ("٣+1", 0, "U+0663", "Write 3."),
    ("x\u200b+1", 1, "U+200B", "Delete"),
    ("\u202e1+x", 0, "U+202E", "Delete"),
    ("x\u036f", 1, "U+036F", "Delete"),
    ("x\x1b[2J", 1, "U+001B", "Delete"),
    ("w₁⁽¹⁾", 2, "raised", "w1_21"),
    ("∂L", 0, "derivative", "out"),
]


@pytest.mark.parametrize(("text", "start", "message", "repair"), REFUSED)
def test_text_is_refused(text: str, start: int, message: str, repair: str) -> None:
    with pytest.raises(FormulaError) as caught:
        read_formula(text, FUNCTIONS, NAMES)
    error = caught.value
    assert (error.start, message in error.message, repair in error.repair) == (start, True, True), vars(error)
    assert error.start < error.end <= len(text) or not text


def test_places_end_behind_what_is_wrong() -> None:
    for text, place in (("a + sigmod(x)", (4, 10)), ("a + sin(x, y)*2", (4, 13)), ("2 + 9^9^9", (6, 9))):
        with pytest.raises(FormulaError) as caught:
            read_formula(text, FUNCTIONS, NAMES | {"y"})
        assert (caught.value.start, caught.value.end) == place


@pytest.mark.parametrize(
    ("largest", "too_large"),
    [
        ("(" * 64 + "x" + ")" * 64, "(" * 65 + "x" + ")" * 65),
        ("x" + "/x" * 63, "x" + "/x" * 64),
        ("^".join("x" * 64), "^".join("x" * 66)),
        ("+".join("x" * 399), "+".join("x" * 400)),
        ("x" + " " * (MAX_LENGTH - 1), "x" + " " * MAX_LENGTH),
        ("1" * 40, "1" * 41),
        ("x" * 32, "x" * 33),
        ("x^64", "x^65"),
    ],
)
def test_bounds(largest: str, too_large: str) -> None:
    read_formula(largest, FUNCTIONS)
    with pytest.raises(FormulaError):
        read_formula(too_large, FUNCTIONS)
