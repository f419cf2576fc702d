"""What people type as one answer: what it is read as, how exactly it was written, how it is echoed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from answer_texts import CMU, DZ, FUNCTIONS, OWN, SLIDES, WEEK05, X1, A, Z, n, names_of, read, single
from hypothesis import example, given
from hypothesis import strategies as st

from backprop_tutor.model.formula import (
    Call,
    Derivative,
    Formula,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
)
from backprop_tutor.model.sheet import Answers
from backprop_tutor.reading.answers import read_answer, read_value

# What is typed, its value, half a unit of the last place written, significant digits, how it was read.
NUMBERS = [
    ("0.25", "1/4", "1/200", 2, ""),
    (".25", "1/4", "1/200", 2, ""),
    ("-0.25", "-1/4", "1/200", 2, ""),
    ("- 0.25", "-1/4", "1/200", 2, ""),
    ("+0.25", "1/4", "1/200", 2, ""),
    ("\u22120.25", "-1/4", "1/200", 2, ""),
    ("\u00a00.25\u2009", "1/4", "1/200", 2, ""),
    ("\u2003\ufeff0.25\u200b", "1/4", "1/200", 2, ""),
    ("(0.25)", "1/4", "1/200", 2, ""),
    ("(-0.25)", "-1/4", "1/200", 2, ""),
    ("３．１４", "3.14", "1/200", 3, ""),
    ("0.0010", "1/1000", "1/20000", 2, ""),
    ("10.0", "10", "1/20", 3, ""),
    ("100.", "100", "1/2", 3, ""),
    ("0.00", "0", "1/200", 0, ""),
    ("-0.0", "0", "1/20", 0, ""),
    ("5.", "5", "1/2", 1, ""),
    ("2.5e-3", "1/400", "1/20000", 2, "0.0025"),
    ("2.5E-3", "1/400", "1/20000", 2, "0.0025"),
    ("2.5e\u22123", "1/400", "1/20000", 2, "0.0025"),
    ("-2.5e-3", "-1/400", "1/20000", 2, "-0.0025"),
    ("2.5*10^-3", "1/400", "1/20000", 2, "0.0025"),
    ("2.5*10**-3", "1/400", "1/20000", 2, "0.0025"),
    ("2.5×10^-3", "1/400", "1/20000", 2, "0.0025"),
    ("2.5 × 10^(-3)", "1/400", "1/20000", 2, "0.0025"),
    ("2.5·10⁻³", "1/400", "1/20000", 2, "0.0025"),
    ("-2.5·10⁻³", "-1/400", "1/20000", 2, "-0.0025"),
    ("(-2.5)·10⁻³", "-1/400", "1/20000", 2, "-0.0025"),
    ("2.5 x 10^-3", "1/400", "1/20000", 2, "0.0025"),
    ("2.5x10⁻³", "1/400", "1/20000", 2, "0.0025"),
    ("1.50e3", "1500", "5", 3, "1500"),
    ("1.00e3", "1000", "5", 3, "1000"),
    ("1e3", "1000", "500", 1, "1000"),
    ("3*10^2", "300", "50", 1, "300"),
    ("0e-3", "0", "1/2000", 0, "0.000"),
    ("1.5e-20", "1.5e-20", "0.5e-21", 2, "1.5e-20"),
    ("0", "0", "0", None, ""),
    ("-0", "0", "0", None, ""),
    ("12", "12", "0", None, ""),
    ("100", "100", "0", None, ""),
    ("-7", "-7", "0", None, ""),
    ("1/4", "1/4", "0", None, ""),
    ("-3/8", "-3/8", "0", None, ""),
    ("-(3/8)", "-3/8", "0", None, ""),
    ("(-3)/8", "-3/8", "0", None, ""),
    ("1⁄4", "1/4", "0", None, ""),
    ("1∕4", "1/4", "0", None, ""),
    ("1÷4", "1/4", "0", None, ""),
    ("½", "1/2", "0", None, "1/2"),
    ("-½", "-1/2", "0", None, "-1/2"),
    ("10⁻³", "1/1000", "0", None, "0.001"),
    ("10^-3", "1/1000", "0", None, "0.001"),
    ("10^3", "1000", "0", None, "1000"),
    # A name, an equals sign, the working.
    ("z1_1 = 0.24", "0.24", "1/200", 2, ""),
    ("z₁⁽¹⁾ = 0.24", "0.24", "1/200", 2, ""),
    ("z = 0.24", "0.24", "1/200", 2, ""),
    (r"\delta_1^{(1)} = 0.24", "0.24", "1/200", 2, ""),
    ("∂L/∂w₁₁⁽²⁾ = 0.24", "0.24", "1/200", 2, ""),
    ("≈ 0.24", "0.24", "1/200", 2, ""),
    ("= 0.24", "0.24", "1/200", 2, ""),
    ("＝ 0.24", "0.24", "1/200", 2, ""),
    ("0.2*0.5+0.1 = 0.24", "0.24", "1/200", 2, "0.24"),
    ("0.5·0.48 ≈ 0.24", "0.24", "1/200", 2, "0.24"),
    ("z1_1 = 0.2*0.5+0.1 = 0.24", "0.24", "1/200", 2, "0.24"),
    ("z1_1 = w*x + b = 0.24", "0.24", "1/200", 2, "0.24"),
    ("0.24 = z1_1", "0.24", "1/200", 2, "0.24"),
    ("0.2 = 0.3 = z1_1", "0.3", "1/20", 1, "0.3"),
    ("1/3 = 0.333", "0.333", "1/2000", 3, "0.333"),
    ("sigmoid(0.24) =\n0.5597", "0.5597", "1/20000", 4, "0.5597"),
    ("0.2*0.5\n= 0.10", "0.1", "1/200", 2, "0.10"),
    ("z1_1 = 2.4×10^-1", "0.24", "1/200", 2, "0.24"),
    # What ends a sentence or a line of a program.
    ("0.24;", "0.24", "1/200", 2, ""),
    ("0.24 ;", "0.24", "1/200", 2, ""),
    ("0.24,", "0.24", "1/200", 2, ""),
    ("0.24.", "0.24", "1/200", 2, ""),
    ("5.", "5", "1/2", 1, ""),
    ("5.;", "5", "1/2", 1, ""),
    ("1e-3.", "1/1000", "1/2000", 1, "0.001"),
    ("z1_1 = 0.24;", "0.24", "1/200", 2, ""),
    # LaTeX
    (r"\frac{1}{4}", "1/4", "0", None, "1/4"),
    (r"-\dfrac{3}{8}.", "-3/8", "0", None, "-3/8"),
    (r"2.5 \cdot 10^{-3}", "1/400", "1/20000", 2, "0.0025"),
    (r"2.5\times10^{-3}", "1/400", "1/20000", 2, "0.0025"),
    (r"z_1^{(1)} = \frac{6}{25} = 0.24", "0.24", "1/200", 2, "0.24"),
]


@pytest.mark.parametrize(("text", "value", "half_unit", "digits", "read_as"), NUMBERS)
def test_numbers(text: str, value: str, half_unit: str, digits: int | None, read_as: str) -> None:
    answer = single(text)
    assert answer.trouble == ""
    assert answer.number == Fraction(value)
    assert answer.half_unit == Fraction(half_unit)
    assert (answer.digits, answer.read_as) == (digits, read_as)


def test_a_number_keeps_its_writing_in_one_form() -> None:
    for text, written in (
        ("-0.250", "-0.250"),
        ("-0.0", "0.0"),
        ("-0", "0"),
        ("2.50×10^-3", "2.50e-3"),
        ("1.5E3", "1.5e3"),
        ("-½", "-1/2"),
        ("-0/4", "0/4"),
        ("10⁻³", "0.001"),
    ):
        formula = single(text).formula
        assert isinstance(formula, Number)
        assert formula.written == written
        assert Fraction(written) == formula.value


FORMULAS = [
    ("dL/dz1_1*x1", Product((DZ, X1)), ""),
    ("dL/dz1_1 * x1", Product((DZ, X1)), ""),
    ("dL / dz1_1 * x1", Product((DZ, X1)), ""),
    ("x1*dL/dz1_1", Product((X1, DZ)), ""),
    ("x1/dL/dz1_1", Quotient(X1, DZ), "x1/(dL/dz1_1)"),
    ("dL/dz1_1/2", Quotient(DZ, n(2)), "(dL/dz1_1)/2"),
    ("dL/dz1_1^2", Power(DZ, n(2)), "(dL/dz1_1)^2"),
    ("2dL/dz1_1", Product((n(2), DZ)), "2*dL/dz1_1"),
    ("∂L/∂z₁⁽¹⁾·x₁", Product((DZ, X1)), "dL/dz1_1*x1"),
    ("∂ L / ∂ z_1^(1) x1*1", None, ""),
    ("delta1_1*x1", Product((DZ, X1)), "dL/dz1_1*x1"),
    ("δ₁⁽¹⁾·x₁", Product((DZ, X1)), "dL/dz1_1*x1"),
    ("delta^(2)", Derivative("L", "z2_1"), "dL/dz2_1"),
    ("δ⁽²⁾", Derivative("L", "z2_1"), "dL/dz2_1"),
    ("da1_1/dz1_1", Derivative("a1_1", "z1_1"), ""),
    ("new_w1_21", Name("new_w1_21"), ""),
    ("new w_21^(1)", Name("new_w1_21"), "new_w1_21"),
    ("w_{21}^{(1)}*x1", Product((Name("w1_21"), X1)), "w1_21*x1"),
    ("w^(1)_21*x1", Product((Name("w1_21"), X1)), "w1_21*x1"),
    ("x1^2", Power(X1, n(2)), ""),
    ("a1_1*(1-a1_1)", Product((A, Sum((n(1), Negative(A))))), ""),
    ("a1_1 * (1 - a1_1)", Product((A, Sum((n(1), Negative(A))))), ""),
    ("(a1_1)*(1-a1_1)", Product((A, Sum((n(1), Negative(A))))), ""),
    ("a1_1·(1−a1_1)", Product((A, Sum((n(1), Negative(A))))), ""),
    ("a1_1**2", Power(A, n(2)), ""),
    ("a₁⁽¹⁾(1-a1_1)", None, ""),
    ("2x1", Product((n(2), X1)), "2*x1"),
    ("(x1)(a1_1)", Product((X1, A)), "x1*a1_1"),
    ("1/2*x1", Product((Quotient(n(1), n(2)), X1)), "(1/2)*x1"),
    ("(1/2)*x1", Product((Quotient(n(1), n(2)), X1)), ""),
    ("½*x1", Product((Number(Fraction(1, 2), "1/2"), X1)), "(1/2)*x1"),
    ("x1/x2/2", Quotient(Quotient(X1, Name("x2")), n(2)), "(x1/x2)/2"),
    ("-x1^2", Negative(Power(X1, n(2))), ""),
    ("ŷ - y", Sum((Name("yhat"), Negative(Name("y")))), "yhat - y"),
    ("y\u0302 - y", Sum((Name("yhat"), Negative(Name("y")))), "yhat - y"),
    ("sigmoid(z1_1)", Call("sigmoid", (Z,)), ""),
    ("σ(z1_1)", Call("sigmoid", (Z,)), "sigmoid(z1_1)"),
    ("log(x1)", Call("ln", (X1,)), "ln(x1)"),
    ("e^x1", Call("exp", (X1,)), "exp(x1)"),
    ("√2", Call("sqrt", (n(2),)), "sqrt(2)"),
    ("|x1|", Call("abs", (X1,)), "abs(x1)"),
    ("π", Call("pi", ()), "pi"),
    ("max(x1, 2)", Call("max", (X1, n(2))), ""),
    ("max(x1,2)", Call("max", (X1, n(2))), ""),
    ("0.2*0.5", Product((n("0.2"), n("0.5"))), ""),
    ("0.5/2", Quotient(n("0.5"), n(2)), ""),
    ("z1_1 = 2x1", Product((n(2), X1)), "2*x1"),
    ("z1_1 = x1", X1, ""),
    ("x1 +\n a1_1", Sum((X1, A)), ""),
    ("x1\n + a1_1", Sum((X1, A)), ""),
    ("x1*a1_1;", Product((X1, A)), ""),
    # LaTeX
    (r"\sigma(z_1^{(1)})", Call("sigmoid", (Z,)), "sigmoid(z1_1)"),
    (r"\sigma\left(z^{(1)}_{1}\right)", Call("sigmoid", (Z,)), "sigmoid(z1_1)"),
    (r"\operatorname{sigmoid}(z_{1}^{(1)})", Call("sigmoid", (Z,)), "sigmoid(z1_1)"),
    (r"\delta_1^{(1)} \cdot x_1", Product((DZ, X1)), "dL/dz1_1*x1"),
    (r"\frac{\partial L}{\partial z_1^{(1)}}", DZ, "dL/dz1_1"),
    (r"\frac{\partial L}{\partial z_1^{(1)}} \cdot x_1", Product((DZ, X1)), "dL/dz1_1*x1"),
    (r"\tfrac{dL}{dz_1^{(1)}}*x1", Product((DZ, X1)), "dL/dz1_1*x1"),
    (r"\frac{a_1^{(1)}}{x_1}", Quotient(A, X1), "a1_1/x1"),
    (r"\frac{1}{1 + e^{-z_1^{(1)}}}", Quotient(n(1), Sum((n(1), Call("exp", (Negative(Z),))))), "1/(1 + exp(-z1_1))"),
    (r"\frac{\frac{x_1}{2}}{a_1^{(1)}}", Quotient(Quotient(X1, n(2)), A), "(x1/2)/a1_1"),
    (r"\hat{y} - y", Sum((Name("yhat"), Negative(Name("y")))), "yhat - y"),
    (r"\hat y - y", Sum((Name("yhat"), Negative(Name("y")))), "yhat - y"),
    (r"\sqrt{x_1}", Call("sqrt", (X1,)), "sqrt(x1)"),
    (r"\max(x_1, 2)", Call("max", (X1, n(2))), "max(x1, 2)"),
    (r"\ln{x_1}", Call("ln", (X1,)), "ln(x1)"),
    (r"x_1^{2}", Power(X1, n(2)), "x1^2"),
    (r"w_{21}^{(1)} \times x_1", Product((Name("w1_21"), X1)), "w1_21*x1"),
]


@pytest.mark.parametrize(("text", "formula", "read_as"), FORMULAS)
def test_formulas(text: str, formula: Formula | None, read_as: str) -> None:
    answer = single(text)
    assert answer.formula == formula
    if formula is not None:
        assert (answer.trouble, answer.read_as) == ("", read_as)
        assert (answer.half_unit, answer.digits) == (0, None)


@pytest.mark.parametrize(
    ("bundled", "text", "formula"),
    [
        (CMU, "α₂,₁*x₁", Product((Name("w1_21"), X1))),
        (CMU, "alpha_2,1", Name("w1_21")),
        (CMU, "alpha21", Name("w1_21")),
        (CMU, "max(alpha_2,1)", Call("max", (Name("w1_21"),))),
        (CMU, "beta_1*z_1", Product((Name("w2_11"), A))),
        (CMU, "dell/dalpha_2,1*2", Product((Derivative("L", "w1_21"), n(2)))),
        (WEEK05, "e", Name("L")),
        (WEEK05, "e^2", Power(Name("L"), n(2))),
        (WEEK05, "a_1^(2)", A),
        (WEEK05, "a_1⁽²⁾", A),
        (WEEK05, "de/dw_21^2", Derivative("L", "w1_21")),
        (WEEK05, "x^2", Power(X1, n(2))),
        (WEEK05, "exp(1)", Call("exp", (n(1),))),
        (OWN, "dv/dx", Derivative("v", "x")),
        (OWN, "2c*(a-b)", Product((n(2), Name("c"), Sum((Name("a"), Negative(Name("b"))))))),
        (OWN, "z^2", Power(Name("z"), n(2))),
        (OWN, "z = 2", n(2)),
    ],
)
def test_names_in_other_notations(bundled: str, text: str, formula: Formula) -> None:
    assert single(text, bundled).formula == formula


def test_scientific_notation_is_a_number_even_where_e_is_a_quantity() -> None:
    assert single("2e-3", WEEK05).number == Fraction(2, 1000)
    assert single("(-2.5e-3)", WEEK05).number == Fraction(-25, 10000)
    assert single("2e-3*x1", WEEK05).trouble == "2e-3 could be 2*10^-3 or 2*e - 3"
    assert single("x1 = 2e-3*x1", WEEK05).formula is None
    assert single("2e-3*x1").formula == Product((Number(Fraction(2, 1000), "2e-3"), X1))


def test_x_between_numbers_is_a_sign_only_where_no_quantity_is_called_x() -> None:
    assert single("2.5 x 10^-3", OWN).formula is None
    assert single("2.5x10^-3", OWN).formula is None


def test_a_function_that_is_called_is_no_quantity() -> None:
    ((answer,),) = read_answer("exp(2)*exp", FUNCTIONS, {"exp": "w1"}.get).cells
    assert answer is not None
    assert answer.formula == Product((Call("exp", (n(2),)), Name("w1")))


def test_a_quotient_of_two_names_that_is_a_derivative_too() -> None:
    names = {"da": "da", "db": "db", "da/db": "da/db", "a": "a", "b": "b"}.get
    ((answer,),) = read_answer("da/db", FUNCTIONS, names).cells
    assert answer is not None
    assert answer.trouble == "da/db could be a derivative or a quotient"
    assert answer.repair == "Write (da)/(db) for the quotient."
    ((quotient,),) = read_answer("da/(db)", FUNCTIONS, names).cells
    assert quotient is not None
    assert quotient.formula == Quotient(Name("da"), Name("db"))


@pytest.mark.parametrize("text", ["", "  ", "\n", "_", "____", "_ _", "…", "...", "..", "?", "??", "-", "--", "–", "—"])
def test_blanks(text: str) -> None:
    assert read(text) == Answers(((None,),), ())
    assert read_value(text, FUNCTIONS, names_of(SLIDES)) == Answers(((None,),), ())


@pytest.mark.parametrize("text", ["z1_1 =", "z1_1 = ____", "∂L/∂z = ?"])
def test_a_blank_behind_a_name(text: str) -> None:
    assert read(text) == Answers(((None,),), ())


@given(
    st.integers(0, 10**30),
    st.integers(1, 30),
    st.sampled_from(["", "-", "+", "\u2212", "- "]),
    st.sampled_from(["{}", " {}", "({})", "= {}", "≈{}", "z1_1 = {}", "0.5*3 = {}"]),
)
@example(0, 1, "-", "{}")
@example(10**30, 30, "", "{}")
def test_any_decimal_is_read_exactly(digits: int, places: int, sign: str, around: str) -> None:
    text = f"{Decimal((0, tuple(map(int, str(digits))), -places)):f}"
    answer = single(around.format(sign + text))
    assert answer.number == Fraction(digits, 10**places) * (-1 if sign.strip() in ("-", "\u2212") else 1)
    assert answer.half_unit == Fraction(1, 2 * 10**places)
    assert answer.digits == (len(str(digits)) if digits else 0)


@given(
    st.integers(1, 10**12),
    st.integers(0, 12),
    st.integers(-40, 40),
    st.sampled_from(["{}e{}", "{}E{}", "{}*10^{}", "{}×10^({})", "{} x 10**{}", "-({}·10^{})"]),
)
def test_any_scientific_notation_is_read_exactly(digits: int, places: int, exponent: int, written: str) -> None:
    mantissa = f"{Decimal((0, tuple(map(int, str(digits))), -places)):f}"
    answer = single(written.format(mantissa, exponent))
    value = Fraction(digits, 10**places) * Fraction(10) ** exponent
    assert answer.number == (-value if written.startswith("-") else value)
    assert answer.half_unit == Fraction(10) ** (exponent - places) / 2
    assert answer.digits == len(str(digits))
    assert Fraction(answer.read_as) == answer.number


@given(st.integers(-(10**20), 10**20), st.integers(1, 10**20))
def test_any_fraction_is_exact(top: int, bottom: int) -> None:
    answer = single(f"{top}/{bottom}")
    assert (answer.number, answer.half_unit, answer.digits) == (Fraction(top, bottom), 0, None)
