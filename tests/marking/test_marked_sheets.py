"""Sheets of several errors: what is wrong by itself and what follows from it, and which idea explains it.

Each file in ``sheets/`` holds a sheet, worked out with a pocket calculator's arithmetic, and what must be said of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from support import problem

from backprop_tutor.marking.mark import Marker
from backprop_tutor.model.marking import Entry, Report, Verdict
from backprop_tutor.model.sheet import Sheet, SheetLine

FILES = sorted((Path(__file__).parent / "sheets").glob("*.yaml"))
FINE = {Verdict.CORRECT, Verdict.CARRIED, Verdict.IMPRECISE, Verdict.OTHER_CONVENTION}


@cache
def marker(name: str) -> Marker:
    return Marker(problem(name))


@dataclass
class Case:
    says: str
    problem: str
    answers: dict[str, str]
    first_error: str
    ideas: list[str]
    expect: dict[str, str]


def case(path: Path) -> Case:
    # Every scalar as text: 0.240 has three digits.
    read: dict[str, Any] = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    return Case(**read)


def sheet(answers: dict[str, str], learner: str = "") -> Sheet:
    return Sheet(learner, tuple(SheetLine(name, value) for name, value in answers.items()))


def marked(path: Path) -> tuple[Case, Report]:
    read = case(path)
    return read, marker(read.problem).mark(sheet(read.answers))


def by_name(report: Report) -> dict[str, Entry]:
    return {entry.name: entry for entry in report.entries if entry.given is not None}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_roots_are_told_from_what_follows(path: Path) -> None:
    read, report = marked(path)
    entries = by_name(report)
    assert entries.keys() == read.answers.keys()
    for name, entry in entries.items():
        if name in read.expect:
            assert entry.verdict == read.expect[name], name
        else:
            assert entry.verdict in FINE, name
    assert (report.first_error or "null") == read.first_error


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_idea_behind_the_sheet(path: Path) -> None:
    read, report = marked(path)
    found = [explanation.id for explanation in report.explanations]
    if read.ideas == ["C"]:
        assert found
        assert all(explanation.convention for explanation in report.explanations)
        assert report.first_error is None
        assert report.is_right
    else:
        assert found == read.ideas


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_marks_are_in_order_and_only_roots_cost_a_carried_mark(path: Path) -> None:
    read, report = marked(path)
    wrong = sum(verdict == "wrong" for verdict in read.expect.values())
    assert 0 <= report.marks.strict <= report.marks.carried <= report.marks.out_of == len(read.answers)
    assert report.marks.carried == report.marks.out_of - wrong


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_order_of_the_lines_changes_nothing(path: Path) -> None:
    read, report = marked(path)
    lines = list(read.answers.items())
    Random(path.stem).shuffle(lines)
    again = marker(read.problem).mark(sheet(dict(lines)))
    assert again.entries == report.entries
    assert (again.marks, again.first_error, again.explanations) == (
        report.marks,
        report.first_error,
        report.explanations,
    )


def entry(name: str, sheet_name: str = "example_3_as_printed") -> Entry:
    _, report = marked(Path(__file__).parent / "sheets" / f"{sheet_name}.yaml")
    return by_name(report)[name]


def test_example_3_says_that_the_gradient_by_the_output_is_the_one_by_the_sum() -> None:
    from backprop_tutor.model.formula import Derivative

    said = entry("dL/dyhat")
    assert Derivative("L", "z2_1") in said.message
    assert said.experiment


def test_example_3_shows_what_follows_from_the_learners_own_values() -> None:
    said = entry("a1_1")
    assert said.verdict is Verdict.CARRIED
    assert said.follows_from == ("z1_1",)
    assert said.expected is not None
    assert said.from_yours is not None
    assert (said.expected.shown, said.from_yours.shown) == ("0.559714", "0.562177")
    assert entry("dL/dw1_11").follows_from == ("z2_1", "da1_1/dz1_1")


def test_example_3_as_printed_in_marks() -> None:
    _, report = marked(FILES[[path.stem for path in FILES].index("example_3_as_printed")])
    assert (report.marks.strict, report.marks.carried, report.marks.out_of) == (4, 25, 30)


def test_the_line_before_last_is_named() -> None:
    said = entry("dL/dz1_1", "line_before_last")
    assert said.verdict is Verdict.CORRECT
    assert "should be" in str(said.message)
