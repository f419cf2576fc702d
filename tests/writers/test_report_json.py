"""A marked sheet as JSON: the contract's keys, numbers with all their digits, and nothing that breaks a reader."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
import report_samples as samples

from backprop_tutor.model.lesson import Figure
from backprop_tutor.model.marking import Report, Verdict
from backprop_tutor.model.sheet import Answer
from backprop_tutor.writers import report_json


def read(report: Report) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(report_json.write(report), parse_float=Decimal)
    return found


def entry(found: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in found["entries"] if one["name"] == name)


@pytest.mark.parametrize("name", samples.REPORTS)
def test_the_keys_are_those_of_the_contract(name: str) -> None:
    report = samples.REPORTS[name]()
    found = read(report)
    assert {"sheet", "first_error", "marks", "misconceptions", "entries", "ask_next", "unknown"} == set(found)
    assert set(found["marks"]) == {"strict", "carried", "out_of"}
    contract = {"name", "given", "expected", "expected_from_yours", "verdict", "misconception", "message"}
    assert all(contract <= set(one) for one in found["entries"])
    assert all({"id", "title", "steps"} <= set(one) for one in found["misconceptions"])
    assert [one["name"] for one in found["entries"]] == [step.name for step in report.lesson.steps]
    assert {one["verdict"] for one in found["entries"]} <= {verdict.value for verdict in Verdict}


def test_the_slides() -> None:
    found = read(samples.slides())
    assert found["sheet"] == "slides.yaml"
    assert found["first_error"] == "z1_1"
    assert found["marks"] == {"strict": 0, "carried": 25, "out_of": 30}
    first = entry(found, "z1_1")
    assert (first["given"], first["expected"], first["expected_from_yours"]) == (
        "0.25",
        Decimal("0.24"),
        Decimal("0.24"),
    )
    assert first["verdict"] == "wrong"
    assert entry(found, "yhat")["follows_from"] == ["z1_1", "z1_2", "z2_1"]
    assert entry(found, "yhat")["message"] == "Right from your own z1_1."
    assert entry(found, "dL/dyhat")["message"] == "This number is dL/dz2_1, not dL/dyhat."
    assert entry(found, "dL/dyhat")["experiment"].startswith("If dL/dyhat were -0.234, moving yhat by 0.01")


def test_numbers_have_seventeen_digits_and_what_was_written_stays_as_it_was() -> None:
    found = read(samples.slides())
    assert entry(found, "a1_1")["expected"] == Decimal("0.55971364926719294")
    assert entry(found, "dL/dz2_1")["given"] == "-0.234"
    assert '"expected": 0.55971364926719294,' in report_json.write(samples.slides())


def test_where_the_learners_values_lead_nowhere_else_they_lead_to_the_right_number() -> None:
    found = read(samples.right())
    assert all(one["expected_from_yours"] == one["expected"] for one in found["entries"])


def test_what_is_missing_is_null() -> None:
    missing = entry(read(samples.slides()), "dL/dx1")
    assert missing["given"] is None
    assert missing["expected_from_yours"] is None
    assert missing["expected"] == Decimal("-0.022154953687049661")
    assert missing["asked"] is False
    found = read(samples.nothing())
    assert found["first_error"] is None
    assert found["ask_next"] is None
    assert found["marks"]["out_of"] == 0


def test_ideas_ties_and_conventions() -> None:
    found = read(samples.with_ideas())
    groups = [(one["id"], one["group"], one["convention"], one["steps"]) for one in found["misconceptions"]]
    assert groups == [
        ("M27", 1, False, ["dL/da1_1", "dL/da1_2"]),
        ("M01", 2, False, ["dL/dz1_1"]),
        ("M03", 2, False, ["dL/dz1_1"]),
        ("M19", 3, True, ["L"]),
    ]
    assert found["ask_next"] == "da1_1/dz1_1"
    assert entry(found, "dL/dz1_1")["misconception"] == "M01/M03"
    assert entry(found, "z1_1")["misconception"] is None
    assert entry(found, "z1_1")["slip"] is None
    assert found["unknown"] == ["'z3_1' is no step of this problem. Did you mean z2_1?"]


def test_a_formula_is_a_string_in_the_syntax_of_problem_files() -> None:
    found = read(samples.symbolic())
    assert entry(found, "z1_2")["expected"] == "x1*w1_11 + b1_1"
    assert entry(found, "z1_2")["given"] == "x1 * w1_11"


def test_compact_is_one_line_with_the_same_content() -> None:
    for make in samples.REPORTS.values():
        compact = report_json.write(make(), compact=True)
        assert compact.count("\n") == 1
        assert compact.endswith("}\n")
        assert json.loads(compact) == json.loads(report_json.write(make()))


def test_each_entry_has_a_line_of_its_own() -> None:
    lines = report_json.write(samples.slides()).split("\n")
    assert sum(line.startswith('    {"name": ') for line in lines) == 36


def test_strangers_text_is_escaped_and_bounded() -> None:
    text = report_json.write(samples.hostile())
    assert text.encode("utf-8")
    assert all(mark == "\n" or not unicodedata.category(mark).startswith("C") for mark in text)
    assert "\u2028" not in text
    assert json.loads(text)["sheet"] == samples.HOSTILE
    lone = Answer("\ud800" + "9" * 100_000, None, trouble="no")
    report = samples.report({"L": {"given": lone, "verdict": Verdict.UNREADABLE}})
    assert len(report_json.write(report)) < 40_000
    assert report_json.write(report).encode("utf-8")


def test_a_figure_that_is_no_number_of_json_is_a_string() -> None:
    report = samples.report({"L": {"expected": Figure("inf", "inf")}, "z1_1": {"expected": Figure(".5", ".5")}})
    found = json.loads(report_json.write(report))
    assert entry(found, "L")["expected"] == "inf"
    assert entry(found, "z1_1")["expected"] == ".5"


def test_letters_can_be_read_in_the_text() -> None:
    report = replace(samples.right(), learner="Zoë")
    assert '"sheet": "Zoë"' in report_json.write(report)


def test_a_sheet_that_could_not_be_used_has_the_same_keys() -> None:
    text = report_json.write_unread("bad.yaml", ["line 1: \x1b[31mno"], compact=True)
    found = json.loads(text)
    assert {"sheet", "first_error", "marks", "misconceptions", "entries"} <= set(found)
    assert found["trouble"] == ["line 1: [31mno"]
    assert text.count("\n") == 1
