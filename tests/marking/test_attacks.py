"""Sheets written to break the marker, or to earn marks without work."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from support import BUNDLED, from_text, problem

from backprop_tutor.marking.mark import Marker
from backprop_tutor.model.marking import Report
from backprop_tutor.model.sheet import Sheet, SheetLine


@cache
def marker(name: str) -> Marker:
    return Marker(problem(name))


def marked(name: str, answers: dict[str, str]) -> Report:
    return marker(name).mark(Sheet("", tuple(SheetLine(key, value) for key, value in answers.items())))


def everywhere(name: str, value: str) -> dict[str, str]:
    return dict.fromkeys(marker(name).setting.steps, value)


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("saturated-logistic", {"dL/dx1": "1.26643"}),
        ("multi-label", {"z2_1": "-6e4", "dL/dyhat1": "-1.40825"}),
        ("sigmoid-circuit", {"n": "1e8", "e": "1"}),
        ("sigmoid-circuit", {"n": "20000", "e": "1"}),
        ("slides-example-3", {"yhat": "exp(exp(10))"}),
        ("slides-example-3", {"z1_1": "exp(20000)"}),
        ("slides-example-3", {"yhat": "(1e300)^15"}),
        ("slides-example-3", {"yhat": "exp(exp(21))"}),
        ("slides-example-3", {"yhat": "exp(-exp(21))", "L": "1"}),
        ("slides-example-3", {"z1_1": "-1e300", "dL/dw1_11": "1e-300"}),
    ],
)
def test_numbers_beyond_all_bounds_are_no_crash(name: str, answers: dict[str, str]) -> None:
    report = marked(name, answers)
    assert report.marks.strict <= report.marks.carried <= report.marks.out_of


@pytest.mark.parametrize("value", ["exp(exp(21))", "exp(10^9)", "1e8", "1e308", "1e-308", "-1e300", "tan(pi/2)"])
@pytest.mark.parametrize("name", ["slides-example-3", "activation-zoo", "olin-cos-sqrt-point"])
def test_nor_are_they_everywhere(name: str, value: str) -> None:
    report = marked(name, everywhere(name, value))
    assert report.marks.strict == 0
    assert not report.is_right


NUMERIC = [name for name in BUNDLED if marker(name).setting.truth.keys() >= marker(name).setting.steps.keys()]
SYMBOLIC = [name for name in BUNDLED if name not in NUMERIC]
STOCK = ["0", "1", "-1", "0.5", "0.37", "1e-300", "1e-20", "0.", "0e5", "1.", "1e3", "5e1", "0.0"]


@pytest.mark.parametrize("value", STOCK)
def test_one_number_everywhere_earns_nothing_carried(value: str) -> None:
    for name in NUMERIC:
        report = marked(name, everywhere(name, value))
        # In a problem of nine steps, most of them 0, a handful fits by chance; and somewhere most of it is that number.
        if len(report.entries) > 12 and report.marks.strict * 2 < len(report.entries):
            assert report.marks.carried == report.marks.strict, name
            assert not report.is_right, name


def small_numbers() -> Iterator[str]:
    for i in range(1, 1000):
        yield f"{i}e-20"


def test_different_tiny_numbers_earn_nothing() -> None:
    for name in ("cmu-tanh", "slides-example-3", "two-by-two", "softmax-three-classes"):
        report = marked(name, dict(zip(marker(name).setting.steps, small_numbers(), strict=False)))
        assert report.marks.carried <= 4, name


@pytest.mark.parametrize("value", ["10.^64", "10.e9-1000.e7", "0", "1", "0.5", "1e-300", "2.5^60-2.5^60"])
def test_a_constant_for_every_formula_earns_nothing(value: str) -> None:
    for name in SYMBOLIC:
        report = marked(name, everywhere(name, value))
        # A bias's gradient that repeats the error signal is rightly repeated, whatever that is.
        assert report.marks.strict <= 2, name
        assert report.marks.carried <= report.marks.strict + 1, name
        assert not report.is_right, name


def test_gaps_hide_nothing() -> None:
    for name in ("df/dx", "df/dy"):
        report = marked("week05-polar", {name: "sin(10^64*10^64*10^64*10^64*r)"})
        assert report.marks.strict == 0
        assert marked("week05-polar", {name: "sin(r*10^20)"}).marks.strict == 0


@pytest.mark.parametrize("junk", ["0e9", "0."])
def test_one_right_line_among_too_few_digits_is_not_full_marks(junk: str) -> None:
    report = marked("slides-example-3", {**everywhere("slides-example-3", junk), "z1_1": "0.24"})
    assert report.marks.strict == 1
    assert report.marks.out_of >= 18
    assert not report.is_right


@pytest.mark.parametrize("junk", ["?x", "1/0", "0,5"])
def test_what_cannot_be_read_costs_nothing_but_the_sheet_is_not_right(junk: str) -> None:
    report = marked("slides-example-3", {**everywhere("slides-example-3", junk), "z1_1": "0.24"})
    assert (report.marks.strict, report.marks.out_of) == (1, 1)
    assert not report.is_right


def test_thousands_of_unknown_names_are_bounded() -> None:
    report = marked("slides-example-3", {f"nothing{i}": "1" for i in range(3000)})
    assert sum(bool(finding.repair.startswith("Did")) for finding in report.unknown) <= 50
    assert len(report.unknown) == 3000


def test_equal_units_may_be_wrong_in_the_same_way() -> None:
    """In a symmetric network the same number is rightly written many times, wrong ones too."""
    rows = ", ".join("[0.5, 0.5]" for _ in range(4))
    text = (
        f"inputs: [1, 2]\ntarget: 1\nlayers:\n  - {{weights: [{rows}], activation: sigmoid}}\n"
        "  - {weights: [[0.3, 0.3, 0.3, 0.3]], activation: identity}\nloss: half_squared_error\n"
    )
    here = Marker(from_text(text))
    truth = here.setting.truth
    # The slope of the activation is left out in all four units, and the rest follows.
    answers = {name: f"{float(truth[name]):.5f}" for name in here.setting.steps if not name.startswith("dL/dw1")}
    answers |= {f"dL/dz1_{i}": answers[f"dL/da1_{i}"] for i in range(1, 5)}
    answers |= {f"dL/dw1_{i}{k}": f"{k * float(answers[f'dL/da1_{i}']):.5f}" for i in range(1, 5) for k in (1, 2)}
    answers = {name: value for name, value in answers.items() if not name.startswith("dL/dx")}
    report = here.mark(Sheet("", tuple(SheetLine(name, value) for name, value in answers.items())))
    assert [explanation.id for explanation in report.explanations] == ["M01"]
    assert report.marks.carried == report.marks.out_of - 4
