"""The fingerprint of a problem: what counts, what does not, and the same everywhere."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, replace
from fractions import Fraction

import pytest
from support import BUNDLED, from_text, problem

from backprop_tutor.model.problem import Rounding
from backprop_tutor.model.question import Question, QuestionKind
from backprop_tutor.quiz.fingerprint import fingerprint

NETWORK = """\
inputs: [1, 0.20]
target: 3
layers:
  - weights: [[1, 2], [2, 1]]
    bias: [0, 1/2]
    activation: tanh
  - weights: [[1, 2]]
    activation: identity
loss: half_squared_error
learning_rate: 0.1
"""
LINES = "inputs: {a: 2, b: 3, k: 1}\nconstants: [k, b]\nexpressions:\n  p: a*b\n  y: (p + a)^2 + k\n"

SAME = [
    ("0.20", "1/5"),
    ("learning_rate: 0.1", "learning_rate: 1e-1"),
    ("inputs:", "# a comment\n\ntitle: Other\nnotation: cmu\ntags: [x]\ndifficulty: hard\nsource: me\ninputs:"),
    ("inputs: [1, 0.20]", "inputs:\n  - 1\n  - 0.2"),
    ("loss:", "statement: words\nloss:"),
    ("loss:", "expected: {L: 1.5}\nloss:"),
]
OTHER = [
    ("0.20", "0.21"),
    ("target: 3", "target: 4"),
    ("[[1, 2], [2, 1]]", "[[1, 2], [1, 2]]"),
    ("bias: [0, 1/2]\n", "bias: [0, 1/3]\n"),
    ("tanh", "relu"),
    ("half_squared_error", "squared_error"),
    ("0.1\n", "0.2\n"),
    ("0.1\n", "0.1\nrounding: {decimals: 3}\n"),
    ("0.1\n", "0.1\noptimizer: {momentum: {beta: 0.9}}\n"),
    ("0.1\n", "0.1\nregularization: {l2: 0.01}\n"),
    ("0.1\n", "0.1\nfrozen: [b1_1]\n"),
    ("    bias: [0, 1/2]\n", "    bias: [0, 1/2]\n    weight_names: [[w1, w2], [w3, w4]]\n"),
]
OTHER_LINES = [
    ("a*b", "b*a"),
    ("(p + a)^2", "(p - a)^2"),
    ("(p + a)^2", "p + a^2"),
    ("constants: [k, b]", "constants: [k]"),
    ("{a: 2, b: 3, k: 1}", "{a: 2, b: sqrt(3), k: 1}"),
    ("  p: a*b\n", "  p: a*b\n  q: a\n"),
]


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def print_of(text: str) -> str:
    return fingerprint(from_text(text))


@pytest.mark.parametrize(("old", "new"), SAME)
def test_layout_and_names_for_people_do_not_count(old: str, new: str) -> None:
    assert fingerprint(from_text(changed(NETWORK, old, new))) == fingerprint(from_text(NETWORK))


@pytest.mark.parametrize(("old", "new"), OTHER)
def test_what_the_network_says_counts(old: str, new: str) -> None:
    assert print_of(changed(NETWORK, old, new)) != fingerprint(from_text(NETWORK))


@pytest.mark.parametrize(("old", "new"), OTHER_LINES)
def test_what_the_lines_say_counts(old: str, new: str) -> None:
    assert print_of(changed(LINES, old, new)) != fingerprint(from_text(LINES))


def test_the_order_of_constants_does_not_count() -> None:
    assert print_of(LINES) == print_of(changed(LINES, "[k, b]", "[b, k]"))


def test_questions_count_but_not_their_place() -> None:
    plain = problem("cmu-tanh")
    asked = replace(plain, questions=(Question(QuestionKind.COUNT, "How many weights?", answer="weights"),))
    other = replace(plain, questions=(Question(QuestionKind.COUNT, "How many weights?", answer="biases"),))
    where = next(layer.where for layer in plain.body.layers)  # type: ignore[union-attr]
    placed = replace(asked, questions=(replace(asked.questions[0], where=where),))  # type: ignore[type-var]
    assert where is not None
    assert fingerprint(placed) == fingerprint(asked)
    assert len({fingerprint(each) for each in (plain, asked, other)}) == 3


def test_all_bundled_problems_differ() -> None:
    prints = {fingerprint(problem(name)) for name in BUNDLED}
    assert len(prints) == len(BUNDLED)
    assert all(len(each) == 64 and int(each, 16) >= 0 for each in prints)


def test_it_stays_the_same_from_version_to_version() -> None:
    """When this fails, quizzes that learners have begun are begun anew: change it on purpose only."""
    assert fingerprint(from_text(LINES)) == "d8b9f5fe9fb2e8a04171ce9152748b960e7bf20376dc04307f871bbb5db5a906"


def test_it_is_the_same_in_every_process() -> None:
    code = (
        "from backprop_tutor.cli import session; from backprop_tutor.quiz.fingerprint import fingerprint;"
        "print(fingerprint(session.read('cmu-tanh')))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, env={**os.environ, "PYTHONHASHSEED": seed}
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert found == {fingerprint(problem("cmu-tanh"))}


def test_very_long_numbers_and_unknown_parts() -> None:
    @dataclass
    class Odd:
        part: object

    long = replace(problem("cmu-tanh"), questions=(Fraction(10**5000 + 1),))
    assert fingerprint(long) != fingerprint(problem("cmu-tanh"))
    with pytest.raises(TypeError, match="object has no place"):
        fingerprint(replace(long, questions=(Odd(object()),)))


def test_a_field_that_says_nothing_is_left_out() -> None:
    """So a new field with nothing in it changes no fingerprint."""
    plain = problem("cmu-tanh")
    assert fingerprint(replace(plain, rounding=Rounding(3))) != fingerprint(plain)
    assert fingerprint(replace(plain, rounding=None, differentiate=())) == fingerprint(plain)
