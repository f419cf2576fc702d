"""What a verdict rests on: a learner's own digits, their own earlier lines, and the shape of what they hand in.

The numbers are worked out in plain arithmetic beside each sheet.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from math import exp

import pytest
from support import from_text, problem

from backprop_tutor.marking.mark import Marker
from backprop_tutor.marking.precision import Precision, precision
from backprop_tutor.model.formula import Name, Number, call
from backprop_tutor.model.marking import Entry, Report, Verdict
from backprop_tutor.model.sheet import Answer, Sheet, SheetLine, Written

EXAMPLE_3 = "slides-example-3"


@cache
def marker(text: str, *ask: str) -> Marker:
    return Marker(from_text(text) if "\n" in text else problem(text), ask=ask)


def marked(text: str, *lines: tuple[str, Written], ask: tuple[str, ...] = ()) -> Report:
    return marker(text, *ask).mark(Sheet("", tuple(SheetLine(name, value) for name, value in lines)))


def entries(report: Report) -> dict[str, Entry]:
    return {entry.name: entry for entry in report.entries if entry.given is not None}


def verdicts(report: Report) -> dict[str, str]:
    return {name: entry.verdict.value for name, entry in entries(report).items()}


def steps(inputs: str, *lines: str) -> str:
    return f"inputs: {{{inputs}}}\nexpressions:\n" + "".join(f"  {line}\n" for line in lines)


# Digits


def test_full_precision_from_a_wrong_line_on_is_carried() -> None:
    """1.5/7 = 0.2142857… is written as 0.21 and kept in the calculator: 100 times it is 21.43, not 21."""
    report = marked(steps("x: 0.4", "a: 3*x", "b: a/7", "c: 100*b"), ("a", "1.5"), ("b", "0.21"), ("c", "21.43"))
    assert verdicts(report) == {"a": "wrong", "b": "carried", "c": "carried"}
    assert entries(report)["c"].follows_from == ("a",)


def test_a_line_between_two_precisions_from_a_wrong_line_on_is_imprecise() -> None:
    """It is neither 100·(1.5/7) = 21.43 nor 100·0.21 = 21, but 0.21 may stand for 0.2125."""
    report = marked(steps("x: 0.4", "a: 3*x", "b: a/7", "c: 100*b"), ("a", "1.5"), ("b", "0.21"), ("c", "21.25"))
    assert verdicts(report) == {"a": "wrong", "b": "carried", "c": "imprecise"}


@pytest.mark.parametrize(
    ("x", "written", "verdict"),
    # Half a unit is 24 %, 21 %, 19 % and 16 % of it.
    [
        ("0.21", "0.2", "undecided"),
        ("0.24", "0.2", "undecided"),
        ("0.26", "0.3", "correct"),
        ("0.31", "0.3", "correct"),
    ],
)
def test_a_digit_must_say_more_than_a_fifth(x: str, written: str, verdict: str) -> None:
    assert verdicts(marked(steps(f"x: {x}", "y: 1*x"), ("y", written))) == {"y": verdict}


def test_a_difference_of_rounded_numbers_must_not_drown_in_their_rounding() -> None:
    """1.23 − 1.21 = 0.02 may be anything from 0.01 to 0.03: 0.024 is not off, but nobody can tell."""
    text = steps("a: 0.4113, b: 0.4048", "p: 3*a", "q: 3*b", "y: p - q")
    report = marked(text, ("p", "1.23"), ("q", "1.21"), ("y", "0.024"))
    assert verdicts(report) == {"p": "correct", "q": "correct", "y": "undecided"}
    assert report.marks.out_of == 2


@pytest.mark.parametrize(("written", "verdict"), [("1.3", "correct"), ("1.2", "imprecise"), ("1.4", "wrong")])
def test_a_number_may_be_rounded_twice(written: str, verdict: str) -> None:
    """1.2506 to two decimals is 1.25, and that to one is 1.2, to the even digit."""
    assert verdicts(marked(steps("x: 1.2506", "y: 1*x"), ("y", written))) == {"y": verdict}


def test_given_numbers_in_a_line_of_arithmetic_are_exact() -> None:
    """0.17 for 0.15: were 0.5 and 0.3 rounded, it could be anything from 0.13 to 0.21."""
    text = steps("x: 0.5, w: 0.3", "y: w*x")
    assert verdicts(marked(text, ("y", "0.5*0.3 + 1/50"))) == {"y": "wrong"}
    assert verdicts(marked(text, ("y", "0.5*0.3"))) == {"y": "correct"}


def test_the_rounding_that_a_problem_suggests_is_not_asked_of_a_sheet() -> None:
    """100 · 0.123² = 1.5129; by way of 0.02 it would be 2."""
    text = "inputs: {x: 0.123}\nrounding: {decimals: 2}\nexpressions:\n  a: x^2\n  b: 100*a\n"
    entry = entries(marked(text, ("b", "1.5129")))["b"]
    assert (entry.verdict, entry.strict) == (Verdict.CORRECT, True)
    assert entry.expected is not None
    assert entry.expected.full == "1.5129"
    assert verdicts(marked(text, ("b", "1.5229"))) == {"b": "wrong"}


def digits_of(*texts: str) -> Precision:
    def answer(text: str) -> Answer:
        places = len(text.partition(".")[2])
        digits = len(text.replace(".", "").lstrip("0"))
        return Answer(text, Number(Fraction(text), text), Fraction(1, 2 * 10**places), digits)

    return precision([(f"q{i}", answer(text)) for i, text in enumerate(texts)])


def test_without_a_habit_the_usual_decimals_and_the_fewer_digits_are_kept() -> None:
    # 2, 2, 3 and 1 decimals; 2, 3, 2 and 3 digits.
    assert digits_of("0.24", "1.18", "0.035", "12.5") == Precision(decimals=2, significant=2)


def test_two_answers_show_no_habit_and_three_do() -> None:
    assert digits_of("0.24", "1.18") == Precision(decimals=2, significant=2)
    assert digits_of("0.24", "1.18", "3.00") == Precision(decimals=2)


# Ways


def test_of_two_ways_that_fit_the_one_without_wrong_lines_counts() -> None:
    """−1.25 · 0.18808 = −0.2351 = 0.7649 − 1: the shortcut from ŷ has no need of the two wrong lines."""
    lines = [("yhat", "0.7649"), ("dL/dyhat", "-1.25"), ("dyhat/dz2_1", "0.18808"), ("dL/dz2_1", "-0.2351")]
    report = marked(EXAMPLE_3, *lines)
    assert entries(report)["dL/dyhat"].verdict is Verdict.WRONG
    assert entries(report)["dyhat/dz2_1"].verdict is Verdict.WRONG
    last = entries(report)["dL/dz2_1"]
    assert (last.verdict, last.follows_from, last.strict) == (Verdict.CORRECT, (), True)


def test_a_wrong_slope_that_the_shortcut_passes_over_has_its_right_line() -> None:
    entry = entries(marked(EXAMPLE_3, ("yhat", "0.7648"), ("dyhat/dz2_1", "0.5")))["dyhat/dz2_1"]
    assert (entry.verdict, entry.misconception) == (Verdict.WRONG, "")
    assert entry.right is not None
    assert entry.right.result is not None
    assert float(entry.right.result.full) == pytest.approx(0.7648 * (1 - 0.7648))


# Lines that were used as they should be


CROSSED = steps("x: 2", "r: x + 1", "p: 2*r", "q: 3*r", "y: p*q")


def test_two_lines_written_down_wrongly_may_both_have_been_used_rightly() -> None:
    """From r = 4, p is 8 and q is 12, and 8 · 12 = 96; what is written gives 9 · 15 = 135."""
    report = marked(CROSSED, ("r", "4"), ("p", "9"), ("q", "15"), ("y", "96"))
    assert verdicts(report) == {"r": "wrong", "p": "wrong", "q": "wrong", "y": "carried"}
    last = entries(report)["y"]
    assert last.follows_from == ("r",)
    assert [part for part in last.message if not isinstance(part, str)] == [Name("p"), Name("q")]


@pytest.mark.parametrize("written", ["120", "108"])
def test_one_line_written_down_wrongly_may_have_been_used_rightly(written: str) -> None:
    # 8 · 15 and 9 · 12.
    report = marked(CROSSED, ("r", "4"), ("p", "9"), ("q", "15"), ("y", written))
    assert entries(report)["y"].verdict is Verdict.CARRIED


def test_a_line_before_the_last_is_not_seen_in_a_single_coarse_digit() -> None:
    """From r = 9, p is 0.09 and y is 0.18; 0.2 may be that, and 0.24 as well."""
    text = steps("x: 2", "r: x + 1", "p: r/100", "y: 2*p")
    assert verdicts(marked(text, ("r", "9"), ("p", "0.3"), ("y", "0.2")))["y"] == "wrong"
    assert verdicts(marked(text, ("r", "9"), ("p", "0.3"), ("y", "0.18")))["y"] == "carried"


# Lines side by side


def test_the_right_line_of_a_value_is_written_as_it_is_taught() -> None:
    entry = entries(marked(EXAMPLE_3, ("a1_1", "0.9")))["a1_1"]
    assert entry.right is not None
    assert entry.right.formula == call("sigmoid", Name("z1_1"))
    assert entry.right.result is not None
    assert float(entry.right.result.full) == pytest.approx(1 / (1 + exp(-0.24)))


def test_a_line_that_is_right_in_itself_is_not_shown_as_the_learners_own_wrong_one() -> None:
    """The sign was lost before: ∂L/∂w = ∂L/∂z · a is what the learner used too."""
    lines = [("dL/dyhat", "-1.3076"), ("dyhat/dz2_1", "0.1799"), ("dL/dw2_11", "0.1317"), ("dL/dw2_12", "0.1420")]
    report = marked(EXAMPLE_3, *lines)
    assert report.explanations
    for name in ("dL/dw2_11", "dL/dw2_12"):
        assert entries(report)[name].right is not None
        assert entries(report)[name].yours is None


# What is handed in


def test_a_list_under_a_short_name_is_the_whole_layer() -> None:
    assert verdicts(marked(EXAMPLE_3, ("a1", ("0.5597", "0.6035")))) == {"a1_1": "correct", "a1_2": "correct"}
    assert verdicts(marked(EXAMPLE_3, ("a1", "0.5597"))) == {"a1_1": "correct"}


def test_an_unfinished_square_matrix_is_taken_as_it_stands() -> None:
    report = marked(EXAMPLE_3, ("dL/dW1", (("-0.01739", "-0.02533"), ("", "-0.07"))))
    assert verdicts(report) == {"dL/dw1_11": "correct", "dL/dw1_12": "wrong", "dL/dw1_22": "wrong"}
    report = marked(EXAMPLE_3, ("dL/dW1", (("-0.01739", "-0.02533"), ("-0,0034", "-0.07"))))
    assert verdicts(report)["dL/dw1_21"] == "unreadable"


def test_a_turned_matrix_with_a_wrong_number_stays_as_it_is_written() -> None:
    report = marked(EXAMPLE_3, ("dL/dW1", (("-0.01739", "-0.02533"), ("-0.003478", "-0.07"))))
    assert list(verdicts(report).values()) == ["correct", "wrong", "wrong", "wrong"]
    assert entries(report)["dL/dw1_12"].misconception == "M34"


ALIKE = """
inputs: [1, 1]
target: 0
layers:
  - {weights: [[0.5, 0.5], [0.5, 0.5]], activation: sigmoid}
  - {weights: [[1, 1]], activation: identity}
loss: half_squared_error
"""


def test_a_matrix_that_is_right_both_ways_is_not_called_transposed() -> None:
    a = 1 / (1 + exp(-1))
    gradient = f"{2 * a * a * (1 - a):.4f}"
    report = marked(ALIKE, ("dL/dW1", ((gradient, gradient), (gradient, gradient))))
    assert list(verdicts(report).values()) == ["correct"] * 4
    assert not any(entry.message for entry in entries(report).values())


@pytest.mark.parametrize("order", [("", "0.24"), ("0.24", "")])
def test_a_quantity_left_blank_once_and_answered_once_is_no_blank(order: tuple[str, str]) -> None:
    lines = tuple(SheetLine("z1_1", value) for value in order)
    found = marker(EXAMPLE_3).collector.collect(Sheet("", lines))
    assert (found.blanks, list(found.answers)) == (set(), ["z1_1"])
    assert marker(EXAMPLE_3).mark(Sheet("", lines)).is_right


def test_only_the_steps_that_were_asked_for_count() -> None:
    report = marked(EXAMPLE_3, ("z1_1", "0.3"), ("z1_2", "0.42"), ("yhat", "0.7648"), ask=("yhat", "L"))
    assert {entry.name for entry in report.entries if entry.asked} == {"yhat", "L"}
    assert (report.marks.strict, report.marks.carried, report.marks.out_of) == (1, 1, 2)
    assert entries(report)["z1_1"].verdict is Verdict.WRONG


# Formulas


def test_a_formula_that_rests_on_an_undecided_number_is_not_carried_from_it() -> None:
    """1. may stand for anything from 0.5 to 1.5, tanh(1) = 0.76 among them; k is not 0.76·k for that."""
    assert verdicts(marked("unknown-weight", ("a1_1", "1."), ("yhat", "k"))) == {"a1_1": "undecided", "yhat": "wrong"}
    assert verdicts(marked("unknown-weight", ("a1_1", "0.9"), ("yhat", "0.9*k")))["yhat"] == "carried"
