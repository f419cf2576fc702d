"""What is put on a line: digits that give the result shown, and the case that holds with the reason that is true."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from reference.formulas import evaluate, many
from reference.networks import as_yaml, random_network
from support import BUNDLED, exact, from_text, lesson, solutions

from backprop_tutor.engine.solve import Solution, solve
from backprop_tutor.lessons.facts import MORE, Facts
from backprop_tutor.lessons.teach import teach
from backprop_tutor.model.formula import (
    ONE,
    ZERO,
    Cases,
    Condition,
    Derivative,
    Formula,
    Name,
    Negative,
    call,
    greater,
    names_in,
    replace,
    walk,
    when,
)
from backprop_tutor.model.lesson import Equation, Figure, Lesson

SHOWN_ERROR = Fraction(2, 10**5)
"""What the figures on a line may do to its result, as a fraction of it."""
LAST_DIGIT = Fraction(6, 10**6)
"""What writing the result with six digits may do to it."""

CANCELLING = {
    "1 - tanh(a)^2": "inputs: {a: 5}\nexpressions:\n  t: tanh(a)\n  y: 1 - t^2\n",
    "difference": "inputs: {a: 1, b: 1.000001}\nexpressions:\n  p: exp(a)\n  q: exp(b)\n  y: p - q\n",
    "sigmoid": "inputs: [3]\ntarget: 1\nlayers:\n  - {weights: [[4]], activation: sigmoid}\nloss: squared_error\n",
    "harmless": "inputs: {a: 1, b: 2}\nexpressions:\n  p: exp(a)\n  q: exp(b)\n  y: p*q + p/q\n",
}


def equations(told: Lesson) -> Iterator[tuple[str, Equation]]:
    for step in told.steps:
        for block in step.blocks:
            if isinstance(block, Equation):
                yield step.id, block


def by_calculator(tree: Formula, figures: Mapping[str, Figure]) -> Any:
    """The value of a line from the figures printed on it, and nothing else.  KeyError: one has none."""
    values: dict[str, Any] = {}

    def read(part: Formula) -> Formula | None:
        if not isinstance(part, (Name, Derivative)):
            return None
        key = part.name if isinstance(part, Name) else f"d{part.of}/d{part.by}"
        values[f"#{key}"] = as_mpf(Fraction(figures[key].shown))
        return Name(f"#{key}")

    return evaluate(replace(tree, read), values)


def as_mpf(value: Fraction) -> Any:
    return many.mpf(value.numerator) / value.denominator


def told_of(name: str) -> tuple[Lesson, tuple[Solution, ...]]:
    if name in BUNDLED:
        return lesson(name), solutions(name)
    text = CANCELLING.get(name) or as_yaml(random_network(Random(f"facts {name}")))
    parts = solve(from_text(text))
    return teach(parts), parts


def lines(name: str) -> Iterator[tuple[str, Equation, Fraction, Any]]:
    """The lines whose numbers can be worked out again: what stands there, and the result with all its digits."""
    told, parts = told_of(name)
    if any(part.trace.digits > 100 or part.rounding is not None for part in parts):
        return
    for identifier, equation in equations(told):
        if equation.numbers is None or equation.figure is None:
            continue
        with many.workdps(80):
            try:
                found = by_calculator(equation.numbers, {**told.figures, **equation.finer})
            except ValueError:
                continue
        yield identifier, equation, Fraction(equation.figure.full), found


def error(found: Any, wanted: Fraction) -> Any:
    return abs(found - as_mpf(wanted))


@pytest.mark.parametrize("name", [*BUNDLED, *CANCELLING, *map(str, range(10, 22))])
def test_the_numbers_on_a_line_give_the_result_on_the_line(name: str) -> None:
    for identifier, equation, result, found in lines(name):
        assert equation.figure is not None
        what = f"{identifier}: {found} for {equation.figure.shown}"
        if result == 0:
            # Noise of six digits: what is exactly 0 has no digits to be wrong.
            assert abs(found) <= 1e-5, what
            continue
        assert error(found, result) <= as_mpf(abs(result) * SHOWN_ERROR), what
        shown = Fraction(equation.figure.shown)
        assert error(found, shown) <= as_mpf(abs(result) * (SHOWN_ERROR + LAST_DIGIT)), what


def test_there_are_many_such_lines() -> None:
    counts = {name: sum(1 for _ in lines(name)) for name in BUNDLED}
    assert sum(counts.values()) > 500
    assert sum(count == 0 for count in counts.values()) < len(counts) / 3, counts


def test_more_digits_stand_only_where_the_usual_ones_would_not_do() -> None:
    finer = 0
    for name in (*BUNDLED, *CANCELLING):
        told, _ = told_of(name)
        for identifier, equation, result, _ in lines(name):
            if not equation.finer:
                continue
            finer += 1
            assert equation.numbers is not None
            with many.workdps(80):
                usual = by_calculator(equation.numbers, told.figures)
            assert error(usual, result) > as_mpf(abs(result) * SHOWN_ERROR), f"{name} {identifier}"
            for key, figure in equation.finer.items():
                usual_figure = told.figures[key]
                assert usual_figure.rounded, f"{name} {identifier}"
                assert figure.full == usual_figure.full
                digits = figure.shown.partition("e")[0].strip("-").replace(".", "").lstrip("0")
                assert len(digits) <= MORE
                size = abs(Fraction(figure.full))
                assert abs(Fraction(figure.shown) - Fraction(figure.full)) <= size * Fraction(1, 10 ** (MORE - 1)) / 2
    assert finer >= 4


@pytest.mark.parametrize(
    ("name", "step", "keys"),
    [
        ("1 - tanh(a)^2", "forward/y", {"t"}),
        ("difference", "forward/y", {"p", "q"}),
        ("sigmoid", "backward/dyhat/dz1_1", {"yhat"}),
        ("harmless", "forward/y", set()),
    ],
)
def test_which_lines_need_more_digits(name: str, step: str, keys: set[str]) -> None:
    told, _ = told_of(name)
    (finer,) = (set(equation.finer) for identifier, equation in equations(told) if identifier == step)
    assert finer == keys


def test_a_hand_that_rounds_gets_no_more_digits() -> None:
    parts = solve(from_text(CANCELLING["1 - tanh(a)^2"] + "rounding: {digits: 4}\n"))
    assert not any(equation.finer for _, equation in equations(teach(parts)))


def test_a_loss_that_becomes_exactly_zero_falls() -> None:
    text = "inputs: [1]\ntarget: 1\nlayers:\n  - {weights: [[1]], activation: tanh}\n"
    told = teach(solve(from_text(text + 'loss: {formula: "relu(yhat1)"}\nlearning_rate: 3\n')))
    assert "falls" in str(told.closing)


# Which case holds.

KINKED = """inputs: [1, -2]
target: [1, 5, 0]
layers:
  - weights: [[3, 1], [1, 1], [2, 1]]
    activation: [relu, {leaky_relu: {slope: 1/10}}, {elu: {alpha: 2}}]
  - weights: [[1, 1, 1], [1, -1, 1], [2, 1, 0]]
    activation: [step, identity, relu]
loss: {huber: {delta: 1/2}}
"""
HINGE = """inputs: [1, 2]
target: {class: 2}
layers:
  - {weights: [[1, 1], [1, 0.5], [0, 1]], activation: identity}
loss: {multiclass_hinge: {margin: 1}}
"""
GATES = """inputs: {a: 2, b: -3, c: 2}
expressions:
  p: max(a, b, c)
  q: min(a, b)
  r: abs(b)
  s: relu(b)*step(a) + elu(b, 2)
  y: p*q*r + s
"""


def numbers(part: Solution) -> dict[str, Any]:
    return {name: as_mpf(exact(number)) for name, number in part.trace.values.items()}


def trees(part: Solution) -> Iterator[Formula]:
    """Every formula and every slope of the graph, as it is taught."""
    for node in part.graph.nodes:
        yield from node.op.formula(tuple(Name(name) for name in node.inputs))
    for edges in part.plan.edges.values():
        for edge in edges:
            yield edge.slope


def is_true(words: tuple[object, ...], values: Mapping[str, Any]) -> bool:
    """Whether the sentence, read as it stands, is true of the numbers."""
    start, left, relation, right, end = words
    assert (start, end) == ("At this point ", ".")
    assert isinstance(left, Formula)
    assert isinstance(right, Formula)
    difference = evaluate(left, values) - evaluate(right, values)
    return bool(
        {
            " > ": difference > 0,
            " >= ": difference >= 0,
            " = ": difference == 0,
            " is not greater than ": difference <= 0,
            " is less than ": difference < 0,
            " is not equal to ": difference != 0,
        }[str(relation)]
    )


@pytest.mark.parametrize(
    "text",
    [KINKED, HINGE, GATES, *(as_yaml(random_network(Random(f"cases {seed}"))) for seed in range(30))],
)
def test_what_holds_stands_in_place_of_the_cases(text: str) -> None:
    for part in solve(from_text(text), shortcut=False):
        facts, values = Facts(part), numbers(part)
        for tree in trees(part):
            found, said = facts.decided(tree)
            assert not any(isinstance(inside, Cases) for inside in walk(found))
            assert bool(said) == any(isinstance(inside, Cases) for inside in walk(tree))
            assert len(said) == len(set(said))
            for words in said:
                assert is_true(words, values), words
            if not said:
                assert found == tree
            try:
                wanted = evaluate(tree, values)
            except (ValueError, ZeroDivisionError):
                continue
            assert evaluate(found, values) == wanted


def test_these_problems_have_cases_on_both_sides() -> None:
    relations = set()
    for text in (KINKED, HINGE, GATES):
        (part,) = solve(from_text(text))
        for tree in trees(part):
            relations |= {words[2] for words in Facts(part).decided(tree)[1]}
    assert {" > ", " is not greater than "} <= relations


POINT = "inputs: {a: 2, b: -3, c: 2, k: k}\nexpressions:\n  y: a*b*c*k\n"
A, B, C, K = map(Name, "abck")


@pytest.mark.parametrize(
    ("tree", "wanted", "said"),
    [
        (when(greater(A, B), A, B), A, ((A, " > ", B),)),
        (when(greater(B, A), A, B), B, ((B, " is not greater than ", A),)),
        (when(Condition(A, ">=", C), A, B), A, ((A, " >= ", C),)),
        (when(Condition(B, ">=", C), A, B), B, ((B, " is less than ", C),)),
        (when(Condition(A, "=", C), A, B), A, ((A, " = ", C),)),
        (when(Condition(A, "=", B), A, B), B, ((A, " is not equal to ", B),)),
        (when(greater(B, 0), A, when(greater(A, 1), B, C)), B, ((A, " > ", ONE),)),
        (when(greater(A, B), when(greater(B, A), A, C), B), C, ((A, " > ", B), (B, " is not greater than ", A))),
        (1 + call("exp", when(greater(A, 0), K, B)), 1 + call("exp", K), ((A, " > ", ZERO),)),
        (when(greater(A, 0), K, B) * when(greater(A, 0), B, K), K * B, ((A, " > ", ZERO),)),
        (Negative(A), Negative(A), ()),
        # A symbol decides nothing.
        (when(greater(K, 0), A, B), when(greater(K, 0), A, B), ()),
    ],
)
def test_the_comparison_that_decided_is_said(
    tree: Formula, wanted: Formula, said: tuple[tuple[object, ...], ...]
) -> None:
    (part,) = solve(from_text(POINT))
    found, sentences = Facts(part).decided(tree)
    assert found == wanted
    assert sentences == tuple(("At this point ", *words, ".") for words in said)


def test_lines_of_bundled_problems_have_no_cases_left_where_there_are_numbers() -> None:
    for name in BUNDLED:
        told = lesson(name)
        for identifier, equation in equations(told):
            if equation.numbers is not None and equation.figure is not None:
                assert not any(isinstance(part, Cases) for part in walk(equation.numbers)), f"{name} {identifier}"
                assert all(plain in told.figures for plain in names_in(equation.numbers)), f"{name} {identifier}"
