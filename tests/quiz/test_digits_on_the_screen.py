"""How far rounding excuses an answer where the values before it are on the screen."""

from __future__ import annotations

import pytest
from learner import tutor
from support import problem

from backprop_tutor.marking.mark import Marker
from backprop_tutor.model.marking import Verdict
from backprop_tutor.model.record import What
from backprop_tutor.model.sheet import Sheet, SheetLine
from backprop_tutor.quiz.examiner import Examiner
from backprop_tutor.quiz.feedback import feedback, is_near

EXAMPLE = "slides-example-3"
NOT_NEAR_ENOUGH = "That is near, but not near enough: work with four digits at every step."
BACKWARD = [("dL/dyhat", "-1.3"), ("dL/dz2_1", "-0.24")]


@pytest.fixture(scope="module")
def examiner() -> Examiner:
    return Examiner(problem(EXAMPLE))


@pytest.mark.parametrize(
    ("name", "typed", "before"),
    [("dL/dyhat", "-1.4", []), ("dL/dyhat", "-1.2", []), ("dL/dw2_11", "-0.142", BACKWARD)],
)
def test_what_no_digits_on_the_screen_give_is_near_but_not_right(
    examiner: Examiner, name: str, typed: str, before: list[tuple[str, str]]
) -> None:
    judged = examiner.judge(name, typed, before)
    assert judged.verdict is Verdict.WRONG
    assert judged.explanations == ()
    assert judged.entry is not None
    assert judged.entry.slip == "not near enough"
    assert is_near(judged)
    step = examiner.marker.setting.steps[name]
    assert feedback(judged, step)[0].words == ("Almost. ", NOT_NEAR_ENOUGH)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "typed", "before"),
    [
        ("dL/dyhat", "-1.3", []),  # the right number in its own digits
        ("dL/dyhat", "-1.30", []),  # less than 2 % off
        ("dL/dw2_11", "-0.134", BACKWARD),  # from −0.24
        ("dL/dw2_11", "-0.132", BACKWARD),  # from what stands behind −0.24
        ("dL/dz1_1", "-0.0348", []),
        ("dL/dw1_12", "-0.00349", [("da1_1/dz1_1", "0.247"), ("dL/da1_1", "-0.1411")]),
    ],
)
def test_what_follows_from_the_screen_or_is_hardly_off_is_accepted(
    examiner: Examiner, name: str, typed: str, before: list[tuple[str, str]]
) -> None:
    assert examiner.judge(name, typed, before).verdict in {Verdict.CORRECT, Verdict.IMPRECISE}


@pytest.mark.parametrize(("name", "typed"), [("dL/da1_2", "-0.21172"), ("dL/dz1_2", "-0.050662")])
def test_the_figure_on_the_screen_may_be_rounded_once_more(examiner: Examiner, name: str, typed: str) -> None:
    # -0.211715 is on the screen, of -0.2117148.
    assert examiner.judge(name, typed).verdict is Verdict.CORRECT
    marker = Marker(problem(EXAMPLE))
    report = marker.mark(Sheet("", (SheetLine(name, typed),)), names={name})
    assert report.entries[0].verdict is Verdict.IMPRECISE


@pytest.mark.parametrize("typed", ["0.246433", "0.246435", "0.246449"])
def test_more_digits_than_are_asked_for_need_not_all_be_right(examiner: Examiner, typed: str) -> None:
    judged = examiner.judge("da1_1/dz1_1", typed, [("a1_1", "0.56")])
    assert judged.verdict is Verdict.IMPRECISE
    assert judged.entry is not None
    assert str(judged.entry.message[0]).startswith("With all digits carried along this is 0.246434.")


def test_four_digits_must_be_right(examiner: Examiner) -> None:
    assert examiner.judge("da1_1/dz1_1", "0.2465").verdict is Verdict.WRONG


def test_what_is_far_off_is_not_called_near(examiner: Examiner) -> None:
    judged = examiner.judge("dL/dz1_1", "-0.02")
    assert judged.verdict is Verdict.WRONG
    assert not is_near(judged)


def test_on_a_sheet_the_lines_between_may_be_rounded_like_the_others() -> None:
    marker = Marker(problem(EXAMPLE))
    report = marker.mark(Sheet("", (SheetLine("dL/dyhat", "-1.4"),)), names={"dL/dyhat"})
    assert report.entries[0].verdict is Verdict.IMPRECISE


def test_near_answers_do_not_move_the_ladder() -> None:
    teacher = tutor(EXAMPLE, questions=False, ask=("dL/dyhat",))
    state = teacher.begin()
    for typed in ("-1.4", "-1.40", "-1.2", "-1.21"):
        turn = teacher.advance(state, typed, 0.0)
        assert [record.what for record in turn.records] == [What.ANSWERED]
        state = turn.state


def test_the_last_nought_of_a_rounded_number_is_told() -> None:
    entry = Examiner(problem("two-by-two")).judge("dL/dz2_2", "-0.03809").entry
    assert entry is not None
    assert str(entry.message[0]).startswith("With all digits carried along this is -0.03810.")


@pytest.mark.parametrize(
    ("before", "start"),
    [("0.787186", "With the numbers on the screen"), ("0.7872", "From your own earlier numbers")],
)
def test_numbers_that_nobody_typed_are_not_called_ones_own(before: str, start: str) -> None:
    judged = Examiner(problem("regression-l2")).judge("dL/dw2_11", "0.787*0.716+0.024", [("dL/dz2_1", before)])
    assert judged.verdict is Verdict.IMPRECISE
    assert judged.entry is not None
    assert str(judged.entry.message[-1]).startswith(f"{start} this is 0.5878")
