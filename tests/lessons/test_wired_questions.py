"""Names in the author's own questions: understood in the problem's notation, and found where they are wrong."""

from __future__ import annotations

import pytest
from support import from_text

from backprop_tutor.graphs.build import build_graph
from backprop_tutor.lessons.questions import wired
from backprop_tutor.lessons.validate import validate_problem
from backprop_tutor.model.question import Question
from backprop_tutor.reading.findings import render

NETWORK = """notation: cmu
inputs: [1, 2]
target: 1
layers:
  - {weights: [[0, 1, 2], [2, 1, 0]], bias: first_column, activation: tanh}
  - {weights: [[0, 1, 2]], bias: first_column, activation: sigmoid}
loss: binary_cross_entropy
questions:
"""
EXPRESSIONS = """inputs: {u: 1, v: 2}
expressions: {p: u*v, q: u + v, alone: u^2, f: p*q}
output: f
questions:
"""


def only(question: str, start: str = NETWORK) -> Question:
    problem = from_text(f"{start}  - {question}\n")
    questions, findings = wired(problem, build_graph(problem))
    assert not findings
    return questions[0]


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("z1_2", "z1_2"),
        ("a_2", "z1_2"),
        ("z_2", "a1_2"),
        ("dL/dbeta_1", "dL/dw2_11"),
        ('"∂ℓ/∂α₁,₂"', "dL/dw1_12"),
        ("yhat", "yhat"),
    ],
)
def test_a_place_may_be_named_in_the_notation_of_the_problem(typed: str, plain: str) -> None:
    assert only(f"{{ask: Why?, free: true, before: {typed}}}").before == plain
    assert only(f"{{ask: Why?, free: true, after: {typed}}}").after == plain


@pytest.mark.parametrize("typed", ["w1_12", '"alpha_1,2"', "alpha_12", '"α₁,₂"'])
def test_a_symbol_may_be_named_in_the_notation_of_the_problem(typed: str) -> None:
    assert only(f"{{ask: Which?, symbol: {typed}}}").answer == "w1_12"


def test_paths_from_a_name_of_the_notation() -> None:
    assert only('{ask: How many?, count: "paths from alpha_1,2"}').answer == "paths from w1_12"
    assert only("{ask: How many?, count: paths}", EXPRESSIONS).answer == "paths"


WRONG = [
    (NETWORK, "before: z1_9, free: true", "z1_9", "before: there is no quantity called 'z1_9'", "Did you mean z1_2?"),
    (NETWORK, "before: x1, free: true", "x1,", "before: no step of the solution finds x1", "Name a step: dL/dx1."),
    (NETWORK, "after: w1_12, free: true", "w1_12", "after: no step of the solution finds w1_12", "dL/dw1_12."),
    (NETWORK, "symbol: gamma_1", "gamma_1", "symbol: there is no quantity called 'gamma_1'", ""),
    (NETWORK, "symbol: dx1/dx2", "dx1/dx2", "symbol: no step of the solution finds dx1/dx2", "Name a step: "),
    (NETWORK, "symbol: new_w1_12", "new_w1_12", "symbol: no step of the solution finds new_w1_12", "Name a step: "),
    (NETWORK, "count: paths from q7", "paths", "count: there is no quantity called 'q7'", ""),
    (EXPRESSIONS, "count: weights", "weights", "count: a problem of expressions has no weights", "number: 7"),
    (EXPRESSIONS, "count: paths from alone", "paths", "count: no path leads from alone to the result", "Name an input"),
    (EXPRESSIONS, "after: w, free: true", "w,", "after: there is no quantity called 'w'", ""),
]


@pytest.mark.parametrize(("start", "rest", "at", "message", "repair"), WRONG)
def test_what_does_not_fit_is_found_at_its_place(start: str, rest: str, at: str, message: str, repair: str) -> None:
    text = f"{start}  - {{ask: Any?, {rest}}}\n"
    (finding,) = validate_problem(from_text(text)).findings
    assert finding.message == message
    assert repair in finding.repair
    assert finding.repair
    line = text.splitlines()[-1]
    assert finding.where is not None
    assert line[finding.where.column - 1 :].startswith(at.rstrip(","))
    assert "^" in render((finding,), text)


def test_a_question_may_stand_where_only_the_long_way_goes() -> None:
    for name in ("dL/dyhat", "dyhat/dz2_1", "dL/dz2_1"):
        report = validate_problem(from_text(f"{NETWORK}  - {{ask: Why?, free: true, before: {name}}}\n"))
        assert not report.findings
        assert report.notes == ["1 question"]


def test_all_findings_at_once() -> None:
    text = f"{NETWORK}  - {{ask: A?, symbol: q1, before: q2}}\n  - {{ask: B?, count: paths from q3, after: x2}}\n"
    assert len(validate_problem(from_text(text)).findings) == 4
