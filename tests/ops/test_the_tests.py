"""The laws can fail: operations that are wrong on purpose, each of which must be caught."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

import laws
import pytest

from backprop_tutor import ops
from backprop_tutor.model.formula import HALF, ONE, ZERO, Condition, Formula, Number, call, formula, greater, when
from backprop_tutor.model.op import Inputs, Kink, Loss, Op, Requirement, Slip, Words, words

Sigmoid = ops.operation("sigmoid")
Relu = ops.operation("relu")
Softmax = ops.operation("softmax")
BinaryCrossEntropy = ops.operation("binary_cross_entropy")


def caught(law: Callable[[Op], object], op: Op, says: str = "") -> None:
    """The law refuses the operation, and accepts the honest one that it is made from."""
    honest = type(op).__mro__[1]
    law(honest())
    with pytest.raises(AssertionError, match=says):
        law(op)


class SlopeOffByALittle(Sigmoid):  # type: ignore[misc, valid-type]
    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        return Number(Fraction(2001, 2000)) * (y[0] * (1 - y[0]))


class SlopeOfTheInput(Sigmoid):  # type: ignore[misc, valid-type]
    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        return x[0] * (1 - x[0])


class SlopeForgetsANeighbour(Softmax):  # type: ignore[misc, valid-type]
    def depends(self, i: int, k: int, count: int) -> bool:
        return i == k


class FlippedKernel(Sigmoid):  # type: ignore[misc, valid-type]
    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        return super().kernel([-x[0]])  # type: ignore[no-any-return]


class KernelOffByALittle(Sigmoid):  # type: ignore[misc, valid-type]
    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        return (super().kernel(x)[0] * (1 + 1e-11),)


class OtherShortForm(Sigmoid):  # type: ignore[misc, valid-type]
    def called(self, x: Inputs) -> tuple[Formula, ...]:
        return (call("tanh", x[0]),)


class TrueSlip(Sigmoid):  # type: ignore[misc, valid-type]
    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        return (Slip("The slope is something else.", call("sigmoid", x[0]) * call("sigmoid", -x[0]), title="Else"),)


class NamelessSlip(Sigmoid):  # type: ignore[misc, valid-type]
    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        return (Slip("The slope is something else.", y[0]),)


class NoHeadings(Sigmoid):  # type: ignore[misc, valid-type]
    """Squash any number into the interval from 0 to 1."""


class EmptyHeading(Sigmoid):  # type: ignore[misc, valid-type]
    """Squash any number into the interval from 0 to 1.

    Why we use it: it is the first one that everybody learns.
    Slope: y(1 - y).
    Watch out:
    """


class NoPage(Sigmoid):  # type: ignore[misc, valid-type]
    pass


class SlopeTooSteepAtTheKink(Relu):  # type: ignore[misc, valid-type]
    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        return when(greater(x[0], 0), ONE, when(Condition(x[0], "=", ZERO), formula(2), ZERO))


class KinkWithoutConvention(Relu):  # type: ignore[misc, valid-type]
    def kinks(self, x: Inputs) -> tuple[Kink, ...]:
        return (Kink(Condition(x[0], "=", ZERO), ""),)


class KinkWhereNoneIs(Relu):  # type: ignore[misc, valid-type]
    def kinks(self, x: Inputs) -> tuple[Kink, ...]:
        return (Kink(Condition(x[0], "=", ONE), "At 1 the slope 1 is used."),)


class KinkNowhere(Relu):  # type: ignore[misc, valid-type]
    def kinks(self, x: Inputs) -> tuple[Kink, ...]:
        return (Kink(Condition(x[0] ** 2, "=", -ONE), "There the slope 1 is used."),)


class Speechless(Sigmoid):  # type: ignore[misc, valid-type]
    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        return ()


class Scolding(Sigmoid):  # type: ignore[misc, valid-type]
    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return words("You simply squash {}.", x[0])


class WithoutConvention(BinaryCrossEntropy):  # type: ignore[misc, valid-type]
    def convention(self) -> Words:
        return ()


class SamplesOutside(BinaryCrossEntropy):  # type: ignore[misc, valid-type]
    def requirements(self, x: Inputs) -> tuple[Requirement, ...]:
        return (Requirement(greater(HALF, x[0]), "the first output is small"),)


class WrongShortcut(BinaryCrossEntropy):  # type: ignore[misc, valid-type]
    def shortcut(self, activation: str, k: int, outputs: Inputs, targets: Inputs) -> Formula | None:
        return targets[k] - outputs[k] if activation == "sigmoid" else None


@pytest.mark.parametrize(
    ("law", "liar", "says"),
    [
        (laws.slope_is_difference_of_formula, SlopeOffByALittle, "slope of output 0"),
        (laws.slope_is_difference_of_kernel, SlopeOffByALittle, "output 0 by input 0"),
        (laws.slope_is_difference_of_formula, SlopeOfTheInput, "slope of output 0"),
        (laws.no_slope_is_left_out, SlopeForgetsANeighbour, "left out"),
        (laws.formula_and_kernel_agree, FlippedKernel, "!="),
        (laws.slope_is_difference_of_kernel, FlippedKernel, "output 0 by input 0"),
        (laws.formula_and_kernel_agree, KernelOffByALittle, "!="),
        (laws.short_form_agrees, OtherShortForm, "at Place"),
        (laws.slips_differ_from_the_truth, TrueSlip, "equal to the truth"),
        (laws.slips_differ_from_the_truth, NamelessSlip, "no headline"),
        (laws.kinks_have_a_fair_slope, SlopeTooSteepAtTheKink, "2.0 is not from 0.0 to 1.0"),
        (laws.kinks_have_a_fair_slope, KinkWithoutConvention, "needs a sentence"),
        (laws.kinks_have_a_fair_slope, KinkWhereNoneIs, "nothing bends"),
        (laws.kinks_have_a_fair_slope, KinkNowhere, "nothing bends"),
        (laws.words_teach, Speechless, "no words"),
        (laws.words_teach, Scolding, "scolds"),
        (laws.words_teach, WithoutConvention, "no words"),
        (laws.samples_keep_the_requirements, SamplesOutside, "first output is small"),
    ],
)
def test_a_wrong_operation_is_caught(law: Callable[[Op], object], liar: type[Op], says: str) -> None:
    caught(law, liar(), says)


@pytest.mark.parametrize(
    ("liar", "says"), [(NoHeadings, "Why we use it"), (EmptyHeading, "Watch out"), (NoPage, "no page")]
)
def test_a_poor_page_is_caught(liar: type[Op], says: str) -> None:
    with pytest.raises(AssertionError, match=says):
        laws.page_has_headings(liar)


def test_sympy_does_not_prove_what_is_wrong() -> None:
    assert laws.slope_is_proved(Sigmoid())
    assert not laws.slope_is_proved(SlopeOffByALittle())
    assert not laws.slope_is_proved(SlopeOfTheInput())


def test_a_wrong_shortcut_is_caught() -> None:
    honest, liar = BinaryCrossEntropy(), WrongShortcut()
    assert isinstance(honest, Loss)
    assert isinstance(liar, Loss)
    assert laws.shortcut_is_the_chain_rule(honest, Sigmoid())
    with pytest.raises(AssertionError, match="output 0"):
        laws.shortcut_is_the_chain_rule(liar, Sigmoid())
