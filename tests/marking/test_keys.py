"""The key of every bundled problem, written by one part and read by another, gets full marks."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest
from support import BUNDLED, problem

from backprop_tutor.marking.mark import Marker
from backprop_tutor.model.marking import Report, Verdict
from backprop_tutor.model.problem import Rounding
from backprop_tutor.model.sheet import Sheet, SheetLine
from backprop_tutor.reading.sheets import read_sheet
from backprop_tutor.writers.worksheet import write

BEYOND = {"saturated-logistic": {"dL/dyhat", "dyhat/dz1_1"}}
"""Steps whose numbers are beyond what a learner can write: 2.7e347."""


@cache
def marker(name: str) -> Marker:
    return Marker(problem(name))


def assert_full_marks(name: str, report: Report, fine: set[Verdict]) -> None:
    left_out = BEYOND.get(name, set())
    for entry in report.entries:
        if entry.name not in left_out:
            assert entry.verdict in fine, (entry.name, entry.given, entry.message)
    assert report.marks.strict == report.marks.carried == report.marks.out_of == len(report.entries) - len(left_out)
    assert report.first_error is None
    assert not report.explanations
    assert not report.unknown


@pytest.mark.parametrize("name", BUNDLED)
def test_the_key_gets_full_marks(name: str) -> None:
    text = write(marker(name).setting.lesson, key=True)
    assert_full_marks(name, marker(name).mark(read_sheet(text, "key.md")), {Verdict.CORRECT})


@pytest.mark.parametrize("name", BUNDLED)
def test_an_empty_worksheet_is_all_missing(name: str) -> None:
    report = marker(name).mark(read_sheet(write(marker(name).setting.lesson), "sheet.md"))
    assert {entry.verdict for entry in report.entries} == {Verdict.MISSING}
    assert all(entry.asked for entry in report.entries)
    assert (report.marks.strict, report.marks.carried, report.marks.out_of) == (0, 0, len(report.entries))
    assert not report.is_right


NUMERIC = [name for name in BUNDLED if name not in {"saturated-logistic", "softmax-large-scores", "exact-roots"}]


@pytest.mark.parametrize("rounding", [Rounding(decimals=4), Rounding(digits=4), Rounding(digits=3)], ids=str)
@pytest.mark.parametrize("name", NUMERIC)
def test_the_worked_solution_rounded_at_every_step_is_right(name: str, rounding: Rounding) -> None:
    """What ``solve --round`` prints is a correct sheet: nothing on it may be called wrong."""
    from backprop_tutor.engine.solve import solve
    from backprop_tutor.lessons.teach import teach

    told = teach(solve(problem(name), shortcut=False, rounding=rounding))
    lines = [SheetLine(step.name, step.figure.shown) for step in told.steps if step.figure is not None]
    report = marker(name).mark(Sheet("rounded", tuple(lines)))
    fine = {Verdict.CORRECT, Verdict.IMPRECISE, Verdict.UNDECIDED}
    for entry in report.entries:
        if entry.given is not None:
            assert entry.verdict in fine, (entry.name, entry.given.written, entry.from_yours)
    assert report.first_error is None


def test_what_a_sheet_does_not_ask_for_is_listed_and_not_counted() -> None:
    report = marker("slides-example-3").mark(Sheet("", (SheetLine("z1_1", "0.24"), SheetLine("z1_2", ""))))
    entries = {entry.name: entry for entry in report.entries}
    assert len(entries) == 36
    assert entries["z1_1"].asked
    assert entries["z1_2"].asked
    assert entries["z1_2"].verdict is Verdict.MISSING
    assert not entries["L"].asked
    assert (report.marks.strict, report.marks.out_of) == (1, 2)


def test_the_instructor_says_what_counts() -> None:
    marks = Marker(problem("slides-example-3"), ask=("z1_1", "L")).mark(Sheet("", (SheetLine("z1_1", "0.24"),))).marks
    assert (marks.strict, marks.carried, marks.out_of) == (1, 1, 2)


def test_numbers_are_kept_to_the_last_digit() -> None:
    truth = marker("slides-example-3").setting.truth["dL/dw1_11"]
    assert abs(truth - Fraction("-0.0173912625918146")) < Fraction(1, 10**15)
