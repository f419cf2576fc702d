"""What the rules about slopes make of single quantities, beside formulas written by hand from the right values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

import pytest
from rule_runs import Way, settings_of, ways, ways_through, witness
from support import exact, from_text

from backprop_tutor.engine.precise import Precise
from backprop_tutor.engine.reckoning import Reckoning
from backprop_tutor.marking.misconception import Misconception
from backprop_tutor.marking.misconceptions import misconceptions

Values = Mapping[str, float]
LONG, SHORT = 0, 1

HUBER = "inputs: [1]\ntarget: 3\nlayers:\n  - {weights: [[1, ]], activation: identity}\nloss: {huber: {delta: 5}}\n"
TWO_SCORES = (
    "inputs: [1]\ntarget: [0, 1]\nlayers:\n  - {weights: [[1/2], [2]], activation: identity}\n"
    "loss: {cross_entropy: {logits: true}}\n"
)


def rules(page: str, way: Way) -> list[Misconception]:
    return list(misconceptions()[page].variants(way.wiring))


def under(way: Way, rule: Misconception) -> dict[str, float]:
    reckoning = Reckoning(way.formulas(rule), Precise(), way.given)
    return {name: float(exact(reckoning.value(name))) for name in way.right}


def right(way: Way) -> dict[str, float]:
    return {name: float(exact(number)) for name, number in {**way.truth, **way.given}.items()}


def sigmoid(number: float) -> float:
    from math import exp

    return 1 / (1 + exp(-number))


EXAMPLE, MAZUR, XOR, LABELS, CLASSES = (
    "slides-example-3",
    "two-by-two",
    "xor-tanh",
    "multi-label",
    "softmax-three-classes",
)

CASES: list[tuple[str, int, str, int, str, Callable[[Values], float]]] = [
    ("m01_hidden_slope_dropped", 0, EXAMPLE, LONG, "dL/dz1_2", lambda v: v["dL/da1_2"]),
    ("m01_hidden_slope_dropped", 0, EXAMPLE, SHORT, "dL/dw1_21", lambda v: v["dL/da1_2"] * 0.5),
    ("m01_hidden_slope_dropped", 0, EXAMPLE, LONG, "dL/dz2_1", lambda v: v["yhat"] - 1),
    ("m02_output_slope_dropped", 0, EXAMPLE, LONG, "dL/dz2_1", lambda v: -1 / v["yhat"]),
    ("m02_output_slope_dropped", 0, EXAMPLE, SHORT, "dL/dz2_1", lambda v: -1 / v["yhat"]),
    ("m02_output_slope_dropped", 0, MAZUR, LONG, "dL/dz2_2", lambda v: v["yhat2"] - 0.99),
    (
        "m03_slope_at_the_output",
        0,
        MAZUR,
        LONG,
        "dyhat1/dz2_1",
        lambda v: sigmoid(v["yhat1"]) * (1 - sigmoid(v["yhat1"])),
    ),
    ("m04_slope_of_z_for_a", 0, XOR, LONG, "da1_1/dz1_1", lambda v: 1 - v["z1_1"] ** 2),
    ("m04_slope_of_z_for_a", 0, EXAMPLE, LONG, "da1_1/dz1_1", lambda v: v["z1_1"] * (1 - v["z1_1"])),
    ("m05_slope_of_the_gradient", 0, MAZUR, LONG, "dyhat1/dz2_1", lambda v: v["dL/dyhat1"] * (1 - v["dL/dyhat1"])),
    ("m05_slope_of_the_gradient", 0, MAZUR, LONG, "dL/dz2_1", lambda v: v["dL/dyhat1"] ** 2 * (1 - v["dL/dyhat1"])),
    ("m05_slope_of_the_gradient", 1, MAZUR, LONG, "dL/dz2_1", lambda v: v["dL/dyhat1"] * (1 - v["dL/dyhat1"])),
    ("m05_slope_of_the_gradient", 1, MAZUR, LONG, "dyhat1/dz2_1", lambda v: v["yhat1"] * (1 - v["yhat1"])),
    ("m06_value_for_slope", 0, XOR, LONG, "da1_1/dz1_1", lambda v: v["a1_1"]),
    ("m06_one_factor_of_the_slope", 0, EXAMPLE, LONG, "da1_1/dz1_1", lambda v: 1 - v["a1_1"]),
    ("m06_one_factor_of_the_slope", 0, XOR, LONG, "da1_2/dz1_2", lambda v: 1 - v["a1_2"]),
    ("m06_one_factor_of_the_slope", 0, EXAMPLE, SHORT, "dL/dz2_1", lambda v: v["yhat"] - 1),
    ("m08_slope_of_another_activation", 1, LABELS, LONG, "da1_1/dz1_1", lambda v: v["a1_1"] * (1 - v["a1_1"])),
    ("m08_slope_of_another_activation", 1, LABELS, LONG, "dyhat1/dz2_1", lambda v: v["yhat1"] * (1 - v["yhat1"])),
    ("m08_slope_of_another_activation", 0, LABELS, LONG, "da1_1/dz1_1", lambda v: 1 - v["a1_1"] ** 2),
    ("m08_slope_of_another_activation", 0, LABELS, LONG, "dyhat1/dz2_1", lambda v: 1 - v["yhat1"] ** 2),
    ("m08_slope_of_another_activation", 2, LABELS, LONG, "da1_1/dz1_1", lambda v: v["a1_1"] * (1 - v["a1_1"])),
    ("m08_slope_of_another_activation", 2, LABELS, LONG, "dyhat1/dz2_1", lambda v: 1 - v["yhat1"] ** 2),
    ("m09_sign_of_the_slope", 0, XOR, LONG, "dyhat/dz2_1", lambda v: v["yhat"] ** 2 - 1),
    ("m09_sign_of_the_slope", 1, XOR, LONG, "dyhat/dz2_1", lambda v: 1 + v["yhat"] ** 2),
    ("m13_softmax_own_score_only", 0, CLASSES, LONG, "dL/dz2_2", lambda v: v["yhat2"] - 1),
    ("m13_softmax_own_score_only", 0, CLASSES, LONG, "dL/dz2_1", lambda v: 0),
    ("m13_softmax_own_score_only", 0, CLASSES, LONG, "dyhat2/dz2_1", lambda v: -v["yhat1"] * v["yhat2"]),
    ("m13_softmax_own_score_only", 1, CLASSES, LONG, "dyhat2/dz2_1", lambda v: 0),
    ("m14_softmax_slope_of_scores", 0, CLASSES, LONG, "dyhat2/dz2_1", lambda v: -v["z2_1"] * v["z2_2"]),
    ("m14_softmax_slope_of_scores", 0, CLASSES, LONG, "dyhat2/dz2_2", lambda v: v["z2_2"] * (1 - v["z2_2"])),
    *(
        (
            "m15_softmax_after_the_shortcut",
            0,
            CLASSES,
            way,
            "dL/dz2_1",
            lambda v: v["yhat1"] * (v["yhat1"] - v["yhat1"] ** 2 - v["yhat2"] * (v["yhat2"] - 1) - v["yhat3"] ** 2),
        )
        for way in (LONG, SHORT)
    ),
    *(
        (
            "m16_slope_after_the_shortcut",
            0,
            EXAMPLE,
            way,
            "dL/dz2_1",
            lambda v: (v["yhat"] - 1) * v["yhat"] * (1 - v["yhat"]),
        )
        for way in (LONG, SHORT)
    ),
    ("m16_slope_after_the_shortcut", 0, EXAMPLE, SHORT, "dL/dyhat", lambda v: -1 / v["yhat"]),
    ("m16_shortcut_for_the_loss_alone", 0, EXAMPLE, SHORT, "dL/dyhat", lambda v: v["yhat"] - 1),
    ("m16_shortcut_for_the_loss_alone", 0, EXAMPLE, SHORT, "dL/dz2_1", lambda v: v["yhat"] - 1),
    (
        "m16_shortcut_for_the_loss_alone",
        0,
        EXAMPLE,
        LONG,
        "dL/dz2_1",
        lambda v: (v["yhat"] - 1) * v["yhat"] * (1 - v["yhat"]),
    ),
    ("m17_second_logarithm_left_out", 0, LABELS, LONG, "dL/dyhat1", lambda v: -1 / v["yhat1"]),
    ("m17_second_logarithm_left_out", 0, LABELS, LONG, "dL/dyhat2", lambda v: 0),
    ("m17_second_logarithm_left_out", 0, LABELS, SHORT, "dL/dz2_2", lambda v: v["yhat2"]),
    ("m18_sign_of_the_residual", 0, MAZUR, LONG, "dL/dyhat1", lambda v: 0.01 - v["yhat1"]),
    ("m18_sign_of_the_residual", 0, EXAMPLE, SHORT, "dL/dz2_1", lambda v: 1 - v["yhat"]),
    ("m18_sign_of_the_residual", 0, EXAMPLE, SHORT, "dL/dyhat", lambda v: -1 / v["yhat"]),
    ("m18_sign_of_the_residual", 0, CLASSES, SHORT, "dL/dz2_2", lambda v: 1 - v["yhat2"]),
    ("m19_factor_two_of_the_loss", 0, MAZUR, LONG, "dL/dyhat1", lambda v: 2 * (v["yhat1"] - 0.01)),
    ("m19_factor_two_of_the_loss", 1, MAZUR, LONG, "dL/dyhat1", lambda v: (v["yhat1"] - 0.01) / 2),
    ("m19_factor_two_of_the_loss", 0, "regression-l2", LONG, "dL/dyhat", lambda v: v["yhat"] - 0.5),
    ("m20_mean_or_sum_of_outputs", 0, MAZUR, LONG, "dL/dyhat1", lambda v: (v["yhat1"] - 0.01) / 2),
    ("m20_mean_or_sum_of_outputs", 0, CLASSES, SHORT, "dL/dz2_2", lambda v: (v["yhat2"] - 1) / 3),
    ("m20_mean_or_sum_of_outputs", 0, CLASSES, SHORT, "dL/dyhat2", lambda v: -1 / v["yhat2"] / 3),
    ("m12_kink_from_the_other_side", 0, "kink-at-zero", LONG, "dr/dz", lambda v: 1),
    ("m12_kink_half_way", 0, "kink-at-zero", LONG, "dr/dz", lambda v: 0.5),
]


@pytest.mark.parametrize(("page", "variant", "name", "way", "quantity", "by_hand"), CASES)
def test_a_rule_beside_a_formula_by_hand(
    page: str, variant: int, name: str, way: int, quantity: str, by_hand: Callable[[Values], float]
) -> None:
    there = ways(name)[way]
    assert there.title == ("the long way", "with the shortcut")[way]
    found = under(there, rules(page, there)[variant])
    assert found[quantity] == pytest.approx(by_hand(right(there)), rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("page", sorted({case[0] for case in CASES}))
def test_forward_values_stay_right(page: str) -> None:
    for name in {case[2] for case in CASES if case[0] == page}:
        for way in ways(name):
            forward = {value for node in way.wiring.graph.nodes for value in node.outputs}
            for rule in rules(page, way):
                assert not way.touched(way.formulas(rule)) & forward


OWN_WITNESS = [
    ("m07_slope_of_the_next_layer", "da1_1/dz1_1", lambda v: v["a1_1"] * (1 - v["a1_1"])),
    ("m10_value_for_a_slope_of_one", "da1_1/dz1_1", lambda v: v["a1_1"]),
    ("m11_gate_by_the_gradient", "dL/dz1_1", lambda v: 0),
    ("m12_tie_to_the_first", "df/da", lambda v: 3),
    ("m12_tie_to_the_first", "df/db", lambda v: 0),
    ("m16_shortcut_with_another_loss", "dL/dz1_1", lambda v: v["yhat"] - 1),
]


@pytest.mark.parametrize(("page", "quantity", "by_hand"), OWN_WITNESS)
def test_a_rule_on_its_witness(page: str, quantity: str, by_hand: Callable[[Values], float]) -> None:
    there = (witness(page, "seen") or ())[0]
    (rule,) = rules(page, there)
    assert under(there, rule)[quantity] == pytest.approx(by_hand(right(there)), rel=1e-12)


@pytest.mark.parametrize(
    ("text", "page", "quantity", "number"),
    [
        (HUBER, "m18_sign_of_the_residual", "dL/dyhat", Fraction(2)),
        (HUBER, "m19_factor_two_of_the_loss", "dL/dyhat", Fraction(-4)),
        (TWO_SCORES, "m18_sign_of_the_residual", "dL/dyhat2", None),
    ],
)
def test_other_losses(text: str, page: str, quantity: str, number: Fraction | None) -> None:
    (way,) = ways_through(from_text(text))
    found = under(way, rules(page, way)[0])[quantity]
    assert found == pytest.approx(-right(way)[quantity] if number is None else float(number))


def test_pages_stay_away_from_problems_that_they_are_not_about() -> None:
    """No page of a network's output for an expression, none of softmax without one, and no shortcut where none is."""
    circuit, mazur, classes = ways("shared-subexpression")[0], ways(MAZUR)[0], ways(CLASSES)[0]
    for page in ("m02_output_slope_dropped", "m07_slope_of_the_next_layer", "m18_sign_of_the_residual"):
        assert not rules(page, circuit)
    for page in ("m13_softmax_own_score_only", "m14_softmax_slope_of_scores", "m15_softmax_after_the_shortcut"):
        assert not rules(page, mazur)
    for page in ("m11_gate_by_the_gradient", "m16_slope_after_the_shortcut", "m17_second_logarithm_left_out"):
        assert not rules(page, mazur)
    for name in (MAZUR, "regression-l2"):
        assert not rules("m16_shortcut_with_another_loss", ways(name)[0])
    assert not rules("m07_slope_of_the_next_layer", ways(LABELS)[0]), "tanh before a sigmoid is M08's"
    (rule,) = rules("m04_slope_of_z_for_a", classes)
    assert classes.touched(classes.formulas(rule)) == {"da1_1/dz1_1", "da1_2/dz1_2"}
    assert not rules("m20_mean_or_sum_of_outputs", ways(EXAMPLE)[0])
    assert not rules("m01_hidden_slope_dropped", ways("logistic-regression")[0])


def test_typical_slopes_leave_ideas_of_the_catalogue_alone() -> None:
    for name in (EXAMPLE, MAZUR, XOR, CLASSES):
        way = ways(name)[0]
        for rule in rules("typical_slope", way):
            operation, repair = settings_of(rule)
            slips = [
                slip
                for node in way.wiring.graph.nodes
                if node.op.name == operation
                for i in range(len(node.inputs))
                for k in range(len(node.outputs))
                if node.op.differentiable(i, len(node.inputs)) and node.op.depends(i, k, len(node.inputs))
                for slip in _slips(node, i, k)
                if slip.repair == repair
            ]
            assert slips
            assert not any(slip.idea for slip in slips)


LARGE = f"""inputs: {[i / 10 for i in range(1, 11)]}
target: {{class: 5}}
layers:
  - {{weights: {[[(i + j) / 20 for i in range(10)] for j in range(10)]}, bias: {[0.1] * 10}, activation: tanh}}
  - {{weights: {[[(i - j) / 20 for i in range(10)] for j in range(9)]}, bias: {[0.1] * 9}, activation: softmax}}
loss: LOSS
regularization: {{l2: 0.1}}
"""


def test_a_few_edges_show_every_slip() -> None:
    """In a large network not every edge is asked, and none of its slips is missed."""
    from backprop_tutor.marking.misconceptions._slopes import edges_of, slips_along, typical_edges

    large = [
        way
        for loss in ("cross_entropy", "multiclass_hinge")
        for way in ways_through(from_text(LARGE.replace("LOSS", loss)))
    ]
    bundled = [way for name in (EXAMPLE, MAZUR, XOR, LABELS, CLASSES, "shared-subexpression") for way in ways(name)]
    for way in (*large, *bundled):
        every, few = (
            {
                (edge.node.op.name, slip.repair, slip.idea, slip.wrong == edge.slope, number)
                for edge in edges
                for number, slip in enumerate(slips_along(edge))
            }
            for edges in (edges_of(way.wiring), typical_edges(way.wiring))
        )
        assert every == few
    assert all(len(typical_edges(way.wiring)) < 100 for way in large)


def test_titles_of_typical_slopes_are_a_learners_words() -> None:
    found = {rule.title for name in (EXAMPLE, XOR, "regression-l2", "huber-outlier") for rule in _typical(name)}
    assert {"Minus in front of the loss left out", "Coefficient of the penalty left out"} <= found
    assert "Sign of a large error left out" in found
    assert not any("ypical" in title or title.startswith("Slope of the") for title in found)


def _typical(name: str) -> list[Misconception]:
    return rules("typical_slope", ways(name)[LONG])


def _slips(node, i: int, k: int):  # type: ignore[no-untyped-def]
    from backprop_tutor.model.formula import Name

    return node.op.slips(i, k, tuple(map(Name, node.inputs)), tuple(map(Name, node.outputs)))
