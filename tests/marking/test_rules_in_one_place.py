"""Ideas that show in one place only: in one layer, at the units, at shared parameters, or at one name of a formula.

The numbers come from matrices in NumPy and, in expressions, from the shares worked out by hand.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from matrix_learners import (
    BIASES,
    WEIGHTS,
    Array,
    BiasByA,
    BiasTimesBias,
    KeepsTheBias,
    Learner,
    LeavesWeightsOut,
    NoBiasGradient,
    NoInput,
    OnePath,
    OwnActivation,
    OwnActivationByColumn,
    SumsInTheWeights,
    TransposesTheGradient,
    WeightForInput,
    X,
)
from rule_checks import Numbers, along, gives, offered, partly, rule, same, under
from rule_runs import ways
from support import exact, problem

from backprop_tutor.marking.mark import Marker
from backprop_tutor.marking.misconceptions import misconceptions
from backprop_tutor.model.sheet import Sheet, SheetLine

THREE = f"""inputs: {X.tolist()}
target: [1, 0]
layers:
  - {{weights: {WEIGHTS[0].tolist()}, bias: {BIASES[0].tolist()}, activation: tanh}}
  - {{weights: {WEIGHTS[1].tolist()}, bias: {BIASES[1].tolist()}, activation: tanh}}
  - {{weights: {WEIGHTS[2].tolist()}, bias: {BIASES[2].tolist()}, activation: sigmoid}}
loss: half_squared_error
learning_rate: 0.5
"""
DEEP = along(THREE)


def only_in(idea: type[Learner], layer: int) -> Learner:
    """A learner who has the idea in one layer, counted from 1, and knows better in the others."""

    class There(Learner):
        def back(self, index: int, *numbers: Array) -> Array:
            return (idea if index == layer - 1 else Learner).back(self, index, *numbers)

        def by_weights(self, index: int, *numbers: Array) -> Array:
            return (idea if index == layer - 1 else Learner).by_weights(self, index, *numbers)

        def by_bias(self, index: int, *numbers: Array) -> Array:
            return (idea if index == layer - 1 else Learner).by_bias(self, index, *numbers)

        def __getattr__(self, name: str) -> Any:
            # What an idea keeps beside its hooks: which of the paths it follows.
            return getattr(idea, name)

    return There()


@pytest.mark.parametrize("layer", [1, 2, 3])
@pytest.mark.parametrize(
    ("page", "settings", "idea"),
    [
        ("m27_downstream_weight_left_out", {}, LeavesWeightsOut),
        ("m30_own_activation_for_the_input", {"by_column": False}, OwnActivation),
        ("m30_own_activation_for_the_input", {"by_column": True}, OwnActivationByColumn),
        ("m31_sum_for_the_input", {}, SumsInTheWeights),
        ("m32_input_left_out", {}, NoInput),
        ("m33_weight_for_the_input", {}, WeightForInput),
        ("m34_weight_gradient_transposed", {}, TransposesTheGradient),
        ("m39_bias_gradient_zero", {}, NoBiasGradient),
        ("m39b_bias_kept_with_the_input", {}, KeepsTheBias),
        ("m40_bias_gradient_times_bias", {}, BiasTimesBias),
        ("m41_bias_gradient_by_a", {}, BiasByA),
    ],
)
def test_in_one_layer(page: str, settings: Mapping[str, object], idea: type[Learner], layer: int) -> None:
    if (page, layer) == ("m31_sum_for_the_input", 1):
        # The inputs have no sum of their own.
        assert {variant.layer for variant in misconceptions()[page].variants(DEEP.wiring)} == {0, 2, 3}  # type: ignore[attr-defined]
        return
    same(under(DEEP, rule(page, DEEP, layer=layer, **settings)), only_in(idea, layer).sheet())


@pytest.mark.parametrize("layer", [1, 2, 3])
def test_one_path_from_the_units_of_one_layer(layer: int) -> None:
    found = under(DEEP, rule("m35_one_path_only", DEEP, where=f"layer {layer - 1}", last=False))
    same(found, only_in(OnePath, layer).sheet())


def test_one_place_is_offered_where_it_is_not_everywhere() -> None:
    unit = (
        "inputs: [2]\ntarget: 3\nlayers:\n  - {weights: [[0.5]], bias: [1], activation: sigmoid}\nloss: squared_error\n"
    )
    for page in ("m27_downstream_weight_left_out", "m32_input_left_out", "m39_bias_gradient_zero"):
        assert offered(page, along(unit)) == 1
        assert offered(page, DEEP) == 4
    # Without shared parameters the units are everything; three layers of them, first and last path.
    assert offered("m35_one_path_only", DEEP) == 2 * 4
    assert offered("m37_mean_of_paths", DEEP) == 1


def two_by_two() -> tuple[Numbers, dict[str, Array]]:
    """The known exercise in matrices: its backward quantities, and the shares of what has several paths."""
    x, t = np.array([0.05, 0.1]), np.array([0.01, 0.99])
    first, second = np.array([[0.15, 0.2], [0.25, 0.3]]), np.array([[0.4, 0.45], [0.5, 0.55]])
    a = 1 / (1 + np.exp(-(first @ x + 0.35)))
    y = 1 / (1 + np.exp(-(second @ a + 0.6)))
    outer = (y - t) * y * (1 - y)
    shares = {"dL/da1_1": second[:, 0] * outer, "dL/da1_2": second[:, 1] * outer, "dL/db2": outer}
    return {"a1_1": a[0], "a1_2": a[1], "delta1": outer[0], "delta2": outer[1]}, shares


def test_paths_of_units_and_of_shared_parameters() -> None:
    (way,) = ways("two-by-two")
    forward, shares = two_by_two()
    a = np.array([forward["a1_1"], forward["a1_2"]])
    first = np.array([[0.15, 0.2], [0.25, 0.3]])
    for page, settings, together in (
        ("m35_one_path_only", {"last": False}, lambda several: several[0]),
        ("m35_one_path_only", {"last": True, "where": ""}, lambda several: several[-1]),
        ("m37_mean_of_paths", {}, np.mean),
        ("m37_largest_path", {}, np.max),
        ("m38_product_of_paths", {}, np.prod),
    ):
        by_a = np.array([together(shares["dL/da1_1"]), together(shares["dL/da1_2"])])
        inner = by_a * a * (1 - a)
        by_x = [float(together(first[:, i] * inner)) for i in (0, 1)]
        found = under(way, rule(page, way, **{"where": "units", **settings}))
        assert [found["dL/da1_1"], found["dL/da1_2"]] == pytest.approx(list(by_a))
        assert [found["dL/dx1"], found["dL/dx2"]] == pytest.approx(by_x)
        assert [found["dL/db1"], found["dL/db2"]] == pytest.approx([inner.sum(), shares["dL/db2"].sum()])
    truth = {name: float(exact(number)) for name, number in way.truth.items()}
    deltas = np.array([truth["dL/dz1_1"], truth["dL/dz1_2"]])
    expected = {"dL/db1": deltas.mean(), "dL/db2": shares["dL/db2"].mean()}
    partly(way, rule("m37_mean_of_paths", way, where="parameters"), expected)
    expected = {"dL/db1": deltas[0], "dL/db2": shares["dL/db2"][0]}
    partly(way, rule("m35_one_path_only", way, where="parameters", last=False), expected)


# p = 6, q = 15; y = p + q + 2p·q at x = 2: by the line of r, p has the share 30 and q 12; by that of y, both have 1.
CROSS = "inputs: {x: 2}\nexpressions:\n  p: 3*x\n  q: x^2 + x + 9\n  r: 2*p*q\n  y: p + q + r\n"


@pytest.mark.parametrize(
    ("page", "settings", "expected"),
    [
        ("m35_one_path_only", {"where": "q", "last": False}, {"dy/dq": 12, "dy/dp": 31}),
        ("m35_one_path_only", {"where": "q", "last": True}, {"dy/dq": 1, "dy/dp": 31}),
        ("m35_one_path_only", {"where": "p", "last": False}, {"dy/dp": 30, "dy/dq": 13}),
        ("m37_mean_of_paths", {"where": "q"}, {"dy/dq": 6.5, "dy/dp": 31}),
        ("m38_product_of_paths", {"where": "p"}, {"dy/dp": 30, "dy/dq": 13}),
    ],
)
def test_at_one_name_of_a_formula(page: str, settings: dict[str, object], expected: dict[str, float]) -> None:
    way = along(CROSS)
    found = under(way, rule(page, way, **{"without": 0, **settings} if page.startswith("m35") else settings))
    assert {name: found[name] for name in expected} == expected
    # x goes on with what is written for p and q.
    assert found["dy/dx"] == found["dy/dp"] * 3 + found["dy/dq"] * 5


def test_one_path_of_three_left_out() -> None:
    three = "inputs: {x: 1}\nexpressions:\n  p: 2*x\n  q: -7*x\n  r: 3*x\n  y: p + q + r\n"
    for number, left in ((1, -4), (2, 5), (3, -5)):
        gives("m35_one_path_only", three, {"dy/dx": left}, without=number)
    way = along(three)
    assert rule("m35_one_path_only", way, without=2).title == "One of several paths left out"


def test_too_many_names_with_several_paths() -> None:
    inputs = ", ".join(f"a{i}: {i}" for i in range(1, 8))
    lines = [f"  p{i}: 2*a{i}\n  q{i}: a{i}^2" for i in range(1, 8)]
    both = " + ".join(f"p{i}*q{i}" for i in range(1, 8))
    text = "\n".join((f"inputs: {{{inputs}}}", "expressions:", *lines, f"  y: {both}\n"))
    assert offered("m37_mean_of_paths", along(text)) == 1
    assert offered("m37_mean_of_paths", along(text.replace("p7: 2*a7", "p7: 2"))) == 1 + 6


def test_a_calculator_in_degrees() -> None:
    text = "inputs: {x: 20, y: 30}\nexpressions:\n  s: sin(x)\n  c: cos(s*y)\n  t: tan(y)\n  f: c*t\n"
    s = math.sin(math.radians(20))
    c, slope = math.cos(math.radians(30 * s)), -math.sin(math.radians(30 * s))
    t = math.tan(math.radians(30))
    found = under(along(text), rule("m49_calculator_in_degrees", along(text)))
    assert [found[name] for name in ("s", "c", "t", "f")] == pytest.approx([s, c, t, c * t])
    assert found["df/dx"] == pytest.approx(t * slope * 30 * math.cos(math.radians(20)))
    assert found["df/dy"] == pytest.approx(t * slope * s + c * (1 + t**2))
    assert offered("m49_calculator_in_degrees", along("inputs: {x: 2}\nexpressions: {y: tanh(x) + exp(x)}\n")) == 0


# Whole sheets, as a learner hands them in.


def named(name: str, wrong: Mapping[str, float], decimals: int = 4) -> list[tuple[str, tuple[str, ...]]]:
    """The ideas that the marker names on a sheet that is right but for these numbers, and what follows from them."""
    way = ways(name)[0]
    numbers = {**{key: float(exact(number)) for key, number in way.truth.items()}, **wrong}
    lines = tuple(SheetLine(key, f"{number:.{decimals}f}") for key, number in numbers.items())
    return [(said.id, said.steps) for said in Marker(problem(name)).mark(Sheet("learner", lines)).explanations]


def test_the_input_left_out_in_the_first_layer_is_named() -> None:
    truth = {name: float(exact(number)) for name, number in ways("slides-example-3")[0].truth.items()}
    steps = {f"dL/dw1_{j}{i}": truth[f"dL/dz1_{j}"] for j in (1, 2) for i in (1, 2)}
    ((idea, _),) = named("slides-example-3", steps, 5)
    assert idea == "M32"


def test_the_first_path_alone_is_named() -> None:
    forward, shares = two_by_two()
    a = np.array([forward["a1_1"], forward["a1_2"]])
    by_a = np.array([shares["dL/da1_1"][0], shares["dL/da1_2"][0]])
    inner = by_a * a * (1 - a)
    first = np.array([[0.15, 0.2], [0.25, 0.3]])
    wrong = {f"dL/da1_{j + 1}": by_a[j] for j in (0, 1)} | {f"dL/dz1_{j + 1}": inner[j] for j in (0, 1)}
    wrong |= {f"dL/dw{2 * j + i + 1}": inner[j] * (0.05, 0.1)[i] for j in (0, 1) for i in (0, 1)}
    wrong |= {f"new_w{2 * j + i + 1}": first[j, i] - 0.5 * inner[j] * (0.05, 0.1)[i] for j in (0, 1) for i in (0, 1)}
    wrong |= {"dL/db1": inner.sum()}
    right_in_x = {f"dL/dx{i + 1}": float(first[:, i] @ inner) for i in (0, 1)}
    ((idea, steps),) = named("two-by-two", wrong | right_in_x, 6)
    assert (idea, steps) == ("M35", ("dL/da1_1", "dL/da1_2"))
    first_in_x = {f"dL/dx{i + 1}": first[0, i] * inner[0] for i in (0, 1)}
    ((idea, steps),) = named("two-by-two", wrong | first_in_x, 6)
    assert (idea, set(steps)) == ("M35", {"dL/da1_1", "dL/da1_2", "dL/dx1", "dL/dx2"})


def test_a_path_left_out_at_one_name_is_named() -> None:
    assert named("olin-cos-sqrt-point", {"df/du": 3, "df/dx": 12}) == [("M35", ("df/du",))]
