"""The pages mean what the file format says: values of the definitions, and the conventions at kinks."""

from __future__ import annotations

from fractions import Fraction

import pytest
from law_numbers import evaluate, real
from law_places import Place
from laws import close

from backprop_tutor import ops
from backprop_tutor.model.formula import ZERO, Formula, Name, Number, call, formula, greater, total, when
from backprop_tutor.model.op import Loss


def numbers(*values: int | str) -> tuple[Formula, ...]:
    return tuple(formula(Fraction(value)) for value in values)


@pytest.mark.parametrize(
    ("name", "parameters", "inputs", "expected"),
    [
        ("squared_error", {}, (5, 1, 2, 3), "13"),
        ("squared_error", {"outputs": "mean"}, (5, 1, 2, 3), "13/2"),
        ("mean_squared_error", {}, (5, 1, 2, 3), "13/2"),
        ("mean_squared_error", {"outputs": "sum"}, (5, 1, 2, 3), "13"),
        ("half_squared_error", {}, (5, 1, 2, 3), "13/2"),
        ("half_squared_error", {"outputs": "mean"}, (5, 1, 2, 3), "13/4"),
        ("absolute_error", {}, (5, 1, 2, 3), "5"),
        ("huber", {}, (5, 1, 2, "3/2"), "21/8"),
        ("huber", {"delta": Number(Fraction(2))}, (5, 1, 2, "3/2"), "33/8"),
        ("hinge", {}, ("1/2", -3, 1, -1), "1/2"),
        ("hinge", {}, ("1/2", -3, -1, 1), "11/2"),
        ("multiclass_hinge", {}, (1, 2, "3/2", 0, 1, 0), "1/2"),
        ("multiclass_hinge", {"margin": Number(Fraction(2))}, (1, 2, "3/2", 0, 1, 0), "5/2"),
        ("multiclass_hinge", {"outputs": "mean"}, (3, 2, 3, 0, 1, 0), "4/3"),
        ("cross_entropy", {}, ("1/2", "1/2", 1, 0), "0.693147180559945309417232"),
        ("cross_entropy", {"logits": True}, (0, 0, 1, 0), "0.693147180559945309417232"),
        ("binary_cross_entropy", {}, ("1/2", "1/2", 1, 0), "1.386294361119890618834464"),
        ("binary_cross_entropy", {"outputs": "mean"}, ("1/2", "1/2", 1, 0), "0.693147180559945309417232"),
        ("binary_cross_entropy", {"logits": True}, (0, 0, 1, 0), "1.386294361119890618834464"),
        ("leaky_relu", {}, (-2,), "-1/50"),
        ("leaky_relu", {"slope": Number(Fraction(1, 10))}, (-2,), "-1/5"),
        ("elu", {}, (-1,), "-0.632120558828557678404476"),
        ("elu", {"alpha": Number(Fraction(2))}, (-1,), "-1.264241117657115356808952"),
        ("gelu", {}, (1,), "0.841344746068542948585233"),
        ("silu", {}, (1,), "0.731058578630004879251159"),
        ("softplus", {}, (0,), "0.693147180559945309417232"),
        ("step", {}, (0,), "0"),
        ("step", {}, ("1/9",), "1"),
        ("logsumexp", {}, (0, 0), "0.693147180559945309417232"),
        ("tanh", {}, (1,), "0.761594155955764888119458"),
    ],
)
def test_values_are_those_of_the_definitions(
    name: str, parameters: dict[str, Formula | bool | str], inputs: tuple[int | str, ...], expected: str
) -> None:
    place = Place(ops.from_spec(name, parameters), tuple(Fraction(value) for value in inputs))
    assert close(place.point()["y0"], real(Fraction(expected)), 1e-23)


@pytest.mark.parametrize(
    ("name", "parameters", "inputs", "slopes"),
    [
        ("relu", {}, (0,), "0"),
        ("leaky_relu", {}, (0,), "1/100"),
        ("elu", {"alpha": Number(Fraction(2))}, (0,), "2"),
        ("step", {}, (0,), "0"),
        ("abs", {}, (0,), "0"),
        ("sign", {}, (0,), "0"),
        ("max", {}, (4, 4), "1/2 1/2"),
        ("max", {}, (4, 4, 3), "1/2 1/2 0"),
        ("max", {}, (4, 4, 4), "1/3 1/3 1/3"),
        ("min", {}, (3, 4, 3), "1/2 0 1/2"),
        ("absolute_error", {}, (2, 2), "0"),
        ("hinge", {}, (1, 1), "0"),
        ("multiclass_hinge", {}, (1, 2, 0, 1), "0 0"),
        ("huber", {}, (3, 2), "1"),
    ],
)
def test_conventions_at_kinks(
    name: str, parameters: dict[str, Formula | bool | str], inputs: tuple[int, ...], slopes: str
) -> None:
    place = Place(ops.from_spec(name, parameters), tuple(Fraction(value) for value in inputs))
    assert [place.slope(i, k) for i, k in place.edges()] == [real(Fraction(text)) for text in slopes.split()]


def test_a_target_of_zero_needs_no_logarithm() -> None:
    for name in ("cross_entropy", "binary_cross_entropy"):
        (tree,) = ops.operation(name)().formula(numbers(1, 0, 1, 0))
        assert evaluate(tree, {}) == 0
        (tree,) = ops.operation(name)().formula(numbers("1/3", 1))
        assert tree == -call("ln", Fraction(1, 3))
        assert ops.operation(name)().slope(1, 0, numbers(1, "1/2", 1, 0), ()) in {
            ZERO,
            1 / (1 - formula(Fraction(1, 2))),
        }


def test_smooth_elu_and_linear_leaky_relu_have_no_kink() -> None:
    assert ops.from_spec("elu", {}).kinks((Name("z"),)) == ()
    assert ops.from_spec("elu", {"alpha": Number(Fraction(2))}).kinks((Name("z"),)) != ()
    assert ops.from_spec("leaky_relu", {"slope": Number(Fraction(1))}).kinks((Name("z"),)) == ()


def test_a_known_class_leaves_the_multiclass_hinge_without_targets() -> None:
    loss = ops.operation("multiclass_hinge")()
    assert isinstance(loss, Loss)
    known = loss.for_targets([Fraction(0), Fraction(1), Fraction(0)])
    a, b, c = (Name(name) for name in "abc")
    payments = tuple(call("max", 0, wrong - b + 1) for wrong in (a, c))
    assert known.formula((a, b, c, Name("p"), Name("q"), Name("r"))) == (total(payments),)
    slope = known.slope(0, 0, (a, b, c, Name("p"), Name("q"), Name("r")), ())
    assert slope == when(greater(a - b + 1, 0), 1, 0)
    for undecided in ([None, Fraction(1)], [Fraction(1, 2), Fraction(1, 2)], [Fraction(1), Fraction(1)]):
        assert loss.for_targets(undecided) == loss
    assert ops.operation("hinge")().for_targets([Fraction(1)]) == ops.operation("hinge")()  # type: ignore[attr-defined]
