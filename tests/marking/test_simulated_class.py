"""A simulated class: right sheets pass, faults are placed, ideas are named, slips are not called ideas.

A small class with the targets of the large one (``tests/benchmark/run.py marking``), and what must hold of every sheet.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any

import pytest
from reference.class_figures import Figures, Grader, final_gradients, sheet_of
from reference.class_problems import TEXTS, drawn
from reference.faults import FAULTS
from reference.formulas import many
from reference.graphs import forward, nudged
from reference.learners import STYLES, Assignment, Style
from reference.simulated_class import SimulatedClass, Worked
from support import from_text

from backprop_tutor.marking.mark import Marker
from backprop_tutor.model.marking import Report, Verdict

AT_A_KINK = {"relu-at-zero", "ties"}
PARTS = ("every second entry", "final gradients")


@cache
def assignment(name: str) -> Assignment:
    return Assignment(from_text(drawn(name, 0)))


@cache
def marker(name: str) -> Marker:
    return Marker(assignment(name).problem)


def class_of(name: str) -> SimulatedClass:
    return SimulatedClass(assignment(name), f"quick {name}")


@cache
def some_faulty(name: str) -> tuple[Worked, ...]:
    """Two sheets with each kind of fault; the styles go round."""
    found = []
    for place, (kind, slip) in enumerate(FAULTS.items()):
        sheets = list(class_of(name).faulty({kind: slip}))
        found += [sheets[(place + len(name) + turn) % len(sheets)] for turn in (0, 3)] if sheets else []
    return tuple(found)


@cache
def small_class() -> Figures:
    """The figures of a small class on every problem, with the sheets left half blank apart."""
    total = Figures()
    for place, name in enumerate(TEXTS):
        grader = Grader(name, assignment(name), marker(name))
        right = list(class_of(name).right())
        mistaken = list(class_of(name).mistaken())
        conventions = [worked for worked in mistaken if worked.kind == "convention"]
        ideas = [worked for worked in mistaken if worked.kind == "idea"]
        grader.count(right)
        grader.count(some_faulty(name))
        grader.count(ideas[place % 12 :: 12])
        grader.count(conventions[::2])
        kept = (set(assignment(name).steps[::2]), final_gradients(assignment(name)))
        for part, names in zip(PARTS, kept, strict=True):
            grader.count((worked.only(names) for worked in right[place % 2 :: 2]), part)
        total.add(grader.figures)
    return total


def test_no_right_sheet_is_flagged() -> None:
    found = small_class()
    assert found.counts["right"] == len(TEXTS) * len(STYLES)
    assert found.counts["right flagged"] == 0, found.missed


@pytest.mark.parametrize("part", PARTS)
def test_no_right_sheet_with_blanks_is_flagged(part: str) -> None:
    found = small_class()
    assert found.counts[f"{part}right"] >= 3 * len(TEXTS)
    assert found.counts[f"{part}right flagged"] == 0, found.missed


def test_digits_may_be_common_as_well_as_decimals() -> None:
    """Three digits of numbers that all begin in the second decimal: the lines left out were rounded to three digits."""
    known = Assignment(from_text(drawn("shared-names", 1)))
    written = known.work(Style(None, 3)).written
    final = {name: written[name] for name in final_gradients(known)}
    assert {len(text.partition(".")[2]) for text in final.values()} == {4}
    verdicts = {entry.verdict for entry in Marker(known.problem).mark(sheet_of(final)).entries if entry.given}
    assert verdicts <= {Verdict.CORRECT, Verdict.IMPRECISE}


def test_few_right_entries_are_left_undecided() -> None:
    found = small_class()
    assert found.rate("right undecided", "right entries") < 4
    assert found.rate("right imprecise", "right entries") < 1


def test_single_faults_are_placed_at_the_right_step() -> None:
    found = small_class()
    assert found.counts["fault"] > 150
    assert found.rate("fault placed", "fault") >= 99, found.missed
    assert found.rate("fault with other errors", "fault") <= 1, found.missed


def test_a_slip_is_not_called_an_idea() -> None:
    found = small_class()
    assert found.counts["slip"] > 120
    assert found.rate("slip blamed", "slip") <= 2, found.missed
    assert found.rate("arithmetic blamed", "arithmetic") <= 2, found.missed


def test_the_right_idea_is_named() -> None:
    found = small_class()
    assert found.counts["idea"] > 40
    assert found.rate("idea named", "idea") >= 98, found.missed
    assert found.rate("idea misnamed", "idea") <= 0.5, found.missed


def test_another_convention_is_labelled_so() -> None:
    found = small_class()
    assert found.counts["convention"] > 10
    assert found.rate("convention labelled", "convention") == 100, found.missed
    assert found.rate("convention named", "convention") == 100, found.missed


@pytest.mark.parametrize("name", [name for name in TEXTS if name not in AT_A_KINK])
def test_the_learners_know_the_right_numbers(name: str) -> None:
    """Against a forward pass in many digits and central differences, which know no slope."""
    known = assignment(name)
    values = forward(known.graph, {})
    rate = known.given.get("learning_rate")
    for step, number in known.truth.items():
        if step.startswith("new_"):
            parameter = step.removeprefix("new_")
            assert rate is not None
            right = known.given[parameter] - rate * known.truth[f"d{known.graph.objective}/d{parameter}"]
            assert abs(number - right) < Decimal("1e-20")
            continue
        of, _, by = step.removeprefix("d").partition("/d")
        if not by:
            right = values[step]
        elif of == known.graph.objective:
            right = nudged(known.graph, by, of, digits=40)
        else:
            right = local_slope(known, values, of, by)
        assert abs(many.mpf(str(number)) - right) < many.mpf("1e-12"), step


def local_slope(known: Assignment, values: Mapping[str, Any], of: str, by: str) -> Any:
    """The slope along one edge: everything but its two ends is held."""
    with many.workdps(40):
        step = many.mpf(10) ** -14
        held = {name: value for name, value in values.items() if name != of}
        sides = [forward(known.graph, {**held, by: values[by] + sign * step})[of] for sign in (1, -1)]
        return (sides[0] - sides[1]) / (2 * step)


@pytest.mark.parametrize("name", TEXTS)
def test_one_fault_costs_its_own_step_only(name: str) -> None:
    """Under the carried mark; what costs more says that the wrong entry left nothing to work out."""
    for worked in some_faulty(name):
        report = mark(name, worked)
        if report.first_error != worked.step:
            continue
        unearned = [entry for entry in report.entries if entry.verdict is Verdict.CARRIED and not entry.earned]
        assert report.marks.carried == report.marks.out_of - 1 - len(unearned), worked
        assert all("no carried mark" in str(entry.message) for entry in unearned)
        assert len(unearned) < len(report.entries) / 2


def test_few_faults_cost_more_than_their_step() -> None:
    found = small_class()
    assert found.rate("fault costs more", "fault") <= 5, found.missed


@pytest.mark.parametrize("name", TEXTS)
def test_the_order_of_the_lines_changes_nothing(name: str) -> None:
    """On a sheet with an idea and a sheet with three faults, of which the first must stay the first."""
    random = Random(name)
    known = assignment(name)
    faults = {step: 2 * known.truth[step] + 1 for step in random.sample(known.steps[-12:], 3)}
    idea = next(class_of(name).mistaken())
    for written in (known.work(Style(), faults=faults).written, idea.written):
        before = marker(name).mark(sheet_of(written))
        lines = list(written.items())
        for _ in range(2):
            random.shuffle(lines)
            after = marker(name).mark(sheet_of(dict(lines)))
            assert after.entries == before.entries
            assert (after.marks, after.first_error) == (before.marks, before.first_error)
            assert after.explanations == before.explanations


def stock_sheets(name: str) -> dict[str, dict[str, str]]:
    """Sheets without work: what somebody types who hopes for carried marks."""
    known = assignment(name)
    right = known.work(Style()).written
    given = [f"{number.normalize():f}" for number in known.given.values()]
    forward_only = {step: text if "/d" not in step else "0" for step, text in right.items()}
    return {
        "zeros": dict.fromkeys(right, "0"),
        "ones": dict.fromkeys(right, "1"),
        "minus ones": dict.fromkeys(right, "-1"),
        "the first input": dict.fromkeys(right, given[0]),
        "all inputs in turn": {step: given[place % len(given)] for place, step in enumerate(right)},
        "a constant": dict.fromkeys(right, "0.37"),
        "forward pass and zeros": forward_only,
    }


@pytest.mark.parametrize("name", TEXTS)
def test_a_sheet_without_work_earns_nothing_carried(name: str) -> None:
    for what, written in stock_sheets(name).items():
        marks = marker(name).mark(sheet_of(written)).marks
        # Numbers copied in turn are near the right ones here and there by chance.
        by_chance = 1 + marks.out_of // 8 if what == "all inputs in turn" else 0
        assert marks.strict <= marks.carried <= marks.strict + by_chance, what


def mark(name: str, worked: Worked) -> Report:
    report = marker(name).mark(sheet_of(worked.written))
    assert report.marks.strict <= report.marks.carried <= report.marks.out_of
    return report
