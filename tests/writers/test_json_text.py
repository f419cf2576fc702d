"""JSON for other programs: the keys and types of the contract, and right digits."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from reference.formulas import evaluate, many
from support import BUNDLED, from_text, lesson

from backprop_tutor import ops
from backprop_tutor.engine.solve import solve
from backprop_tutor.lessons.teach import teach
from backprop_tutor.reading.formulas import read_formula
from backprop_tutor.writers.json_text import write

KEYS = ["title", "loss", "output", "values", "gradients", "updated"]
STEP_KEYS = ["id", "name", "kind", "title", "formula", "substituted", "value", "exact", "latex", "needs"]
FUNCTIONS = ops.vocabulary(("slides",)).functions


def written(text: str) -> str:
    return write(teach(solve(from_text(text))))


def document(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(written(text))
    return found


@cache
def bundled(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(write(lesson(name)))
    return found


def is_quantity(value: object, may_be_null: bool = False) -> bool:
    """A number, or a symbolic quantity as a string; a flag is neither."""
    if value is None:
        return may_be_null
    return isinstance(value, (int, float, str)) and not isinstance(value, bool)


# Keys and types.


@pytest.mark.parametrize("name", BUNDLED)
def test_keys_and_types_of_the_contract(name: str) -> None:
    found = bundled(name)
    graph = lesson(name).graph
    several = len(graph.other_objectives) > 0
    extra = (["layers"] + (["updated_layers"] if found["updated"] else [])) if graph.layers else []
    assert list(found) == [*KEYS, *extra, "steps"]
    assert isinstance(found["title"], str)
    assert is_quantity(found["loss"], may_be_null=True)
    assert isinstance(found["output"], list)
    assert found["output"]
    assert all(map(is_quantity, found["output"]))
    for key in ("values", "updated"):
        assert all(isinstance(plain, str) and is_quantity(value) for plain, value in found[key].items()), key
    tables = found["gradients"].values() if several else [found["gradients"]]
    for table in tables:
        assert table
        assert all(
            (is_quantity(value) and not plain.startswith("d")) or "/" not in plain for plain, value in table.items()
        )
        assert all(is_quantity(value) for value in table.values())
        assert set(table) <= set(found["values"])
    for step in found["steps"]:
        assert_step(step)


def assert_step(step: dict[str, Any]) -> None:
    assert list(step) == STEP_KEYS
    assert step["kind"] in {"forward", "backward", "update"}
    assert step["id"] == f"{step['kind']}/{step['name']}"
    for key in ("title", "formula", "latex"):
        assert isinstance(step[key], str), step["id"]
        assert step[key], step["id"]
    assert step["substituted"] is None or isinstance(step["substituted"], str)
    assert step["exact"] is None or isinstance(step["exact"], str)
    assert is_quantity(step["value"])
    assert isinstance(step["needs"], list)
    assert all(isinstance(identifier, str) for identifier in step["needs"])


@pytest.mark.parametrize("name", BUNDLED)
def test_one_object_on_one_line(name: str) -> None:
    text = write(lesson(name))
    assert text.endswith("}\n")
    assert text.count("\n") == 1
    assert not any(word in text for word in ("NaN", "Infinity"))


@pytest.mark.parametrize("name", [name for name in BUNDLED if lesson(name).graph.layers])
def test_layers_have_the_shape_and_the_numbers_of_the_file(name: str) -> None:
    found, graph = bundled(name), lesson(name).graph
    if graph.other_objectives:
        return
    assert len(found["layers"]) == len(graph.layers)
    for layer, shape in zip(found["layers"], graph.layers, strict=True):
        assert set(layer) == {"weights", "bias"}
        wanted = [[found["gradients"][plain] for plain in row] for row in shape.weights]
        assert layer["weights"] == wanted
        assert layer["bias"] == ([found["gradients"][plain] for plain in shape.biases] or None)
    assert found["output"] == [found["values"][plain] for plain in graph.outputs]
    assert found["loss"] == (found["values"]["L"] if "L" in graph.values else None)


def test_a_folded_bias_stays_in_its_column_and_the_frozen_stay_as_they_were() -> None:
    found = document(
        "inputs: [1, 2]\ntarget: 1\nlayers:\n"
        "  - {weights: [[0.5, 0.25, 0.75]], bias: first_column, activation: identity}\n"
        "  - {weights: [[2, 3]], bias: last_column, activation: identity}\n"
        "  - {weights: [[1]], bias: [0.5], activation: identity}\n"
        "loss: half_squared_error\nlearning_rate: 0.1\nfrozen: [w1_11, w2_12, b3_1]\n"
    )
    # z1 = 0.5 + 0.25 + 1.5 = 2.25; z2 = 4.5 + 3 = 7.5; ŷ = 8; L = 24.5; the error 7 goes back.
    assert (found["loss"], found["output"]) == (24.5, [8])
    first, second, third = found["layers"]
    assert first == {"weights": [[14, 14, 28]], "bias": None}
    assert second == {"weights": [[15.75, 7]], "bias": None}
    assert third == {"weights": [[52.5]], "bias": [7]}
    new_first, new_second, new_third = found["updated_layers"]
    assert new_first == {"weights": [[-0.9, 0.25, -2.05]], "bias": None}
    assert new_second == {"weights": [[0.425, 3]], "bias": None}
    assert new_third == {"weights": [[-4.25]], "bias": [0.5]}
    assert set(found["updated"]) == {"w1_10", "w1_12", "w2_11", "w3_11"}
    assert found["gradients"]["w1_11"] == 14


def test_without_a_learning_rate_nothing_is_updated() -> None:
    found = document(
        "inputs: [1]\ntarget: 1\nlayers:\n  - {weights: [[2]], activation: identity}\nloss: squared_error\n"
    )
    assert found["updated"] == {}
    assert "updated_layers" not in found


def test_several_outputs_have_nested_gradients() -> None:
    found = document("inputs: {a: 2, b: 3}\nexpressions:\n  p: a*b\n  q: p + a\n  r: p^2\ndifferentiate: [q, r]\n")
    assert list(found["gradients"]) == ["q", "r"]
    assert found["gradients"]["q"]["a"] == 4
    assert found["gradients"]["q"]["b"] == 2
    assert found["gradients"]["r"]["a"] == 36
    assert found["gradients"]["r"]["b"] == 24
    assert found["output"] == [8, 36]
    assert found["loss"] is None
    assert "layers" not in found


def test_one_differentiated_output_has_flat_gradients() -> None:
    found = document("inputs: {a: 2}\nexpressions:\n  p: a^2\n  q: p + a\ndifferentiate: p\n")
    assert found["gradients"]["a"] == 4


def test_a_loss_without_a_number_is_a_formula() -> None:
    found = document(
        "inputs: [k]\ntarget: 1\nlayers:\n  - {weights: [[2]], activation: identity}\nloss: squared_error\n"
    )
    values = {"k": many.mpf(3)}
    assert evaluate(read_formula(found["loss"], FUNCTIONS, values), values) == 25
    assert found["values"]["w1_11"] == 2


def test_what_was_given_as_a_symbol_is_that_symbol() -> None:
    found = document(
        "inputs: [k]\ntarget: 1\nlayers:\n  - {weights: [[2]], activation: identity}\nloss: squared_error\n"
    )
    assert found["values"]["x1"] == "k"


# Digits.


def digits(number: Decimal) -> str:
    return "".join(map(str, number.as_tuple().digits)).rstrip("0")


def test_one_minus_tanh_of_eight_squared_is_right_in_every_digit() -> None:
    text = written("inputs: [8]\nlayers:\n  - {weights: [[1]], activation: tanh}\nloss: none\n")
    found = json.loads(text, parse_float=Decimal)
    with many.workdps(60):
        wanted = many.nstr(1 / many.cosh(8) ** 2, 17)
    slope = found["gradients"]["z1_1"]
    assert slope == Decimal(wanted)
    assert len(digits(slope)) == 17
    assert abs(found["gradients"]["w1_11"] / (8 * slope) - 1) < Decimal("1e-16")


@pytest.mark.parametrize("z", [-800, -40, 40, 800])
def test_saturated_numbers_are_right(z: int) -> None:
    text = written(
        f"inputs: [{z}]\ntarget: 0\nlayers:\n  - {{weights: [[1]], activation: sigmoid}}\nloss: binary_cross_entropy\n"
    )
    found = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    with many.workdps(900):
        p = 1 / (1 + many.exp(-z))
        for quantity, wanted in ((found["loss"], -many.ln(1 - p)), (found["gradients"]["z1_1"], p)):
            assert abs(many.mpf(str(quantity)) / wanted - 1) < many.mpf(10) ** -16


def test_numbers_are_written_with_seventeen_digits_at_most() -> None:
    for name in BUNDLED:
        found = json.loads(write(lesson(name)), parse_float=Decimal, parse_int=Decimal)
        numbers = [value for value in found["values"].values() if isinstance(value, Decimal)]
        assert all(len(digits(value)) <= 17 for value in numbers)
    third = json.loads(written("inputs: {a: 1}\nexpressions:\n  y: a/3\n"), parse_float=Decimal)
    assert third["values"]["y"] == Decimal("0.33333333333333333")


def test_titles_are_text_and_nothing_else() -> None:
    title = 'a "quoted" \\\\ title, ü and 数'
    text = written(f"title: '{title}'\ninputs: {{a: 1}}\nexpressions:\n  y: a^2\n")
    assert json.loads(text)["title"] == title
    assert "数" in text
