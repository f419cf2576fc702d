"""Formulas in print: tables of trees, and trees that must come back from what was printed."""

from __future__ import annotations

from fractions import Fraction

import pytest

from backprop_tutor.lessons.notation import load_notation
from backprop_tutor.model.formula import (
    HALF,
    ONE,
    PI,
    Derivative,
    Formula,
    Name,
    Negative,
    Number,
    Product,
    Sum,
    call,
    exp,
    formula,
    greater,
    ln,
    sqrt,
    when,
)
from backprop_tutor.model.graph import Graph, Label, Role, Value
from backprop_tutor.model.lesson import Figure
from backprop_tutor.writers.maths import Maths, StyleName

NOTHING = Graph({}, (), "L")
a, b, c, x = Name("a"), Name("b"), Name("c"), Name("x")


def maths(style: StyleName, graph: Graph = NOTHING, notation: str = "slides", delta: bool = True) -> Maths:
    return Maths(load_notation(notation), graph, style, delta)


def number(written: str) -> Number:
    return Number(Fraction(written), written)


SUMS = [
    (a - (b - c), "a − (b − c)", "a - (b - c)", "a - (b - c)"),
    (a - b + c, "a − b + c", "a - b + c", "a - b + c"),
    (a + Negative(b + c), "a − (b + c)", "a - (b + c)", "a - (b + c)"),
    (Sum((a, Sum((b, c)))), "a + (b + c)", "a + (b + c)", "a + (b + c)"),
    (Negative(a) + b, "−a + b", "-a + b", "-a + b"),
    (a - Negative(b), "a − (−b)", "a - (-b)", "a - (-b)"),
    (a + number("-0.5"), "a + (−0.5)", "a + (-0.5)", "a + (-0.5)"),
    (-(a + b), "−(a + b)", "-(a + b)", "-(a + b)"),
    (-Negative(a), "−(−a)", "-(-a)", "-(-a)"),
]
PRODUCTS = [
    ((a + b) * c, "(a + b)·c", "(a + b)*c", "(a + b) \\cdot c"),
    (a * b + c, "a·b + c", "a*b + c", "a \\cdot b + c"),
    (a * Negative(b), "a·(−b)", "a*(-b)", "a \\cdot (-b)"),
    (Negative(a) * b, "(−a)·b", "(-a)*b", "(-a) \\cdot b"),
    (-(a * b), "−a·b", "-a*b", "-a \\cdot b"),
    (number("-0.03") * number("0.50"), "(−0.03)·0.50", "(-0.03)*0.50", "(-0.03) \\cdot 0.50"),
    (Product((a, Product((b, c)))), "a·(b·c)", "a*(b*c)", "a \\cdot (b \\cdot c)"),
]
QUOTIENTS = [
    (a / (b * c), "a/(b·c)", "a/(b*c)", "\\frac{a}{b \\cdot c}"),
    (a * b / c, "a·b/c", "a*b/c", "\\frac{a \\cdot b}{c}"),
    (a / b / c, "(a/b)/c", "(a/b)/c", "\\frac{\\frac{a}{b}}{c}"),
    (a / (b / c), "a/(b/c)", "a/(b/c)", "\\frac{a}{\\frac{b}{c}}"),
    (a * (b / c), "a·(b/c)", "a*(b/c)", "a \\cdot \\frac{b}{c}"),
    ((a + b) / c, "(a + b)/c", "(a + b)/c", "\\frac{a + b}{c}"),
    (Negative(a) / b, "−a/b", "-a/b", "\\frac{-a}{b}"),
    (c * (Negative(a) / b), "c·(−a/b)", "c*(-a/b)", "c \\cdot \\frac{-a}{b}"),
    (a / Negative(b), "a/(−b)", "a/(-b)", "\\frac{a}{-b}"),
]
POWERS = [
    (-(x**2), "−x²", "-x^2", "-x^{2}"),
    (Negative(x) ** 2, "(−x)²", "(-x)^2", "(-x)^{2}"),
    (number("-3") ** 2, "(−3)²", "(-3)^2", "(-3)^{2}"),
    ((a / b) ** 2, "(a/b)²", "(a/b)^2", "\\left(\\frac{a}{b}\\right)^{2}"),
    (x ** Negative(a), "x^(−a)", "x^(-a)", "x^{-a}"),
    (x ** (a + 1), "x^(a + 1)", "x^(a + 1)", "x^{a + 1}"),
    (x ** formula(-1), "x⁻¹", "x^(-1)", "x^{-1}"),
    (x ** (a**b), "x^(a^b)", "x^(a^b)", "x^{a^{b}}"),
    ((x**a) ** b, "(x^a)^b", "(x^a)^b", "(x^{a})^{b}"),
    (exp(x) ** 2, "(e^x)²", "exp(x)^2", "(e^{x})^{2}"),
    (2 / x**2, "2/x²", "2/x^2", "\\frac{2}{x^{2}}"),
]
CALLS = [
    (ONE / (ONE + exp(-x)), "1/(1 + e^(−x))", "1/(1 + exp(-x))", "\\frac{1}{1 + e^{-x}}"),
    (exp(ONE), "e", "exp(1)", "e"),
    (exp(ONE) ** 2, "e²", "exp(1)^2", "e^{2}"),
    (sqrt(x + 1), "√(x + 1)", "sqrt(x + 1)", "\\sqrt{x + 1}"),
    (sqrt(2) * a, "√2·a", "sqrt(2)*a", "\\sqrt{2} \\cdot a"),
    (sqrt(call("abs", a)), "√(|a|)", "sqrt(abs(a))", "\\sqrt{\\lvert a \\rvert}"),
    (sqrt(x) ** 2, "(√x)²", "sqrt(x)^2", "\\sqrt{x}^{2}"),
    (call("abs", a - b), "|a − b|", "abs(a - b)", "\\lvert a - b \\rvert"),
    (call("abs", a / b), "|a/b|", "abs(a/b)", "\\left\\lvert \\frac{a}{b} \\right\\rvert"),
    (call("abs", call("abs", a) - b), "abs(|a| − b)", "abs(abs(a) - b)", "\\lvert \\lvert a \\rvert - b \\rvert"),
    (ln(a / b), "ln(a/b)", "ln(a/b)", "\\ln\\left(\\frac{a}{b}\\right)"),
    (call("tanh", x), "tanh(x)", "tanh(x)", "\\tanh(x)"),
    (call("max", a, b, 0), "max(a, b, 0)", "max(a, b, 0)", "\\max(a, b, 0)"),
    (call("no_such_thing", a), "no_such_thing(a)", "no_such_thing(a)", "\\mathrm{no\\_such\\_thing}(a)"),
    (PI / 4, "π/4", "pi/4", "\\frac{\\pi}{4}"),
]
NUMBERS = [
    (number("0.20"), "0.20", "0.20", "0.20"),
    (HALF * a, "½·a", "(1/2)*a", "\\frac{1}{2} \\cdot a"),
    (Number(Fraction(-3, 20)), "−3/20", "-3/20", "-\\frac{3}{20}"),
    (Number(Fraction(3, 20), "3/20") * a, "(3/20)·a", "(3/20)*a", "\\frac{3}{20} \\cdot a"),
    (number("-1.2e-7"), "−1.2·10⁻⁷", "-1.2*10^-7", "-1.2 \\cdot 10^{-7}"),
    (a / number("3e5"), "a/(3·10⁵)", "a/(3*10^5)", "\\frac{a}{3 \\cdot 10^{5}}"),
]
DERIVATIVES = [
    (
        Derivative("v", "a") * Derivative("a", "w", local=True),
        "∂v/∂a · ∂a/∂w",
        "dv/da * da/dw",
        "\\frac{\\partial v}{\\partial a} \\cdot \\frac{\\partial a}{\\partial w}",
    ),
    (
        Derivative("v", "a") ** 2 / Derivative("a", "w"),
        "(∂v/∂a)²/(∂a/∂w)",
        "(dv/da)^2/(da/dw)",
        "\\frac{\\left(\\frac{\\partial v}{\\partial a}\\right)^{2}}{\\frac{\\partial a}{\\partial w}}",
    ),
]
CASES = [
    (
        when(greater(x, 0), x, 0),
        "x if x > 0; otherwise 0",
        "x if x > 0; otherwise 0",
        "\\begin{cases} x & \\text{if } x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}",
    ),
    (
        when(greater(x, 0), x, 0) * 2,
        "(x if x > 0; otherwise 0)·2",
        "(x if x > 0; otherwise 0)*2",
        "\\left(\\begin{cases} x & \\text{if } x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}\\right) \\cdot 2",
    ),
]
AUTHORS_NAMES = [
    (Name("x1"), "x₁", "x1", "x_{1}"),
    (Name("x_1"), "x₁", "x_1", "x_{1}"),
    (Name("x12_3"), "x₁₂,₃", "x12_3", "x_{12,3}"),
    (Name("theta"), "θ", "theta", "\\theta"),
    (Name("Omega_2"), "Ω₂", "Omega_2", "\\Omega_{2}"),
    (Name("w_in"), "w_in", "w_in", "w_{\\text{in}}"),
    (Name("yhat"), "ŷ", "yhat", "\\hat{y}"),
    (Name("total_cost"), "total_cost", "total_cost", "\\mathit{total\\_cost}"),
    (Name("cost2"), "cost₂", "cost2", "\\mathit{cost}_{2}"),
    (Name("θ1"), "θ₁", "theta1", "\\theta_{1}"),
    (Name("é"), "é", "e", "\\mathit{e}"),
    (Name("w_in") ** 2, "w_in²", "w_in^2", "w_{\\text{in}}^{2}"),
]


@pytest.mark.parametrize(
    ("tree", "text", "ascii_", "latex"),
    SUMS + PRODUCTS + QUOTIENTS + POWERS + CALLS + NUMBERS + DERIVATIVES + CASES + AUTHORS_NAMES,
)
def test_formula_in_three_styles(tree: Formula, text: str, ascii_: str, latex: str) -> None:
    assert maths("text").formula(tree) == text
    assert maths("ascii").formula(tree) == ascii_
    assert maths("latex").formula(tree) == latex


def unit(name: str, role: Role, layer: int, *indices: int) -> Value:
    return Value(name, Label(role, layer, indices))


SMALL = Graph(
    {
        value.name: value
        for value in [
            unit("x1", Role.INPUT, 0, 1),
            unit("x2", Role.INPUT, 0, 2),
            unit("w1_21", Role.WEIGHT, 1, 2, 1),
            unit("z1_1", Role.PREACTIVATION, 1, 1),
            unit("z1_2", Role.PREACTIVATION, 1, 2),
            unit("a1_2", Role.ACTIVATION, 1, 2),
            unit("z2_1", Role.PREACTIVATION, 2, 1),
            Value("yhat", Label(Role.OUTPUT, 2)),
            Value("w5", Label(Role.WEIGHT, 2, (1, 1), own="w5")),
            Value("L", Label(Role.LOSS)),
        ]
    },
    (),
    "L",
)


@pytest.mark.parametrize(
    ("plain", "text", "ascii_", "latex"),
    [
        ("w1_21", "w₂₁⁽¹⁾", "w_21^(1)", "w_{21}^{(1)}"),
        ("dL/dw1_21", "∂L/∂w₂₁⁽¹⁾", "dL/dw_21^(1)", "\\frac{\\partial L}{\\partial w_{21}^{(1)}}"),
        ("dL/dz1_2", "δ₂⁽¹⁾", "delta_2^(1)", "\\delta_{2}^{(1)}"),
        ("dL/dz2_1", "δ⁽²⁾", "delta^(2)", "\\delta^{(2)}"),
        ("dyhat/dz2_1", "∂ŷ/∂z₁⁽²⁾", "dyhat/dz_1^(2)", "\\frac{\\partial \\hat{y}}{\\partial z_{1}^{(2)}}"),
        ("new_w1_21", "new w₂₁⁽¹⁾", "new w_21^(1)", "w_{21,\\text{new}}^{(1)}"),
        ("new_w5", "new w₅", "new w5", "w_{5,\\text{new}}"),
        ("learning_rate", "η", "eta", "\\eta"),
    ],
)
def test_name_in_three_styles(plain: str, text: str, ascii_: str, latex: str) -> None:
    assert maths("text", SMALL).name(plain) == text
    assert maths("ascii", SMALL).name(plain) == ascii_
    assert maths("latex", SMALL).name(plain) == latex
    assert maths("plain", SMALL).name(plain) == plain


def test_delta_can_be_written_out() -> None:
    assert maths("text", SMALL).spelled("dL/dz1_2") == "∂L/∂z₂⁽¹⁾"
    assert maths("text", SMALL, delta=False).name("dL/dz1_2") == "∂L/∂z₂⁽¹⁾"
    assert maths("text", SMALL, notation="cmu").name("dL/dz1_2") == "∂ℓ/∂a₂"
    # The slope along the one edge from z to L is a local derivative, whatever the total one is called.
    assert maths("text", SMALL).formula(Derivative("L", "z1_2", local=True)) == "∂L/∂z₂⁽¹⁾"


def test_superscripted_name_is_bracketed_before_it_is_raised_to_a_power() -> None:
    tree = Name("a1_2") ** 2
    assert maths("text", SMALL).formula(tree) == "(a₂⁽¹⁾)²"
    assert maths("ascii", SMALL).formula(tree) == "(a_2^(1))^2"
    assert maths("latex", SMALL).formula(tree) == "(a_{2}^{(1)})^{2}"


def test_eulers_number_is_not_confused_with_a_quantity_called_e() -> None:
    tree = exp(-Name("z1_1"))
    assert maths("text", SMALL).formula(tree) == "e^(−z₁⁽¹⁾)"
    assert maths("text", SMALL, notation="week05").formula(tree) == "exp(−z₁²)"
    assert maths("latex", SMALL, notation="week05").formula(tree) == "\\exp(-z_{1}^{2})"


def test_figures_stand_in_for_names() -> None:
    shown = {"x1": "0.50", "dL/dz1_2": "-0.0348", "da1_2/dz1_2": "1.2e-7", "w1_21": "-3/20"}
    figures = {name: Figure(text, text) for name, text in shown.items()}
    gradient = Derivative("L", "z1_2") * Name("x1")
    assert maths("text", SMALL).formula(gradient) == "δ₂⁽¹⁾·x₁"
    assert maths("text", SMALL).formula(gradient, figures) == "(−0.0348)·0.50"
    assert maths("latex", SMALL).formula(gradient, figures) == "(-0.0348) \\cdot 0.50"
    assert maths("text", SMALL).formula(Name("w1_21") * Name("x2"), figures) == "(−3/20)·x₂"
    chain = Derivative("L", "a1_2") * Derivative("a1_2", "z1_2", local=True)
    assert maths("text", SMALL).formula(chain, figures) == "∂L/∂a₂⁽¹⁾ · (1.2·10⁻⁷)"
    difference = Name("x1") - Derivative("L", "z1_2")
    assert maths("ascii", SMALL).formula(difference, figures) == "0.50 - (-0.0348)"


def test_figure_and_its_relation() -> None:
    rounded, exact = Figure("-1.2e-7", "-1.1999999999999999e-7", rounded=True), Figure("0.5", "0.5")
    assert [maths(style).figure(rounded) for style in ("text", "ascii", "latex", "plain")] == [
        "−1.2·10⁻⁷",
        "-1.2*10^-7",
        "-1.2 \\cdot 10^{-7}",
        "-1.2e-7",
    ]
    assert [maths(style).relation(rounded) for style in ("text", "ascii", "latex")] == ["≈", "~=", "\\approx"]
    assert {maths(style).relation(exact) for style in ("text", "ascii", "latex")} == {"="}


def test_words_keep_sentences_and_formulas_apart() -> None:
    words = ("The input is ", Name("x1"), ".")
    assert maths("text", SMALL).words(words) == "The input is x₁."
    assert maths("latex", SMALL).pieces(words) == [(False, "The input is "), (True, "x_{1}"), (False, ".")]
