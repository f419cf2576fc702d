"""The bundled problems: they check, they say what they should, and their expected numbers mean something."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from reference.formulas import evaluate, many
from reference.graphs import forward, nudged
from support import BUNDLED, exact, problem, solutions

from backprop_tutor.cli.files import bundled
from backprop_tutor.lessons.asides import kinks_met
from backprop_tutor.lessons.facts import Facts
from backprop_tutor.lessons.validate import validate_problem
from backprop_tutor.model.formula import Name, Number, names_in
from backprop_tutor.model.problem import Expected, Problem

DIFFICULTIES = {"easy", "medium", "hard"}
CHANGED_IN_EACH = 3

TOPICS = {
    "cmu": ["cmu-tanh", "cmu-tanh-01", "cmu-tanh-23"],
    "slides": ["slides-example-3"],
    "uw": ["uw-chain-rule", "uw-chain-rule-point"],
    "week05": ["week05-polar", "week05-small-net", "week05-xyz"],
    "olin": ["olin-cos-sqrt"],
}


def test_the_course_problems_and_a_dozen_classics_are_there() -> None:
    folders = {name: path.parent.name for name, path in bundled().items()}
    for topic, names in TOPICS.items():
        for name in names:
            assert folders.get(name) == topic
    assert sum(topic == "classics" for topic in folders.values()) >= 12
    assert len(BUNDLED) >= 40


@pytest.mark.parametrize("name", BUNDLED)
def test_it_is_complete(name: str) -> None:
    found = problem(name)
    assert found.title
    assert len(found.statement) > 40
    assert found.source
    assert found.tags
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", tag) for tag in found.tags)
    assert found.difficulty in DIFFICULTIES
    assert found.expected
    assert all(expected.source for expected in found.expected)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)


def test_no_title_is_used_twice() -> None:
    titles = [problem(name).title for name in BUNDLED]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("name", BUNDLED)
def test_it_validates(name: str) -> None:
    report = validate_problem(problem(name))
    assert not report.findings
    assert report.expected == len(problem(name).expected)
    assert report.expected


def decimals(found: Problem) -> list[int]:
    """The positions of the expected numbers that are decimals."""
    return [i for i, expected in enumerate(found.expected) if is_decimal(expected)]


def is_decimal(expected: Expected) -> bool:
    return re.fullmatch(r"-?\d*\.\d+(e-?\d+)?", expected.value.written) is not None


def changed(expected: Expected, by: int) -> Expected:
    """The expected decimal with its last digit moved, as its author would have written it."""
    mantissa, e, exponent = expected.value.written.partition("e")
    places = len(mantissa.partition(".")[2])
    size = (
        round(abs(float(mantissa)) * 10**places) if len(mantissa) < 15 else int(mantissa.lstrip("-").replace(".", ""))
    )
    text = str(size + by).rjust(places + 1, "0")
    written = f"{'-' if mantissa.startswith('-') else ''}{text[:-places]}.{text[-places:]}{e}{exponent}"
    return replace(expected, value=replace(expected.value, formula=Number(Fraction(written)), written=written))


@pytest.mark.parametrize("name", BUNDLED)
def test_a_changed_digit_is_found(name: str) -> None:
    """One unit in the last digit that is written: a number that this does not trouble would check nothing."""
    found = problem(name)
    positions = decimals(found)
    random = Random(name)
    for position in random.sample(positions, min(CHANGED_IN_EACH, len(positions))):
        # Upwards or downwards, one of the two may still be within half a unit of a tie; both never are.
        wrong = []
        for by in (1, -1):
            expected = list(found.expected)
            expected[position] = changed(expected[position], by)
            report = validate_problem(replace(found, expected=tuple(expected)))
            wrong.append([finding.message for finding in report.findings])
        assert all(len(messages) == 1 for messages in wrong), found.expected[position].name
        assert all(messages[0].startswith(found.expected[position].name) for messages in wrong)


@pytest.mark.parametrize("name", BUNDLED)
def test_a_wrong_formula_is_found(name: str) -> None:
    found = problem(name)
    formulas = [i for i, expected in enumerate(found.expected) if expected.value.number is None]
    for position in formulas[:2]:
        expected = list(found.expected)
        given = expected[position].value
        wrong = given.formula * Number(Fraction("1.0000000001"))
        expected[position] = replace(expected[position], value=replace(given, formula=wrong, written="wrong"))
        report = validate_problem(replace(found, expected=tuple(expected)))
        assert [finding.message.startswith(found.expected[position].name) for finding in report.findings] == [True]


def numbers_for_symbols(name: str) -> dict[str, object]:
    """A number in (1/2, 2) for every symbol of a problem."""
    graph = solutions(name)[0].graph
    computed = set(graph.producers())
    random = Random(name)
    found = {}
    for plain, value in graph.values.items():
        if plain not in computed and value.given is None:
            found[plain] = many.mpf(random.randint(500, 2000)) / 1000
        elif value.given is not None:
            for symbol in names_in(value.given.formula):
                found[symbol] = many.mpf(random.randint(500, 2000)) / 1000
    return found


AT_A_KINK = {"kink-at-zero"}
"""Where the convention decides and no difference can."""


def test_only_the_problem_about_kinks_stands_at_one() -> None:
    found = set()
    for name in BUNDLED:
        for solution in solutions(name):
            assert solution.rounding is None, name
            facts = Facts(solution)
            if any(kinks_met(facts, node.op.kinks(tuple(map(Name, node.inputs)))) for node in solution.graph.nodes):
                found.add(name)
    assert found == AT_A_KINK


@pytest.mark.parametrize("name", sorted(set(BUNDLED) - AT_A_KINK))
def test_every_gradient_against_central_differences(name: str) -> None:
    """Neither the passes nor the slopes of the engine are used: formulas in 50 digits and a step of 1e-17."""
    checked = 0
    for solution in solutions(name):
        facts = Facts(solution)
        graph, objective = solution.graph, solution.plan.objective
        symbols = numbers_for_symbols(name)
        # 1 - yhat of a saturated unit needs more digits than 50 to be there at all.
        digits = 50 if solution.trace.digits <= 100 else 1200
        for plain in solution.plan.order:
            wanted = nudged(graph, plain, objective, symbols, digits)
            if plain in solution.trace.gradients:
                ratio = exact(solution.trace.gradients[plain])
                found = many.mpf(ratio.numerator) / ratio.denominator
            else:
                tree = facts.exact_gradient(plain)
                assert tree is not None, plain
                found = evaluate(tree, {**symbols, **forward(graph, {}, symbols)})
            assert abs(found - wanted) < many.mpf(10) ** -20 * (1 + abs(wanted)), plain
            checked += 1
    assert checked
