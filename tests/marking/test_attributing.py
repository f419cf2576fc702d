"""Which idea stands behind a sheet, and what is made of it: marks, conventions, the step to ask for next.

The numbers are worked out in plain arithmetic beside each sheet.
"""

from __future__ import annotations

from functools import cache

import pytest
from support import from_text, problem

from backprop_tutor.marking.mark import Marker
from backprop_tutor.model.marking import Entry, Report, Verdict
from backprop_tutor.model.sheet import Earlier, Sheet, SheetLine

EXAMPLE_3 = "slides-example-3"
SQUARE = """
inputs: [1]
target: 1
layers:
  - {weights: [[WEIGHT]], activation: identity}
loss: half_squared_error
"""


@cache
def marker(text: str) -> Marker:
    return Marker(from_text(text) if "\n" in text else problem(text))


def marked(text: str, *lines: tuple[str, str]) -> Report:
    return marker(text).mark(Sheet("", tuple(SheetLine(name, value) for name, value in lines)))


def beside(tutor: Earlier, *lines: tuple[str, str]) -> Report:
    """The report on a sheet of exact-roots, with what a tutor knows beside it."""
    return marker("exact-roots").mark(Sheet("", tuple(SheetLine(name, value) for name, value in lines)), tutor)


def entries(report: Report) -> dict[str, Entry]:
    return {entry.name: entry for entry in report.entries if entry.given is not None}


def said(entry: Entry) -> str:
    return "".join(part if isinstance(part, str) else "·" for part in entry.message)


def ids(report: Report) -> set[str]:
    return {explanation.id for explanation in report.explanations}


# Slip or idea


def test_a_wrong_digit_that_shows_nowhere_else_is_a_slip() -> None:
    """With ŷ − y = 1.4142 the loss is 1.00; 2.00 is one digit off, and the loss without ½ as well."""
    report = marked(SQUARE.replace("WEIGHT", "2.4142"), ("L", "2.00"))
    assert not report.explanations
    assert said(entries(report)["L"]) == "One digit is off by one."
    assert report.first_error == "L"


def test_a_wrong_digit_is_an_idea_where_the_idea_would_show_elsewhere_too() -> None:
    """∂L/∂ŷ = 1.41, and 2.83 without ½: the sheet has it too, though with too few digits to tell."""
    report = marked(SQUARE.replace("WEIGHT", "2.4142"), ("L", "2.00"), ("dL/dyhat", "1."))
    assert ids(report) == {"C01"}


def test_what_is_undecided_speaks_against_no_idea() -> None:
    """With ŷ − y = 1.45 the loss without ½ is 2.10, and ∂L/∂ŷ is 2.9: 1. is none of the two, but as good as nothing."""
    report = marked(SQUARE.replace("WEIGHT", "2.45"), ("L", "2.10"), ("dL/dyhat", "1."))
    assert entries(report)["dL/dyhat"].verdict is Verdict.UNDECIDED
    assert ids(report) == {"C01"}
    against = marked(SQUARE.replace("WEIGHT", "2.45"), ("L", "2.10"), ("dL/dyhat", "1.45"))
    assert not against.explanations


def test_a_slip_does_not_hide_the_idea_behind_another_line() -> None:
    """0.25 for 0.24 is one digit off; 0.6035 is the activation, where its slope should stand."""
    report = marked(EXAMPLE_3, ("z1_1", "0.2500"), ("z1_2", "0.4200"), ("da1_2/dz1_2", "0.6035"))
    assert ids(report) == {"M06"}
    assert entries(report)["z1_1"].misconception == ""
    assert said(entries(report)["z1_1"]) == "One digit is off by one."


@pytest.mark.parametrize(
    ("text", "name", "typed"),
    [
        ("two-by-two", "dL/dw6", "0.3"),  # 0.0827; ideas give 0.26 to 0.34
        ("two-by-two", "da1_1/dz1_1", "0.05"),  # 0.2413; an idea gives 0.0478
        ("two-by-two", "da1_1/dz1_1", "0.02"),  # the digits of 0.2413, ten times too small, or of a thousand others
        (EXAMPLE_3, "dL/dz2_1", "0.3"),
        (EXAMPLE_3, "a1_2", "0.1"),
        (EXAMPLE_3, "L", "-0.3"),
    ],
)
def test_a_single_digit_tells_no_idea_and_no_slip(text: str, name: str, typed: str) -> None:
    report = marked(text, (name, typed))
    entry = entries(report)[name]
    assert (entry.verdict, entry.slip, report.explanations) == (Verdict.WRONG, "", ())


def test_a_single_digit_tells_what_is_exactly_this_number() -> None:
    assert entries(marked("cmu-tanh", ("z1_1", "0.5")))["z1_1"].slip == "decimal point"
    assert entries(marked("cmu-tanh", ("z1_3", "-2")))["z1_3"].slip == "sign"
    assert ids(marked(EXAMPLE_3, ("dL/dz2_1", "-1"))) == {"M06"}


def test_single_digits_on_several_lines_tell_an_idea_together() -> None:
    """δ is 0.0378 and 0.2710; without the slope of tanh (M01), or with a for it (M06), both round to 4."""
    lines = [("dL/da1_2", "3.836"), ("dL/da1_3", "3.836")]
    assert ids(marked("cmu-tanh", *lines, ("dL/dz1_2", "4."), ("dL/dz1_3", "4."))) == {"M01", "M06"}
    # With one of them alone there is nothing but chance to go by.
    assert not ids(marked("cmu-tanh", *lines, ("dL/dz1_2", "4.")))


def test_one_idea_in_two_places_is_not_told_as_two_ideas() -> None:
    """u and s have three paths each: 2u + 5 + 3u² = 125 without its 5, 2s + 7 + 3s² = 63 without its 7."""
    text = (
        "inputs: {x: 2, y: 3}\nexpressions:\n  u: x*y\n  p: u^2\n  q: 5*u\n  r: u^3\n"
        "  s: x^2\n  a: s^2\n  b: 7*s\n  c: s^3\n  v: p+q+r+a+b+c\n"
    )
    assert ids(marked(text, ("dv/du", "120"))) == {"M35"}
    groups = [(found.id, found.group) for found in marked(text, ("dv/du", "120"), ("dv/ds", "56")).explanations]
    assert len(groups) < 2


# Conventions


def test_a_convention_comes_before_an_error_that_gives_the_same() -> None:
    """3.2 for 1.6 is ∂L/∂ŷ without ½ in front, or with the factor 2 left in: nobody is told off for the first."""
    report = marked(SQUARE.replace("WEIGHT", "2.6"), ("dL/dyhat", "3.2"))
    assert ids(report) == {"C01"}
    assert entries(report)["dL/dyhat"].verdict is Verdict.OTHER_CONVENTION
    assert report.first_error is None


def test_turned_signs_are_granted_only_where_an_update_shows_them() -> None:
    turned = [("yhat", "0.7648"), ("dL/dz2_1", "0.2352"), ("dL/dw2_11", "0.1316"), ("dL/dw2_12", "0.1419")]
    assert ids(marked(EXAMPLE_3, *turned)) == {"M18"}
    # 0.6 + 0.01 · 0.1316 and 0.9 + 0.01 · 0.1419.
    granted = marked(EXAMPLE_3, *turned, ("new_w2_11", "0.601316"), ("new_w2_12", "0.901419"))
    assert ids(granted) == {"C03"}


def test_a_tie_between_a_convention_and_an_error_is_no_convention() -> None:
    """Every gradient with the other sign, and no update on the sheet: the slope of the loss may be wrong."""
    setting = marker("multi-label").setting
    names = [name for name in setting.steps if name.startswith("dL/d")]
    report = marked("multi-label", *((name, f"{-float(setting.truth[name]):.4f}") for name in names))
    assert {explanation.convention for explanation in report.explanations} == {False}
    assert entries(report)["dL/dyhat1"].verdict is Verdict.WRONG
    assert report.first_error == "dL/dyhat1"


def test_what_rests_on_a_slip_too_is_carried_and_no_convention() -> None:
    """a = 0.5897 has two digits of 0.5987 swapped, and the loss is taken without ½.

    From there ŷ = 0.6 · 0.5897 = 0.3538, L = 0.6462² = 0.4176, ∂L/∂ŷ = −2 · 0.6462 = −1.2924, which times a is
    −0.7621 and times w is −0.7754.
    """
    text = (
        "inputs: [0.5]\ntarget: 1\nlayers:\n  - {weights: [[0.8]], activation: sigmoid}\n"
        "  - {weights: [[0.6]], activation: identity}\nloss: half_squared_error\n"
    )
    lines = [("a1_1", "0.5897"), ("yhat", "0.3538"), ("L", "0.4176"), ("dL/dyhat", "-1.2924")]
    report = marked(text, *lines, ("dL/da1_1", "-0.7754"), ("dL/dw2_11", "-0.7621"))
    found = entries(report)
    assert {name: entry.verdict.value for name, entry in found.items()} == {
        "a1_1": "wrong",
        "yhat": "carried",
        "L": "other_convention",
        "dL/dyhat": "other_convention",
        "dL/da1_1": "other_convention",
        "dL/dw2_11": "carried",
    }
    assert found["dL/dw2_11"].follows_from == ("a1_1", "dL/dyhat")


# Marks and messages


@pytest.mark.parametrize(("p", "y", "earned"), [("0", "0", False), ("4", "40", True)])
def test_a_wrong_zero_that_leaves_nothing_to_do_earns_nothing(p: str, y: str, earned: bool) -> None:
    # y = p · 10.
    text = "inputs: {x: 2}\nexpressions:\n  p: x + 1\n  q: x*5\n  y: p*q\n"
    report = marked(text, ("p", p), ("y", y))
    found = entries(report)["y"]
    assert (found.verdict, found.earned) == (Verdict.CARRIED, earned)
    assert ("earns no carried mark" in said(found)) is not earned
    assert report.marks.carried == earned


def test_two_quantities_that_should_be_equal_are_not_held_against_each_other() -> None:
    """From r = 5, p = 20, q = 3 and y = 60; rightly p and y are both 12, so 20 says nothing about which is meant."""
    text = "inputs: {x: 2}\nexpressions:\n  r: x + 1\n  p: 4*r\n  q: r - 2\n  y: p*q\n"
    report = marked(text, ("r", "5"), ("p", "20"), ("q", "3"), ("y", "20.0"))
    assert entries(report)["y"].verdict is Verdict.WRONG
    assert "This number is" not in said(entries(report)["y"])
    other = "inputs: {x: 2}\nexpressions:\n  r: x + 1\n  p: 4*r\n  q: r - 1\n  y: p*q\n"
    report = marked(other, ("r", "5"), ("p", "20"), ("q", "4"), ("y", "20.0"))
    assert said(entries(report)["y"]) == "This number is ·, not ·."


def test_the_experiment_takes_so_small_a_step_that_it_shows_the_slope() -> None:
    """y = x² at 1: a step of 0.1 changes y by 0.21, where slope 2 says 0.2 and slope 2.5 says 0.25."""
    entry = entries(marked("inputs: {x: 1}\nexpressions:\n  y: x^2\n", ("dy/dx", "2.5")))["dy/dx"]
    assert entry.experiment is not None
    words = "".join(part if isinstance(part, str) else "·" for part in entry.experiment.words)
    assert words == "If · were 2.5, moving · by 0.01 would change · by about 0.025; it changes by 0.0201."


# What to ask next


def test_a_step_that_is_on_the_sheet_is_not_asked_for_again() -> None:
    """−0.14 may be ∂L/∂a₁ = −0.1411 and other numbers near: with more digits it would tell, but it is there."""
    report = marked(EXAMPLE_3, ("dL/dz1_1", "-0.14"))
    assert len(ids(report)) > 1
    assert report.ask_next == "dL/dz1_2"


def test_a_step_that_tells_two_ideas_apart_in_its_second_digit_is_asked_for() -> None:
    """Half of every slope, 1 − ŷ = 0.2352 for ŷ(1 − ŷ) = 0.1799, leads to −0.041, and x = 0.5 left out to −0.035.

    −0.039 is near both; what each has for ∂ŷ/∂z is not alike.
    """
    report = marked(EXAMPLE_3, ("dL/dw1_11", "-0.039"))
    assert ids(report) == {"M06", "M32"}
    assert report.ask_next == "dyhat/dz2_1"


# What a tutor knows beside a sheet

TOLD = ("dL/dx1", "-0.2095")
SECOND_PATH_ONLY = ("dL/dx2", "0.5132")


def test_what_the_learner_was_told_contradicts_no_idea() -> None:
    """∂L/∂x₁ is the sum of 0.2095 and −0.4190, ∂L/∂x₂ of −0.2566 and 0.5132, which is also twice the sum."""
    assert not ids(beside(Earlier(), TOLD, SECOND_PATH_ONLY))
    assert ids(beside(Earlier(frozenset({"dL/dx1"})), TOLD, SECOND_PATH_ONLY)) == {"M19", "M35", "M37"}


def test_an_earlier_wrong_answer_decides_between_ideas() -> None:
    """Who took the larger share of ∂L/∂x₁ before, and the smaller one in size, does not take the largest in size."""
    tried = (SheetLine("dL/dx1", "0.2095"),)
    first = beside(Earlier(frozenset({"dL/dx1"}), tried), TOLD, ("dL/dx2", "-0.2566"))
    assert ids(first) == {"M35"}
    largest = beside(Earlier(frozenset({"dL/dx1"}), tried), TOLD, SECOND_PATH_ONLY)
    assert ids(largest) == {"M37"}


def test_what_went_before_changes_no_verdict() -> None:
    """Told that the sign is the other way round, nobody answers in the other convention."""
    lines = (("dL/dyhat1", "0.7414"), ("dL/dyhat2", "0.2171"))
    told = Earlier(frozenset({"dL/dyhat1"}), (SheetLine("dL/dyhat1", "-0.7414"),))
    sheet = Sheet("", tuple(SheetLine(name, value) for name, value in lines))
    report = marker("two-by-two").mark(sheet, told)
    assert entries(report)["dL/dyhat2"].verdict is Verdict.WRONG
    assert ids(report) == {"M18"}


def test_only_the_entries_that_are_asked_for_are_told() -> None:
    sheet = Sheet("", (SheetLine(*TOLD), SheetLine(*SECOND_PATH_ONLY)))
    everything = marker("exact-roots").mark(sheet)
    one = marker("exact-roots").mark(sheet, names={"dL/dx2"})
    assert one.entries == tuple(entry for entry in everything.entries if entry.name == "dL/dx2")
    assert one.explanations == everything.explanations
