"""Short exact forms without SymPy: putting equal parts together never changes the value."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from reference.formulas import evaluate, many
from reference.networks import as_yaml, random_network
from support import BUNDLED, exact, from_text, solutions

from backprop_tutor.engine.exact import ExactRoad
from backprop_tutor.engine.short_forms import MOST_PARTS, ShortForms, folded
from backprop_tutor.engine.solve import Solution, solve
from backprop_tutor.model.formula import (
    ONE,
    ZERO,
    Call,
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
    formula,
    names_in,
    sqrt,
    walk,
)

TREES = 2500
A, B = call("tanh", 5), exp(formula(2))
X, Y = Name("x"), Name("y")
FEW_FUNCTIONS = ("tanh", "exp", "sin", "sqrt", "ln", "sigmoid")


def random_tree(random: Random, depth: int) -> Formula:
    """Numbers, two names and calls; few different leaves, so that equal parts meet often."""
    if depth == 0 or random.random() < 0.1:
        kind = random.random()
        if kind < 0.5:
            return Number(Fraction(random.randint(-4, 6), random.choice((1, 1, 1, 2, 3))))
        return random.choice((A, B, X, Y))

    def below() -> Formula:
        return random_tree(random, depth - 1)

    match random.randrange(8):
        case 0 | 1:
            return Sum(tuple(below() for _ in range(random.randint(1, 4))))
        case 2 | 3:
            return Product(tuple(below() for _ in range(random.randint(1, 3))))
        case 4:
            return Quotient(below(), below())
        case 5:
            return Power(below(), Number(Fraction(random.randint(-3, 14), random.choice((1, 1, 1, 2)))))
        case 6:
            return Negative(below())
        case _:
            return Call(random.choice(FEW_FUNCTIONS), (below(),))


HERE = {"x": many.mpf(7) / 5, "y": many.mpf(-3) / 11}


def ordinary_value(tree: Formula) -> Any:
    """The value; None where some part has none, or one of no ordinary size."""
    value = None
    for part in reversed(list(walk(tree))):
        try:
            if isinstance(part, Power) and evaluate(part.base, HERE) == 0:
                return None
            value = evaluate(part, HERE)
        except (ValueError, ZeroDivisionError, OverflowError):
            return None
        if abs(value) > 10**8 or (value != 0 and abs(value) < many.mpf(10) ** -12):
            return None
    return value


def test_putting_equal_parts_together_keeps_the_value() -> None:
    checked = smaller = 0
    for seed in range(TREES):
        tree = random_tree(Random(f"tree {seed}"), 4)
        value = ordinary_value(tree)
        if value is None:
            continue
        found = folded(tree)
        assert abs(evaluate(found, HERE) - value) <= many.mpf(10) ** -30 * (1 + abs(value)), f"{tree}\n{found}"
        assert set(names_in(found)) <= set(names_in(tree))
        checked += 1
        smaller += sum(1 for _ in walk(found)) < sum(1 for _ in walk(tree))
    assert checked > TREES / 3
    assert smaller > checked / 2


def test_folding_twice_changes_nothing_of_what_is_worth_anything() -> None:
    for seed in range(600):
        tree = random_tree(Random(f"again {seed}"), 3)
        value = ordinary_value(tree)
        if value is not None:
            once = folded(tree)
            assert abs(evaluate(folded(once), HERE) - value) <= many.mpf(10) ** -30 * (1 + abs(value)), tree


def test_a_power_of_zero_with_exponent_zero_is_one() -> None:
    assert folded(Power(ZERO, ZERO)) == ONE
    (part,) = solve(from_text("inputs: {x: 0, a: 1}\nexpressions:\n  y: tanh(a) + x^0\n"))
    assert part.short.value("y") == call("tanh", 1) + 1


def whole(value: int) -> Number:
    return Number(Fraction(value))


@pytest.mark.parametrize(
    ("tree", "wanted"),
    [
        (A + A, whole(2) * A),
        (A + 3 * A - Fraction(1, 2) * A, Number(Fraction(7, 2)) * A),
        (A - A, ZERO),
        (A + B - A, B),
        (A * A, Power(A, whole(2))),
        (A * A**2 * A, Power(A, whole(4))),
        (A**2 / A, A),
        (A / A**3, Quotient(ONE, Power(A, whole(2)))),
        (A / A, ONE),
        (A / B * B, A),
        (2 * A * 3 * B, whole(6) * A * B),
        (Product((whole(0), A)), ZERO),
        (Product((whole(-1), A)), Negative(A)),
        (Negative(Negative(A)), A),
        (-(A - B), B - A),
        (whole(2) * (A * A), whole(2) * Power(A, whole(2))),
        (formula(1) + 2 + 3, whole(6)),
        (formula(1) - 4, Negative(whole(3))),
        (Quotient(whole(3), whole(6)), Number(Fraction(1, 2))),
        (Power(whole(2), whole(5)), whole(32)),
        (Power(whole(2), whole(-2)), Number(Fraction(1, 4))),
        (call("tanh", formula(2) + 3), A),
        # As written: a before b, the plain number behind them, what is subtracted last.
        (B + A, B + A),
        (B * A, B * A),
        (2 + A + B, A + B + 2),
        (1 - A**2, 1 - Power(A, whole(2))),
        (-A + B, B - A),
        (A**2 - A * B + A * B, Power(A, whole(2))),
        (sqrt(formula(2)) * sqrt(formula(2)), Power(sqrt(formula(2)), whole(2))),
    ],
)
def test_like_terms_and_powers_come_together_in_the_order_of_writing(tree: Formula, wanted: Formula) -> None:
    assert folded(tree) == wanted


def rational_solutions() -> list[tuple[str, Solution]]:
    """Solutions whose short forms need no SymPy: networks at random and the bundled problems."""
    found = []
    for seed in range(60):
        network = random_network(Random(f"short {seed}"))
        for shortcut in (True, False):
            found += [(f"network {seed}", part) for part in solve(from_text(as_yaml(network)), shortcut=shortcut)]
    found += [(name, part) for name in BUNDLED for part in solutions(name)]
    return [(name, part) for name, part in found if isinstance(part.short, ShortForms) and part.rounding is None]


def precise(number: object) -> Any:
    ratio = exact(number)
    return many.mpf(ratio.numerator) / ratio.denominator


def test_forms_are_the_numbers_of_the_trace() -> None:
    parts = rational_solutions()
    assert len(parts) > 60
    counts = {"value": 0, "gradient": 0, "slope": 0}
    for name, part in parts:
        trace = part.trace
        forms: list[tuple[str, str, Formula | None, object]] = []
        forms += [("value", plain, part.short.value(plain), number) for plain, number in trace.values.items()]
        forms += [("gradient", plain, part.short.gradient(plain), number) for plain, number in trace.gradients.items()]
        forms += [("slope", str(key), part.short.slope(*key), number) for key, number in trace.slopes.items()]
        with many.workdps(max(60, trace.digits)):
            for kind, plain, form, number in forms:
                if form is None:
                    continue
                assert not names_in(form), f"{name} {plain}"
                size = sum(1 for _ in walk(form))
                assert size <= MOST_PARTS, f"{name} {plain}"
                wanted = precise(number)
                noise = max(abs(wanted) * many.mpf(10) ** -24, many.mpf(10) ** (10 - many.dps))
                assert abs(evaluate(form, {}) - wanted) <= noise, f"{name} {kind} {plain}: {form}"
                counts[kind] += size > 1
    # Forms of more than a plain number, of each kind: else nothing was tested.
    assert min(counts.values()) > 50, counts


def test_roots_constants_and_symbols_are_sympys() -> None:
    for given in ("sqrt(2)", "ln(2)", "k"):
        (part,) = solve(from_text(f"inputs: {{x: {given}}}\nexpressions:\n  y: x^2 + tanh(x)\n"))
        assert isinstance(part.short, ExactRoad), given
    (part,) = solve(from_text("inputs: {x: 1/3}\nexpressions:\n  y: x^2 + tanh(x)\n"))
    assert part.short.value("y") == call("tanh", Fraction(1, 3)) + Fraction(1, 9)


SOLVE = """
import io, sys
from backprop_tutor.cli import app
sys.argv = ["backprop-tutor", "solve", *sys.argv[1:]]
sys.stdout = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
try:
    app.main()
except SystemExit as done:
    assert not done.code, done.code
sys.stdout.flush()
assert len(sys.stdout.buffer.getvalue()) > 200
sys.stderr.write(str("sympy" in sys.modules))
"""


@pytest.mark.parametrize(
    ("arguments", "needs_sympy"),
    [
        (("cmu-tanh",), "False"),
        (("slides-example-3",), "False"),
        (("cmu-tanh", "--exact", "--only", "z1_1"), "True"),
    ],
    ids=lambda part: " ".join(part) if isinstance(part, tuple) else None,
)
def test_an_ordinary_network_is_solved_without_sympy(arguments: tuple[str, ...], needs_sympy: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SOLVE, *arguments], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stderr == needs_sympy
