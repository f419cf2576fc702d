"""The ladder of hints: from a finger that points to the answer, which stands on the last rung and nowhere before."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache

import pytest
from support import BUNDLED, lesson, problem

from backprop_tutor.cli import session
from backprop_tutor.engine.derivations import leaves
from backprop_tutor.lessons.chain import normal
from backprop_tutor.lessons.teach import teach
from backprop_tutor.model.formula import Formula, walk
from backprop_tutor.model.lesson import Equation, Lesson, Prose, Step
from backprop_tutor.model.quiz import Help
from backprop_tutor.quiz.hints import strategy, strategy_names
from backprop_tutor.quiz.symbols import in_symbols
from backprop_tutor.writers.maths import Maths
from backprop_tutor.writers.telling import Telling


def printed(told: Help, width: int = 200) -> str:
    maths = Maths(told.lesson.notation, told.lesson.graph, "text")
    telling = Telling(told.lesson, maths)
    lines = [line for block in told.blocks for line in telling.block(block, width)]
    return "\n".join("".join(run.text for run in line) for line in lines)


def numbers(text: str) -> set[Fraction]:
    found = re.findall(r"(?<![\w₀-₉.])[−-]?\d+(?:\.\d+)?", text)
    return {Fraction(number.replace("−", "-")) for number in found}


def says_the_answer(told: Help, step: Step, lesson: Lesson) -> bool:
    """Whether a rung holds the number of the step, or, where it stays a formula, that formula."""
    if step.figure is not None:
        given = {value.given.number for value in lesson.graph.values.values() if value.given is not None}
        value = Fraction(step.figure.shown) if "e" not in step.figure.shown else None
        # 0, 1 and 2 stand in every sentence, and a number that was given is no answer.
        harmless = {*given, *(Fraction(n) for n in range(-3, 4)), Fraction(1, 2)}
        return value is not None and value not in harmless and value in numbers(printed(told))
    answers = {normal(tree) for tree in (step.equation.symbols[-1], step.exact) if tree is not None}
    for block in told.blocks:
        formulas: list[Formula] = []
        if isinstance(block, Prose):
            formulas = [part for part in block.words if isinstance(part, Formula)]
        elif isinstance(block, Equation):
            formulas = list(block.symbols)
        if any(normal(tree) in answers for tree in formulas):
            return True
    return False


@pytest.mark.parametrize("name", BUNDLED)
@pytest.mark.parametrize("way", strategy_names())
@pytest.mark.parametrize("symbolic", [False, True], ids=["numbers", "letters"])
def test_no_rung_before_the_last_gives_the_answer_away(name: str, way: str, symbolic: bool) -> None:
    told = in_letters(name) if symbolic else lesson(name)
    for step in told.steps:
        ladder = strategy(way).ladder(step, told)
        assert len(ladder) >= 2, step.name
        for rung in ladder[:-1]:
            assert not says_the_answer(rung, step, told), (step.name, printed(rung))


@cache
def in_letters(name: str) -> Lesson:
    return teach(session.solve(in_symbols(problem(name))))


@pytest.mark.parametrize("name", BUNDLED)
def test_the_last_rung_is_the_answer(name: str) -> None:
    told = lesson(name)
    for step in told.steps:
        assert strategy().ladder(step, told)[-1].blocks == (step.equation,)


def test_a_ladder_points_then_teaches_then_sets_up_the_line() -> None:
    told = lesson("slides-example-3")
    step = next(step for step in told.steps if step.name == "dL/dz1_1")
    titles = [rung.title for rung in strategy("ladder").ladder(step, told)]
    assert titles == ["What matters", "The principle", "The line", "The answer"]
    point, principle, line, _ = strategy("ladder").ladder(step, told)
    assert "∂L/∂a₁⁽¹⁾ and ∂a₁⁽¹⁾/∂z₁⁽¹⁾" in printed(point)
    assert "Multiply the gradient that arrives" in printed(principle)
    assert printed(line).splitlines()[-1].strip() == "= ___·___"


def test_where_the_answer_is_one_name_the_first_hint_says_where_to_look() -> None:
    told = lesson("week05-xyz")
    points = {step.name: printed(strategy("ladder").ladder(step, told)[0]) for step in told.steps}
    assert "Look at the line in which t stands: f = t·z." in points["df/dt"]
    assert "x acts on f through t: it takes the derivative by t, which is an earlier step" in points["df/dx"]


@pytest.mark.parametrize("name", BUNDLED)
def test_a_line_that_is_a_number_is_a_blank(name: str) -> None:
    told = lesson(name)
    for step in told.steps:
        for rung in strategy("ladder").ladder(step, told)[:-1]:
            lines = [tree for block in rung.blocks if isinstance(block, Equation) for tree in block.symbols]
            assert all(leaves(tree) for tree in lines), (step.name, printed(rung))


def test_a_test_of_this_test_sees_an_answer() -> None:
    told = lesson("slides-example-3")
    step = next(step for step in told.steps if step.name == "z1_1")
    assert says_the_answer(Help("", (step.equation,), told), step, told)
    symbols = lesson("uw-chain-rule")
    step = symbols.steps[0]
    assert says_the_answer(Help("", (Prose((step.equation.symbols[-1],)),), symbols), step, symbols)


@pytest.mark.parametrize("name", ["slides-example-3", "uw-chain-rule"])
def test_blanks_stand_for_quantities(name: str) -> None:
    told = lesson(name)
    for step in told.steps:
        line = next((rung for rung in strategy().ladder(step, told) if rung.title == "The line"), None)
        if line is not None and any(list(walk(tree))[1:] for tree in step.equation.symbols):
            assert "___" in printed(line), step.name
