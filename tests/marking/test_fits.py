"""The tolerance: half a unit of the last place, and what the half units of the inputs can do."""

from __future__ import annotations

from fractions import Fraction

import pytest
from support import from_text

from backprop_tutor.engine.precise import Precise
from backprop_tutor.engine.reckoning import Reckoning
from backprop_tutor.errors import UndefinedValueError
from backprop_tutor.marking.fits import Fit, Fitter, as_float, slack, tolerance
from backprop_tutor.marking.mark import Marker
from backprop_tutor.marking.precision import Precision
from backprop_tutor.marking.setting import Setting, rational
from backprop_tutor.model.formula import Formula, Name, call
from backprop_tutor.model.marking import Verdict
from backprop_tutor.model.sheet import Sheet, SheetLine

H = Fraction(1, 200)
"""Half a unit of the second decimal."""


def reckoning(formulas: dict[str, Formula], **held: Fraction) -> Reckoning:
    return Reckoning(formulas, Precise(), held)


def fitter(*names: str, precision: Precision | None = None) -> Fitter:
    return Fitter(dict.fromkeys(names, H), precision or Precision())


A, B, C, R = Name("a"), Name("b"), Name("c"), Name("r")
ONE, TWO = Fraction(1), Fraction(2)


def test_every_input_reaches_and_all_of_them_add_up() -> None:
    here = reckoning({"y": A + B + 2 * C}, a=ONE, b=ONE, c=ONE)
    assert fitter("a", "b", "c").reach("y", Fraction(4), here) == 4 * H
    assert fitter("a").reach("y", Fraction(4), here) == H
    assert fitter().reach("y", Fraction(4), here) == 0


@pytest.mark.parametrize("bent", [call("max", 0, A), call("min", 0, A), call("abs", A)])
def test_both_ends_of_an_input_are_tried(bent: Formula) -> None:
    assert fitter("a").reach("y", Fraction(0), reckoning({"y": bent}, a=Fraction(0))) == H


def test_the_two_a_of_a_slope_are_one_number() -> None:
    """a·(1 − a) hardly moves at 0.56; plain intervals would make it move by twice the half unit."""
    a = Fraction(56, 100)
    found = a * (1 - a)
    reach = fitter("a").reach("y", found, reckoning({"y": A * (1 - A)}, a=a))
    assert reach == abs((a + H) * (1 - a - H) - found)
    assert reach < H / 5


FITS = {"1.00": Fit.WITHIN, "1.005": Fit.WITHIN, "1.01": Fit.NEAR, "1.015": Fit.NEAR, "1.02": Fit.OFF, "-1": Fit.OFF}


@pytest.mark.parametrize(("written", "fit"), FITS.items())
def test_how_well_a_number_agrees(written: str, fit: Fit) -> None:
    half_units = {"a": H, "y": H}
    found = Fitter(half_units, Precision()).fitted("y", Fraction(written), reckoning({"y": 2 * A}, a=ONE / 2))
    assert found is not None
    assert (found.fit, found.value) == (fit, 1)


def test_the_tolerance_has_two_parts() -> None:
    assert tolerance(H, Fraction(0)) == Fraction(102, 100) * H
    assert tolerance(Fraction(0), H) == Fraction(105, 100) * H


def test_what_has_no_value_does_not_fit() -> None:
    assert fitter().fitted("y", ONE, reckoning({"y": call("ln", A)}, a=-ONE)) is None
    assert fitter().fitted("y", ONE, reckoning({"y": A})) is None


def test_lines_in_between_reach_along_every_path() -> None:
    """r is used twice: what its rounding does adds up, with that of the two lines that use it."""
    formulas: dict[str, Formula] = {"r": A * 1, "p": 3 * R, "q": 4 * R, "y": Name("p") + Name("q")}
    here = reckoning(formulas, a=Fraction(1, 7))
    found = rational(here.derived("y"))
    reach = fitter(precision=Precision(decimals=2)).reach_between("y", found, here)
    assert float(reach) == pytest.approx(float((3 + 4) * H + H + H), rel=1e-6)


def test_lines_that_cancel_reach_as_little_as_they_do() -> None:
    formulas: dict[str, Formula] = {"r": A * 1, "p": 3 * R, "y": Name("p") - 3 * R}
    here = reckoning(formulas, a=Fraction(1, 3))
    reach = fitter(precision=Precision(decimals=2)).reach_between("y", Fraction(0), here)
    # r itself cancels; only the rounding of p is left, and p = 1 needs none.
    assert float(reach) == pytest.approx(0, abs=1e-9)


def test_far_away_no_rounding_is_asked_for() -> None:
    formulas: dict[str, Formula] = {"r": A * 1, "y": 1000 * R}
    here = reckoning(formulas, a=Fraction(1, 3))
    kept = Precision(decimals=0)
    assert Fitter({}, kept).fitted("y", Fraction(900), here).fit is Fit.OFF  # type: ignore[union-attr]
    assert Fitter({}, kept).fitted("y", Fraction(400), here).fit is Fit.NEAR  # type: ignore[union-attr]


def test_no_difference_beside_a_number_is_relative_to_it() -> None:
    assert slack(Fraction(1, 10**30)) < Fraction(1, 10**38)
    assert 0 < slack(Fraction(0)) <= Fraction(1, 10**12)


def test_numbers_beyond_doubles() -> None:
    assert as_float(Fraction(10) ** 400) == float("inf")
    assert as_float(-(Fraction(10) ** 400)) == float("-inf")
    with pytest.raises(UndefinedValueError):
        rational(Fraction(2) ** 5000)
    assert rational(Precise().primitive("exp", [Fraction(-(10**6))])) == 0
    with pytest.raises(UndefinedValueError):
        rational(Precise().primitive("exp", [Fraction(10**6)]))


# Whole numbers, and numbers with too few digits


def verdict(text: str, name: str, written: str, **more: str) -> Verdict:
    lines = tuple(SheetLine(key, value) for key, value in {**more, name: written}.items())
    (entry,) = (entry for entry in Marker(from_text(text)).mark(Sheet("", lines)).entries if entry.name == name)
    return entry.verdict


CUBES = "inputs: {x: 13.01}\nexpressions:\n  y: x^3\n  z: 0.0123*x\n  n: x/2000\n  t: y + z + n\n"


@pytest.mark.parametrize(
    ("written", "expected"),
    [("2202", "correct"), ("2200", "wrong"), ("2203", "wrong"), ("2202.07", "correct"), ("4404/2", "wrong")],
)
def test_a_whole_number_is_rounded_like_the_rest(written: str, expected: str) -> None:
    # 13.01³ = 2202.073…: whole with four digits, as z = 0.1600 and n = 0.006505 have.
    assert verdict(CUBES, "y", written, z="0.1600", n="0.006505") == expected


@pytest.mark.parametrize(("written", "expected"), [("2200", "wrong"), ("2190", "wrong"), ("22020", "wrong")])
def test_zeros_stand_for_rounded_digits_only_behind_three_others(written: str, expected: str) -> None:
    assert verdict(CUBES, "y", written) == expected
    assert verdict("inputs: {x: 13.01}\nexpressions:\n  y: 10*x^3\n", "y", "22020") == "correct"


@pytest.mark.parametrize(
    ("written", "expected"), [("0.16", "correct"), ("0.2", "undecided"), ("0.1600", "correct"), ("0.0", "wrong")]
)
def test_a_fifth_is_the_least_that_a_digit_must_say(written: str, expected: str) -> None:
    # z = 0.160023: half a unit of 0.2 is 31 % of it.
    assert verdict(CUBES, "z", written) == expected


def test_the_setting_leaves_the_problems_own_rounding_alone() -> None:
    text = "inputs: {x: 0.123456}\nrounding: {decimals: 2}\nexpressions:\n  y: 10*x\n"
    assert Setting(from_text(text)).truth["y"] == Fraction("1.23456")
