"""What each page about another convention gives, and which pages have nothing to say where nothing can be confused."""

from __future__ import annotations

import math

import numpy as np
import pytest
from rule_checks import along, gives, offered, rule, same, under, variants_in
from support import exact

from backprop_tutor.marking.misconception import Misconception
from backprop_tutor.marking.misconceptions import misconceptions

# z = 0.5·2 + 0.5·3 + 1 = 3.5, so δ = 2.5; the weight has the shares 5 and 7.5, and 2·0.1·0.5 from the penalty.
SHARED = """inputs: [2, 3]
target: 1
layers:
  - {weights: [[0.5, 0.5]], weight_names: [[w, w]], bias: [1], bias_names: [b], activation: identity}
loss: half_squared_error
regularization: {l2: 0.1}
"""
# z = 2 + 0.5·2 + 0.5·3 = 4.5, so δ = 3.5; the first weight is the bias.
FOLDED = """inputs: [2, 3]
target: 1
layers:
  - {weights: [[2, 0.5, 0.5]], bias: first_column, activation: identity}
loss: half_squared_error
"""
# y = 2x·x² at 3: the shares of x are 9·2 and 6·6.
PRODUCT = "inputs: {x: 3}\nexpressions:\n  p: 2*x\n  q: x^2\n  y: p*q\n"


def test_half_of_the_penalty_the_other_way() -> None:
    half = SHARED.replace("{l2: 0.1}", "{l2: 0.1, half: true}")
    gives("c04_half_of_the_penalty", half, {"L_penalty": 0.025, "L": 3.15, "dL/dw": 12.6})
    gives("c05_biases_in_the_penalty", half, {"L_penalty": 0.0625, "L": 3.1875, "dL/db": 2.6})


def test_a_repair_says_which_penalty_was_used() -> None:
    way = along(SHARED)
    assert rule("c04_half_of_the_penalty", way).repair.startswith("This is right for a penalty with λ/2")
    way = along(SHARED.replace("{l2: 0.1}", "{l2: 0.1, half: true}"))
    assert rule("c04_half_of_the_penalty", way).repair.startswith("This is right for a penalty of λ times")


def test_signals_turned_round_with_a_penalty() -> None:
    updated = SHARED + "learning_rate: 0.1\n"
    signals = {"dL/dyhat": -2.5, "dL/dz1_1": -2.5, "dL/dx1": -1.25, "dL/dx2": -1.25}
    gives("c03_signals_and_gradients_turned_round", updated, {**signals, "dL/dw": -12.6, "dL/db": -2.5})
    gives("c03_signals_turned_round", updated, signals, sums_only=False)
    gives("c03_signals_turned_round", updated, {"dL/dz1_1": -2.5}, sums_only=True)


# The errors of the outputs are 1, 0 and 3.
OUTPUTS = """inputs: [1]
target: [1, 1, 1]
layers:
  - {weights: [[2], [1], [4]], activation: identity}
loss: LOSS
"""
FACTORS = {
    "squared_error": (1, 1),
    "half_squared_error": (0.5, 1),
    "mean_squared_error": (1, 3),
    "{half_squared_error: {outputs: mean}}": (0.5, 3),
}


@pytest.mark.parametrize("course", FACTORS)
@pytest.mark.parametrize("loss", FACTORS)
def test_every_convention_of_the_squared_error_meets_every_other(loss: str, course: str) -> None:
    """One rule, and no second, gives what the course gets."""
    way, other = along(OUTPUTS.replace("LOSS", loss)), along(OUTPUTS.replace("LOSS", course))
    half, count = FACTORS[course]
    expected = under(other, Misconception())
    assert expected["L"] == pytest.approx(10 * half / count)
    assert expected["dL/dyhat3"] == pytest.approx(6 * half / count)
    if loss == course:
        return
    pages = ("c01_half_of_the_squared_error", "c01_half_and_mean_of_the_squared_error", "c02_mean_or_sum_of_outputs")
    variants = [variant for page in pages for variant in misconceptions()[page].variants(way.wiring)]
    (meant,) = [variant for variant in variants if math.isclose(under(way, variant)["L"], expected["L"])]
    assert meant.convention
    same(under(way, meant), expected)
    assert len(variants) == 3
    yours, _, _ = meant.repair.partition(".")
    assert not meant.name.startswith("c01") or ("right for half" in yours) == (half == 0.5)
    assert meant.name == "c01_half_of_the_squared_error" or ("mean" in yours) == (count == 3)


def test_half_the_sum_of_two_squares_is_their_mean() -> None:
    two = OUTPUTS.replace("[1, 1, 1]", "[1, 1]").replace("[[2], [1], [4]]", "[[2], [4]]")
    for loss in ("half_squared_error", "mean_squared_error"):
        assert offered("c01_half_and_mean_of_the_squared_error", along(two.replace("LOSS", loss))) == 0


@pytest.mark.parametrize(
    ("formula", "factor"),
    [
        ("(yhat - y)^2/2", 2),
        ("0.5*(yhat - y)^2", 2),
        ("(yhat - y)^2", 0.5),
        ("(y - yhat)^2", 0.5),
    ],
)
def test_a_squared_error_of_the_author(formula: str, factor: float) -> None:
    text = f"inputs: [1]\ntarget: 1\nlayers:\n  - {{weights: [[4]], activation: identity}}\nloss: {formula}\n"
    way = along(text)
    changed = {"L", "dL/dyhat", "dL/dz1_1", "dL/dw1_11", "dL/dx1"}
    truth = {name: float(exact(way.truth[name])) * factor for name in changed}
    gives("c01_half_of_the_squared_error", text, truth)


@pytest.mark.parametrize(
    "formula", ["((yhat1 - y1)^2 + (yhat2 - y2)^2)/2", "(yhat1 - y1)^4 + (yhat2 - y2)^2", "2*yhat1"]
)
def test_other_losses_of_the_author(formula: str) -> None:
    """Of two outputs, a half may be a mean."""
    two = OUTPUTS.replace("[1, 1, 1]", "[1, 1]").replace("[[2], [1], [4]]", "[[2], [4]]")
    assert offered("c01_half_of_the_squared_error", along(two.replace("LOSS", f'"{formula}"'))) == 0


SOFTMAX = """inputs: [1, 2]
target: {class: 2}
layers:
  - {weights: [[0.5, 1], [0.2, 0.1], [-1, 0.3]], bias: [0, 1, 0.5], activation: softmax}
loss: LOSS
"""


@pytest.mark.parametrize("shortcut", [False, True], ids=["long", "shortcut"])
def test_softmax(shortcut: bool) -> None:
    scores = np.exp([2.5, 1.4, 0.1])
    y = scores / scores.sum()
    t = np.array([0, 1, 0])
    mean = along(SOFTMAX.replace("LOSS", "{cross_entropy: {outputs: mean}}"), shortcut)
    found = under(mean, rule("c02_mean_or_sum_of_outputs", mean))
    assert found["L"] == pytest.approx(-math.log(y[1]))
    assert [found[f"dL/dz1_{k}"] for k in (1, 2, 3)] == pytest.approx(list(y - t))
    plain = along(SOFTMAX.replace("LOSS", "cross_entropy"), shortcut)
    found = under(plain, rule("c02_mean_or_sum_of_outputs", plain))
    assert [found[f"dL/dz1_{k}"] for k in (1, 2, 3)] == pytest.approx(list((y - t) / 3))
    assert found["dL/dyhat2"] == pytest.approx(-1 / y[1] / 3)
    found = under(plain, rule("c07_loss_in_bits", plain))
    assert found["L"] == pytest.approx(-math.log2(y[1]))
    assert [found[f"dL/dz1_{k}"] for k in (1, 2, 3)] == pytest.approx(list((y - t) / math.log(2)))
    found = under(plain, rule("m29_gradient_by_a_passed_back", plain))
    assert found["dL/dx1"] == pytest.approx(-1 / y[1] * 0.2)
    assert found["dL/dz1_1"] == pytest.approx(y[0])
    # A sum before softmax has paths of its own kind.
    one_path = under(plain, rule("m35_one_path_only", plain, last=False))
    assert one_path["dL/dz1_2"] == pytest.approx(y[1] - 1)
    assert one_path["dL/dx1"] == pytest.approx(0.5 * y[0])
    assert offered("m48_output_for_the_loss", plain) == 0
    logits = along(SOFTMAX.replace("softmax", "identity").replace("LOSS", "{cross_entropy: {logits: true}}"))
    assert offered("c07_loss_in_bits", logits) == 0


def test_in_expressions_only_paths_and_updates_count() -> None:
    assert variants_in(PRODUCT) == {"m35", "m37", "m38"}
    assert variants_in(PRODUCT + "learning_rate: 1\n") == {"m35", "m37", "m38", "m44", "m45", "m51"}
    assert variants_in("inputs: {x: 3}\nexpressions: {y: x^2}\n") == set()
    layered = "inputs: {w: 2, x: 3, b: 1}\nexpressions: {z: w*x + b, a: sigmoid(z), L: (a - 1)^2}\n"
    assert variants_in(layered) == set()


def test_where_nothing_can_be_confused() -> None:
    """One unit: no bias, no rate, no second path, nothing to transpose, no other layer."""
    unit = "inputs: [2]\ntarget: 3\nlayers:\n  - {weights: [[0.5]], activation: sigmoid}\nloss: absolute_error\n"
    assert variants_in(unit) == {"c03", "m24", "m27", "m29", "m30", "m32", "m33", "m48"}
    assert offered("m30_own_activation_for_the_input", along(unit)) == 1
    without_loss = "inputs: [2]\nlayers:\n  - {weights: [[0.5]], activation: identity}\nloss: none\n"
    assert variants_in(without_loss) == {"m27", "m29", "m30", "m32", "m33"}


def test_shapes_that_do_not_fit() -> None:
    wide = """inputs: [1, 2, 3]
target: 1
layers:
  - {weights: [[1, 2, 3], [4, 5, 6]], bias: [1, 2], activation: sigmoid}
  - {weights: [[1, 2]], activation: sigmoid}
loss: half_squared_error
learning_rate: 1
"""
    found = variants_in(wide)
    assert not {"m25", "m26", "m28", "m34", "c06"} & found
    assert {"m22", "m23", "m31", "m35", "m39", "m40", "m41", "m43", "m44", "m46"} <= found
    # In both layers and in each of them, but never by column.
    assert offered("m30_own_activation_for_the_input", along(wide)) == 3
    # A folded bias is no column to be transposed.
    folded = along(FOLDED.replace("[[2, 0.5, 0.5]]", "[[2, 0.5, 0.7], [0, 0.1, 0.2]]").replace(": 1", ": [1, 2]"))
    found = under(folded, rule("m25_weights_transposed_forward", folded))
    assert (found["z1_1"], found["z1_2"]) == (pytest.approx(2 + 0.5 * 2 + 0.1 * 3), pytest.approx(0.7 * 2 + 0.2 * 3))
    found = under(folded, rule("m26_weights_not_transposed_backward", folded))
    by_z = [found["dL/dz1_1"], found["dL/dz1_2"]]
    assert found["dL/dx1"] == pytest.approx(0.5 * by_z[0] + 0.7 * by_z[1])
    found = under(folded, rule("m34_weight_gradient_transposed", folded))
    assert (found["dL/dw1_12"], found["dL/dw1_10"]) == (pytest.approx(by_z[1] * 2), pytest.approx(by_z[0]))


def test_a_weight_shared_by_layers_waits_for_its_update() -> None:
    text = """inputs: [2]
target: 3
layers:
  - {weights: [[0.5]], weight_names: [[w]], activation: tanh}
  - {weights: [[0.5]], weight_names: [[SECOND]], activation: identity}
loss: half_squared_error
learning_rate: 1
"""
    assert offered("m43_updated_weights_backward", along(text.replace("SECOND", "v"))) == 1
    assert offered("m43_updated_weights_backward", along(text.replace("SECOND", "w"))) == 0


def test_frozen_parameters_are_not_updated() -> None:
    text = FOLDED.replace("[[2, 0.5, 0.5]]", "[[0.5, 0.5]]").replace("first_column", "[2]") + "learning_rate: 1\n"
    assert offered("m46_biases_not_updated", along(text)) == 1
    assert offered("m46_biases_not_updated", along(text + "frozen: [b1_1]\n")) == 0
    assert offered("m44_gradient_ascent", along(text + "frozen: [b1_1, w1_11, w1_12]\n")) == 0
    assert offered("c03_signals_and_gradients_turned_round", along(FOLDED)) == 0


def test_a_sum_that_is_differentiated_has_no_gradient_by_its_activation() -> None:
    """Of z, the last layer's sum, the slopes come next: ∂z/∂ŷ does not exist and cannot be put anywhere."""
    text = """inputs: [2]
target: 1
layers:
  - {weights: [[0.5], [1]], bias: [1, 2], activation: tanh}
  - {weights: [[3, 4]], bias: [5], activation: sigmoid}
loss: half_squared_error
differentiate: z2_1
"""
    way = along(text)
    slopes = [1 - math.tanh(2) ** 2, 1 - math.tanh(4) ** 2]
    found = under(way, rule("m29_gradient_by_a_passed_back", way))
    assert (found["dz2_1/da1_1"], found["dz2_1/dx1"]) == (3, pytest.approx(3 * 0.5 + 4 * 1))
    assert found["dz2_1/dw1_11"] == pytest.approx(3 * slopes[0] * 2)
    found = under(way, rule("m41_bias_gradient_by_a", way))
    assert (found["dz2_1/db2_1"], found["dz2_1/db1_1"], found["dz2_1/db1_2"]) == (1, 3, 4)
    assert not {"c03", "m47", "m48"} & variants_in(text)


def test_weights_of_another_layer_must_fit_in_both_directions() -> None:
    text = """inputs: [1, 2]
target: [1, 0, 0]
layers:
  - {weights: [[1, 2], [3, 4]], activation: sigmoid}
  - {weights: [[1, 2], [3, 4], [5, 6]], activation: sigmoid}
loss: half_squared_error
"""
    assert offered("m28_weights_of_another_layer", along(text)) == 0
