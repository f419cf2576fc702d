"""What right files say in every kind of problem: exact numbers, common keys, and what may be left out."""

from fractions import Fraction

import pytest
from problem_texts import bad, good, network

from backprop_tutor.model.formula import Call, Number, Product, names_in
from backprop_tutor.model.problem import FunctionSpec, Rounding
from backprop_tutor.model.question import Choice


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("0.20", "1/5"),
        ("3/20", "3/20"),
        ("1e-3", "1/1000"),
        ("-2.5", "-5/2"),
        ('"1/3"', "1/3"),
        ("- 4", None),
        (".5", "1/2"),
    ],
)
def test_numbers_are_exact_as_written(written, value):
    if value is None:
        assert bad(network(inputs=f"[1, {written}]"))
        return
    given = good(network(inputs=f"[1, {written}]")).body.inputs[1]
    assert given.number == Fraction(value)
    assert given.written == written.strip('"')


def test_formulas_of_constants_and_symbols_stand_for_numbers():
    body = good(network(layers=("weights: [[sqrt(2), 2*w]]\nbias: [pi/4]",))).body
    first, second = body.layers[0].weights[0]
    assert first.formula == Call("sqrt", (Number(Fraction(2), "2"),))
    assert isinstance(second.formula, Product)
    assert names_in(second.formula) == ("w",)
    assert body.layers[0].biases[0].number is None


COMMON = """inputs: [a]
expressions: {c: a^2, d: c + 1}
title: "A \u202etitle  [bold]x[/bold]"
statement: |
  First line.
  Second \u2066line.
source: page 4
optimizer: {momentum: {beta: 0.9, nesterov: true, dampening: 0}}
rounding: {digits: 4}
differentiate: [c, d]
questions:
  - ask: "Which \u202eone  is it?"
    after: dd/dc
    choices: [{right: a, why: Because.}, {wrong: b}, c]
    hint: Look again.
tags: [chain rule, warm-up]
difficulty: easy
"""


def test_the_keys_of_every_kind():
    problem = good(COMMON)
    assert problem.title == "A title [bold]x[/bold]"
    assert problem.statement == "First line.\nSecond line."
    assert (problem.source, problem.difficulty) == ("page 4", "easy")
    assert problem.tags == ("chain rule", "warm-up")
    (question,) = problem.questions
    assert (question.ask, question.after, question.hint) == ("Which one is it?", "dd/dc", "Look again.")
    assert question.choices == (Choice("a", True, "Because."), Choice("b"), Choice("c"))
    assert problem.differentiate == ("c", "d")
    assert problem.rounding == Rounding(digits=4)
    assert problem.optimizer.name == "momentum"
    assert problem.optimizer.parameters["nesterov"] is True
    assert problem.optimizer.parameters["beta"].number == Fraction(9, 10)
    assert good("inputs: [a]\nexpressions: {c: a}\nrounding: {decimals: 0}\n").rounding == Rounding(decimals=0)


def test_what_is_left_out_has_its_default():
    problem = good("inputs: [a]\nexpressions: {c: a}\n")
    assert (problem.notation, problem.title, problem.learning_rate) == ("slides", "", None)
    assert problem.optimizer == FunctionSpec("sgd")
    assert (problem.expected, problem.questions, problem.tags, problem.differentiate) == ((), (), (), ())
    assert good("inputs: [a]\nexpressions: {c: a}\noptimizer: sgd\n").optimizer.name == "sgd"
    assert good("inputs: [a]\nexpressions: {c: a}\noptimizer: {adam: {}}\n").optimizer.name == "adam"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("{d: 6, dd/da: 2*a}", [("d", "6", ""), ("dd/da", "2*a", "")]),
        (
            "{source: page 4, values: {dL/dw1_21: 0.20, new_w1_11: 1/3}}",
            [("dL/dw1_21", "0.20", "page 4"), ("new_w1_11", "1/3", "page 4")],
        ),
        ("[{source: one, values: {d: 1}}, {source: two, values: {c: 2}}]", [("d", "1", "one"), ("c", "2", "two")]),
        ("{source: one, d: 1}", [("d", "1", "one")]),
    ],
)
def test_published_numbers(written, found):
    problem = good(f"inputs: [a]\nexpressions: {{c: a^2, d: c + 1}}\nexpected: {written}\n")
    assert [(e.name, e.value.written, e.source) for e in problem.expected] == found


def test_a_misspelt_key_is_read_as_what_was_meant_so_that_nothing_else_is_missed():
    found = bad("input: [1, 2]\ntarget: 1\nlayer:\n  - {weight: [[1, 2, 3]], activation: tahn}\nlos: squared_error\n")
    assert len(found) == 6
    assert sum("Did you mean" in finding for finding in found) == 5
    assert any("3 columns" in finding for finding in found)


def test_nothing_is_said_about_what_follows_from_a_finding():
    assert len(bad(network(layers=("weights: [[1..2, 2]]", "weights: [[1]]")))) == 1
    assert len(bad(network(inputs="[1, 2..3]", layers=("weights: w\nunits: 1",)))) == 1
    assert len(bad(network(inputs="{x: 1}", layers=("weights: w\nunits: 1",)))) == 1
    assert len(bad("inputs: {a: 1}\nexpressions: {2c: a, d: c2 + a}\n")) == 1
    assert len(bad("inputs: {a: 1}\nexpressions: {<<: {c: 1}, d: c + a}\n")) == 1
    assert len(bad(network(inputs="*x", layers=("weights: w\nunits: 1",)))) == 1
    assert len(bad("inputs: {a: 1, 2b: 3}\nexpressions: {c: 2b2 + d}\n".replace("2b2", "b"))) == 1
    assert len(bad(network(layers=("weights: {a: 1}\nbias: b", "weights: w\nunits: 1")))) == 1


def test_names_of_published_numbers_hold_nothing_hidden():
    (found,) = bad('inputs: [a]\nexpressions: {c: a}\nexpected: {"c\\u202e": 1}\n')
    assert "'c' is no name of a quantity" in found


@pytest.mark.parametrize("word", ["true", "False", "none", "null"])
def test_words_of_other_formats_are_no_symbols(word):
    assert len(bad(network(inputs=f"[1, {word}]"))) == 1


def test_a_fraction_needs_a_denominator():
    (found,) = bad(network(inputs="[1, 1/0]"))
    assert "denominator is 0" in found
