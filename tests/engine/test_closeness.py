"""When a reader is told that a number lies so close to 0 or 1 that it is not seen."""

from __future__ import annotations

import pytest
from mpmath import exp, fsum, mpf, pi, sin, sqrt, workdps
from support import BUNDLED, from_text, lesson, solutions

from backprop_tutor.engine.closeness import MANY_DIGITS, is_close
from backprop_tutor.engine.solve import Solution, solve

CLOSE = "so close to 0 or 1"
CHAIN = """title: Close
inputs: {x: 1}
expressions:
"""


def solved(*lines: str) -> Solution:
    """A problem of these formulas, solved."""
    [solution] = solve(from_text(CHAIN + "".join(f"  {line}\n" for line in lines)))
    return solution


def test_only_one_of_our_problems_is_saturated() -> None:
    found = [name for name in BUNDLED if any(is_close(solution.trace) for solution in solutions(name))]
    assert found == ["saturated-logistic"]
    assert [name for name in BUNDLED if CLOSE in str(lesson(name).opening)] == found
    with workdps(800):
        rest = 1 - 1 / (1 + exp(mpf(-800)))
        assert 0 < rest < mpf(10) ** -347


@pytest.mark.parametrize("name", ["week05-polar-point", "softmax-large-scores"])
def test_what_is_0_without_any_difference_is_not_called_close(name: str) -> None:
    [solution] = solutions(name)
    assert solution.trace.digits > MANY_DIGITS
    assert 0 in [*solution.trace.gradients.values()]
    assert not is_close(solution.trace)


def test_these_two_are_0_by_themselves() -> None:
    with workdps(800):
        assert abs(-2 * sqrt(3) * 2 * sin(pi / 6) + 2 * sqrt(3)) < mpf(10) ** -790
        total = fsum(exp(mpf(score)) for score in (3, 2, 0))
        shares = [exp(mpf(score)) / total for score in (3, 2, 0)]
        assert all(0.01 < share < 0.99 for share in shares)
        assert abs(500 * (fsum(shares) - 1)) < mpf(10) ** -790


@pytest.mark.parametrize(
    "lines",
    [
        # What lies close to 1 may stand inside a formula, and only what lies close to 0 is left of it.
        ("y: 1 - tanh(300*x)^2", "L: ln(y)"),
        ("y: tanh(-300*x)", "L: ln(1 + y)"),
        ("y: exp(-300*x)", "L: ln(1 + y) - ln(1 - y)"),
    ],
)
def test_what_is_really_close(lines: tuple[str, ...]) -> None:
    solution = solved(*lines)
    assert solution.trace.digits > MANY_DIGITS
    assert is_close(solution.trace)


def test_an_ordinary_problem_is_not() -> None:
    assert not is_close(solved("y: exp(x) - 2", "L: y^2").trace)
