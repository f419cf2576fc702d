"""Slips of the pen: each class is recognised, and nothing else is taken for one."""

from __future__ import annotations

from fractions import Fraction

import pytest

from backprop_tutor.marking.slips import slip


def number(text: str) -> tuple[Fraction, Fraction]:
    """What is written, and half a unit of its last place."""
    _, point, decimals = text.partition(".")
    return Fraction(text), Fraction(1, 2 * 10 ** len(decimals)) if point else Fraction(0)


@pytest.mark.parametrize(
    ("written", "right", "kind", "certain"),
    [
        ("-0.2352", "0.235238", "sign", True),
        ("0.2352", "-0.235238", "sign", True),
        ("2.352", "0.235238", "decimal point", True),
        ("0.02352", "0.235238", "decimal point", True),
        ("0.0024", "0.24", "decimal point", False),
        ("0.2532", "0.235238", "digits swapped", True),
        ("0.3252", "0.235238", "digits swapped", True),
        ("0.2351", "0.235172", "last digit cut off", True),
        ("0.2452", "0.235238", "one digit", True),
        ("0.25", "0.24", "one digit", True),
        ("0.2752", "0.235238", "one digit", False),
        ("12", "21", "digits swapped", True),
    ],
)
def test_a_slip_is_recognised(written: str, right: str, kind: str, certain: bool) -> None:
    found = slip(*number(written), [Fraction(right)])
    assert found is not None
    assert (found.kind, found.is_certain) == (kind, certain)


@pytest.mark.parametrize("written", ["23.52", "2.352", "0.02352", "0.002352"])
def test_where_the_decimal_point_belongs_is_not_said(written: str) -> None:
    found = slip(*number(written), [Fraction("0.235238")])
    assert found is not None
    assert found.says == "The digits are right, but the decimal point is not in its place: look at the power of ten."


@pytest.mark.parametrize(
    ("written", "right"),
    [("0.3140", "0.235238"), ("1.185", "1.1781"), ("0", "0.24"), ("0.24", "0"), ("0.5", "0.24"), ("0.49", "0.24")],
)
def test_other_numbers_are_no_slips(written: str, right: str) -> None:
    assert slip(*number(written), [Fraction(right)]) is None


def test_any_of_the_right_numbers_will_do() -> None:
    assert slip(*number("0.2532"), [Fraction(7), Fraction("0.235238")]) is not None
    assert slip(*number("0.2532"), []) is None


@pytest.mark.parametrize(("written", "right"), [("-0.14", "-0.235238"), ("0.33", "0.235238")])
def test_two_digits_far_off_are_no_slip_in_one_of_them(written: str, right: str) -> None:
    assert slip(*number(written), [Fraction(right)]) is None
