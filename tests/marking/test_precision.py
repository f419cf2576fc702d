"""What a sheet tells of its learner's digits."""

from __future__ import annotations

from fractions import Fraction

import pytest

from backprop_tutor.marking.precision import Precision, precision
from backprop_tutor.model.formula import Number
from backprop_tutor.model.sheet import Answer


def answer(text: str) -> Answer:
    digits = text.lstrip("-").replace(".", "").lstrip("0")
    half = Fraction(1, 2 * 10 ** len(text.partition(".")[2])) if "." in text else Fraction(0)
    return Answer(text, Number(Fraction(text), text), half, len(digits) if half else None)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["0.240", "1.179", "-0.035"], Precision(decimals=3)),
        (["0.240", "1.18", "-0.0348"], Precision(significant=3)),
        (["0.2400"], Precision(4, 4)),
        (["3", "1"], Precision()),
        ([], Precision()),
    ],
)
def test_the_digits_in_common(texts: list[str], expected: Precision) -> None:
    assert precision([(f"q{i}", answer(text)) for i, text in enumerate(texts)]) == expected


def test_updates_count_only_where_there_is_nothing_else() -> None:
    pairs = [("a", "0.240"), ("b", "1.179"), ("c", "0.035"), ("new_w", "0.2001739")]
    assert precision([(name, answer(text)) for name, text in pairs]) == Precision(decimals=3)
    assert precision([("new_w", answer("0.2001739"))]) == Precision(7, 7)


@pytest.mark.parametrize(
    ("kept", "value", "half_unit"),
    [
        (Precision(decimals=3), "0.0347", "0.0005"),
        (Precision(significant=3), "0.0347", "0.00005"),
        (Precision(significant=3), "12.5", "0.05"),
        (Precision(3, 3), "0.0347", "0.0005"),
        (Precision(3, 3), "12.5", "0.05"),
        (Precision(), "12.5", "0"),
        (Precision(significant=3), "0", "0"),
    ],
)
def test_the_half_unit_of_a_line(kept: Precision, value: str, half_unit: str) -> None:
    assert kept.half_unit(Fraction(value)) == Fraction(half_unit)
