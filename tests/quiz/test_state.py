"""The state is a fold over what was kept: nothing else is needed to go on."""

from __future__ import annotations

from itertools import pairwise

import pytest
from learner import hold, right_text, tutor

from backprop_tutor.lessons.quantities import UnknownQuantityError
from backprop_tutor.model.lesson import StepKind
from backprop_tutor.model.marking import Verdict
from backprop_tutor.model.quiz import ItemKind, Mode, State
from backprop_tutor.model.record import Record, What
from backprop_tutor.quiz.commands import COMMANDS, read_command
from backprop_tutor.quiz.plan import Choice, agenda
from backprop_tutor.quiz.state import LATER, after

LINES = [
    "0.25",
    "0.24",
    ":hint",
    "0.42",
    "0.56",
    ":skip",
    ":show",
    "0.77",
    "0.26",
    ":back",
    "0.27",
    "-1.3",
    ":skip",
    "0.3",
]


def same(one: State, other: State) -> bool:
    return (one.here, one.agenda, one.ended) == (other.here, other.agenda, other.ended) and {
        key: value for key, value in one.standings.items() if value.attempts or value.closed
    } == {key: value for key, value in other.standings.items() if value.attempts or value.closed}


@pytest.mark.parametrize("cut", range(len(LINES)))
def test_what_was_kept_is_enough_to_go_on(cut: int) -> None:
    """Stopped after any line and begun again, everything is where it was."""
    whole = hold(tutor("slides-example-3"), LINES)
    first = hold(tutor("slides-example-3"), LINES[:cut])
    again = hold(tutor("slides-example-3"), LINES[cut:], records=first.records)
    assert same(again.state, whole.state)
    texts = [(record.what, record.item, record.given, record.verdict) for record in [*first.records, *again.records]]
    assert texts == [(record.what, record.item, record.given, record.verdict) for record in whole.records]


def test_records_about_nothing_are_passed_over() -> None:
    teacher = tutor("slides-example-3")
    state = teacher.begin()
    strange = Record("test", 1.0, What.ANSWERED, "step:nothing", verdict="correct")
    assert after(state, strange).here == state.here


def test_a_shown_step_comes_again_once_and_later() -> None:
    teacher = tutor("slides-example-3", questions=False)
    sitting = hold(teacher, [":show", "0.42"])
    ids = [item.id for item in sitting.state.agenda]
    place = ids.index("again:z1_1:1")
    assert place == 1 + LATER
    more = hold(teacher, [":show", "0.42", "0.56", "0.6035", ":show"])
    assert [item.id for item in more.state.agenda].count("again:z1_1:1") == 1
    assert not any(item.id.startswith("again:z1_1:2") for item in more.state.agenda)


def test_the_agenda_is_the_derivation() -> None:
    teacher = tutor("slides-example-3", questions=False)
    steps = [item.name for item in teacher.begin().agenda if item.kind is ItemKind.STEP]
    assert steps == [step.name for step in teacher.lesson.steps]


def test_parts_and_picks() -> None:
    lesson = tutor("slides-example-3").lesson

    def names(choice: Choice) -> list[str]:
        return [item.name for item in agenda(lesson, choice)]

    backward = Choice(kinds=frozenset({lesson.steps[-20].kind}), questions=False)
    assert names(backward) == [step.name for step in lesson.steps if step.kind.value == "backward"]
    assert names(Choice(ask=("dL/dW1", "yhat"), questions=False)) == ["yhat", "dL/dW1"]
    assert names(Choice(only=("yhat",), questions=False)) == ["z1_1", "z1_2", "a1_1", "a1_2", "z2_1", "yhat"]
    with pytest.raises(UnknownQuantityError, match="Did you mean z1_1"):
        names(Choice(ask=("z1_11x",)))
    with pytest.raises(UnknownQuantityError, match="gradient is dL/dw1_11"):
        names(Choice(only=("w1_11",)))


def test_reasons_never_come_first_and_never_close_together() -> None:
    kinds = [item.kind for item in tutor("deep-network").begin().agenda]
    places = [place for place, kind in enumerate(kinds) if kind is ItemKind.WHY]
    assert places
    assert places[0] > 2
    assert all(later - earlier > 3 for earlier, later in pairwise(places))


def test_learning_to_its_end() -> None:
    teacher = tutor("week05-xyz", mode="learn")
    sitting = hold(teacher, lambda t, state, ask, item: right_text(t, item))
    assert sitting.state.ended
    assert all(record.verdict in {"", Verdict.CORRECT} for record in sitting.records)


def test_alone_goes_to_the_last_round() -> None:
    teacher = tutor("week05-xyz", mode="learn")
    sitting = hold(teacher, [":alone"])
    assert sitting.state.item is not None
    # Nothing is shown in it but the lines that stand in the problem.
    assert set(sitting.state.item.steps) == teacher.lines_as_given


def test_the_plan_in_one_line_tells_choices_apart() -> None:
    choices = [
        Choice(), Choice(mode=Mode.TEST), Choice(symbolic=True), Choice(only=("L",)), Choice(ask=("L",)),
        Choice(questions=False), Choice(kinds=frozenset({tutor("week05-xyz").lesson.steps[0].kind})),
    ]  # fmt: skip
    assert len({choice.said() for choice in choices}) == len(choices)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        (":hint", "hint"),
        (":h", "hint"),
        (" :HINT ", "hint"),
        ("?", "help"),
        (":q", "quit"),
        (":sh", "show"),
        (":exit", "quit"),
    ],
)
def test_commands(typed: str, name: str) -> None:
    found = read_command(typed)
    assert found is not None
    assert found.name == name


def test_what_is_no_command() -> None:
    assert read_command("0.24") is None
    near = read_command(":hnit")
    assert near is not None
    assert (near.name, near.near) == ("", "hint")
    assert read_command(":") is not None
    assert all(read_command(f":{name}") for name in COMMANDS)
    long = read_command(":" + "x" * 10_000)
    assert long is not None
    assert len(long.typed) <= 40


@pytest.mark.parametrize("name", ["relu-dead-unit", "cmu-tanh", "max-gate", "week05-polar", "slides-example-3"])
def test_a_quiz_that_goes_on_is_where_it_was(name: str) -> None:
    """The state after what was kept is the live one, wherever the quiz was stopped, items without a question too."""
    teacher = tutor(name)
    state = teacher.begin()
    records: list[Record] = []
    place = 0
    while (item := state.item) is not None:
        typed = ":show" if place % 9 == 4 else ":skip" if place % 11 == 7 else right_text(teacher, item)
        turn = teacher.advance(state, typed, float(place))
        state, place = turn.state, place + 1
        records += turn.records
        again = tutor(name).begin(records)
        assert same(again, state), (place, item.id)
    assert state.ended


def test_going_back_leaves_what_is_right() -> None:
    lines = ["0.24", "0.42", "0.56", ":back", ":back", "", ":back", ":skip", "0.6035"]
    sitting = hold(tutor("slides-example-3", questions=False), lines)
    item = sitting.state.item
    assert item is not None
    assert item.name == "z2_1"
    assert "Left open" not in sitting.screen
    assert sitting.screen.count("It stays as it was.") == 2


def test_the_choice_of_a_formula_and_its_step_stay_together() -> None:
    for name in ("slides-example-3", "two-by-two", "deep-network"):
        teacher = tutor(name, questions=False)
        state = teacher.begin()
        for place in range(60):
            if state.item is None:
                break
            state = teacher.advance(state, ":show", float(place)).state
        for item, following in pairwise(state.agenda):
            assert item.kind is not ItemKind.WHY or following.name == item.name


def test_an_empty_choice_says_so() -> None:
    with pytest.raises(UnknownQuantityError, match="no learning_rate"):
        tutor("week05-xyz", kinds=frozenset({StepKind.UPDATE})).begin()


def test_learn_mode_asks_the_questions_of_the_author_last() -> None:
    asked = [item for item in tutor("slides-example-3").begin().agenda if item.kind is ItemKind.QUESTION]
    learnt = tutor("slides-example-3", mode="learn").begin().agenda
    assert len(asked) > 3
    assert list(learnt[-len(asked) :]) == asked
    assert all(item.kind is not ItemKind.QUESTION for item in learnt[: -len(asked)])
    none = tutor("slides-example-3", mode="learn", questions=False).begin().agenda
    assert none == learnt[: -len(asked)]
