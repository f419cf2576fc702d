"""The two arithmetics: exact and in as many digits as it takes, and rounded half up as by hand."""

from __future__ import annotations

import json
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from random import Random

import mpmath
import pytest
from support import exact, from_text, lesson

from backprop_tutor.cli import session
from backprop_tutor.engine.by_hand import ByHand
from backprop_tutor.engine.precise import Precise
from backprop_tutor.engine.solve import Solution, solve
from backprop_tutor.errors import ProblemError
from backprop_tutor.lessons.figures import digits, figure, fixed
from backprop_tutor.lessons.teach import teach
from backprop_tutor.model.formula import Call, Formula, Number, call
from backprop_tutor.model.problem import Rounding
from backprop_tutor.writers.json_text import write

many = mpmath.mp.clone()
many.dps = 1000


def solved(formula: str, at: str = "", rounding: Rounding | None = None) -> Solution:
    (solution,) = solve(session.read(None, (formula,), at), rounding=rounding)
    return solution


def value(formula: str, at: str = "") -> object:
    solution = solved(formula, at)
    return solution.trace.values[solution.plan.objective]


def gradient(formula: str, at: str, name: str) -> object:
    return solved(formula, at).trace.gradients[name]


def number(text: str) -> Formula:
    return Number(Fraction(text))


def assert_digits(found: object, wanted: object) -> None:
    """The 17 digits that are handed out are those of the number in 1,000 digits."""
    assert digits(found, 17) == digits(wanted, 17)


# Exact as long as it can be.


@pytest.mark.parametrize(
    ("formula", "at", "wanted"),
    [
        ("a + b - c", "a=0.1,b=0.2,c=0.3", "0"),
        ("a/b + b/a", "a=1/3,b=2/7", "85/42"),
        ("(a + b)^3*c - a", "a=1/2,b=1/3,c=6", "107/36"),
        ("a^(-2)", "a=-2/3", "9/4"),
        ("sqrt(a)", "a=4/9", "2/3"),
        ("exp(a)*ln(1 + a)*tanh(a)", "a=0", "0"),
        ("cos(a) + sin(a)", "a=0", "1"),
        ("max(a, b)*min(a, b)", "a=1/3,b=0.3", "1/10"),
        ("abs(a)*step(a)", "a=7/3", "7/3"),
        ("relu(a)", "a=-1e-300", "0"),
        ("leaky_relu(a, 0.01)", "a=-3", "-3/100"),
    ],
)
def test_fractions_stay_fractions(formula: str, at: str, wanted: str) -> None:
    found = value(formula, at)
    assert isinstance(found, Fraction)
    assert found == Fraction(wanted)


def test_a_sum_that_is_zero_on_paper_is_at_the_kink() -> None:
    """0.1 + 0.2 - 0.3 is 5.6e-17 in floats, where ReLU would have the slope 1."""
    assert gradient("relu(a + b - c)", "a=0.1,b=0.2,c=0.3", "a") == 0
    assert gradient("relu(a + b - c + 1e-30)", "a=0.1,b=0.2,c=0.3", "a") == 1


def test_long_fractions_are_not_carried_for_ever() -> None:
    formula = "(a + 1/7)^50*(a - 1/11)^50*(a + 1/13)^50*(a + 1/17)^50*(a + 1/19)^50*(a + 1/23)^50*(a + 1/29)^50"
    with mpmath.workdps(60):
        x = mpmath.mpf(3) / 10
        wanted = mpmath.fprod(
            (x + mpmath.mpf(sign) / p) ** 50
            for sign, p in ((1, 7), (-1, 11), (1, 13), (1, 17), (1, 19), (1, 23), (1, 29))
        )
        assert_digits(value(formula, "a=0.3"), wanted)


# Every digit right.


@pytest.mark.parametrize(
    ("formula", "at", "wanted"),
    [
        ("1 - tanh(x)^2", "x=8", lambda: 1 - many.tanh(8) ** 2),
        ("1 - tanh(x)^2", "x=40", lambda: many.sech(40) ** 2),
        ("1 - tanh(x)^2", "x=800", lambda: many.sech(800) ** 2),
        ("tanh(x)", "x=30", lambda: many.tanh(30)),
        ("1 + exp(x) - 1", "x=-800", lambda: many.exp(-800)),
        ("ln(1 + exp(x))", "x=-700", lambda: many.log1p(many.exp(-700))),
        ("sigmoid(x)", "x=-800", lambda: many.exp(-800) / (1 + many.exp(-800))),
        ("1 - sigmoid(x)", "x=800", lambda: 1 / (1 + many.exp(800))),
        ("softplus(x)", "x=-500", lambda: many.log1p(many.exp(-500))),
        ("gelu(x)", "x=-20", lambda: -10 * many.erfc(20 / many.sqrt(2))),
        ("(1 - cos(x))/x^2", "x=1e-40", lambda: many.mpf(1) / 2 - many.mpf(10) ** -80 / 24),
        ("exp(a) - exp(b)", "a=1,b=1.0000000000000000000000001", lambda: many.e - many.exp(1 + many.mpf(10) ** -25)),
        ("sqrt(a) - b", "a=2,b=1.4142135623730950488", lambda: many.sqrt(2) - many.mpf("1.4142135623730950488")),
        ("logsumexp(a, b, c)", "a=1000,b=1001,c=1002", lambda: 1002 + many.ln(1 + many.exp(-1) + many.exp(-2))),
        ("logsumexp(a, b)", "a=-1000,b=-1001", lambda: -1000 + many.ln(1 + many.exp(-1))),
        ("sin(x)", "x=1000000", lambda: many.sin(10**6)),
        ("exp(x)*exp(y)", "x=700,y=-700", lambda: many.mpf(1)),
        ("x^y", "x=2,y=1/2", lambda: many.sqrt(2)),
        ("x^y", "x=2,y=-1000", lambda: many.mpf(2) ** -1000),
    ],
)  # fmt: skip
def test_seventeen_digits(formula: str, at: str, wanted: object) -> None:
    assert_digits(value(formula, at), wanted())  # type: ignore[operator]


def test_the_slope_of_tanh_far_out() -> None:
    assert_digits(gradient("tanh(x)", "x=8", "x"), many.sech(8) ** 2)
    assert_digits(gradient("tanh(x)", "x=-300", "x"), many.sech(300) ** 2)
    printed = json.loads(write(teach((solved("tanh(x)", "x=8"),))))
    assert printed["gradients"]["x"] == float(many.sech(8) ** 2)


@pytest.mark.parametrize("x", ["9000", "-9000", "20000", "1000000", "-30000"])
@pytest.mark.parametrize("function", ["tanh", "sigmoid", "softplus", "silu", "elu", "gelu"])
def test_no_activation_fails_far_out(function: str, x: str) -> None:
    solution = solved(f"{function}(x)", f"x={x}")
    slope = exact(solution.trace.gradients["x"])
    flat = function in {"tanh", "sigmoid"} or x.startswith("-")
    assert abs(slope - (0 if flat else 1)) < Fraction(1, 10**300)


# Zero is zero, and what is only small is not.


def test_a_zero_is_found_exactly() -> None:
    assert value("sqrt(x)^2 - x", "x=2") == 0
    assert value("sin(x)^2 + cos(x)^2 - 1", "x=1.2") == 0
    assert value("exp(ln(x)) - x", "x=7/3") == 0
    assert gradient("relu(sin(x)^2 + cos(x)^2 - 1)", "x=1.2", "x") == 0
    assert value("sin(pi*x)", "x=1") == 0


@pytest.mark.parametrize("theta", ["pi/3", "pi/4", "1.3", "2"])
def test_polar_coordinates(theta: str) -> None:
    """x² + y² does not change with the angle: the two paths cancel to 0, not to 1e-17."""
    text = f"""inputs: {{r: 2, theta: {theta}}}
expressions:
  x: r*cos(theta)
  y: r*sin(theta)
  f: x^2 + y^2
"""
    (solution,) = solve(from_text(text))
    assert solution.trace.gradients["theta"] == 0
    assert digits(solution.trace.gradients["r"], 17) == "4"
    assert digits(solution.trace.values["f"], 17) == "4"


@pytest.mark.parametrize(
    ("formula", "at", "wanted"),
    [
        ("relu(exp(x))", "x=-100", lambda: many.exp(-100)),
        ("relu(exp(x))", "x=-740", lambda: many.exp(-740)),
        ("exp(x) - 0", "x=-200", lambda: many.exp(-200)),
        ("exp(x) - y", "x=-200,y=0", lambda: many.exp(-200)),
        ("max(exp(x), 0)", "x=-300", lambda: many.exp(-300)),
        ("exp(x) - exp(2*x)", "x=-100", lambda: many.exp(-100) - many.exp(-200)),
        ("exp(x)/exp(y)", "x=-700,y=-699", lambda: many.exp(-1)),
    ],
)
def test_what_is_tiny_is_no_zero(formula: str, at: str, wanted: object) -> None:
    assert_digits(value(formula, at), wanted())  # type: ignore[operator]


def test_a_tiny_number_is_on_its_side_of_the_kink() -> None:
    assert gradient("relu(exp(x))", "x=-100", "x") != 0
    assert gradient("step(exp(x))*y", "x=-200,y=3", "y") == 1
    assert_digits(gradient("relu(exp(x) - exp(2*x))", "x=-100", "x"), many.exp(-100) - 2 * many.exp(-200))
    assert exact(gradient("abs(exp(x) - exp(y))", "x=-100,y=-101", "y")) < 0


# Saturation is no error.


def logistic(z: int, target: int, shortcut: bool) -> Solution:
    text = f"""inputs: [1]
target: {target}
layers:
  - {{weights: [[{z}]], activation: sigmoid}}
loss: binary_cross_entropy
"""
    (solution,) = solve(from_text(text), shortcut=shortcut)
    return solution


@pytest.mark.parametrize("shortcut", [True, False])
@pytest.mark.parametrize("target", [0, 1])
@pytest.mark.parametrize("z", [-800, -40, 40, 800])
def test_binary_cross_entropy_of_a_saturated_unit(z: int, target: int, shortcut: bool) -> None:
    solution = logistic(z, target, shortcut)
    prediction = 1 / (1 + many.exp(-z))
    right = prediction if target else 1 / (1 + many.exp(z))
    assert_digits(solution.trace.values["L"], -many.ln(right) if right < 0.5 else many.log1p(many.exp(-abs(z))))
    slope = -(1 / (1 + many.exp(z))) if target else prediction
    for name in ("z1_1", "w1_11", "x1"):
        scale = z if name == "x1" else 1
        assert_digits(solution.trace.gradients[name], slope * scale)
    assert_digits(solution.trace.gradients["yhat"], -1 / right if target else 1 / right)


@pytest.mark.parametrize("shortcut", [True, False])
@pytest.mark.parametrize("right", [1, 2, 3])
@pytest.mark.parametrize("base", [-1000, 0, 1000])
def test_softmax_of_thousands(base: int, right: int, shortcut: bool) -> None:
    scores = [base + extra for extra in (0, 1, 3)]
    rows = "], [".join(map(str, scores))
    text = f"""inputs: [1]
target: {{class: {right}}}
layers:
  - {{weights: [[{rows}]], activation: softmax}}
loss: cross_entropy
"""
    (solution,) = solve(from_text(text), shortcut=shortcut)
    together = many.fsum(many.exp(score) for score in (0, 1, 3))
    probabilities = [many.exp(score) / together for score in (0, 1, 3)]
    assert_digits(solution.trace.values["L"], -many.ln(probabilities[right - 1]))
    for k, probability in enumerate(probabilities, start=1):
        assert_digits(solution.trace.values[f"yhat{k}"], probability)
        assert_digits(solution.trace.gradients[f"z1_{k}"], probability - (k == right))


@pytest.mark.parametrize("loss", ["binary_cross_entropy", "cross_entropy"])
def test_losses_of_logits_far_out(loss: str) -> None:
    targets, count = ("[1, 0]", 2)
    text = f"""inputs: [1]
target: {targets}
layers:
  - {{weights: [[-900], [900]], activation: identity}}
loss: {{{loss}: {{logits: true}}}}
"""
    (solution,) = solve(from_text(text))
    far = many.exp(-1800) if loss == "cross_entropy" else many.exp(-900)
    wanted = 1800 + many.log1p(far) if loss == "cross_entropy" else count * (900 + many.log1p(far))
    assert_digits(solution.trace.values["L"], wanted)
    assert_digits(solution.trace.gradients["z1_1"], -1 / (1 + far))
    assert_digits(solution.trace.gradients["z1_2"], 1 / (1 + far))


# Clear refusals.


@pytest.mark.parametrize(
    ("formula", "at", "why"),
    [
        ("tan(x)", "x=pi/2", "overflow|settle|no value"),
        ("ln(x)", "x=-1", "logarithm of a negative number|positive numbers only"),
        ("ln(x)", "x=0", "logarithm of zero|positive numbers only"),
        ("ln(x - y)", "x=0.3,y=0.3", "logarithm of zero|positive numbers only"),
        ("sqrt(x)", "x=-1/4", "negative number has no square root"),
        ("sqrt(x)", "x=0", "division by zero"),
        ("a/b", "a=1,b=0", "divi(sion|ded) by (zero|0)"),
        ("1/(a - 0.1 - 0.2)", "a=0.3", "divi(sion|ded) by (zero|0)"),
        ("1/(sqrt(a)^2 - 2)", "a=2", "division by zero|settle|overflow"),
        ("exp(x)", "x=1e9", "overflow"),
        ("exp(x)", "x=710", "overflow"),
        ("exp(exp(x))", "x=30", "overflow"),
        ("x^y", "x=10,y=400", "overflow"),
        ("x^y", "x=-2,y=1/2", "power"),
        ("x^y", "x=0,y=-1", "division by zero"),
        ("tan(x)", "x=1e30", "left out"),
        ("x*y", "x=1e200,y=1e200", "overflow"),
    ],
)
def test_what_has_no_value_is_refused_at_its_place(formula: str, at: str, why: str) -> None:
    with pytest.raises(ProblemError, match=why) as caught:
        solved(formula, at)
    assert all(finding.message and finding.repair for finding in caught.value.findings)
    assert any(finding.where is not None for finding in caught.value.findings)


def test_what_only_seems_to_have_no_value_has_one() -> None:
    """1 - σ(800) is 0 in any float, and its logarithm exists all the same."""
    assert_digits(value("ln(1 - sigmoid(x))", "x=800"), -800 - many.log1p(many.exp(-800)))
    assert_digits(value("1/(1 + exp(x) - 1)", "x=-700"), many.exp(700))


# By hand.


@pytest.mark.parametrize(
    ("written", "decimals", "wanted"),
    [
        ("0.125", 2, "0.13"),
        ("0.135", 2, "0.14"),
        ("-0.125", 2, "-0.13"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("0.5", 0, "1"),
        ("0.49999", 0, "0"),
        ("-0.4", 0, "0"),
        ("-0.004", 2, "0.00"),
        ("0.005", 2, "0.01"),
        ("1.00499999", 2, "1.00"),
        ("9.996", 2, "10.00"),
        ("2/3", 4, "0.6667"),
        ("1e-40", 3, "0.000"),
        ("123456789.5", 0, "123456790"),
    ],
)
def test_decimals_half_up(written: str, decimals: int, wanted: str) -> None:
    arithmetic = ByHand(decimals=decimals)
    kept = arithmetic.keep(Fraction(written))
    assert figure(kept, Rounding(decimals, None), was_rounded=True).shown == wanted
    # 2.675 in binary is below the tie; as it is written it is the tie.
    assert kept == Fraction(Decimal(wanted))


@pytest.mark.parametrize(
    ("written", "significant", "wanted"),
    [
        ("9.996", 3, "10.0"),
        ("0.09996", 3, "0.100"),
        ("0.0346788", 3, "0.0347"),
        ("-0.234500", 3, "-0.235"),
        ("0.02525", 3, "0.0253"),
        ("1.1781", 4, "1.178"),
        ("0.0005", 3, "0.000500"),
        ("12345", 3, "12300"),
        ("12350", 3, "12400"),
        ("99.95", 3, "100"),
        ("0", 3, "0.00"),
        ("1/3", 2, "0.33"),
        ("-1e-30", 3, "-0.00000000000000000000000000000100"),
    ],
)
def test_significant_digits_half_up(written: str, significant: int, wanted: str) -> None:
    kept = ByHand(significant=significant).keep(Fraction(written))
    assert kept == Fraction(Decimal(wanted))
    assert figure(kept, Rounding(None, significant), was_rounded=True).shown == wanted


@pytest.mark.parametrize("seed", range(40))
def test_rounding_is_that_of_the_decimal_module(seed: int) -> None:
    random = Random(seed)
    for _ in range(25):
        places = random.randint(0, 6)
        text = f"{random.uniform(-30, 30):.{random.choice((places + 1, places + 2, 12))}f}"
        if random.random() < 0.5:
            text = f"{text.split('.')[0]}.{text.split('.')[1][:places]}5"
        wanted = Decimal(text).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        kept = ByHand(decimals=places).keep(Fraction(text))
        assert kept == Fraction(wanted), text
        assert fixed(Fraction(text), places) == str(wanted + 0 if wanted else abs(wanted)), text


def test_numbers_that_are_no_fractions_are_rounded_from_all_their_digits() -> None:
    # e^(ln 2 + ln 5/8) is 1.25 but for the last digit of any arithmetic.
    arithmetic = ByHand(decimals=5)
    root = arithmetic.at(call("sqrt", 2), {})
    assert arithmetic.keep(root) == Fraction("1.41421")
    assert ByHand(significant=10).keep(Precise(60).at(call("exp", -50), {})) == Fraction("1.928749848e-22")
    assert ByHand(decimals=3).keep(Precise(60).at(Call("pi", ()), {})) == Fraction("3.142")


IN_DECIMALS = {
    # The slides' Example 3 in the style of the slides, as it should have been printed there: three decimals.
    "z1_1": "0.24", "z1_2": "0.42", "a1_1": "0.560", "a1_2": "0.603", "z2_1": "1.179", "yhat": "0.765", "L": "0.268",
    "dL/dz2_1": "-0.235", "dL/dw2_11": "-0.132", "dL/dw2_12": "-0.142", "da1_1/dz1_1": "0.246",
    "da1_2/dz1_2": "0.239",
}  # fmt: skip
IN_DIGITS = {
    # Three significant digits, for what is small.
    "a1_1": "0.560", "a1_2": "0.603", "yhat": "0.765", "dL/dz2_1": "-0.235", "dL/dw2_11": "-0.132",
    "dL/dw2_12": "-0.142", "da1_1/dz1_1": "0.246", "da1_2/dz1_2": "0.239", "dL/dz1_1": "-0.0347",
    "dL/dw1_11": "-0.0174", "dL/dw1_12": "-0.00347",
    # The slides take these in one product of three factors, rounded once (-0.0505); we round ∂L/∂a too.
    "dL/da1_2": "-0.212", "dL/dz1_2": "-0.0507", "dL/dw1_21": "-0.0254", "dL/dw1_22": "-0.00507",
}  # fmt: skip


@pytest.mark.parametrize(
    ("rounding", "wanted"), [(Rounding(3, None), IN_DECIMALS), (Rounding(None, 3), IN_DIGITS)], ids=["round", "digits"]
)
def test_example_3_of_the_slides(rounding: Rounding, wanted: dict[str, str]) -> None:
    told = teach(solve(session.read("slides-example-3"), rounding=rounding))
    assert {name: told.figures[name].shown for name in wanted} == wanted


def test_example_3_of_the_slides_in_products_of_three() -> None:
    arithmetic = ByHand(significant=3)
    product = arithmetic.multiply([Fraction(text) for text in ("-0.235", "0.9", "0.239")])
    assert arithmetic.keep(product) == Fraction("-0.0505")
    assert arithmetic.keep(arithmetic.multiply([Fraction("-0.0505"), Fraction("0.5")])) == Fraction("-0.0253")


def test_rounding_changes_what_is_used_later() -> None:
    (exactly,) = solve(session.read("slides-example-3"))
    (rounded,) = solve(session.read("slides-example-3"), rounding=Rounding(2, None))
    assert rounded.trace.values["a1_1"] == Fraction("0.56")
    assert rounded.trace.values["z2_1"] == Fraction("1.18")  # 0.6·0.56 + 0.9·0.60 + 0.3 = 1.176
    assert rounded.trace.gradients["w2_11"] == Fraction("-0.13")  # (0.77 - 1)·0.56
    assert rounded.trace.updated["w2_11"] == Fraction("0.60")
    assert abs(exact(exactly.trace.updated["w2_11"]) - Fraction("0.601316663012823")) < Fraction(1, 10**15)


def test_no_figure_of_a_bundled_problem_is_minus_zero() -> None:
    for rounding in (Rounding(0, None), Rounding(2, None), Rounding(None, 1)):
        for name in ("slides-example-3", "relu-dead-unit", "week05-small-net"):
            told = teach(solve(session.read(name), rounding=rounding))
            for plain, shown in told.figures.items():
                assert not (shown.shown.startswith("-") and Decimal(shown.shown) == 0), plain
    assert (
        lesson("relu-dead-unit").figures["dL/dz1_2"].shown.lstrip("-")
        == lesson("relu-dead-unit").figures["dL/dz1_2"].shown
    )
