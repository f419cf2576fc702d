"""A quiz that asks for formulas: what is told of a wrong one, and what counts as none."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from learner import Sitting, hold, tutor
from support import from_text

from backprop_tutor.model.lesson import StepKind
from backprop_tutor.model.quiz import Ask, Compared, ItemKind, Remark
from backprop_tutor.model.record import What
from backprop_tutor.quiz.asking import picture

EXAMPLE = "slides-example-3"
PRODUCT = """
title: A product in two lines
inputs: {a: 2, d: 3}
expressions:
  b: a + d
  c: a*b
"""


SQUARE = """
title: The square of a line
inputs: {a: 3, d: 1, e: 2}
expressions:
  b: a*d + e
  c: b^2
"""


def asked(problem: str, name: str, *typed: str) -> Sitting:
    """A sitting about one step of a bundled problem, or of one from a text."""
    return hold(
        tutor(from_text(problem) if "\n" in problem else problem, symbolic=True, ask=(name,), questions=False), typed
    )


def named(sitting: Sitting) -> list[list[str]]:
    """The ids of the ideas that were named, answer by answer."""
    return [[idea.id for idea in record.ideas] for record in sitting.records if record.what is What.ANSWERED]


def screen(problem: str, name: str, *typed: str) -> str:
    """What stands on the screen behind the question, spaces and line ends as one space."""
    return " ".join(asked(problem, name, *typed).screen.split())


@pytest.mark.parametrize(
    ("problem", "name", "typed"),
    [
        (EXAMPLE, "dL/da1_1", "delta2_1*a1_1"),
        (EXAMPLE, "dL/dw1_11", "delta1_1*w1_11"),
        (EXAMPLE, "dL/dz2_1", "y - yhat"),
        ("two-by-two", "dL/dz1_1", "delta2_1*w5*a1_1*(1 - a1_1)"),
        ("softmax-three-classes", "dL/dz2_1", "y1 - yhat1"),
    ],
)
def test_a_wrong_formula_is_not_answered_with_the_right_one(problem: str, name: str, typed: str) -> None:
    sitting = asked(problem, name, typed)
    compared = [part for part in sitting.said if isinstance(part, Compared)]
    assert [part.right for part in compared] == [None]
    assert sum(isinstance(part, Remark) and "Not yet. " in str(part.words[0]) for part in sitting.said) == 1
    assert "yours" in sitting.screen
    assert "right  " not in sitting.screen


def test_a_mistake_in_an_expression_is_not_answered_with_the_right_formula() -> None:
    assert "= ?" not in screen(PRODUCT, "dc/da", "b").partition("dc/da = b")[2]


def test_the_learners_line_is_what_was_typed() -> None:
    sitting = asked("two-by-two", "dL/dz2_1", "(y1 - yhat1)*yhat1*(1 - yhat1)", "y1 - yhat1")
    for part in sitting.said:
        if isinstance(part, Compared):
            assert part.yours is not None
            assert part.yours.result is None
    assert "δ₁⁽²⁾ = ∂L/∂ŷ₁" not in sitting.screen


IN_NUMBERS = "With the problem's numbers put in, this is right. Write it in the names of the problem. It costs nothing."


@pytest.mark.parametrize(
    ("problem", "name", "typed"),
    [
        ("two-by-two", "dL/dw1", "0.05*delta1_1"),
        ("two-by-two", "dL/dw1", "(delta2_1*0.4+delta2_2*0.5)*a1_1*(1-a1_1)*0.05"),
        ("two-by-two", "dL/dw1", "(delta2_1*w5+delta2_2*(1/2))*a1_1*(1-a1_1)*x1"),
        ("two-by-two", "z1_1", "0.15*0.05 + 0.2*0.1 + 0.35"),
        ("two-by-two", "new_w1", "0.15 - 0.5*dL/dw1"),
        (EXAMPLE, "dL/da1_1", "delta2_1*0.6"),
        (SQUARE, "b", "3*1 + 2"),
        (SQUARE, "c", "(1*a + 2)^2"),
        (SQUARE, "dc/da", "2*b*1"),
    ],
)
def test_given_numbers_for_their_letters_cost_nothing(problem: str, name: str, typed: str) -> None:
    sitting = asked(problem, name, typed)
    assert IN_NUMBERS in " ".join(sitting.screen.split())
    assert [record.verdict for record in sitting.records if record.what is What.ANSWERED] == ["unreadable"]


def test_a_test_refuses_at_once_what_would_count_for_nothing() -> None:
    teacher = tutor("two-by-two", mode="test", symbolic=True, ask=("dL/dw1", "dL/dw2"), questions=False)
    sitting = hold(teacher, ["0.05*delta1_1", "0.1*delta1_1", "3", "", ""])
    said = " ".join(sitting.screen.split())
    # The first is right in numbers; the second is wrong, and is kept like the plain number of the next question.
    assert said.count(IN_NUMBERS) == 1
    answered = [(record.item, record.given) for record in sitting.records if record.what is What.ANSWERED]
    assert [given for _, given in answered] == ["0.1*delta1_1", "3"]
    assert [record.verdict for record in sitting.records if record.what is What.MARKED] == ["wrong", "wrong"]


@pytest.mark.parametrize(
    ("problem", "name", "typed"),
    [
        ("two-by-two", "dL/dw1", "0.1*delta1_1"),
        ("two-by-two", "dL/dw1", "0.05*delta1_1*0.05"),
        ("two-by-two", "dL/dw1", "0.05*delta1_1 + 0.05"),
        ("two-by-two", "z1_1", "0.1*0.5 + 0.3275"),
        (SQUARE, "dc/da", "2*b"),
        (SQUARE, "dc/da", "2*b + 1 - 1"),
        (SQUARE, "b", "a + 2"),
    ],
)
def test_numbers_that_fit_by_chance_do_not_stand_for_letters(problem: str, name: str, typed: str) -> None:
    assert IN_NUMBERS not in screen(problem, name, typed)


@pytest.mark.parametrize(
    ("problem", "name", "typed", "idea"),
    [
        ("softmax-three-classes", "dL/dz2_1", "y1 - yhat1", "M18"),
        (EXAMPLE, "dL/dz2_1", "y - yhat", "M18"),
        (EXAMPLE, "dL/dw2_11", "(y - yhat)*a1_1", "M18"),
        (EXAMPLE, "dL/dz2_1", "-dL/dyhat*yhat*(1 - yhat)", "M09"),
        (EXAMPLE, "dL/dz1_1", "-dL/da1_1*a1_1*(1 - a1_1)", "M09"),
        ("cmu-symbols", "dL/dz1_1", "(y - yhat)*w2_11*(1 - a1_1^2)", "M18"),
    ],
)
def test_of_ideas_with_the_same_formula_the_one_in_this_line_is_named(
    problem: str, name: str, typed: str, idea: str
) -> None:
    sitting = asked(problem, name, typed)
    assert named(sitting) == [[idea]]


@pytest.mark.parametrize(
    ("problem", "typed"),
    [(EXAMPLE, "-delta2_1*w2_11*a1_1*(1 - a1_1)"), ("cmu-symbols", "-delta2_1*w2_11*(1 - a1_1^2)")],
)
def test_a_sign_that_may_have_been_lost_in_any_line_is_no_idea(problem: str, typed: str) -> None:
    sitting = asked(problem, "dL/dz1_1", typed)
    assert named(sitting) == [[]]
    assert "Only the sign is different." in " ".join(sitting.screen.split())


def test_a_right_formula_in_other_names_is_asked_for_in_those_of_the_short_line() -> None:
    typed = "exp(z2_1)/(exp(z2_1) + exp(z2_2) + exp(z2_3)) - y1"
    said = screen("softmax-three-classes", "dL/dz2_1", typed)
    assert "written in z₁⁽²⁾, z₂⁽²⁾ and z₃⁽²⁾; the step asks for it in ŷ₁ and y₁." in said
    assert "The formula is equal" not in screen("softmax-three-classes", "dL/dz2_1", "yhat1 - y1")


TWICE = "2*(yhat1 - y1)*yhat1*(1 - yhat1)"


def test_the_factor_of_the_loss_is_a_convention_in_formulas_too() -> None:
    alone = asked("two-by-two", "dL/dz2_1", TWICE)
    assert [record.verdict for record in alone.records if record.given == TWICE] == ["other_convention"]
    assert named(alone) == [["C01"]]
    assert "This is right for the squared error without ½" in " ".join(alone.screen.split())


def test_whoever_wrote_the_loss_as_the_problem_does_has_only_lost_its_factor() -> None:
    marker = tutor("two-by-two", symbolic=True).venues[0].examiner
    loss = ("L", "1/2*(y1 - yhat1)^2 + 1/2*(y2 - yhat2)^2")
    assert marker.judge("dL/dz2_1", TWICE).ids == ("C01",)
    assert marker.judge("dL/dz2_1", TWICE, [loss]).ids == ("M19",)


LINES = {"a", "b", "v"}


@pytest.mark.parametrize("mode", ["practice", "test", "learn"])
def test_a_line_that_stands_in_the_problem_is_known_and_not_asked(mode: str) -> None:
    teacher = tutor("uw-chain-rule-point", symbolic=True, mode=mode)
    state = teacher.begin()
    steps = [item for item in state.agenda if item.kind is ItemKind.STEP]
    assert not LINES & {item.name for item in steps}
    shown = {name for item in state.agenda if item.kind is ItemKind.WORKED for name in item.steps}
    assert shown >= LINES or mode != "learn"
    assert all(set(picture(teacher, state, item).found) >= LINES for item in steps)
    plain = hold(teacher, lambda t, s, ask, item: "" if item.kind is ItemKind.WORKED else None, plain=True).screen
    assert "v = c·(a − b)²" in plain


@pytest.mark.parametrize("choice", [{"ask": ("a",)}, {"only": ("v",)}, {"kinds": frozenset({StepKind.FORWARD})}])
def test_a_line_is_asked_where_nothing_else_is(choice: dict[str, object]) -> None:
    teacher = tutor("uw-chain-rule-point", symbolic=True, questions=False, **choice)
    state = teacher.begin()
    assert {item.name for item in state.agenda} <= LINES
    [ask] = teacher.question(state)
    assert isinstance(ask, Ask)
    assert ask.picture is not None
    assert not ask.picture.found


def test_numbers_of_lines_are_asked_and_so_are_the_formulas_of_a_network() -> None:
    asked = {item.name for item in tutor("uw-chain-rule-point").begin().agenda}
    assert asked >= LINES
    assert "z1_1" in {item.name for item in tutor("two-by-two", symbolic=True).begin().agenda}


def test_a_question_before_a_line_that_is_not_asked_stays_in_its_place() -> None:
    text = f"{PRODUCT}questions:\n  - {{ask: What comes first?, before: c, number: 1}}\n"
    items = tutor(from_text(text), symbolic=True).begin().agenda
    assert [item.kind for item in items[:2]] == [ItemKind.QUESTION, ItemKind.STEP]


def test_a_point_to_try_does_not_tell_a_number_that_is_right_everywhere() -> None:
    told = hold(tutor("slides-perceptron", symbolic=True, ask=("do/dw1",)), ["x1*w1", "s*(1 - s)"]).screen
    assert told.count("✗ Not yet.") == 2
    assert "the right one" not in told
    other = hold(tutor("slides-perceptron", symbolic=True, ask=("ds/dw1",)), ["x1*w1"]).screen
    assert "the right one" in " ".join(other.split())


SIDES = """
title: Kinks of four kinds
inputs: {x: 0.8, y: 1.5, z: 0.6}
expressions:
  p: x*exp(-x*y)
  q: (x^2 + y)/(y - z*x)
  m: max(p*y, q*z)
  n: min(p*y, q*z)
  s: abs(x - y)
  t: relu(z*y)
  f: p*q + m*s + n*t
"""


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("dm/dq", ("z", "m/q"), ("q", "p", "y", "2*z", "abs(z)", "z + p - abs(p)")),
        ("dm/dp", ("0", "z - z"), ("y", "z", "p")),
        ("dn/dp", ("y",), ("z", "p", "abs(y)")),
        ("ds/dx", ("-1",), ("x", "y - x", "s")),
        ("dt/dy", ("z",), ("y", "t", "abs(z)")),
        ("df/dq", ("p + df/dm*z", "p + s*z"), ("p", "p + df/dm*q", "p + df/dn*z")),
    ],
)
def test_a_formula_is_right_on_the_side_on_which_the_numbers_lie(
    name: str, right: tuple[str, ...], wrong: tuple[str, ...]
) -> None:
    for typed in right:
        told = screen(SIDES, name, typed)
        assert "✓ Right." in told, typed
        assert "Right on the side where these numbers lie" in told, typed
    for typed in wrong:
        told = screen(SIDES, name, typed)
        assert "✓" not in told, typed
        assert "Right on the side" not in told, typed
    assert "Right on the side where these numbers lie: q·z > p·y." in screen(SIDES, "dm/dq", "z")


CHOSEN = """
title: A maximum of which the second is chosen
inputs: {p: 2, t: 20}
expressions:
  q: p^2
  m: max(q, t - 6)
  f: p*q + 2*q + m
"""


@pytest.mark.parametrize("typed", ["2 + q^2", "7*p", "t*q", "7 + t"])
def test_a_point_that_speaks_against_a_formula_lies_on_the_side_of_the_numbers(typed: str) -> None:
    assert "✓ Right." in screen(CHOSEN, "df/dq", "2 + p")
    told = screen(CHOSEN, "df/dq", typed)
    found = re.search(r"Try p = ([−\d/]+), t = ([−\d/]+): your formula gives", " ".join(told.split()))
    assert found
    p, t = (Fraction(number.replace("−", "-")) for number in found.groups())
    assert t - 6 > p**2


def test_without_numbers_no_side_is_forgotten() -> None:
    letters = SIDES.replace("{x: 0.8, y: 1.5, z: 0.6}", "[x, y, z]")
    for name, typed in (("dm/dq", "z"), ("ds/dx", "-1"), ("dt/dy", "z")):
        told = screen(letters, name, typed)
        assert "✓" not in told, typed
    some = SIDES.replace("{x: 0.8, y: 1.5, z: 0.6}", "{x: 0.8, y: 1.5, z: z}")
    assert "✓" not in screen(some, "dm/dq", "z")


def test_at_the_kink_itself_there_is_no_side() -> None:
    at = "title: At a kink\ninputs: {a: 1, b: 1}\nexpressions:\n  c: max(a, b)\n  d: c*a\n"
    assert "✓" not in screen(at, "dd/da", "c + a")
    assert "✓ Right." in screen(at.replace("a: 1", "a: 2"), "dd/da", "c + a")


def test_a_value_is_no_slope_and_is_written_for_every_side() -> None:
    for name, typed in (("m", "q*z"), ("t", "z*y"), ("s", "y - x")):
        assert "✓" not in screen(SIDES, name, typed)
