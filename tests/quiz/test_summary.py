"""The summary of a quiz in sentences: what it counts, and what it names."""

from __future__ import annotations

import pytest
from learner import hold, right_text, tutor

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
