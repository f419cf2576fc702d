"""The rounds of a worked example: what each of them shows and asks, and how it begins."""

from __future__ import annotations

from itertools import pairwise

import pytest
from learner import hold, right_text, tutor

from backprop_tutor.cli.listing import heads
from backprop_tutor.model.lesson import StepKind
from backprop_tutor.model.problem import Problem
from backprop_tutor.model.quiz import Item, ItemKind, Picture
from backprop_tutor.model.record import Record, What
from backprop_tutor.quiz.asking import picture
from backprop_tutor.quiz.rounds import MOST_ALIKE, MOST_AT_ONCE, MOST_ROUNDS, fading, left_between, stages
from backprop_tutor.quiz.state import after
from backprop_tutor.quiz.venue import Fresh
from backprop_tutor.variants.variant import variant

NAMES = [head.name for head in heads()]


def rounds(items: tuple[Item, ...]) -> list[list[Item]]:
    last = max(item.round for item in items)
    return [[item for item in items if item.round == number] for number in range(1, last + 1)]


@pytest.mark.parametrize("name", NAMES)
def test_every_round_asks_more_and_the_last_one_everything(name: str) -> None:
    teacher = tutor(name, mode="learn", questions=False)
    found = rounds(teacher.begin().agenda)
    assert len(found) <= MOST_ROUNDS
    asked = [{item.name for item in mine[1:]} for mine in found]
    assert all(before < after for before, after in pairwise(asked))
    whole = tutor(name, questions=False).begin().agenda
    assert asked[-1] == {item.name for item in whole if item.kind is ItemKind.STEP}


@pytest.mark.parametrize("name", NAMES)
def test_whatever_a_step_needs_is_shown_or_asked_and_nothing_shown_gives_an_answer_away(name: str) -> None:
    teacher = tutor(name, mode="learn", questions=False)
    steps = {step.name: step for step in teacher.lesson.steps}
    id_of = {step.id: step.name for step in teacher.lesson.steps}
    for worked, *mine in rounds(teacher.begin().agenda):
        shown, asked = set(worked.steps), {item.name for item in mine}
        assert worked.kind is ItemKind.WORKED
        assert not shown & asked
        assert all(id_of[need] in shown for done in shown for need in steps[done].needs)
        assert all(id_of[need] in shown | asked for item in mine for need in steps[item.name].needs)


def test_of_steps_that_are_alike_two_are_asked_before_the_last_round() -> None:
    teacher = tutor("slides-example-3", mode="learn", questions=False)
    first, *_, last = rounds(teacher.begin().agenda)
    assert [item.name for item in first[1:]] == ["new_w1_11", "new_b2_1"]
    assert len(first[1:]) == MOST_ALIKE
    assert sum(item.name.startswith("new_") for item in last) == 9


def test_few_stages_fade_one_by_one_and_many_faster_and_faster() -> None:
    lesson = tutor("slides-example-3").lesson
    kinds = {step.name: str(number) for number, step in enumerate(lesson.steps)}
    few = stages(lesson.steps[:5], kinds)
    assert [len(left) for left in fading(few)] == [1, 2, 3, 4, 5]
    sizes = [len(left) for left in fading(stages(lesson.steps, kinds))]
    assert sizes == [1, 2, 4, 8, 17, 35]
    assert fading(few[:1]) == [few[:1]]


def test_a_round_begins_with_the_lines_that_lead_to_it() -> None:
    teacher = tutor("slides-example-3", mode="learn", questions=False)
    reading = [""] * sum(item.kind is ItemKind.WORKED and not item.round for item in teacher.begin().agenda)
    screen = hold(teacher, [*reading, "0.5", ""]).screen
    begun = screen.partition("Round 1 of 6")[2]
    flowing = " ".join(begun.split())
    assert "2 of the last 9 steps are yours; all before is done, and these lines lead there." in flowing
    assert "you do the first and the last, and what these need; the others are done for you." in flowing
    assert "∂L/∂w₁₁⁽¹⁾ = δ₁⁽¹⁾ · ∂z₁⁽¹⁾/∂w₁₁⁽¹⁾" in begun
    assert "∂L/∂w₁₂⁽¹⁾ =" not in begun.partition("Question 1")[0]
    assert "Nothing is asked here yet: Enter alone goes on." in begun
    assert "Question 1 of 2" in begun


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("slides-example-3", "Then come 6 rounds: in the first its end is yours, in each one after that more, and"),
        ("sigmoid-circuit", "Then come 2 rounds: in the first its end is yours, and in the last all of it."),
        ("week05-xyz", "First you read the whole solution. Then all of it is yours."),
    ],
)
def test_the_opening_says_how_many_rounds_there_are_and_how_they_grow(name: str, says: str) -> None:
    assert says in " ".join(hold(tutor(name, mode="learn", questions=False), []).screen.split())


def test_of_a_part_nothing_is_said_of_steps_that_were_not_chosen() -> None:
    screen = hold(tutor("slides-example-3", mode="learn", only=("yhat",)), lambda t, s, a, i: right_text(t, i)).screen
    assert "the others are done for you" not in screen
    whole = hold(tutor("slides-example-3", mode="learn"), lambda t, s, a, i: right_text(t, i)).screen
    assert " ".join(whole.split()).count("the others are done for you") == 1


def test_of_a_part_what_lies_before_it_is_known_in_every_round() -> None:
    teacher = tutor("slides-example-3", mode="learn", kinds=frozenset({StepKind.UPDATE}))
    state = teacher.begin()
    before = {step.name for step in teacher.lesson.steps if step.kind is not StepKind.UPDATE}
    for item in state.agenda:
        if item.kind is ItemKind.STEP:
            assert before <= set(picture(teacher, state, item).found)


def test_after_a_round_without_a_mistake_the_short_way_is_named() -> None:
    teacher = tutor("uw-chain-rule-point", mode="learn", questions=False)
    perfect = hold(teacher, lambda t, state, ask, item: None if item.round == 3 else right_text(t, item)).screen
    assert perfect.count(":alone goes to the end") == 2
    teacher = tutor("uw-chain-rule-point", mode="learn", questions=False)

    def late(t, state, ask, item):  # type: ignore[no-untyped-def]
        if item.kind is not ItemKind.STEP:
            return None if item.round == 3 else ""
        return right_text(t, item) if state.standing(item).attempts else "12345"

    assert ":alone goes to the end" not in hold(teacher, late).screen
    for first in (":skip", ":show"):
        teacher = tutor("uw-chain-rule-point", mode="learn", questions=False)

        def helped(t, state, ask, item, first=first):  # type: ignore[no-untyped-def]
            if item.round == 2:
                return None
            return first if item.kind is ItemKind.STEP and not state.standing(item).left else right_text(t, item)

        screen = hold(teacher, helped).screen
        assert "Round 2 of" in screen
        assert ":alone goes to the end" not in screen


def test_what_is_skipped_comes_again_at_the_end_of_its_round() -> None:
    teacher = tutor("slides-sigmoid-chain", mode="learn", questions=False)
    asked: list[str] = []

    def answer(t, state, ask, item):  # type: ignore[no-untyped-def]
        asked.append(item.id)
        if item.round == 4:
            return None
        is_first = item.kind is ItemKind.STEP and item.round in {2, 3} and item.id == first[item.round]
        # In the second round it is answered when it comes again, in the third it is left open for good.
        return ":skip" if is_first and (item.round == 3 or asked.count(item.id) == 1) else right_text(t, item)

    first = {number: mine[1].id for number, mine in enumerate(rounds(teacher.begin().agenda), start=1)}
    sitting = hold(teacher, answer)
    for number in (2, 3):
        assert asked.count(first[number]) == 2
        assert asked[asked.index(f"worked:{number + 1}") - 1] == first[number]
    screen = " ".join(sitting.screen.split())
    assert "Left open; it comes once more at the end of this round, and :back goes back question by question." in screen
    assert "You left this open." in screen


def test_to_skip_what_is_there_to_be_read_is_to_go_on() -> None:
    sitting = hold(tutor("slides-example-3", mode="learn"), [":skip"])
    assert sitting.state.here == 1
    assert "Left open" not in sitting.screen


def test_words_that_come_again_stand_once_in_a_worked_example() -> None:
    screen = hold(tutor("slides-sigmoid-chain", mode="learn", questions=False), []).screen
    assert screen.count("squashes") == 1
    assert screen.count("Sigmoid.") == 5


@pytest.mark.parametrize("name", NAMES)
def test_a_worked_example_shows_all_steps_few_at_a_time(name: str) -> None:
    teacher = tutor(name, mode="learn", questions=False)
    shown = [item.steps for item in teacher.begin().agenda if item.kind is ItemKind.WORKED and not item.round]
    whole = tutor(name, questions=False)
    asked = {item.name for item in whole.begin().agenda if item.kind is ItemKind.STEP} | whole.lines_as_given
    order = [step.name for step in teacher.lesson.steps if step.name in asked]
    assert [name for steps in shown for name in steps] == order
    assert all(1 <= len(steps) <= MOST_AT_ONCE for steps in shown)


def test_rounds_never_repeat_numbers() -> None:
    teacher = tutor("slides-sigmoid-chain", mode="learn", questions=False)
    teacher.fresh = numbers_of(teacher.problem)
    first, later = ({item.round: item for item in teacher.begin().agenda if item.round}, [])
    for item in first.values():
        value = teacher.venue(item).lesson.graph.values["x"].given
        assert value is not None
        later.append(value.formula)
    assert len(set(later)) == len(first)
    # A quiz that goes on in its last round has the numbers that it had.
    again = tutor("slides-sigmoid-chain", mode="learn", questions=False)
    again.fresh = numbers_of(again.problem)
    last = first[max(first)]
    assert again.venue(last).lesson.graph.values["x"].given == teacher.venue(last).lesson.graph.values["x"].given


def numbers_of(problem: Problem) -> Fresh:
    """Fresh numbers as the command line finds them."""

    def find(seed: int) -> Problem | None:
        found = variant(problem, seed, certified=False)
        return None if found is None else found.problem

    return find


def test_a_worked_example_begins_with_what_is_given() -> None:
    """The picture of the givens stands before the first line, and no value that is still to be found."""
    screen = hold(tutor("slides-example-3", mode="learn", questions=False), []).screen
    before = screen.partition("A worked example")[0]
    assert "x₁ 0.5" in before
    assert "w₁₁⁽¹⁾ 0.2" in before
    assert "y = 1" in before
    assert "?" not in before.partition(":alone")[2]
    plain = hold(tutor("slides-example-3", mode="learn", questions=False), [], plain=True).screen
    assert plain.partition("A worked example")[0].count("x₁ = 0.5") == 1


def test_the_picture_shows_what_has_been_read() -> None:
    teacher = tutor("slides-example-3", mode="learn", questions=False)
    parts = sum(item.kind is ItemKind.WORKED and not item.round for item in teacher.begin().agenda)
    first = hold(teacher, [":picture"]).said[-1]
    assert isinstance(first, Picture)
    assert first.found == teacher.begin().agenda[0].steps
    last = hold(teacher, [*[""] * (parts - 1), ":picture"]).said[-1]
    assert isinstance(last, Picture)
    assert last.found == tuple(step.name for step in teacher.lesson.steps)
    # At the beginning of a round it shows what the round shows, and nothing that it asks.
    begun = hold(teacher, [*[""] * parts, ":picture"]).said[-1]
    assert isinstance(begun, Picture)
    worked, *mine = rounds(teacher.begin().agenda)[0]
    assert begun.found == worked.steps
    assert not set(begun.found) & {item.name for item in mine}


@pytest.mark.parametrize("name", NAMES)
def test_what_nobody_does_in_a_round_is_known_once_one_is_past_it(name: str) -> None:
    teacher = tutor(name, mode="learn", questions=False)
    state = teacher.begin()
    lesson = teacher.lesson
    order = [name for item in state.agenda if item.kind is ItemKind.WORKED and not item.round for name in item.steps]
    answers = {step.name: step.figure.shown if step.figure else lesson.symbolic.get(step.name) for step in lesson.steps}
    for place, item in enumerate(state.agenda):
        if item.kind is ItemKind.STEP:
            found = set(picture(teacher, state, item).found)
            to_find = [answers[other.name] for other in state.agenda[place:] if other.round == item.round]
            between = set(left_between(state.agenda, item.round))
            missing = {*order[: order.index(item.name)]} - found
            needs = {need for name in missing for need in teacher.venue(item).steps[name].needs}
            # What has the same answer as a question that is still open is not shown, nor what follows from that.
            hidden = {name for name in missing if answers[name] in to_find}
            assert missing == hidden or needs & {teacher.venue(item).steps[name].id for name in hidden}
            assert missing <= between
            assert not {answers[name] for name in found & between} & {*to_find}
            assert item.name not in found
        what = What.ANSWERED if item.kind is ItemKind.STEP else What.READ
        state = after(state, Record("test", 1.0, what, item.id, verdict="correct" if item.skill else "", given="1"))


@pytest.mark.parametrize("verdict", ["", "carried", "other_convention"])
def test_what_follows_from_a_step_that_is_not_found_is_not_shown(verdict: str) -> None:
    """Nobody does the slopes in between: each would tell the error signal from which it is found."""
    teacher = tutor("slides-example-3", mode="learn", questions=False)
    state = teacher.begin()
    worked, *mine = rounds(state.agenda)[4]
    asked = {item.name for item in mine}
    assert "dL/dz1_1" in asked
    between = [name for name in left_between(state.agenda, worked.round) if name.startswith("dL/dw1_1")]
    assert between
    assert not set(between) & asked
    for item in mine:
        is_open = item.name == "dL/dz1_1"
        what = What.SKIPPED if is_open and not verdict else What.ANSWERED
        said = verdict if is_open else "correct"
        state = after(state, Record("test", 1.0, what, item.id, verdict=said, given="1"))
    assert not set(between) & set(picture(teacher, state, mine[-1]).found)


def test_how_to_answer_is_told_before_the_first_question_and_the_round_on_coming_back() -> None:
    teacher = tutor("uw-chain-rule-point", mode="learn", questions=False)
    first = hold(teacher, lambda t, state, ask, item: None if item.round == 2 and ask.place else right_text(t, item))
    flowing = " ".join(first.screen.split())
    assert flowing.count("Answer with a number (four digits will do)") == 1
    assert flowing.index("Round 1 of") < flowing.index("Answer with a number") < flowing.index("Question 1 of")
    again = hold(teacher, [], records=first.records).screen
    assert "You go on where you stopped, in round 2 of 6." in again


def test_back_leaves_no_round_and_returns_to_nothing_that_was_passed_over() -> None:
    teacher = tutor("slides-example-3", mode="learn")
    last = max(item.round for item in teacher.begin().agenda)
    typed: list[str] = []

    def answer(teacher, state, ask, item):  # type: ignore[no-untyped-def]
        here = (item.round, item.kind)
        if here == (2, ItemKind.WORKED) and ":back" not in typed:
            typed.append(":back")
        elif here == (3, ItemKind.STEP):
            typed.append(":alone")
        elif here == (last, ItemKind.STEP) and typed.count(":back") < 2:
            typed.append(":back")
        elif here == (last, ItemKind.STEP):
            return None
        else:
            typed.append(right_text(teacher, item))
        return typed[-1]

    sitting = hold(teacher, answer)
    assert "There is no question of this round before this." in sitting.screen
    assert "This is the first question of this round." in sitting.screen
    item = sitting.state.item
    assert item is not None
    assert item.id == rounds(sitting.state.agenda)[last - 1][1].id
    assert item.id not in {record.item for record in sitting.records}
