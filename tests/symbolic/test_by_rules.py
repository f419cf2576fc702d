"""The rules of the board against SymPy: the same derivative at random points, and words that name what is there."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from random import Random
from typing import Any

import pytest
from reference.formulas import evaluate, many

from backprop_tutor import ops
from backprop_tutor.errors import UndefinedValueError
from backprop_tutor.model.formula import (
    ONE,
    PI,
    ZERO,
    Call,
    Condition,
    Derivative,
    Formula,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    call,
    exp,
    greater,
    ln,
    names_in,
    sqrt,
    walk,
    when,
)
from backprop_tutor.model.op import Words
from backprop_tutor.symbolic.by_rules import differentiate, explain
from backprop_tutor.symbolic.expression import by_sympy, derivative

NAMES = ("x", "y", "z")
POINTS = 12
FORMULAS = 260
LARGEST = 10**6
X, Y, Z, S = Name("x"), Name("y"), Name("z"), Name("s")


@cache
def functions() -> tuple[str, ...]:
    """Every function that an author may write in a formula."""
    return tuple(name for name, page in ops.operations().items() if "function" in page.kinds)


def fewest_inputs(function: str) -> int:
    """How many inputs the function needs; what takes any number is given two at least."""
    fewest, most = ops.operation(function).arity
    return fewest if most == fewest else max(fewest, 2)


def called(function: str, random: Random, depth: int) -> Formula:
    """The function of random arguments; half the time with its parameters."""
    page = ops.operation(function)
    fewest = fewest_inputs(function)
    count = fewest if fewest == page.arity[1] else random.randint(fewest, 3)
    inputs = [random_formula(random, depth) for _ in range(count)]
    parameters = [number(random) for _ in page.call_parameters] if random.random() < 0.5 else []
    return call(function, *inputs, *parameters)


def number(random: Random) -> Formula:
    return Number(Fraction(random.randint(1, 12), random.choice((1, 1, 2, 3, 4))))


def random_formula(random: Random, depth: int) -> Formula:
    """A formula as the reader makes them: numbers are not negative, products have up to five factors."""
    if depth == 0 or random.random() < 0.08:
        return number(random) if random.random() < 0.25 else Name(random.choice(NAMES))

    def below() -> Formula:
        return random_formula(random, depth - 1)

    match random.randrange(9):
        case 0:
            return Sum(tuple(below() for _ in range(random.randint(2, 3))))
        case 1:
            return Sum((below(), Negative(below())))
        case 2:
            return Product(tuple(below() for _ in range(random.randint(2, 5))))
        case 3:
            return Quotient(below(), below())
        case 4:
            return Power(below(), random_exponent(random, depth))
        case 5:
            return Negative(below())
        case _:
            return called(random.choice(functions()), random, depth - 1)


def random_exponent(random: Random, depth: int) -> Formula:
    kind = random.random()
    if kind < 0.35:
        return Number(Fraction(random.randint(0, 4)))
    if kind < 0.5:
        return Negative(Number(Fraction(random.randint(1, 3), random.randint(1, 2))))
    if kind < 0.65:
        return Number(Fraction(random.randint(1, 5), 2))
    return Name(random.choice(NAMES)) if kind < 0.85 else random_formula(random, depth - 1)


def points(random: Random, tree: Formula) -> list[dict[str, Any]]:
    """Points at which every part of the formula has a value of ordinary size."""
    found: list[dict[str, Any]] = []
    for attempt in range(12 * POINTS):
        lowest = -1500 if attempt % 2 else 100
        here = {name: many.mpf(random.randint(lowest, 2500)) / 1009 for name in NAMES}
        if is_ordinary(tree, here):
            found.append(here)
        if len(found) == POINTS:
            break
    return found


def is_ordinary(tree: Formula, here: Mapping[str, Any]) -> bool:
    for part in reversed(list(walk(tree))):
        try:
            if not abs(evaluate(part, here)) < LARGEST:
                return False
        except (ValueError, ZeroDivisionError):
            return False
    return True


def value_at(tree: Formula, here: Mapping[str, Any]) -> Any:
    """The value, or None where there is none."""
    try:
        found = evaluate(tree, here)
    except (ValueError, ZeroDivisionError):
        return None
    return found if many.isfinite(found) else None


def compare(tree: Formula, random: Random) -> int:
    """How many derivatives were found equal, at all points where both forms have a value."""
    compared = 0
    here = points(random, tree)
    for name in NAMES:
        by_rules = differentiate(tree, name)
        assert by_rules is not None, f"no rule for d/d{name} of {tree}"
        if not here:
            continue
        try:
            sympys = by_sympy(tree, name)
        except UndefinedValueError:
            continue
        if sympys is None:
            continue
        for point in here:
            ours, wanted = value_at(by_rules, point), value_at(sympys, point)
            if ours is None or wanted is None:
                continue
            noise = many.mpf(10) ** -35 * (1 + abs(wanted))
            assert abs(ours - wanted) <= noise, f"d/d{name} of {tree}\nat {point}: {ours}, not {wanted}"
            compared += 1
    return compared


def test_random_formulas_have_sympys_derivative() -> None:
    formulas = [random_formula(Random(f"rules {seed}"), 3) for seed in range(FORMULAS)]
    counts = [compare(tree, Random(f"points {seed}")) for seed, tree in enumerate(formulas)]
    # The test is of no use when nearly all points lie outside the domain.
    assert sum(count >= POINTS for count in counts) > 0.7 * FORMULAS
    kinds = {type(part) for tree in formulas for part in walk(tree)}
    assert {Sum, Product, Quotient, Power, Negative, Call} <= kinds
    assert any(isinstance(part, Power) and names_in(part.exponent) for tree in formulas for part in walk(tree))


@pytest.mark.parametrize("outer", functions())
def test_every_function_of_every_function(outer: str) -> None:
    random = Random(f"nested {outer}")
    compared = 0
    for inner in functions():
        # 3/2 + x/5 and the like keep most arguments inside the domains of ln and sqrt.
        arguments = [Sum((Number(Fraction(3, 2)), Product((Number(Fraction(1, 5)), n)))) for n in (X, Y, Z)]
        inside = call(inner, *arguments[: fewest_inputs(inner)])
        tree = call(outer, inside, *(Name(name) for name in NAMES[1 : fewest_inputs(outer)]))
        compared += compare(tree, random) > 0
    assert compared > len(functions()) / 2


@pytest.mark.parametrize(
    ("tree", "by", "wanted"),
    [
        (X * Y, "x", Y),
        (X**2 * Y, "x", Number(Fraction(2)) * X * Y),
        (Power(X, Number(Fraction(3))), "x", Number(Fraction(3)) * Power(X, Number(Fraction(2)))),
        (Power(X, ONE), "x", ONE),
        (X / Y, "x", ONE / Y),
        (X / Y, "y", Negative(X / Y**2)),
        (X / (X + Y), "x", Sum((X + Y, Negative(X))) / Power(X + Y, Number(Fraction(2)))),
        (Power(Y, X), "x", Power(Y, X) * ln(Y)),
        (Negative(Negative(X)), "x", ONE),
        (X + 3, "x", ONE),
        (X + 3, "y", ZERO),
        (exp(Number(Fraction(2)) * X), "x", exp(Number(Fraction(2)) * X) * 2),
        (call("sin", X) * Y * X, "x", Sum((call("cos", X) * Y * X, call("sin", X) * Y))),
    ],
)
def test_factors_stand_as_they_do_on_paper(tree: Formula, by: str, wanted: Formula) -> None:
    assert differentiate(tree, by) == wanted


def test_a_parameter_has_no_rule_but_does_not_disturb_the_others() -> None:
    tree = call("leaky_relu", X, S)
    assert differentiate(tree, "s") is None
    assert differentiate(Y * tree + S, "s") is None
    assert differentiate(Quotient(ONE, tree), "s") is None
    assert differentiate(Quotient(tree, Y), "s") is None
    assert differentiate(Power(tree, Number(Fraction(2))), "s") is None
    assert differentiate(Negative(tree), "s") is None
    assert differentiate(exp(tree), "s") is None
    found = differentiate(tree, "x")
    assert found is not None
    for x in (-2, 3):
        here = {"x": many.mpf(x), "s": many.mpf("0.3")}
        assert evaluate(found, here) == (1 if x > 0 else here["s"])


ODD = (
    ZERO,
    PI,
    X,
    Derivative("a", "x"),
    X * Derivative("a", "b"),
    when(greater(X, 0), X, Negative(X)),
    Y * when(Condition(X, "=", ZERO), ONE, X),
    exp(when(greater(Y, X), Y, X)),
    Power(PI, X),
    Power(X, X),
    Power(ZERO, X),
    Power(X, ZERO),
    ONE / 0 + X,
    Quotient(X, ZERO),
    X / X,
    Sum((X,)),
    Product((X,)),
    ln(ZERO) * X,
    sqrt(X - X),
    call("leaky_relu", X, S),
    call("elu", Y, S),
    call("max", X, X, X),
    call("logsumexp", X, Y, X),
)


def test_no_formula_and_no_name_raises() -> None:
    random = Random("anything")
    trees = [*ODD, *(random_formula(random, random.randint(0, 4)) for _ in range(400))]
    for tree in trees:
        for name in (*NAMES, "s", "absent", ""):
            found = differentiate(tree, name)
            if name not in names_in(tree):
                assert found == ZERO
            if found is not None:
                assert set(names_in(found)) <= set(names_in(tree))
            assert_words_name_what_is_there(tree, name)


def assert_words_name_what_is_there(tree: Formula, name: str) -> None:
    words = explain(tree, name)
    formulas = [part for part in words if not isinstance(part, str)]
    said = "".join(part if isinstance(part, str) else "#" for part in words)
    assert said.strip(), tree
    assert said.rstrip().endswith("."), said
    parts = set(walk(tree))
    for part in formulas:
        assert set(names_in(part)) <= {name, *names_in(tree)}, said
        # Products of what is left over are new, and so is the slope of a function, which ends a sentence.
        new = isinstance(part, (Product, Name)) or part in (ONE, slope_named(words))
        assert new or part in parts, said


def slope_named(words: Words) -> Formula | None:
    """The slope in "The slope of sin(x) is cos(x)."."""
    last = [part for part in words if not isinstance(part, str)][-1:]
    said = [part for part in words if isinstance(part, str)]
    return last[0] if last and " is " in said else None


@pytest.mark.parametrize(
    ("tree", "by", "rule"),
    [
        (X * exp(X), "x", "Product rule"),
        (Y * exp(X), "x", "stays as a factor"),
        (X / (X + 1), "x", "Quotient rule"),
        (X / Y, "x", "The denominator does not contain"),
        (X**3, "x", "Power rule"),
        ((X + Y) ** 3, "x", "slope of what is inside"),
        (Power(Y, X), "x", "stands in the exponent"),
        (X + X**2, "x", "term by term"),
        (Y + X**2, "x", "the other terms drop out"),
        (Negative(X**2), "x", "The minus stays in front"),
        (call("sin", X * Y), "x", "slope of the outer function"),
        (X + Y, "z", "does not contain"),
    ],
)
def test_the_rule_that_is_named_is_the_one_that_is_used(tree: Formula, by: str, rule: str) -> None:
    assert rule in "".join(part for part in explain(tree, by) if isinstance(part, str))


def test_where_sympy_stacks_fractions_the_slope_has_the_shape_of_the_quotient_rule() -> None:
    """(2x + z(x² + y)/(y − zx))/(y − zx) is nobody's way to write it."""
    below = Sum((Y, Negative(Z * X)))
    above = Sum((X**2, Y))
    assert derivative(above / below, "x") == differentiate(above / below, "x")
    # What the rules do not make plainer stays as it was found.
    assert derivative(2 * X - Y, "x") == by_sympy(2 * X - Y, "x")
    stacked = X / (Y / Z)
    assert derivative(stacked, "y") == by_sympy(stacked, "y")
