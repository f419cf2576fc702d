"""Formulas: what a text is read as."""

from __future__ import annotations

from fractions import Fraction

import pytest

from backprop_tutor.model.formula import (
    Call,
    Formula,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
)
from backprop_tutor.model.vocabulary import FunctionEntry
from backprop_tutor.reading.formulas import FormulaError, read_formula

ONE_ARGUMENT = ["exp", "ln", "sin", "cos", "tan", "tanh", "sqrt", "abs", "sigmoid", "relu", "softplus", "step", "sum"]
FUNCTIONS = {
    **dict.fromkeys(ONE_ARGUMENT, FunctionEntry(1, 1)),
    **dict.fromkeys(["max", "min", "logsumexp"], FunctionEntry(1, None)),
    **dict.fromkeys(["leaky_relu", "elu", "dot"], FunctionEntry(2, 2)),
}
NAMES = frozenset(["x", "y", "z", "a", "b", "c", "w1", "x1", "theta", "sigma_2", "e1"])


def inner(tree: Formula) -> str:
    """The tree with nothing left out: every operation as a call."""
    match tree:
        case Number(_, written):
            return written
        case Name(name):
            return name
        case Call(function, arguments):
            return f"{function}({', '.join(map(inner, arguments))})"
        case Sum(parts) | Product(parts):
            return f"{type(tree).__name__}({', '.join(map(inner, parts))})"
        case Quotient(left, right) | Power(left, right):
            return f"{type(tree).__name__}({inner(left)}, {inner(right)})"
        case Negative(operand):
            return f"Negative({inner(operand)})"
    raise AssertionError(tree)


READ_AS = [
    # sums and differences, in the order of writing
    ("a + b - c", "Sum(a, b, Negative(c))"),
    ("a - (b + c)", "Sum(a, Negative(Sum(b, c)))"),
    ("(a + b) + c", "Sum(Sum(a, b), c)"),
    ("+x", "x"),
    ("x - -1", "Sum(x, Negative(Negative(1)))"),
    ("x\n+ 1", "Sum(x, 1)"),
    # products and quotients
    ("a*b*c", "Product(a, b, c)"),
    ("a*(b*c)", "Product(a, Product(b, c))"),
    ("(a*b)*c", "Product(Product(a, b), c)"),
    ("(2x)(y)", "Product(Product(2, x), y)"),
    ("a*b/c", "Quotient(Product(a, b), c)"),
    ("a/b*c*x", "Product(Quotient(a, b), c, x)"),
    ("a/b/c", "Quotient(Quotient(a, b), c)"),
    ("3/20", "Quotient(3, 20)"),
    ("a×b÷c−1", "Sum(Quotient(Product(a, b), c), Negative(1))"),
    ("a·b⋅c∙x", "Product(a, b, c, x)"),
    ("a∕b", "Quotient(a, b)"),
    # signs belong to the term behind them
    ("-a*b + c", "Sum(Negative(Product(a, b)), c)"),
    ("-a/b", "Negative(Quotient(a, b))"),
    ("a*-b*c", "Product(a, Negative(b), c)"),
    ("-x^2", "Negative(Power(x, 2))"),
    ("(-x)^2", "Power(Negative(x), 2)"),
    # powers
    ("x^y^z", "Power(x, Power(y, z))"),
    ("x**2", "Power(x, 2)"),
    ("2^-3", "Power(2, Negative(3))"),
    ("2^-x^2", "Power(2, Negative(Power(x, 2)))"),
    ("2^3^2", "Power(2, Power(3, 2))"),
    ("x²", "Power(x, 2)"),
    ("x1²³", "Power(x1, 23)"),
    ("x⁻¹", "Power(x, Negative(1))"),
    ("2^x²", "Power(2, Power(x, 2))"),
    ("-x²", "Negative(Power(x, 2))"),
    ("sin(x)²", "Power(sin(x), 2)"),
    ("(x+1)^64", "Power(Sum(x, 1), 64)"),
    ("x^0.5", "Power(x, 0.5)"),
    # Euler's number and pi
    ("e^x", "exp(x)"),
    ("e**x", "exp(x)"),
    ("e^x^2", "exp(Power(x, 2))"),
    ("e^-x*y", "Product(exp(Negative(x)), y)"),
    ("e²", "exp(2)"),
    ("2e^-x", "Product(2, exp(Negative(x)))"),
    ("exp(1)", "exp(1)"),
    ("pi/4", "Quotient(pi(), 4)"),
    ("2π", "Product(2, pi())"),
    # functions
    ("sigmoid(z)", "sigmoid(z)"),
    ("σ(z)*(1 - σ(z))", "Product(sigmoid(z), Sum(1, Negative(sigmoid(z))))"),
    ("σ(z)(1 - σ(z))", "Product(sigmoid(z), Sum(1, Negative(sigmoid(z))))"),
    ("log(x)", "ln(x)"),
    ("max(1,5)", "max(1, 5)"),
    ("leaky_relu(z, 1/100)", "leaky_relu(z, Quotient(1, 100))"),
    ("sin (x)", "sin(x)"),
    ("√2", "sqrt(2)"),
    ("√(x + 1)*y", "Product(sqrt(Sum(x, 1)), y)"),
    ("√√2", "sqrt(sqrt(2))"),
    ("|x|", "abs(x)"),
    ("||x| + y|^2", "Power(abs(Sum(abs(x), y)), 2)"),
    # products without a sign
    ("2x", "Product(2, x)"),
    ("2 x", "Product(2, x)"),
    ("-2x + 1", "Sum(Negative(Product(2, x)), 1)"),
    ("3*2x", "Product(3, 2, x)"),
    ("2x^2", "Product(2, Power(x, 2))"),
    ("2(x + 1)", "Product(2, Sum(x, 1))"),
    ("(a + 1)(b + 2)(c)", "Product(Sum(a, 1), Sum(b, 2), c)"),
    ("2x/3", "Quotient(Product(2, x), 3)"),
    ("2sin(x)", "Product(2, sin(x))"),
    ("½(a - b)²", "Product(1/2, Power(Sum(a, Negative(b)), 2))"),
    ("½x", "Product(1/2, x)"),
    # numbers and names in other characters
    ("0.20 + .5 + 5. + 1e-3", "Sum(0.20, .5, 5., 1e-3)"),
    ("１+１", "Sum(1, 1)"),
    ("θ*x₁ + σ_2", "Sum(Product(theta, x1), sigma_2)"),
]


@pytest.mark.parametrize(("text", "tree"), READ_AS)
def test_text_is_read_as(text: str, tree: str) -> None:
    assert inner(read_formula(text, FUNCTIONS, NAMES)) == tree


def test_numbers_are_exact_and_remember_how_they_were_written() -> None:
    assert read_formula("0.20", FUNCTIONS) == Number(Fraction(1, 5), "0.20")
    assert read_formula("2E-3", FUNCTIONS) == Number(Fraction(1, 500), "2E-3")
    assert read_formula("½", FUNCTIONS) == Number(Fraction(1, 2), "1/2")


def test_known_names_win_over_special_words() -> None:
    names = {"e", "pi", "sigma", "inf"}
    assert read_formula("e", FUNCTIONS, names) == Name("e")
    assert read_formula("e^pi", FUNCTIONS, names) == Power(Name("e"), Name("pi"))
    assert read_formula("σ*inf", FUNCTIONS, names) == Product((Name("sigma"), Name("inf")))
    with pytest.raises(FormulaError, match="call or a product"):
        read_formula("σ(e)", FUNCTIONS, names)
    with pytest.raises(FormulaError, match="could be"):
        read_formula("2e-3", FUNCTIONS, names)


def test_without_a_list_of_names_any_name_may_occur() -> None:
    assert read_formula("w1*foo + θ", FUNCTIONS) == Sum((Product((Name("w1"), Name("foo"))), Name("theta")))
    assert read_formula("e^x", FUNCTIONS) == Call("exp", (Name("x"),))
    for text in ("e", "nan", "sin", "foo(x)"):
        with pytest.raises(FormulaError):
            read_formula(text, FUNCTIONS)


@pytest.mark.parametrize("names", [["x"], ("x",), {"x": 1}, {"x": 1}.keys(), {"x"}])
def test_names_may_be_any_collection(names: object) -> None:
    assert read_formula("x", FUNCTIONS, names) == Name("x")  # type: ignore[arg-type]


def test_functions_are_those_that_are_given() -> None:
    assert read_formula("abs(x)", {"abs": FunctionEntry(1, 1)}, NAMES) == Call("abs", (Name("x"),))
    for text in ("abs(x)", "|x|", "√x", "e^x", "σ(x)", "log(x)"):
        with pytest.raises(FormulaError):
            read_formula(text, {}, NAMES)
