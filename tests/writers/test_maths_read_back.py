"""What is printed is read back: brackets stand where they change the value, in every style."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from backprop_tutor.lessons.notation import load_notation
from backprop_tutor.model.formula import (
    ZERO,
    Call,
    Formula,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    call,
    exp,
    formula,
    replace,
    sqrt,
    walk,
)
from backprop_tutor.model.graph import Graph
from backprop_tutor.model.lesson import Figure
from backprop_tutor.model.vocabulary import FunctionEntry
from backprop_tutor.reading.formulas import read_formula
from backprop_tutor.writers.maths import Maths, StyleName

a, b, c, x = Name("a"), Name("b"), Name("c"), Name("x")


def printer(style: StyleName) -> Maths:
    return Maths(load_notation("slides"), Graph({}, (), "L"), style)


def number(written: str) -> Number:
    return Number(Fraction(written), written)


names = st.sampled_from("abcx").map(Name)
numbers = st.fractions(-3, 3, max_denominator=4).map(Number) | st.sampled_from(["0.20", "-0.5", "1e-2"]).map(number)
small_powers = st.integers(-2, 3).map(formula)


def _larger(inside: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
    several = st.lists(inside, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        several.map(Sum),
        several.map(Product),
        st.builds(Quotient, inside, inside),
        st.builds(Power, inside, small_powers),
        inside.map(Negative),
        inside.map(lambda tree: call("abs", tree)),
        inside.map(exp),
        inside.map(sqrt),
        st.builds(lambda *arguments: call("max", *arguments), inside, inside),
    )


trees = st.recursive(names | numbers, _larger, max_leaves=8)


def stand_in(function: str, values: list[Fraction]) -> Fraction:
    """Rational functions in place of the true ones: only the shape of the formula is tested."""
    if function == "max":
        return max(values)
    shift = {"abs": 1, "exp": 3, "sqrt": 7}[function]
    return Fraction(shift) + values[0] * values[0] / (shift + abs(values[0]))


def evaluate(tree: Formula, point: dict[str, Fraction]) -> Fraction:
    def inside(part: Formula) -> Fraction:
        return evaluate(part, point)

    match tree:
        case Number(value):
            return value
        case Name(name):
            return point[name]
        case Sum(terms):
            return sum(map(inside, terms), Fraction(0))
        case Product(factors):
            result = Fraction(1)
            for factor in factors:
                result *= inside(factor)
            return result
        case Quotient(numerator, denominator):
            return inside(numerator) / inside(denominator)
        case Power(base, exponent):
            power = inside(exponent)
            assert power.denominator == 1
            assert abs(power) < 10
            return inside(base) ** int(power)
        case Negative(operand):
            return -inside(operand)
        case Call(function, arguments):
            return stand_in(function, [inside(argument) for argument in arguments])
    raise AssertionError(tree)


POINTS = [
    dict(zip("abcx", map(Fraction, row), strict=True))
    for row in (("2", "-3", "5/7", "-11/3"), ("-1/2", "7", "3", "1/5"))
]
EULER = re.compile("(?<![0-9a-z])e(?![0-9a-z^⁰¹²³⁻])")
FUNCTIONS = {name: FunctionEntry(1, 1) for name in ("abs", "exp", "sqrt")} | {"max": FunctionEntry(1, None)}


def same_value(left: Formula, right: Formula) -> bool:
    for point in POINTS:
        try:
            expected = evaluate(left, point)
        except ZeroDivisionError:
            with pytest.raises(ZeroDivisionError):
                evaluate(right, point)
            continue
        if evaluate(right, point) != expected:
            return False
    return True


@given(trees)
def test_plain_and_ascii_are_read_back_to_the_same_value(tree: Formula) -> None:
    for style in ("ascii", "plain"):
        printed = printer(style).formula(tree)
        assert same_value(tree, read_formula(printed, FUNCTIONS)), printed


@given(trees)
def test_text_is_read_back_to_the_same_value(tree: Formula) -> None:
    # A power of e is read as exp of the exponent: the same number, but to this test exp is any function.
    assume(not any(isinstance(part, Power) and part.base == exp(1) for part in walk(tree)))
    printed = printer("text").formula(tree)
    assert same_value(tree, read_formula(EULER.sub("(exp(1))", printed), FUNCTIONS)), printed


@given(trees)
def test_latex_is_read_back_to_the_same_value(tree: Formula) -> None:
    printed = printer("latex").formula(tree)
    assert same_value(tree, read_formula(EULER.sub("(exp(1))", line_from_latex(printed)), FUNCTIONS)), printed


@given(trees)
def test_latex_braces_and_brackets_balance(tree: Formula) -> None:
    printed = printer("latex").formula(tree)
    depth = 0
    for character in printed:
        depth += (character == "{") - (character == "}")
        assert depth >= 0
    assert depth == 0
    assert printed.count("\\left") == printed.count("\\right")


@given(trees)
def test_ascii_is_ascii(tree: Formula) -> None:
    greek = replace(tree, lambda part: Name("θ") if part == x else None)
    for style in ("ascii", "latex"):
        assert printer(style).formula(greek).isascii()


@given(trees)
def test_figures_are_bracketed_like_numbers(tree: Formula) -> None:
    figures = {"a": Figure("-0.25", "-0.25"), "b": Figure("-1.5e-1", "-0.15"), "x": Figure("2", "2")}
    values = {"a": number("-0.25"), "b": number("-1.5e-1"), "x": number("2")}
    put_in = replace(tree, lambda part: values.get(part.name) if isinstance(part, Name) else None)
    for style in ("text", "ascii", "latex"):
        assert printer(style).formula(tree, figures) == printer(style).formula(put_in)


def line_from_latex(latex: str) -> str:
    """LaTeX on one line of the formula language, with a bracket for every brace."""
    for command, sign in LINES.items():
        latex = latex.replace(command, sign)
    return fractions_on_a_line(latex).replace("{", "(").replace("}", ")")


LINES = {
    "\\left\\lvert ": "abs(", " \\right\\rvert": ")", "\\lvert ": "abs(", " \\rvert": ")", "\\left": "", "\\right": "",
    "\\cdot": "*", "\\sqrt": "sqrt", "\\max": "max",
}  # fmt: skip


def fractions_on_a_line(latex: str) -> str:
    start = latex.rfind("\\frac")
    while start >= 0:
        middle = closing(latex, start + len("\\frac"))
        end = closing(latex, middle)
        above, below = latex[start + len("\\frac") : middle], latex[middle:end]
        latex = f"{latex[:start]}({above}/{below}){latex[end:]}"
        start = latex.rfind("\\frac")
    return latex


def closing(latex: str, start: int) -> int:
    """The place after the brace that closes the one at ``start``."""
    depth = 0
    for place in range(start, len(latex)):
        depth += (latex[place] == "{") - (latex[place] == "}")
        if depth == 0:
            return place + 1
    raise AssertionError(latex)


def test_the_comparison_can_fail() -> None:
    assert not same_value(a - (b - c), a - b - c)
    assert not same_value(read_formula("a/b*c", FUNCTIONS), a / (b * c))
    assert not same_value(Negative(x) ** 2, -(x**2))
    assert same_value(ZERO + a, a)
