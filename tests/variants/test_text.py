"""The text of a variant: what stays, what goes, and what it says of itself."""

from __future__ import annotations

import pytest
from support import from_text

from backprop_tutor.errors import ProblemError, TutorError
from backprop_tutor.variants.text import WITHOUT_QUESTIONS
from backprop_tutor.variants.variant import can_vary, variant, why_not

FILE = """\
# Course 7, sheet 3
# written on a blackboard
title: A unit
statement: |
  The input is 2.
tags: [whole-numbers]
inputs:   [ "0.4",0.3 ]   # two features
target: 1                 # class 1
layers:
    # the only layer
    - weights: [[0.5,   -0.25]]   # 0.5 comes first
      weight_names: [[v, v2]]
      bias: [ 0 ]
      activation: sigmoid
questions:
  - {ask: What is 2 + 2?, number: 4}

# how it is measured
loss: binary_cross_entropy
learning_rate: 1/10
expected: {L: 0.6}
"""


def text_of(file: str, seed: int = 7) -> str:
    found = variant(from_text(file), seed)
    assert found is not None
    assert from_text(found.text) == found.problem or from_text(found.text).body
    return found.text


def test_layout_and_comments_stay_and_numbers_go() -> None:
    assert text_of(FILE).splitlines() == [
        WITHOUT_QUESTIONS,
        "# written on a blackboard",
        'title: Variant 7 of "A unit"',
        "statement: |",
        "  This is test with other numbers. Go forward through the network to the prediction and the loss, then back "
        "to",
        "  the derivative of the loss by every weight and bias. Then take one step with learning rate 1/10.",
        "source: variant of test, seed 7",
        "seed: 7",
        "inputs:   [ 0.3,0.8 ]   # two features",
        "target: 1",
        "layers:",
        "    # the only layer",
        "    - weights: [[0.6,   0.5]]",
        "      weight_names: [[v, v2]]",
        "      bias: [ -0.9 ]",
        "      activation: sigmoid",
        "",
        "# how it is measured",
        "loss: binary_cross_entropy",
        "learning_rate: 1/10",
    ]


def test_a_variant_of_a_variant_names_the_first() -> None:
    again = text_of(text_of(FILE), 8)
    assert 'title: Variant 8 of "A unit"\n' in again
    assert "source: variant of test, seed 8\nseed: 8\n" in again
    assert again.count("seed: 8") == 1
    assert text_of(text_of(FILE, 8), 7) == text_of(text_of(FILE, 9), 7)


def test_a_title_with_numbers_is_not_repeated() -> None:
    assert "title: Variant 7 of test\n" in text_of(FILE.replace("A unit", "A unit at 0.4"))
    assert "title: Variant 7 of test\n" in text_of(FILE.replace("title: A unit\n", ""))
    assert "title: 'Variant 7 of \"It''s: a unit # yes\"'" in text_of(FILE.replace("A unit", '"It\'s: a unit # yes"'))


def test_line_ends_and_byte_order_marks_do_not_matter() -> None:
    assert text_of("\ufeff" + FILE.replace("\n", "\r\n")) == text_of(FILE)


def test_one_parameter_has_one_number_and_symbols_stay() -> None:
    file = """inputs: [0.5, k]
target: 0.3
layers:
  - {weights: [[0.5, 0.2]], weight_names: [[s, t]], bias: [0.2], bias_names: [t], activation: tanh}
  - {weights: [[sqrt(2)]], activation: identity}
loss: half_squared_error
"""
    text = text_of(file)
    assert "k]" in text
    assert "sqrt(2)" in text
    found = from_text(text).body
    given = [given.number for layer in found.layers for given in (*layer.weights[0], *layer.biases)]  # type: ignore[union-attr]
    assert given[1] == given[2]


def test_targets_of_classes_and_zero_inputs_stay() -> None:
    file = """inputs: [0, 0.5]
target: {class: 2}
layers: [{weights: [[0.5, 0.2], [0.1, 0.4]], activation: softmax}]
loss: cross_entropy
"""
    assert "target: {class: 2}\n" in text_of(file)
    assert "inputs: [0, " in text_of(file)


def test_expressions_say_what_is_asked() -> None:
    file = "inputs: {a: 2, b: -3, k: 7}\nconstants: [k]\nexpressions:\n  p: a*b\n  f: p^2 + k*a   # 7 times a\n"
    text = text_of(file)
    assert "to the derivative of f by every input but k." in text.replace("\n  ", " ")
    assert "k: 7}" in text
    assert text.endswith("  f: p^2 + k*a\n")


@pytest.mark.parametrize(
    "file",
    [
        "{inputs: {a: 2, b: 3}, expressions: {p: a*b}}\n",
        "  inputs: {a: 2, b: 3}\n  expressions: {p: a*b}\n",
    ],
)
def test_a_file_without_a_line_for_each_key_is_refused_with_a_repair(file: str) -> None:
    assert not can_vary(from_text(file))
    assert "on a line of its own" in why_not(from_text(file))
    with pytest.raises(TutorError, match="on a line of its own"):
        variant(from_text(file), 1)


def test_a_file_with_too_many_numbers_is_refused() -> None:
    row = ", ".join(["0.5"] * 151)
    assert "more than 150" in why_not(from_text(f"inputs: {{x: [{row}]}}\nexpressions:\n  s: sum(x)\n"))


def test_the_seed_is_read_and_checked() -> None:
    simple = "inputs: {a: 2}\nexpressions: {p: a^2}\n"
    assert from_text(simple).seed is None
    assert from_text(f"{simple}seed: 12\n").seed == 12
    for wrong in ("-1", "1.5", "many", "1000000000", "[1]"):
        with pytest.raises(ProblemError, match="seed"):
            from_text(f"{simple}seed: {wrong}\n")
