"""What holds for every lesson, told here for all bundled problems and for networks at random."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from functools import cache
from random import Random
from typing import Any

import numpy as np
import pytest
from reference.formulas import evaluate, many
from reference.graphs import forward, nudged
from reference.networks import as_yaml, random_network
from support import BUNDLED, exact, from_text, problem, solutions

from backprop_tutor import ops
from backprop_tutor.engine.plan import is_told
from backprop_tutor.engine.solve import Solution, solve
from backprop_tutor.graphs.names import gradient
from backprop_tutor.lessons.teach import teach
from backprop_tutor.model.formula import ONE, Derivative, Formula, Name, names_in, walk
from backprop_tutor.model.graph import Role
from backprop_tutor.model.lesson import Equation, Figure, Lesson, Prose, Step, StepKind
from backprop_tutor.reading.formulas import read_formula
from backprop_tutor.writers.json_text import write

RANDOM = tuple(f"network {seed}" for seed in range(1000, 1024))
EVERY = (*BUNDLED, *RANDOM)
SHORTCUTS = (True, False)

DIFFERENTIATED_TWICE = """inputs: {a: 2, b: 3}
expressions:
  p: a*b
  q: p^2 + a
  r: sin(p)
differentiate: [q, r]
"""


@cache
def solved(name: str, shortcut: bool = True) -> tuple[Solution, ...]:
    if name in BUNDLED:
        return solutions(name, shortcut)
    text = DIFFERENTIATED_TWICE if name == "two outputs" else as_yaml(random_network(Random(name)))
    return solve(from_text(text), shortcut=shortcut)


@cache
def told(name: str, shortcut: bool = True) -> Lesson:
    return teach(solved(name, shortcut))


@cache
def printed(name: str, shortcut: bool = True) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(write(told(name, shortcut)), parse_float=Decimal, parse_int=Decimal)
    return found


def step_of(part: Formula, ids: Mapping[str, Step]) -> Step | None:
    """The step that finds what a formula's part stands for."""
    if isinstance(part, Name):
        return ids.get(f"forward/{part.name}")
    if isinstance(part, Derivative):
        return ids.get(f"backward/d{part.of}/d{part.by}")
    return None


def with_needs(step: Step, ids: Mapping[str, Step]) -> set[str]:
    """The ids of everything that a step needs, directly or not."""
    found: set[str] = set()
    waiting = list(step.needs)
    while waiting:
        identifier = waiting.pop()
        if identifier not in found:
            found.add(identifier)
            waiting.extend(ids[identifier].needs)
    return found


every = pytest.mark.parametrize("name", [*EVERY, "two outputs"])
both_ways = pytest.mark.parametrize("shortcut", SHORTCUTS, ids=["shortcut", "long way"])


# The order of telling.


@every
@both_ways
def test_nothing_is_used_before_it_is_shown(name: str, shortcut: bool) -> None:
    lesson = told(name, shortcut)
    ids = {step.id: step for step in lesson.steps}
    seen: set[str] = set()
    for step in lesson.steps:
        assert set(step.needs) <= seen, f"{step.id} needs what comes later"
        for part in walk(step.equation.symbols[-1]):
            used = step_of(part, ids)
            if used is not None:
                assert used.id in seen, f"{step.id} uses {used.id} before it is shown"
                # The tidied-up line of a symbolic result speaks of what its needs were made of.
                needed = step.needs if step.figure is not None else with_needs(step, ids)
                assert used.id in needed, f"{step.id} does not say that it needs {used.id}"
        if step.equation.numbers is not None:
            for part in walk(step.equation.numbers):
                used = step_of(part, ids)
                assert used is None or used.id in seen
        seen.add(step.id)


@every
@both_ways
def test_words_and_chains_name_only_what_is_known(name: str, shortcut: bool) -> None:
    """Formulas inside sentences speak of given and computed values, of their own step, or of what came before."""
    lesson = told(name, shortcut)
    ids = {step.id: step for step in lesson.steps}
    seen: set[str] = set()
    for step in lesson.steps:
        seen.add(step.id)
        sentences = [block.words for block in step.blocks if isinstance(block, Prose)]
        for tree in (part for words in (step.title, *sentences) for part in words if not isinstance(part, str)):
            for part in walk(tree):
                used = step_of(part, ids)
                assert used is None or used.id in seen or used.name.startswith("d"), f"{step.id} speaks of {used.id}"


@every
@both_ways
def test_ids_are_unique_and_numbers_consecutive(name: str, shortcut: bool) -> None:
    steps = told(name, shortcut).steps
    assert len({step.id for step in steps}) == len(steps)
    assert [step.number for step in steps] == list(range(1, len(steps) + 1))
    order = [StepKind.FORWARD, StepKind.BACKWARD, StepKind.UPDATE]
    kinds = [order.index(step.kind) for step in steps]
    assert kinds == sorted(kinds)
    for step in steps:
        assert step.id == f"{step.kind.value}/{step.name}"
        assert step.equation in step.blocks
        assert step.title
        assert step.rule
        assert step.figure == step.equation.figure


# Completeness.


def is_unit(solution: Solution, name: str) -> bool:
    """The objective itself, and the part of a penalized loss that is simply added: gradient 1, told by nobody."""
    if name == solution.plan.objective:
        return True
    edges = solution.plan.edges[name]
    is_part = solution.graph.values[name].label.role is Role.LOSS
    return is_part and len(edges) == 1 and edges[0].target == solution.plan.objective and edges[0].slope == ONE


@every
@both_ways
def test_every_quantity_has_exactly_one_step(name: str, shortcut: bool) -> None:
    parts = solved(name, shortcut)
    steps = told(name, shortcut).steps
    graph = parts[0].graph
    computed = [output for node in graph.nodes for output in node.outputs]
    assert [step.name for step in steps if step.kind is StepKind.FORWARD] == computed
    backward = [step.name for step in steps if step.kind is StepKind.BACKWARD]
    wanted = set()
    slopes = set()
    for solution in parts:
        objective = solution.plan.objective
        # Of what no path leads from, only what was given is told.
        told_of = [plain for plain in solution.plan.order if solution.plan.edges[plain] or plain not in computed]
        wanted |= {gradient(objective, plain) for plain in told_of if not is_unit(solution, plain)}
        slopes |= {edge.name for edges in solution.plan.edges.values() for edge in edges if is_told(edge)}
    assert len(set(backward)) == len(backward)
    assert wanted <= set(backward)
    assert set(backward) - wanted <= slopes
    # What anybody differentiates by and can be reached is in the plan.
    for solution in parts:
        given = {
            plain
            for plain, value in graph.values.items()
            if plain not in computed
            and plain not in graph.constants
            and value.label.role not in {Role.CONSTANT, Role.TARGET}
        }
        assert given <= set(solution.plan.order)


@every
@both_ways
def test_every_gradient_is_the_sum_of_its_paths(name: str, shortcut: bool) -> None:
    for solution in solved(name, shortcut):
        if solution.rounding is not None:
            continue
        trace, plan = solution.trace, solution.plan
        for plain, found in trace.gradients.items():
            if plain == plan.objective:
                assert found == 1
                continue
            shares = [
                exact(trace.gradients[edge.target]) * exact(trace.slopes[plain, position])
                for position, edge in enumerate(plan.edges[plain])
            ]
            size = max([Fraction(1, 10**300), *map(abs, shares)])
            assert abs(sum(shares, Fraction(0)) - exact(found)) <= size / 10**20, plain


@every
def test_figures_add_up_to_the_figure_of_the_gradient(name: str) -> None:
    """The same from the 17 digits that are handed out, edge by edge of the long way."""
    (solution, *_), lesson = solved(name, False), told(name, False)
    if solution.rounding is not None:
        return
    objective = solution.plan.objective
    for plain in solution.trace.gradients:
        if plain == objective:
            continue
        shares = []
        for position, edge in enumerate(solution.plan.edges[plain]):
            if edge.target == objective:
                upstream = Decimal(1)
            else:
                upstream = Decimal(lesson.figures[gradient(objective, edge.target)].full)
            whole = exact(solution.trace.slopes[plain, position])
            slope = Decimal(whole.numerator) / Decimal(whole.denominator)
            alone = sum(other.name == edge.name for other in solution.plan.edges[plain]) == 1
            if edge.name in lesson.figures and edge.target != objective and alone:
                # (Where an edge leads straight to the objective, the figure of its name is the whole gradient.)
                slope = Decimal(lesson.figures[edge.name].full)
                assert abs(slope - Decimal(whole.numerator) / Decimal(whole.denominator)) <= abs(slope) * Decimal(
                    "1e-16"
                )
            shares.append(upstream * slope)
        found = Decimal(lesson.figures[gradient(objective, plain)].full)
        size = max([Decimal("1e-300"), *map(abs, shares)])
        assert abs(sum(shares, Decimal(0)) - found) <= size * Decimal("1e-14"), plain


@every
def test_shortcut_and_long_way_give_the_same_numbers(name: str) -> None:
    short, long = told(name, True).figures, told(name, False).figures
    if solved(name)[0].rounding is not None:
        return
    for plain in short.keys() & long.keys():
        assert short[plain] == long[plain], plain
    named = {plain for plain in short if plain.startswith(("dL/d", "new_"))}
    assert named <= long.keys()


# Figures.


def half_up(value: Fraction, digits: int) -> Decimal:
    """The number with so many significant digits, by the decimal module."""
    with localcontext() as context:
        context.prec = 60
        whole = Decimal(value.numerator) / Decimal(value.denominator)
        context.prec = digits
        context.rounding = ROUND_HALF_UP
        return +whole


def numbers_of(name: str) -> dict[str, object]:
    found: dict[str, object] = {}
    for solution in reversed(solved(name)):
        objective = solution.plan.objective
        found.update(solution.trace.values)
        found.update({gradient(objective, plain): number for plain, number in solution.trace.gradients.items()})
        found.update({f"new_{plain}": number for plain, number in solution.trace.updated.items()})
    return found


@every
def test_figures_have_seventeen_digits_and_are_rounded_half_up(name: str) -> None:
    lesson = told(name)
    given = {plain: value.given for plain, value in lesson.graph.values.items() if value.given is not None}
    rounding = solved(name)[0].rounding
    for plain, number in numbers_of(name).items():
        shown, value = lesson.figures[plain], exact(number)
        if abs(value) < Fraction(1, 10**290) and value != 0:
            continue
        assert Decimal(shown.full) == half_up(value, 17), plain
        if plain in given and given[plain].number is not None:
            assert Fraction(shown.shown) == value
            continue
        assert_shown(shown, value, plain, by_hand=rounding is not None)


def assert_shown(shown: Figure, value: Fraction, plain: str, by_hand: bool) -> None:
    assert re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", shown.shown), plain
    assert not (Decimal(shown.shown) == 0 and shown.shown.startswith("-")), plain
    if by_hand:
        assert Fraction(shown.shown) == value, plain
    elif shown.rounded:
        assert Decimal(shown.shown) == half_up(value, 6), plain
    else:
        assert Fraction(shown.shown) == value, plain


@every
def test_every_step_shows_the_figure_of_its_quantity(name: str) -> None:
    lesson = told(name)
    for step in lesson.steps:
        assert step.figure == lesson.figures.get(step.name)
        assert (step.figure is None) == (step.name in lesson.symbolic)


# Exact and symbolic forms.


@every
@both_ways
def test_exact_forms_are_the_numbers(name: str, shortcut: bool) -> None:
    lesson, numbers = told(name, shortcut), numbers_of(name)
    if solved(name)[0].rounding is not None:
        return
    for step in lesson.steps:
        forms = {form for form in (step.exact, step.equation.exact) if form is not None}
        for form in forms if step.figure is not None else ():
            assert not names_in(form), f"{step.id}: {form}"
            with many.workdps(60 if solved(name)[0].trace.digits <= 100 else 900):
                value = evaluate(form, {})
                assert_equal(value, many.mpf(step.figure.full), 16, f"{step.id}: {form}")
                if step.name in numbers:
                    assert_equal(value, precise(numbers[step.name]), 24, f"{step.id}: {form}")


def assert_equal(found: Any, wanted: Any, digits: int, what: str) -> None:
    """Equal to so many digits; what is exactly 0 on one side is noise on the other."""
    noise = many.mpf(10) ** (8 - many.dps)
    assert abs(found - wanted) <= max(abs(wanted) * many.mpf(10) ** -digits, noise), what


@every
def test_every_line_of_an_equation_has_the_same_value(name: str) -> None:
    """All lines from the symbols to the result, evaluated with what was found before."""
    parts, lesson = solved(name), told(name)
    if parts[0].rounding is not None or not parts[0].trace.values:
        return
    digits = parts[0].trace.digits or 60
    values: dict[str, Any] = {}
    slopes: dict[tuple[str, str, bool], Any] = {}
    with many.workdps(digits):
        for solution in reversed(parts):
            values.update({plain: precise(number) for plain, number in solution.trace.values.items()})
            for (source, position), number in solution.trace.slopes.items():
                edge = solution.plan.edges[source][position]
                if not edge.shortcut:
                    slopes[edge.target, source, True] = precise(number)
            for plain, number in solution.trace.gradients.items():
                slopes[solution.plan.objective, plain, False] = precise(number)
        # With the shortcut a chain still speaks of the slopes on the long way.
        for solution in solved(name, False):
            for (source, position), number in solution.trace.slopes.items():
                edge = solution.plan.edges[source][position]
                slopes.setdefault((edge.target, source, True), precise(number))
        rate = parts[0].problem.learning_rate
        if rate is not None and rate.number is not None:
            values["learning_rate"] = precise(rate.number)
        for step in lesson.steps:
            if step.figure is None:
                continue
            for line in step.equation.symbols:
                try:
                    found = evaluate(line, _Known(values, slopes))
                except (KeyError, ZeroDivisionError, ValueError):
                    continue
                except TypeError:
                    found = _with_derivatives(line, values, slopes)
                if found is None:
                    continue
                assert_equal(found, many.mpf(step.figure.full), 16, f"{step.id}: {line}")


def precise(number: object) -> Any:
    ratio = exact(number)
    return many.mpf(ratio.numerator) / ratio.denominator


class _Known(dict):  # type: ignore[type-arg]
    """Values by name; derivatives are not looked up here."""

    def __init__(self, values: Mapping[str, Any], slopes: Mapping[tuple[str, str, bool], Any]) -> None:
        super().__init__(values)
        self.slopes = slopes


def _with_derivatives(line: Formula, values: Mapping[str, Any], slopes: Mapping[tuple[str, str, bool], Any]) -> Any:
    """The value of a line in which derivatives stand, or None where one of them is not known."""
    from backprop_tutor.model.formula import replace

    known = dict(values)

    def change(part: Formula) -> Formula | None:
        if not isinstance(part, Derivative):
            return None
        key = (part.of, part.by, part.local)
        number = slopes.get(key, slopes.get((part.of, part.by, not part.local)))
        if number is None:
            raise KeyError(key)
        known[f"#{key}"] = number
        return Name(f"#{key}")

    try:
        return evaluate(replace(line, change), known)
    except (KeyError, ZeroDivisionError, ValueError):
        return None


SYMBOLIC = [name for name in BUNDLED if any(value.given is None for value in solutions(name)[0].graph.values.values())]
WITH_SYMBOLS = [name for name in BUNDLED if told(name).symbolic]


def test_there_are_problems_with_symbols() -> None:
    assert len(WITH_SYMBOLS) >= 5


@pytest.mark.parametrize("name", WITH_SYMBOLS)
def test_symbolic_strings_read_back_and_have_the_right_value(name: str) -> None:
    """Numbers for the symbols; values by mpmath from the graph, gradients by nudging: the engine is not asked."""
    document = printed(name)
    functions = ops.vocabulary(("slides",)).functions
    checked = 0
    for solution in solved(name):
        graph, objective = solution.graph, solution.plan.objective
        random = Random(name)
        letters = {plain for plain, value in graph.values.items() if value.given is None}
        letters |= {
            symbol for value in graph.values.values() if value.given for symbol in names_in(value.given.formula)
        }
        letters -= set(graph.producers())
        start = {letter: many.mpf(random.randint(500, 2000)) / 1000 for letter in sorted(letters)}
        values = forward(graph, {}, start)
        known = {**start, **values}

        def read(text: str, known: dict[str, Any] = known) -> Any:
            return evaluate(read_formula(text, functions, known.keys()), known)

        for plain, text in document["values"].items():
            if isinstance(text, str):
                assert abs(read(text) - values[plain]) < many.mpf(10) ** -40 * (1 + abs(values[plain])), plain
                checked += 1
        gradients = document["gradients"] if len(solved(name)) == 1 else document["gradients"][objective]
        for plain, text in gradients.items():
            if isinstance(text, str):
                wanted = nudged(graph, plain, objective, start)
                assert abs(read(text) - wanted) < many.mpf(10) ** -20 * (1 + abs(wanted)), f"{plain}: {text}"
                checked += 1
        for step in document["steps"]:
            if isinstance(step["exact"], str) and isinstance(step["value"], str):
                assert abs(read(step["exact"]) - read(step["value"])) < many.mpf(10) ** -30, step["id"]
    assert checked


@every
def test_exact_strings_in_json_read_back(name: str) -> None:
    functions = ops.vocabulary(("slides",)).functions
    for step in printed(name)["steps"]:
        if isinstance(step["exact"], str) and isinstance(step["value"], Decimal):
            with many.workdps(60 if solved(name)[0].trace.digits <= 100 else 900):
                value = evaluate(read_formula(step["exact"], functions, ()), {})
                assert_equal(value, many.mpf(str(step["value"])), 16, f"{step['id']}: {step['exact']}")


@every
def test_json_repeats_the_lesson(name: str) -> None:
    document, lesson = printed(name), told(name)
    assert [step["id"] for step in document["steps"]] == [step.id for step in lesson.steps]
    assert list(document["values"]) == list(lesson.graph.values)
    for step in document["steps"]:
        assert set(step["needs"]) <= {other["id"] for other in document["steps"]}
        if isinstance(step["value"], Decimal):
            assert len(re.sub(r"e.*|[-.]", "", str(step["value"]).lower()).strip("0")) <= 17
    for solution in solved(name):
        gradients = document["gradients"]
        gradients = gradients if len(solved(name)) == 1 else gradients[solution.plan.objective]
        for plain, number in solution.trace.gradients.items():
            assert isinstance(gradients[plain], Decimal), plain
            value = exact(number)
            if value == 0 or abs(value) > Fraction(1, 10**290):
                assert gradients[plain] == half_up(value, 17)


# Updates.

OPTIMIZERS = [
    "sgd",
    "momentum",
    "{momentum: {beta: 0.5}}",
    "{momentum: {beta: 0.9, nesterov: true}}",
    "{momentum: {beta: 0.9, dampening: 0.5}}",
    "{adam: {beta1: 0.9, beta2: 0.999, epsilon: 1e-8}}",
    "{adam: {beta1: 0.5, beta2: 0.9, epsilon: 0.001}}",
]


@every
def test_updates_go_against_the_gradient(name: str) -> None:
    solution = solved(name)[0]
    rate = solution.problem.learning_rate
    if rate is None:
        assert not solution.trace.updated
        assert not any(step.kind is StepKind.UPDATE for step in told(name).steps)
        return
    if solution.problem.optimizer.name != "sgd" or solution.rounding is not None or rate.number is None:
        return
    graph, trace = solution.graph, solution.trace
    wanted = [plain for plain in graph.parameters if plain not in graph.frozen]
    assert list(trace.updated) == [plain for plain in wanted if plain in trace.gradients and plain in trace.values]
    assert [step.name for step in told(name).steps if step.kind is StepKind.UPDATE] == [f"new_{p}" for p in wanted]
    for plain, new in trace.updated.items():
        by_rule = exact(trace.values[plain]) - rate.number * exact(trace.gradients[plain])
        assert abs(exact(new) - by_rule) <= max(abs(by_rule), Fraction(1)) / 10**40, plain


def first_step(optimizer: str, theta: np.ndarray, g: np.ndarray, rate: float) -> np.ndarray:
    """The first step as PyTorch takes it (torch.optim.SGD and Adam), in NumPy."""
    options = dict(re.findall(r"(\w+): ([\w.-]+)", optimizer.strip("{}").partition(":")[2]))
    if "momentum" in optimizer:
        velocity = g
        beta = float(options.get("beta", 0.9))
        return theta - rate * (g + beta * velocity if options.get("nesterov") == "true" else velocity)
    if "adam" in optimizer:
        beta1, beta2 = float(options["beta1"]), float(options["beta2"])
        m, v = (1 - beta1) * g, (1 - beta2) * g * g
        m_hat, v_hat = m / (1 - beta1), v / (1 - beta2)
        return theta - rate * m_hat / (np.sqrt(v_hat) + float(options["epsilon"]))
    return theta - rate * g


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("seed", range(4))
def test_first_steps_are_those_of_pytorch(optimizer: str, seed: int) -> None:
    random = Random(f"optimizer {seed}")
    network = random_network(random)
    while network.loss == "none" or "cross" in network.loss:
        network = random_network(random)
    network.rate, network.frozen = "0.1", list(network.parameters)[:1]
    (solution,) = solve(from_text(f"{as_yaml(network)}optimizer: {optimizer}\n"))
    names = [plain for plain in network.parameters if plain not in network.frozen]
    assert set(solution.trace.updated) == set(names)
    theta = np.array([float(solution.trace.values[plain]) for plain in names])  # type: ignore[arg-type]
    g = np.array([float(solution.trace.gradients[plain]) for plain in names])  # type: ignore[arg-type]
    found = np.array([float(solution.trace.updated[plain]) for plain in names])  # type: ignore[arg-type]
    np.testing.assert_allclose(found, first_step(optimizer, theta, g, 0.1), rtol=1e-9, atol=1e-15)


def test_the_frozen_stay_as_they_were_in_the_updated_layers() -> None:
    text = """inputs: [1, 2]
target: 1
layers:
  - {weights: [[0.5, 0.25]], bias: [0.75], activation: identity}
loss: squared_error
learning_rate: 0.1
frozen: [b1_1, w1_12]
"""
    document = json.loads(write(teach(solve(from_text(text)))))
    assert set(document["updated"]) == {"w1_11"}
    (layer,) = document["updated_layers"]
    assert layer["weights"][0][1] == 0.25
    assert layer["bias"] == [0.75]


def test_the_equation_is_one_of_the_blocks_that_are_printed() -> None:
    for name in BUNDLED:
        for step in told(name).steps:
            assert sum(isinstance(block, Equation) for block in step.blocks) == 1
    assert problem(BUNDLED[0]).title
