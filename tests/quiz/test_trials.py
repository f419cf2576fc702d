"""What trials by users found: answers by name anywhere, what is left open, names that may be read in two ways."""

from __future__ import annotations

from dataclasses import replace

import pytest
from learner import Sitting, hold, right_text, tutor

from backprop_tutor.cli.listing import heads
from backprop_tutor.model.marking import Verdict
from backprop_tutor.model.question import QuestionKind
from backprop_tutor.model.quiz import Attempt, ItemKind, Picture, Standing
from backprop_tutor.quiz.questions import mark

EXAMPLE = "slides-example-3"


@pytest.mark.parametrize("name", [head.name for head in heads()])
@pytest.mark.parametrize("kinds", [frozenset({"forward"}), frozenset({"backward"})], ids=["forward", "backward"])
def test_a_name_that_is_not_asked_is_never_a_crash(name: str, kinds: frozenset[str]) -> None:
    teacher = tutor(name, kinds=kinds)
    steps = [step.name for step in teacher.lesson.steps]
    for item in teacher.begin().agenda:
        if item.kind is ItemKind.QUESTION and not teacher.takes_own_words(item):
            place = teacher.begin().agenda.index(item)
            for step in (steps[0], steps[-1]):
                turn = teacher.advance(replace(teacher.begin(), here=place), f"{step} = 1", 0.0)
                assert turn.state.item == item


def test_an_answer_by_name_is_taken_at_every_kind_of_question() -> None:
    told = hold(tutor("cmu-tanh"), ["a1=5, a2 = 3", "a = [5, 3, 2]"]).screen
    assert told.count("✓ Right: a₁.") == 1
    assert "✓ Right: a₂." in told
    assert "✓ Right: a₁, a₂, a₃." in told


def test_what_is_left_open_after_a_wrong_try_comes_again() -> None:
    teacher = tutor(EXAMPLE, questions=False, ask=("z1_1", "z1_2"))
    sitting = hold(teacher, ["5", ":skip", "0.42"])
    item = sitting.state.item
    assert item is not None
    assert item.name == "z1_1"
    assert "You left this open." in sitting.screen
    score = hold(tutor(EXAMPLE, questions=False), ["5", ":skip", ":score"]).screen
    assert "1 question is open." in score
    assert "wrong" not in score.partition("So far")[2]


def test_a_right_answer_is_not_replaced_by_a_coarser_one() -> None:
    attempts = (Attempt("1.18", Verdict.CORRECT), Attempt("1.1", Verdict.IMPRECISE))
    assert Standing(attempts).answer == "1.18"
    assert Standing(attempts[1:]).answer == "1.1"


def test_a_short_name_in_a_formula_is_read_as_what_makes_it_right() -> None:
    answers = ["0.24", "0.42", "0.5597", "0.6035", "w2_11*a1_1 + w2_12*a1_2 + b2", "0.7648", "0.2682", "-1.3076"]
    more = ["-0.2352", ":skip", ":skip", "delta2", "dL/dz2*w2_11"]
    told = hold(tutor(EXAMPLE, questions=False), [*answers, *more]).screen
    assert "= w2_11*a1_1 + w2_12*a1_2 + b2\n✓ Right." in told
    assert "= delta2\n✓ Right." in told
    assert "= dL/dz2*w2_11\n✓ Right." in told
    assert (
        "= w1_21*x1 + w1_22*x2 + b2\n✓ Right."
        in hold(tutor(EXAMPLE, questions=False), ["0.24", "w1_21*x1 + w1_22*x2 + b2"]).screen
    )


def test_the_picture_shows_what_was_typed_and_not_more() -> None:
    teacher = tutor(EXAMPLE, questions=False, ask=("dL/dz2_1", "dL/db2_1"))
    sitting = hold(teacher, ["0.765-1"])
    pictures = [part.picture for part in sitting.said if getattr(part, "picture", None)]
    assert isinstance(pictures[-1], Picture)
    assert pictures[-1].lesson.figures["dL/dz2_1"].shown == "-0.235"


def test_a_test_shows_an_expression_that_was_typed() -> None:
    sitting = hold(tutor("cmu-tanh", mode="test", questions=False), ["5", "3", "2", "tanh(1.48)"])
    pictures = [part.picture for part in sitting.said if getattr(part, "picture", None)]
    assert "a1_1" in pictures[-1].known
    assert pictures[-1].lesson.figures["a1_1"].shown.startswith("0.901")


def test_questions_keep_their_numbers_when_a_choice_is_passed_over() -> None:
    def numbers(teacher, state, ask, item):  # type: ignore[no-untyped-def]
        found.append((ask.place, ask.of))
        return right_text(teacher, item)

    for name in (EXAMPLE, "olin-logistic"):
        found: list[tuple[int, int]] = []
        hold(tutor(name, questions=True), numbers)
        assert len({of for _, of in found}) == 1
        assert [place for place, _ in found] == sorted(place for place, _ in found)


@pytest.mark.parametrize(
    ("typed", "command"), [("help", "help"), ("hint", "hint"), ("Quit", "quit"), ("answer", "show")]
)
def test_a_command_without_its_colon(typed: str, command: str) -> None:
    told = hold(tutor(EXAMPLE, questions=False), [typed]).screen
    assert f"Did you mean :{command}? A command begins with a colon." in told


def test_one_wrong_number_written_in_many_ways_is_one() -> None:
    told = hold(tutor(EXAMPLE, questions=False), ["0.7", ".7", "7e-1", "7/10"]).screen
    assert "What matters" not in told


def test_back_shows_what_was_written() -> None:
    told = hold(tutor(EXAMPLE, questions=False), ["0.24", ":back"]).screen
    assert "You wrote 0.24. Enter leaves it so." in told


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("sigmoid(z1)", "z1 is a whole layer, and a formula is about one unit. Write its numbers one by one: z1_1"),
        ("dL/dz1*w1_11", "dL/dz1 is a whole layer"),
        ("W1*x1", "W1 is a whole layer, and a formula is about one unit. Write its numbers one by one: w1_11"),
        ("q1*x1", "There is no quantity called q1"),
    ],
)
def test_a_layer_in_a_formula_is_said_to_be_one(typed: str, says: str) -> None:
    told = " ".join(hold(tutor(EXAMPLE, questions=False), ["0.24", "0.42", typed]).screen.split())
    assert says in told


def test_the_name_that_is_shown_as_an_example_is_none_of_the_answers() -> None:
    for head in heads():
        teacher = tutor(head.name)
        for question in teacher.questions:
            if question.kind is QuestionKind.SYMBOL:
                said = mark(question, "0.3", teacher.lesson, 1)
                example = said.repair.partition("such as ")[2].rstrip(".")
                assert example
                assert mark(question, example, teacher.lesson, 1).verdict is Verdict.WRONG


def test_nobody_is_sent_to_a_hint_where_none_is_left() -> None:
    hints = [":hint"] * 3
    told = [" ".join(hold(tutor(EXAMPLE, questions=False), [*hints[:n], "5"]).screen.split()) for n in range(4)]
    said = [text.rpartition("z₁⁽¹⁾ = 5")[2] for text in told]
    assert ":hint points at what matters" in said[0]
    assert ":hint says more" in said[1]
    assert ":hint says more" in said[2]
    assert ":show has the answer" in said[3]
    assert ":hint" not in said[3]
    more = " ".join(hold(tutor(EXAMPLE, questions=False), [*hints, "5", "6", "7", "", "7"]).screen.split())
    after = more.partition("z₁⁽¹⁾ = 5")[2]
    assert ":hint" not in after
    assert after.count(":show") == 5


def test_in_a_test_nobody_is_sent_to_a_hint() -> None:
    told = hold(tutor(EXAMPLE, mode="test", questions=False), [""]).screen
    assert "Write a number or a formula; :skip goes on without it." in told


def test_a_test_shows_formulas_as_they_were_typed_and_never_the_right_line() -> None:
    long = "w1*x1 + w2*x2 + b1 + w1*x1*x1*x1 + w2*x2*x2*x2*x2"
    told = hold(tutor("two-by-two", mode="test", symbolic=True, questions=False), [long, "w3*x1"]).screen
    last = " ".join(told.rpartition("━━ Question")[2].split())
    assert "z₁⁽¹⁾ = w₁·x₁ + w₂·x₂ + b₁ + w₁·x₁·x₁·x₁ + w₂·x₂·x₂·x₂·x₂" in last
    assert "z₂⁽¹⁾ = w₃·x₁, a₁⁽¹⁾ = ?" not in last
    assert "z₂⁽¹⁾ = w₃·x₁" in last


def test_a_formula_stands_in_place_of_the_right_number_in_a_test() -> None:
    told = hold(tutor(EXAMPLE, mode="test", questions=False), ["w1_11*x1"]).screen
    last = told.rpartition("━━ Question")[2]
    assert "z₁⁽¹⁾ = w₁₁⁽¹⁾·x₁" in " ".join(last.split())
    assert "0.24" not in last


@pytest.mark.parametrize("answers", [["0.24"], ["0.9"], ["0.24", "0.42"]])
def test_the_marks_of_a_test_speak_of_no_sheet(answers: list[str]) -> None:
    teacher = tutor(EXAMPLE, mode="test", questions=False, kinds=frozenset({"forward"}))
    left = [":skip"] * (7 - len(answers))
    told = hold(teacher, [*answers, *left, ""]).screen
    assert "How it went" in told
    assert "sheet" not in told
    assert "Not asked, and not counted: " in told


def at_step(name: str, step: str, typed: str, mode: str = "practice") -> Sitting:
    """What comes of a line at a step, everything before it being right."""
    lines = iter([typed])

    def answer(teacher, state, ask, item):  # type: ignore[no-untyped-def]
        reached = item.name == step or f"step:{step}" in state.standings
        return next(lines, None) if reached else right_text(teacher, item)

    return hold(tutor(name, mode=mode, questions=False), answer)


@pytest.mark.parametrize("typed", ["delta1*x1", "δ1*x1", "delta*x1"])
def test_delta_of_a_layer_is_that_of_its_one_unit(typed: str) -> None:
    assert at_step("logistic-regression", "dL/dw1_11", typed).records[-1].verdict == "correct"


def test_no_multiple_of_delta_is_suggested() -> None:
    screen = at_step("logistic-regression", "dL/dw1_11", "delta2*x1").screen
    assert "there is no quantity called delta2" in screen.lower()
    assert "delta*2" not in screen


def test_of_two_readings_the_one_that_can_be_read_is_judged() -> None:
    """δ⁽²⁾ stands on the screen; δ₂⁽¹⁾ is not known yet."""
    sitting = at_step(EXAMPLE, "dL/dw2_11", "delta2")
    assert sitting.records[-1].verdict == "wrong"
    assert "Input left out" in sitting.screen
    kept = at_step(EXAMPLE, "dL/dw2_11", "delta2*a1_1", "test")
    assert kept.records[-1].item == "step:dL/dw2_11"
    assert "not known yet" not in kept.screen
