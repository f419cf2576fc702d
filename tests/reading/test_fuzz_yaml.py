"""Whatever a file holds, reading it ends soon, with a problem or with findings, and never with an exception."""

import ast
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from known_words import VOCABULARY
from support import ends

from backprop_tutor.model.problem import Problem
from backprop_tutor.reading.findings import hidden, render
from backprop_tutor.reading.problems import problem_from_lines, read_problem

NETWORK = """title: "One: two"
statement: |
  Two lines,
  of text.
notation: cmu
inputs: [1, 2/3]
target: {class: 2}
layers:
  - weights: [[0, 1, 'sqrt(2)'], [t, 1e-3, 0.20]]
    bias: first_column
    activation: [relu, {leaky_relu: {slope: 1/100}}]
    weight_names: [[b, w1, w2], [b3, w3, w4]]
  - {weights: w, units: 2, bias: [1, 2], bias_names: [c, d], activation: {formula: "z*sigmoid(z)"}}
loss: {huber: {delta: 1/2, outputs: mean}}
regularization: {l2: 0.01, half: true}
frozen: [b, c]
learning_rate: 1/10
optimizer: {momentum: {beta: 0.9, nesterov: false}}
rounding: {decimals: 3}
expected:
  - {source: page 4, values: {L: 0.298, dL/dw1: 1/3}}
questions: [{ask: L, before: z1_1, choices: [{right: a, why: b}, c]}, {ask: M, count: weights}]
tags: [a, b]
difficulty: easy
"""
EXPRESSIONS = """title: Chain rule
inputs: {c: 2, w: 1, x: [3, 1, -4], y: , z: t}   # a comment
expressions:
  a: (w + y)^2
  v: c*(a - b)^2
  b: dot(x, x)
output: v
constants: [c]
differentiate: [v, a]
expected: {v: 3, dv/dw: 2*c}
"""
HOSTILE = Path(__file__).parent.parent / "data" / "hostile_expressions.txt"


def outcome(text):
    problem, findings = read_problem(text, "f.yaml", VOCABULARY)
    assert isinstance(problem, Problem) or findings
    assert (problem is None) == any(finding.severity == "error" for finding in findings)
    out = render(findings, text)
    assert not any(hidden(c) and c not in "\n\t" for c in out)
    assert len(out) < 25 * 2000
    for finding in findings:
        if finding.where is not None:
            assert finding.where.line >= 1
            assert 1 <= finding.where.column < finding.where.end
    return problem


@pytest.mark.parametrize("text", [NETWORK, EXPRESSIONS], ids=["network", "expressions"])
def test_the_files_that_are_mutated_are_right(text):
    assert outcome(text) is not None


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text(text):
    outcome(text)


@given(st.text(alphabet="abx12 :,-[]{}()'\"#&*!|>%@\n\t?.=^/", max_size=80))
@settings(max_examples=500, deadline=None)
def test_any_text_of_yaml_characters(text):
    outcome(text)


PIECES = st.sampled_from(
    [*":-,[]{}#&*!|>'\"\n\t%", ": ", "- ", " #", "\n  ", "~", "null", "x1", "1e999", "\x1b", "\u202e", "日"]
)


@st.composite
def mutated(draw):
    text = draw(st.sampled_from([NETWORK, EXPRESSIONS]))
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(text)))
        match draw(st.sampled_from(["delete", "insert", "double", "drop line", "double line", "swap lines", "indent"])):
            case "delete":
                text = text[:place] + text[place + draw(st.integers(1, 8)) :]
            case "insert":
                text = text[:place] + draw(PIECES) + text[place:]
            case "double":
                text = text[:place] + text[max(0, place - draw(st.integers(1, 10))) :]
            case change:
                lines = text.split("\n")
                row = draw(st.integers(0, len(lines) - 1))
                other = draw(st.integers(0, len(lines) - 1))
                if change == "drop line":
                    del lines[row]
                elif change == "double line":
                    lines.insert(other, lines[row])
                elif change == "indent":
                    lines[row] = " " * other + lines[row].lstrip()
                else:
                    lines[row], lines[other] = lines[other], lines[row]
                text = "\n".join(lines)
    return text


@given(mutated())
@settings(max_examples=1000, deadline=None)
def test_a_good_file_with_accidents(text):
    outcome(text)


def subtrees():
    words = st.sampled_from(
        [
            "1",
            "x",
            "tanh",
            "w",
            "none",
            "''",
            "'a b'",
            "symbols",
            "first_column",
            "2*w",
            "max(0",
            "1)",
            "true",
            "y1",
            "pi",
        ]
    )
    keys = st.sampled_from(
        ["formula", "class", "l2", "a", "huber", "weights", "values", "'b c'", "undefined", "decimals"]
    )
    return st.recursive(
        words,
        lambda inner: (
            st.lists(inner, max_size=3).map(lambda items: "[" + ", ".join(items) + "]")
            | st.lists(st.tuples(keys, inner), max_size=2, unique_by=lambda pair: pair[0]).map(
                lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"
            )
        ),
        max_leaves=6,
    )


TOP = ["inputs", "target", "layers", "loss", "regularization", "frozen", "expressions", "output", "constants"]
COMMON = ["title", "statement", "notation", "learning_rate", "optimizer", "rounding", "differentiate", "expected"]
OTHER = ["questions", "tags", "difficulty", "data", "graph", "lossy"]


@given(st.dictionaries(st.sampled_from(TOP + COMMON + OTHER), subtrees(), max_size=8))
@settings(max_examples=600, deadline=None)
def test_every_shape_under_every_key(fields):
    outcome("\n".join(f"{key}: {value}" for key, value in fields.items()))


@given(
    st.dictionaries(
        st.sampled_from(["weights", "bias", "activation", "units", "weight_names", "bias_names"]), subtrees()
    )
)
@settings(max_examples=400, deadline=None)
def test_every_shape_in_a_layer(fields):
    layer = ", ".join(f"{key}: {value}" for key, value in fields.items())
    outcome(f"inputs: [1, 2]\ntarget: 1\nloss: squared_error\nlayers:\n  - {{{layer}}}\n  - {{weights: w, units: 1}}\n")


def hostile_lines():
    lines = [line for line in HOSTILE.read_text(encoding="utf-8").split("\n") if line]
    return [ast.literal_eval(line[3:]) if line.startswith("PY:") else line for line in lines]


def in_quotes(text):
    return "'" + text.replace("'", "''") + "'"


@pytest.mark.parametrize("line", hostile_lines(), ids=lambda line: ascii(line[:30]))
def test_hostile_lines_everywhere(line):
    for value in {line, in_quotes(line)}:
        for text in (
            f"inputs: {{x: 1, y: 2}}\nexpressions:\n  f: {value}\n",
            f"inputs:\n  x: {value}\nexpressions:\n  f: x\n",
            f"inputs:\n  ? {value}\n  : 1\nexpressions:\n  f: 1\n",
            f"title: {value}\nstatement: {value}\nsource: {value}\ninputs: {{x: 1}}\nexpressions:\n  f: x\n",
            f"inputs:\n  - {value}\ntarget: 1\nlayers:\n  - {{weights: [[1]]}}\nloss: {value}\n",
            f"inputs: [1]\nloss: none\nlayers:\n  - weights:\n    - - {value}\n    activation: {{formula: {value}}}\n",
            value,
        ):
            with ends():
                problem = outcome(text)
            if problem is not None:
                said = problem.title + problem.source + problem.difficulty
                assert not any(hidden(c) for c in said + problem.statement.replace("\n", "").replace("\t", ""))


@pytest.mark.parametrize("line", hostile_lines(), ids=lambda line: ascii(line[:30]))
def test_hostile_lines_on_the_command_line(line):
    for lines, at in (([line], {}), (["a + b"], {"a": line}), (["a + b"], {line: "1"}), ([f"{line} = a"], {})):
        with ends():
            problem, findings = problem_from_lines(lines, at, VOCABULARY)
            assert (problem is None) == bool(findings)
            assert not any(hidden(c) and c not in "\n\t" for c in render(findings, "\n".join(lines)))


def test_a_file_full_of_mistakes_ends_soon():
    with ends():
        lines = "".join(f"  a{i}: b{i} + sigmiod(a{i})\n" for i in range(5_000))
        outcome("inputs: {x: 1}\nexpressions:\n" + lines)
        numbers = ", ".join(["1..2"] * 10_000)
        outcome(f"inputs: [{numbers}]\ntarget: 1\nlayers:\n  - weights: w\n    units: 4\nloss: none\n")
        outcome("inputs: {" + ", ".join(f"x{i}: 1" for i in range(20_000)) + "}\nexpressions: {y: q}\n")
        outcome("[" + "f(, " * 20_000 + "]")
