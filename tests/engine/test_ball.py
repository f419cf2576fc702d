"""Every operation on balls encloses what it should, whatever true numbers its arguments stand for."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random

import pytest
from mpmath import mp, mpf, workdps
from mpmath.libmp import from_rational, fzero

from backprop_tutor.engine import ball
from backprop_tutor.engine.ball import Ball, ImpreciseError

PRECISION = 60
TRUTH = 120

ONE_ARGUMENT: dict[str, tuple[Callable[[Ball, int], Ball], Callable[[mpf], mpf], tuple[int, int]]] = {
    "exp": (ball.exp, mp.exp, (-30, 30)),
    "ln": (ball.ln, mp.ln, (1, 50)),
    "sqrt": (ball.sqrt, mp.sqrt, (1, 50)),
    "sin": (ball.sin, mp.sin, (-10, 10)),
    "cos": (ball.cos, mp.cos, (-10, 10)),
    "tan": (ball.tan, mp.tan, (-10, 10)),
    "tanh": (ball.tanh, mp.tanh, (-20, 20)),
    "erf": (ball.erf, mp.erf, (-5, 5)),
    "cube": (lambda a, precision: ball.power(a, 3, precision), lambda x: x**3, (-20, 20)),
    "inverse square": (lambda a, precision: ball.power(a, -2, precision), lambda x: x**-2, (1, 20)),
    "absolute": (lambda a, _: ball.absolute(a), abs, (-20, 20)),
    "negative": (lambda a, _: ball.negative(a), lambda x: -x, (-20, 20)),
}
TWO_ARGUMENTS: dict[str, tuple[Callable[[Ball, Ball, int], Ball], Callable[[mpf, mpf], mpf]]] = {
    "add": (ball.add, lambda x, y: x + y),
    "multiply": (ball.multiply, lambda x, y: x * y),
    "divide": (ball.divide, lambda x, y: x / y),
}


def random_ball(random: Random, low: int, high: int) -> tuple[Ball, list[mpf]]:
    """A ball, and true numbers that it may stand for: its ends and a point inside."""
    middle = Fraction(random.randint(low * 1000, high * 1000), 1000)
    radius = Fraction(random.choice((0, 1, 1, 1)), 2 ** random.randint(3, 55))
    raw = [from_rational(part.numerator, part.denominator, PRECISION) for part in (middle, radius)]
    found = Ball(*raw) if radius else Ball(raw[0], fzero)
    with workdps(TRUTH):
        mid, rad = mp.make_mpf(found._mpf_), mp.make_mpf(found.rad)
        return found, [mid - rad, mid + rad, mid + rad * random.randint(-999, 999) / 1000]


def assert_encloses(found: Ball, truth: mpf) -> None:
    mid, rad = mp.make_mpf(found._mpf_), mp.make_mpf(found.rad)
    assert abs(truth - mid) <= rad, f"{found!r} does not hold {truth}"


@pytest.mark.parametrize("name", ONE_ARGUMENT)
def test_functions_of_one_ball(name: str) -> None:
    operation, truth, (low, high) = ONE_ARGUMENT[name]
    random = Random(name)
    checked = 0
    for _ in range(300):
        argument, points = random_ball(random, low, high)
        try:
            found = operation(argument, PRECISION)
        except ImpreciseError:
            continue
        with workdps(TRUTH):
            for point in points:
                assert_encloses(found, truth(point))
        checked += 1
    assert checked > 200


@pytest.mark.parametrize("name", TWO_ARGUMENTS)
def test_operations_on_two_balls(name: str) -> None:
    operation, truth = TWO_ARGUMENTS[name]
    random = Random(name)
    checked = 0
    for _ in range(300):
        (a, a_points), (b, b_points) = random_ball(random, -20, 20), random_ball(random, -20, 20)
        try:
            found = operation(a, b, PRECISION)
        except ImpreciseError:
            continue
        with workdps(TRUTH):
            for x in a_points:
                for y in b_points:
                    assert_encloses(found, truth(x, y))
        checked += 1
    assert checked > 200


def test_the_radius_is_not_wasted() -> None:
    """A thousand sums lose about as many digits as their errors add up to, not one bit each."""
    third = ball.from_fraction(Fraction(1, 3), PRECISION)
    value = third
    for _ in range(1000):
        value = ball.add(value, third, PRECISION)
    assert value.is_known_to(PRECISION - 12)


def test_what_may_be_zero_is_no_denominator() -> None:
    third = ball.from_fraction(Fraction(1, 3), PRECISION)
    nothing = ball.add(third, ball.negative(third), PRECISION)
    assert nothing.holds_zero
    with pytest.raises(ImpreciseError):
        ball.divide(third, nothing, PRECISION)
    with pytest.raises(ImpreciseError):
        ball.ln(nothing, PRECISION)
    assert ball.sqrt(nothing, PRECISION).holds_zero


def test_far_out_tanh_and_erf_are_nearly_one() -> None:
    for operation, x in ((ball.tanh, 1001), (ball.erf, 46)):
        found = operation(ball.from_fraction(Fraction(-x), PRECISION), 4000)
        assert float(found) == -1
        with workdps(1000):
            assert_encloses(found, mp.tanh(-x) if operation is ball.tanh else mp.erf(-x))
