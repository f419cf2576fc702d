"""The counter-experiment: what it claims is what the network does, computed here by another road."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from functools import cache

import pytest
from support import BUNDLED, from_text, problem

from backprop_tutor.lessons.figures import figure
from backprop_tutor.marking.experiment import counter_experiment, tells
from backprop_tutor.marking.setting import Setting
from backprop_tutor.model.marking import Experiment


@cache
def setting(name: str) -> Setting:
    return Setting(problem(name))


def sigmoid(z: float) -> float:
    return 1 / (1 + math.exp(-z))


def loss_of_example_3(**moved: float) -> float:
    v = {"w1_11": 0.2, "w1_12": 0.4, "w1_21": 0.3, "w1_22": 0.7, "b1_1": 0.1, "b1_2": 0.2}
    v |= {"w2_11": 0.6, "w2_12": 0.9, "b2_1": 0.3, "x1": 0.5, "x2": 0.1}
    v = {name: number + moved.get(name, 0) for name, number in v.items()}
    a1 = sigmoid(v["w1_11"] * v["x1"] + v["w1_12"] * v["x2"] + v["b1_1"])
    a2 = sigmoid(v["w1_21"] * v["x1"] + v["w1_22"] * v["x2"] + v["b1_2"])
    return -math.log(sigmoid(v["w2_11"] * a1 + v["w2_12"] * a2 + v["b2_1"]))


def numbers_in(said: Experiment | None) -> list[float]:
    assert said is not None
    text = "".join(part if isinstance(part, str) else "q" for part in said.words)
    return [float(number.rstrip(".;")) for number in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", text)]


@pytest.mark.parametrize("claimed", ["0.08", "-0.08", "-0.1", "1", "-0.01739"])
@pytest.mark.parametrize("name", ["w1_11", "w1_22", "b1_2", "w2_11", "b2_1", "x1"])
def test_the_numbers_of_the_sentence(name: str, claimed: str) -> None:
    said = counter_experiment(setting("slides-example-3"), f"dL/d{name}", Fraction(claimed))
    if said is None:
        # Too close to the right gradient for any step to tell.
        assert float(claimed) == pytest.approx(float(setting("slides-example-3").truth[f"dL/d{name}"]), rel=1e-2)
        return
    gradient, step, predicted, change = numbers_in(said)
    assert gradient == pytest.approx(float(claimed), rel=1e-2)
    assert predicted != change
    assert predicted == pytest.approx(gradient * step, rel=1e-2)
    moved = loss_of_example_3(**{name: step}) - loss_of_example_3()
    assert change == pytest.approx(moved, rel=1e-2)
    truth = float(setting("slides-example-3").truth[f"dL/d{name}"])
    assert abs(float(claimed) * step - moved) > 0.8 * abs(float(claimed) - truth) * step


def test_nothing_is_said_of_what_is_no_gradient_or_is_right() -> None:
    here = setting("slides-example-3")
    assert counter_experiment(here, "z1_1", Fraction(1)) is None
    assert counter_experiment(here, "da1_1/dz1_1", Fraction(1)) is None
    assert counter_experiment(here, "new_w1_11", Fraction(1)) is None
    assert counter_experiment(here, "dL/dw1_11", here.truth["dL/dw1_11"]) is None


def test_where_nothing_would_change_no_number_is_said_of_it() -> None:
    said = counter_experiment(setting("slides-example-3"), "dL/dw1_11", Fraction(0))
    assert said is not None
    words = "".join(part if isinstance(part, str) else "q" for part in said.words)
    assert words.startswith("If q were 0, moving q by ")
    assert " would not change q; it changes by -" in words


def test_a_value_in_the_middle_is_moved_and_nothing_before_it() -> None:
    said = counter_experiment(setting("slides-example-3"), "dL/da1_1", Fraction(1))
    _, step, _, change = numbers_in(said)
    z = 0.6 * (sigmoid(0.24) + step) + 0.9 * sigmoid(0.42) + 0.3
    assert change == pytest.approx(-math.log(sigmoid(z)) - loss_of_example_3(), rel=1e-2)


def test_a_step_across_the_edge_of_the_domain_is_left_out() -> None:
    here = Setting(from_text("inputs: {x: 0.95}\nexpressions:\n  y: ln(1 - x)\n"))
    _, step, _, change = numbers_in(counter_experiment(here, "dy/dx", Fraction(20)))
    assert step < 0.05
    assert change == pytest.approx(math.log(0.05 - step) - math.log(0.05), rel=1e-2)


FACTORS = ("10", "-10", "0.1", "100", "0.01", "2", "5", "0.5", "0.2", "0.75")
"""A claim is so many times the right gradient: times one of the steps, some have its digits again."""


@pytest.mark.parametrize("name", sorted(BUNDLED))
def test_no_number_of_an_experiment_gives_the_gradient_away(name: str) -> None:
    here = setting(name)
    for of in here.steps:
        truth = here.truth.get(of)
        if truth is None:
            continue
        for factor in FACTORS:
            claimed = Fraction(figure(truth * Fraction(factor)).shown)
            said = counter_experiment(here, of, claimed, "CLAIM")
            if said is None:
                continue
            # A change in words is all that a quiz tells of what really happens.
            step = Fraction(
                re.findall(r"by (\S+) would change", "".join(p for p in said.start if isinstance(p, str)))[0]
            )
            for shown in (step, Fraction(said.predicted)):
                assert not any(has_digits_of(shown, truth, count) for count in (2, 3)), (of, factor, shown)


def has_digits_of(shown: Fraction, answer: Fraction, count: int) -> bool:
    """Whether both begin with the same digits: the law, written down once more and in another way."""
    first, second = (f"{abs(float(value)):.{count - 1}e}".partition("e")[0] for value in (shown, answer))
    return shown != 0 and first == second


def test_the_step_is_chosen_so_that_nothing_can_be_read_off() -> None:
    here = setting("cmu-tanh")
    truth = here.truth["dL/dz1_2"]
    assert truth == pytest.approx(Fraction("0.0378476"), rel=1e-5)
    for claimed in ("0.3785", "0.375"):
        _, step, predicted, _ = numbers_in(counter_experiment(here, "dL/dz1_2", Fraction(claimed)))
        assert step == 0.2
        assert predicted == pytest.approx(0.2 * float(claimed), rel=1e-2)
    # What would be accepted from the learner's own values is hidden, too.
    said = counter_experiment(here, "dL/dz1_2", Fraction(7), answers=[Fraction("0.07")])
    assert numbers_in(said)[1] == 0.2
    assert numbers_in(counter_experiment(here, "dL/dz1_2", Fraction(7)))[1] == 0.1


@pytest.mark.parametrize(
    ("shown", "answer", "told"),
    [
        ("0.0375", "0.375", True),
        ("0.0375", "-0.378476", True),
        ("0.0999", "1.001", True),
        ("0.1001", "9.99", True),
        ("0.0375", "0.4", False),
        ("0", "0.4", False),
        ("0.4", "0", False),
    ],
)
def test_what_tells_an_answer(shown: str, answer: str, told: bool) -> None:
    assert tells(Fraction(shown), Fraction(answer)) is told
