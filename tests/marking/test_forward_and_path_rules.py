"""What each page about the forward pass, connections, paths, updates and conventions gives: exactly these numbers.

A learner with the idea is imitated in matrices with NumPy, and every number of the sheet must be what the page gives;
on smaller problems the numbers are worked out by hand.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import pytest
from matrix_conventions import (
    Climbs,
    DeltasTurnedRound,
    FixedBiases,
    LossInBits,
    NoHalf,
    NoRate,
    OutputForLoss,
    RateTwice,
    ReadsFromRowToColumn,
    SignalsTurnedRound,
    TakesTheMean,
    TurnedRound,
    UpdatesFirst,
)
from matrix_learners import (
    BIASES,
    RATE,
    WEIGHTS,
    BiasByA,
    BiasTimesBias,
    DoesNotTransposeBackward,
    KeepsTheBias,
    LargestPath,
    LastPath,
    Learner,
    LeavesWeightsOut,
    Log10,
    MeanOfPaths,
    NoBias,
    NoBiasGradient,
    NoBiasInTheSecondLayer,
    NoInput,
    OnePath,
    OwnActivation,
    OwnActivationByColumn,
    PassesBackByA,
    PassesOnSums,
    ProductOfPaths,
    SkipsTheSecondActivation,
    StrongestPath,
    SumsInTheWeights,
    TakesWeightsAfter,
    TakesWeightsBefore,
    TransposesForward,
    TransposesTheGradient,
    WeightForInput,
    X,
)
from rule_checks import along, gives, offered, rule, same, under
from support import exact

TEXT = f"""inputs: {X.tolist()}
target: [1, 0]
layers:
  - {{weights: {WEIGHTS[0].tolist()}, bias: {BIASES[0].tolist()}, activation: tanh}}
  - {{weights: {WEIGHTS[1].tolist()}, bias: {BIASES[1].tolist()}, activation: tanh}}
  - {{weights: {WEIGHTS[2].tolist()}, bias: {BIASES[2].tolist()}, activation: sigmoid}}
loss: LOSS
learning_rate: {RATE}
"""

Idea = tuple[str, dict[str, object], Callable[[bool, bool], Learner]]
ANYWHERE: list[Idea] = [
    ("m22_bias_dropped", {"layer": 0}, NoBias),
    ("m22_bias_dropped", {"layer": 2}, NoBiasInTheSecondLayer),
    ("m23_sum_passed_on", {}, PassesOnSums),
    ("m24_activation_skipped", {"layer": 2}, SkipsTheSecondActivation),
    ("m25_weights_transposed_forward", {}, TransposesForward),
    ("m26_weights_not_transposed_backward", {}, DoesNotTransposeBackward),
    ("m27_downstream_weight_left_out", {"layer": 0}, LeavesWeightsOut),
    ("m28_weights_of_another_layer", {"step": -1}, TakesWeightsBefore),
    ("m28_weights_of_another_layer", {"step": 1}, TakesWeightsAfter),
    ("m29_gradient_by_a_passed_back", {}, PassesBackByA),
    ("m30_own_activation_for_the_input", {"layer": 0, "by_column": False}, OwnActivation),
    ("m30_own_activation_for_the_input", {"layer": 0, "by_column": True}, OwnActivationByColumn),
    ("m31_sum_for_the_input", {"layer": 0}, SumsInTheWeights),
    ("m32_input_left_out", {"layer": 0}, NoInput),
    ("m33_weight_for_the_input", {"layer": 0}, WeightForInput),
    ("m34_weight_gradient_transposed", {"layer": 0}, TransposesTheGradient),
    ("m35_one_path_only", {"where": "", "last": False}, OnePath),
    ("m35_one_path_only", {"where": "", "last": True}, LastPath),
    ("m37_mean_of_paths", {}, MeanOfPaths),
    ("m37_largest_path", {}, LargestPath),
    ("m37_largest_path_in_size", {}, StrongestPath),
    ("m38_product_of_paths", {}, ProductOfPaths),
    ("m39_bias_gradient_zero", {"layer": 0}, NoBiasGradient),
    ("m39b_bias_kept_with_the_input", {"layer": 0}, KeepsTheBias),
    ("m40_bias_gradient_times_bias", {"layer": 0}, BiasTimesBias),
    ("m41_bias_gradient_by_a", {"layer": 0}, BiasByA),
    ("m43_updated_weights_backward", {}, UpdatesFirst),
    ("m44_gradient_ascent", {}, Climbs),
    ("m45_learning_rate_left_out", {}, NoRate),
    ("m45_learning_rate_twice", {}, RateTwice),
    ("m46_biases_not_updated", {}, FixedBiases),
    ("m48_output_for_the_loss", {}, OutputForLoss),
    ("c02_mean_or_sum_of_outputs", {}, TakesTheMean),
    ("c03_signals_and_gradients_turned_round", {}, TurnedRound),
    ("c03_signals_turned_round", {"sums_only": False}, SignalsTurnedRound),
    ("c03_signals_turned_round", {"sums_only": True}, DeltasTurnedRound),
    ("c06_weights_from_row_to_column", {}, ReadsFromRowToColumn),
]
WITH_LOGARITHMS: list[Idea] = [("m21_log10_for_ln", {}, Log10), ("c07_loss_in_bits", {}, LossInBits)]
WITH_SQUARES: list[Idea] = [("c01_half_of_the_squared_error", {}, NoHalf)]

SQUARES = along(TEXT.replace("LOSS", "half_squared_error"))
LOGARITHMS = {shortcut: along(TEXT.replace("LOSS", "binary_cross_entropy"), shortcut) for shortcut in (False, True)}


def told(idea: Idea) -> str:
    return f"{idea[0]}-{idea[2].__name__}"  # type: ignore[attr-defined]


def test_a_learner_without_ideas_is_right() -> None:
    for learner, way in (
        (Learner(), SQUARES),
        (Learner(True), LOGARITHMS[False]),
        (Learner(True, True), LOGARITHMS[True]),
    ):
        same({name: float(exact(number)) for name, number in way.truth.items()}, learner.sheet())


@pytest.mark.parametrize("idea", ANYWHERE + WITH_SQUARES, ids=told)
def test_with_squared_errors(idea: Idea) -> None:
    page, settings, learner = idea
    same(under(SQUARES, rule(page, SQUARES, **settings)), learner(False, False).sheet())


@pytest.mark.parametrize("shortcut", [False, True], ids=["long", "shortcut"])
@pytest.mark.parametrize("idea", ANYWHERE + WITH_LOGARITHMS, ids=told)
def test_with_logarithms(idea: Idea, shortcut: bool) -> None:
    page, settings, learner = idea
    if page == "m24_activation_skipped":
        settings = {"layer": 2}
    way = LOGARITHMS[shortcut]
    same(under(way, rule(page, way, **settings)), learner(True, shortcut).sheet())


# By hand, on smaller problems.

# y = 2x - x² at 3: the shares of x are 2 and -6.
DIFFERENCE = "inputs: {x: 3}\nexpressions:\n  p: 2*x\n  q: x^2\n  y: p - q\n"
# y = 2x·x² at 3: the shares of x are 9·2 and 6·6.
PRODUCT = "inputs: {x: 3}\nexpressions:\n  p: 2*x\n  q: x^2\n  y: p*q\n"


@pytest.mark.parametrize(
    ("page", "settings", "difference", "product"),
    [
        ("m35_one_path_only", {"last": False}, 2, 18),
        ("m35_one_path_only", {"last": True}, -6, 36),
        ("m37_mean_of_paths", {}, -2, 27),
        ("m38_product_of_paths", {}, -12, 648),
    ],
)
def test_paths_in_expressions(page: str, settings: dict[str, object], difference: int, product: int) -> None:
    gives(page, DIFFERENCE, {"dy/dx": difference}, **settings)
    gives(page, PRODUCT, {"dy/dx": product}, **settings)


def test_overwriting_shows_at_several_names() -> None:
    """Of one name with two paths it is a path left out."""
    assert offered("m36_overwritten_on_reuse", along(DIFFERENCE)) == 0
    assert offered("m37_largest_path", along(DIFFERENCE)) == 0
    # w = 2, u = 10, v = 1: the shares of w are 5 and 7, of t 2 and 1; of x twice what is taken for w, and 20.
    several = "inputs: {x: 1, t: 5}\nexpressions:\n  w: 2*x\n  u: t*w\n  v: x^2\n  p: u*v\n  y: p + 7*w + t\n"
    gives("m36_overwritten_on_reuse", several, {"dy/dw": 7, "dy/dx": 20, "dy/dt": 1})
    gives("m37_largest_path", several, {"dy/dw": 7, "dy/dx": 20, "dy/dt": 2})


def test_the_largest_of_three_along() -> None:
    three = "inputs: {x: 1}\nexpressions:\n  p: 2*x\n  q: -7*x\n  r: 3*x\n  y: p + q + r\n"
    gives("m37_largest_path", three, {"dy/dx": 3})
    gives("m37_largest_path_in_size", three, {"dy/dx": -7})


# z = 0.5·2 + 0.5·3 + 1 = 3.5, so δ = 2.5; the weight has the shares 5 and 7.5, and 2·0.1·0.5 from the penalty.
SHARED = """inputs: [2, 3]
target: 1
layers:
  - {weights: [[0.5, 0.5]], weight_names: [[w, w]], bias: [1], bias_names: [b], activation: identity}
loss: half_squared_error
regularization: {l2: 0.1}
"""


@pytest.mark.parametrize(
    ("page", "settings", "expected"),
    [
        ("m35_one_path_only", {}, {"dL/dw": 5.1}),
        ("m36_overwritten_on_reuse", {}, {"dL/dw": 7.6}),
        ("m37_mean_of_paths", {}, {"dL/dw": 6.35}),
        ("m38_product_of_paths", {}, {"dL/dw": 37.6}),
        ("m47_penalty_gradient_forgotten", {}, {"dL/dw": 12.5}),
        ("c04_half_of_the_penalty", {}, {"L_penalty": 0.0125, "L": 3.1375, "dL/dw": 12.55}),
        ("c05_biases_in_the_penalty", {}, {"L_penalty": 0.125, "L": 3.25, "dL/db": 2.7}),
        ("m27_downstream_weight_left_out", {"layer": 0}, {"dL/dx1": 2.5, "dL/dx2": 2.5}),
        ("m32_input_left_out", {"layer": 0}, {"dL/dw": 5.1}),
        ("m33_weight_for_the_input", {"layer": 0}, {"dL/dw": 2.6}),
        ("m39b_bias_kept_with_the_input", {"layer": 0}, {"dL/dw": 2.5 * 3 + 2.5 * 4 + 0.1}),
        ("m30_own_activation_for_the_input", {}, {"dL/dw": 2.5 * 3.5 * 2 + 0.1}),
    ],
)
def test_a_shared_weight_with_a_penalty(page: str, settings: dict[str, object], expected: Mapping[str, float]) -> None:
    gives(page, SHARED, expected, **settings)


# z = 2 + 0.5·2 + 0.5·3 = 4.5, so δ = 3.5; the first weight is the bias.
FOLDED = """inputs: [2, 3]
target: 1
layers:
  - {weights: [[2, 0.5, 0.5]], bias: first_column, activation: identity}
loss: half_squared_error
"""


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("m32_input_left_out", {"dL/dw1_11": 3.5, "dL/dw1_12": 3.5}),
        ("m33_weight_for_the_input", {"dL/dw1_11": 1.75, "dL/dw1_12": 1.75}),
        ("m39_bias_gradient_zero", {"dL/dw1_10": 0}),
        ("m39b_bias_kept_with_the_input", {"dL/dw1_11": 14, "dL/dw1_12": 17.5}),
        ("m40_bias_gradient_times_bias", {"dL/dw1_10": 7}),
    ],
)
@pytest.mark.parametrize("last", [False, True], ids=["first", "last"])
def test_a_folded_bias(page: str, expected: Mapping[str, float], last: bool) -> None:
    if last:
        expected = {{"dL/dw1_10": "dL/dw1_13"}.get(name, name): number for name, number in expected.items()}
        gives(page, FOLDED.replace("[[2, 0.5, 0.5]]", "[[0.5, 0.5, 2]]").replace("first", "last"), expected)
    else:
        gives(page, FOLDED, expected)


def test_a_folded_bias_elsewhere() -> None:
    way = along(FOLDED)
    found = under(way, rule("m22_bias_dropped", way))
    assert (found["z1_1"], found["L"], found["dL/dw1_10"]) == (2.5, 1.125, 1.5)
    updated = along(FOLDED + "learning_rate: 1\n")
    assert under(updated, rule("m46_biases_not_updated", updated))["new_w1_10"] == 2
    penalty = FOLDED + "regularization: {l2: 0.1}\n"
    gives("c05_biases_in_the_penalty", penalty, {"L_penalty": 0.45, "L": 6.575, "dL/dw1_10": 3.9})
    sigmoid = along(FOLDED.replace("identity", "sigmoid"))
    found = under(sigmoid, rule("m41_bias_gradient_by_a", sigmoid))
    assert found["dL/dw1_10"] == found["dL/dyhat"] == pytest.approx(1 / (1 + math.exp(-4.5)) - 1)


def test_units_of_a_layer_with_activations_of_their_own() -> None:
    """z = -1 and -2 at a ReLU and a tanh unit, whose outputs are 0 and tanh(-2)."""
    text = """inputs: [1]
target: 0
layers:
  - {weights: [[-1], [-2]], activation: [relu, tanh]}
  - {weights: [[3, 5]], activation: identity}
loss: half_squared_error
"""
    way = along(text)
    found = under(way, rule("m23_sum_passed_on", way))
    assert (found["z2_1"], found["a1_1"], found["a1_2"]) == (-13, 0, pytest.approx(math.tanh(-2)))
    found = under(way, rule("m24_activation_skipped", way, layer=1))
    assert (found["a1_1"], found["a1_2"], found["z2_1"]) == (-1, -2, -13)
    assert found["dL/dw2_12"] == 26


@pytest.mark.parametrize(
    ("page", "adam", "momentum"),
    [
        ("m44_gradient_ascent", 0.5 + 0.1, 0.5 + 0.1 * 1.9 * 2),
        ("m45_learning_rate_left_out", 0.5 - 1, 0.5 - 1.9 * 2),
        ("m45_learning_rate_twice", 0.5 - 0.01, 0.5 - 0.01 * 1.9 * 2),
    ],
)
def test_other_optimizers(page: str, adam: float, momentum: float) -> None:
    """y = 4w²/2 at ½: its gradient is 2; Adam goes by its sign."""
    text = "inputs: {w: 0.5}\nexpressions: {y: 2*w^2}\nlearning_rate: 0.1\noptimizer: "
    gives(page, text + "{adam: {epsilon: 0}}\n", {"new_w": adam})
    gives(page, text + "{momentum: {beta: 0.9, nesterov: true}}\n", {"new_w": momentum})


def test_log10() -> None:
    gives("m21_log10_for_ln", "inputs: {x: 1000}\nexpressions: {y: ln(ln(x))}\n", {"y": math.log10(3)})
