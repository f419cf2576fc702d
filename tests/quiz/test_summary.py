"""The summary of a quiz in sentences: what it counts, and what it names."""

from __future__ import annotations

import pytest
from learner import hold, right_text, tutor

from backprop_tutor.model.quiz import Summary

EXAMPLE = "slides-example-3"
ASKED = ("z1_1", "z1_2")


def summary(*mistaken: str, ask: tuple[str, ...] = ASKED) -> str:
    """What stands below the heading of the summary, where the first answer at these steps is wrong."""

    def answer(teacher, state, ask, item):  # type: ignore[no-untyped-def]
        is_first = not state.standing(item).attempts
        return "7.77" if item.name in mistaken and is_first else right_text(teacher, item)

    told = hold(tutor(EXAMPLE, questions=False, ask=ask), answer, width=100).screen
    return told[told.index("How it went") :]


@pytest.mark.parametrize(
    ("ask", "mistaken", "says"),
    [
        (ASKED, (), "All 2 right at the first try, and without any help."),
        (ASKED, ("z1_1",), "2 of 2 right, 1 of them at the first try and without help."),
        (ASKED, ASKED, "2 of 2 right, none of them at the first try and without help."),
        (("z1_1",), ("z1_1",), "1 of 1 right, but not at the first try and without help."),
    ],
)
def test_what_was_right_only_after_a_mistake_does_not_read_like_full_marks(
    ask: tuple[str, ...], mistaken: tuple[str, ...], says: str
) -> None:
    assert says in summary(*mistaken, ask=ask)


def test_each_way_in_which_an_idea_showed_has_its_own_explanation() -> None:
    wrong = {"dL/dz1_2": "3.817", "dL/dz1_3": "0.138"}

    def answer(teacher, state, ask, item):  # type: ignore[no-untyped-def]
        return right_text(teacher, item) if state.standing(item).attempts else wrong[item.name]

    sitting = hold(tutor("cmu-tanh", questions=False, ask=tuple(wrong)), answer, width=120)
    [told] = [part for part in sitting.said if isinstance(part, Summary)]
    assert [trouble.idea.id for trouble in told.troubles] == ["M06", "M06"]
    bullets = sitting.screen.partition("Look at these again")[2].split("●")[1:]
    assert [" ".join(bullet.split()) for bullet in bullets[:1]] == [
        "Value of the activation taken for its slope. (dL/da2) "
        "Here the output itself is taken for the slope, which is one minus the square of the output."
    ]
    assert "Only a part of the slope used. (dL/da3)" in bullets[1]
    assert "Square the output before you take it from 1." in bullets[1]


@pytest.mark.parametrize(
    ("count", "says"),
    [
        (1, "Still to be found: z1_1."),
        (4, "Still to be found: z1_1, z1_2, a1_1, a1_2."),
        (5, "Still to be found: z1_1, z1_2, a1_1, a1_2, z2_1."),
        (6, "Still to be found: z1_1, z1_2, a1_1, a1_2 and 2 others."),
    ],
)
def test_no_single_name_is_left_out_of_what_is_still_to_be_found(count: int, says: str) -> None:
    asked = ("z1_1", "z1_2", "a1_1", "a1_2", "z2_1", "yhat")[:count]
    told = hold(tutor(EXAMPLE, questions=False, ask=asked), lambda teacher, state, ask, item: ":skip").screen
    assert says in told
