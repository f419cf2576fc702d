"""What is wanted by name: one quantity, a vector or a matrix, and what it needs."""

from __future__ import annotations

import pytest
from support import lesson

from backprop_tutor.lessons.quantities import QuantityFinder, UnknownQuantityError, with_needs

TOLD = lesson("slides-example-3")
READER = QuantityFinder(TOLD.graph, TOLD.notation, [step.name for step in TOLD.steps])


@pytest.mark.parametrize(
    ("typed", "name", "members"),
    [
        ("z1_2", "z1_2", ("z1_2",)),
        ("∂L/∂w₁₁⁽²⁾", "dL/dw2_11", ("dL/dw2_11",)),
        ("dL/dW2", "dL/dW2", ("dL/dw2_11", "dL/dw2_12")),
        ("dL/dW^(2)", "dL/dW2", ("dL/dw2_11", "dL/dw2_12")),
    ],
)
def test_quantities_and_groups_are_found(typed: str, name: str, members: tuple[str, ...]) -> None:
    assert READER.find(typed) == (name, members)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("W2", "W2 is given, or has no step of its own in this solution. Its gradient is dL/dW2."),
        ("w2_11", "w2_11 is given, or has no step of its own in this solution. Its gradient is dL/dw2_11."),
        ("x", "x is given, or has no step of its own in this solution."),
        ("z1_9", "There is no quantity called 'z1_9' here. Did you mean z1_"),
        ("\x1b[31mq", "There is no quantity called '[31mq' here. Steps find, for example: z1_1, z1_2, a1_1"),
    ],
)
def test_what_no_step_finds_is_refused_with_what_may_be_meant(typed: str, said: str) -> None:
    with pytest.raises(UnknownQuantityError) as refused:
        READER.find(typed)
    assert str(refused.value).startswith(said)


def test_what_a_quantity_needs_comes_with_it_and_nothing_else() -> None:
    names = [step.name for step in with_needs(TOLD.steps, ["a1_2"])]
    assert names == ["z1_2", "a1_2"]
    assert with_needs(TOLD.steps, []) == ()
    assert with_needs(TOLD.steps, [step.name for step in TOLD.steps]) == TOLD.steps
