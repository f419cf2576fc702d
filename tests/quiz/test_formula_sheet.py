"""The formula sheet: at no question of any bundled problem does it hold the answer of one that is still open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from learner import hold, tutor
from support import BUNDLED

from backprop_tutor.lessons.chain import normal
from backprop_tutor.model.formula import Derivative, Formula, Name, Negative, Number, walk
from backprop_tutor.model.lesson import Lesson, Step
from backprop_tutor.model.marking import ACCEPTED
from backprop_tutor.model.quiz import ItemKind, Standing, State
from backprop_tutor.quiz.formula_sheet import formula_sheet
from backprop_tutor.quiz.tutor import Tutor
from backprop_tutor.writers.maths import Maths


@cache
def teacher(name: str, symbolic: bool) -> Tutor:
    return tutor(name, symbolic=symbolic)


def states(quiz: Tutor) -> Iterator[State]:
    """The quiz at each of its questions, with all before it done."""
    begun = quiz.begin()
    done: dict[str, Standing] = {}
    for place, item in enumerate(begun.agenda):
        yield replace(begun, here=place, standings=dict(done))
        done[item.id] = Standing(closed=True)


def lines(quiz: Tutor, state: State) -> list[tuple[Formula, Formula]]:
    """Both sides of every line of the sheet."""
    found = [says for _, says in formula_sheet(quiz, state).rows if len(says) == 3]
    return [(left, right) for left, _, right in found]  # type: ignore[misc]


def is_open(state: State, name: str) -> bool:
    return any(
        item.kind is ItemKind.STEP and name in item.steps and not state.standing(item).closed for item in state.agenda
    )


def number_of(tree: Formula, lesson: Lesson) -> str | None:
    """What stands there as it is shown, where it is a number or one quantity, whatever its sign."""
    inner = tree.operand if isinstance(tree, Negative) else tree
    if isinstance(inner, Number):
        return str(float(inner.value))
    name = (
        inner.name if isinstance(inner, Name) else f"d{inner.of}/d{inner.by}" if isinstance(inner, Derivative) else ""
    )
    figure = lesson.figures.get(name)
    return None if figure is None else str(abs(float(figure.shown)))


def is_whole_answer(tree: Formula, step: Step, lesson: Lesson) -> bool:
    if step.figure is not None:
        value = number_of(tree, lesson)
        return value is not None and abs(float(value)) == abs(float(step.figure.shown))
    return normal(tree) in {normal(step.equation.symbols[-1]), normal(step.exact) if step.exact else None}


@pytest.mark.parametrize("symbolic", [False, True], ids=["numbers", "letters"])
@pytest.mark.parametrize("name", BUNDLED)
def test_no_line_is_the_answer_of_an_open_question(name: str, symbolic: bool) -> None:
    quiz = teacher(name, symbolic)
    for state in states(quiz):
        pending = [step for step in quiz.lesson.steps if is_open(state, step.name)]
        for _, right in lines(quiz, state):
            assert not any(is_whole_answer(right, step, quiz.lesson) for step in pending), (state.here, right)


@pytest.mark.parametrize("name", ["week05-xyz", "uw-chain-rule", "cmu-symbols", "slides-sigmoid-chain", "two-by-two"])
def test_no_line_would_be_marked_as_right_but_a_rule_in_names(name: str) -> None:
    quiz = teacher(name, True)
    state = quiz.begin()
    plain = Maths(quiz.lesson.notation, quiz.lesson.graph, "plain")
    for left, right in lines(quiz, state):
        if any(isinstance(part, Derivative) for part in walk(right)):
            continue
        names = [step.name for step in quiz.lesson.steps if step.quantity == left]
        if names[0] in quiz.lines_as_given:
            continue
        assert quiz.venues[0].examiner.judge(names[0], plain.formula(right)).verdict not in ACCEPTED


def test_the_slope_of_the_step_function_is_not_told_before_it_is_found() -> None:
    start = hold(tutor("slides-perceptron"), [":formulas"]).screen
    assert "∂o/∂h = 0" not in start
    assert "∂o/∂w₁ = ∂o/∂h · x₁" in start


def test_what_is_found_comes_to_the_sheet() -> None:
    answers = [":formulas", "w1*x1 + w2*x2 + b1", ":formulas"]
    _, before, after = hold(tutor("two-by-two", symbolic=True), answers).screen.split(":formulas")
    assert "Weighted sum" not in before.partition("━━ Question")[0]
    assert "Weighted sum" in after.partition("━━ Question")[0]


def test_a_formula_that_is_to_be_chosen_is_not_on_the_sheet() -> None:
    quiz = tutor("slides-example-3")
    asked = [item for item in quiz.begin().agenda if item.kind is ItemKind.WHY]
    assert asked
    for state in states(quiz):
        told = {step.name for left, _ in lines(quiz, state) for step in quiz.lesson.steps if step.quantity == left}
        pending = {item.skill for item in asked if not state.standing(item).closed}
        assert not {quiz.skills[name] for name in told} & pending
