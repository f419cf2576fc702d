"""Bad draws, planted: each is refused, and what cannot be helped is not held against a draw."""

from __future__ import annotations

from fractions import Fraction

import pytest
from support import from_text, problem

from backprop_tutor.model.problem import Problem
from backprop_tutor.variants.certificate import RIGHT, is_same
from backprop_tutor.variants.judge import Judge
from backprop_tutor.variants.search import Search
from backprop_tutor.variants.variant import variant

WIDE = """inputs: [0.5, 0.3]
target: 1
layers:
  - {weights: [[0.2, 0.4], [0.3, 0.7]], bias: [0.1, 0.2], activation: sigmoid}
  - {weights: [[0.6, 0.9], [0.3, 0.5]], bias: [0.3, 0.4], activation: sigmoid}
  - {weights: [[0.4, 0.8]], bias: [0.2], activation: sigmoid}
loss: binary_cross_entropy
"""


def ready(found: Problem, seed: int = 4) -> tuple[Search, Judge, dict[str, str]]:
    """A search, its judge, and certified numbers."""
    search = Search(found, seed)
    done = variant(found, seed)
    assert done is not None
    values = Search(done.problem, seed).slots
    numbers = {slot.name: f"{float(slot.original):g}" for slot in values}
    return search, Judge(done.problem, search.manners, search.drawer, search.name), numbers


def test_certified_numbers_leave_nothing_undecided() -> None:
    _, judge, numbers = ready(problem("slides-example-3"))
    assert not judge.confusions(numbers)


@pytest.mark.parametrize("planted", [{"w2_11": "1"}, {"x1": "1"}, {"w2_12": "1"}, {"w2_11": "0.4", "w2_12": "0.4"}])
def test_numbers_that_hide_an_idea_are_refused(planted: dict[str, str]) -> None:
    _, judge, numbers = ready(problem("slides-example-3"))
    assert judge.confusions({**numbers, **planted})


def test_a_symmetric_matrix_hides_its_transpose() -> None:
    _, judge, numbers = ready(problem("two-by-two"))
    assert not judge.confusions(numbers)
    found = judge.confusions({**numbers, "w6": numbers["w7"]})
    assert any(confusion.other == "M26" and confusion.one == RIGHT for confusion in found)


def test_what_no_number_can_show_is_not_held_against_a_draw() -> None:
    """Of a target of 1 the second logarithm counts nothing, and a linear output has no slope to forget."""
    for name, hidden in (("slides-example-3", "M17"), ("cmu-tanh", "M02")):
        _, judge, numbers = ready(problem(name))
        assert not any(hidden in (confusion.one, confusion.other) for confusion in judge.confusions(numbers))


@pytest.mark.parametrize(
    ("name", "planted", "why"),
    [
        ("relu-dead-unit", {"w1_11": "-0.9", "w1_12": "-0.9"}, "the other side of a bend"),
        ("relu-dead-unit", {"w1_21": "0.9", "w1_22": "0.9", "b1_2": "0.9"}, "the other side of a bend"),
        (
            "relu-dead-unit",
            {"x1": "0.2", "w1_11": "0", "w1_12": "0", "b1_1": "0.03"},
            "too near a bend",
        ),
        ("slides-example-3", {"x1": "9", "w1_11": "0.9"}, "a sum that is too large or too small"),
        ("olin-cos-sqrt-point", {"z": "-4"}, "a value that does not exist"),
        ("max-gate", {"x": "5", "y": "5", "z": "2"}, "the other side of a bend"),
    ],
)
def test_numbers_of_another_shape_are_refused_at_a_glance(name: str, planted: dict[str, str], why: str) -> None:
    search, _, numbers = ready(problem(name))
    chosen = {**numbers, **planted}
    assert search.manners.refuse({key: Fraction(value) for key, value in numbers.items()}) == ""
    assert search.manners.refuse({key: Fraction(value) for key, value in chosen.items()}) == why


def test_a_dead_unit_stays_dead_and_others_live() -> None:
    done = variant(problem("relu-dead-unit"), 8)
    assert done is not None
    values = Search(done.problem, 0).manners.values({})
    assert [values[name] == 0 for name in ("a1_1", "a1_2")] == [False, True]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (0.12344, 0.12355, True),
        (0.1234, 0.1236, False),
        (1.0, 1.0014, True),
        (1.0, 1.0016, False),
        (9999.0, 10000.0, True),
        (-0.5, 0.5, False),
        (0.0, 0.0, True),
        (0.0, 1e-9, False),
    ],
)
def test_four_digits(one: float, other: float, same: bool) -> None:
    assert is_same(one, other) is same is is_same(other, one)


def test_a_draw_of_three_layers_is_certified_in_time() -> None:
    done = variant(from_text(WIDE), 1)
    assert done is not None
    assert done.certificate is not None
    assert done.certificate.ideas > 20
    assert done.certificate.steps > 20
    assert sum(done.certificate.refused.values()) == done.tries - 1
