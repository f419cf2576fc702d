"""One rule taken wrongly: the wrong slope that a learner would write, and never the right one in another form."""

from __future__ import annotations

from fractions import Fraction

import pytest
from reference.formulas import evaluate, many
from support import BUNDLED, problem, solutions

from backprop_tutor.model.formula import Call, Formula, Name, Negative, Number, call, exp, formula, names_in
from backprop_tutor.symbolic import slips as module
from backprop_tutor.symbolic.by_rules import differentiate
from backprop_tutor.symbolic.expression import Expression
from backprop_tutor.symbolic.slips import Rule, slips

X, Y, W = Name("x"), Name("y"), Name("w")
HERE = {"x": many.mpf("1.37"), "y": many.mpf("-0.61"), "w": many.mpf("0.83")}


def sigmoid(z: Formula) -> Call:
    return call("sigmoid", z)


@pytest.mark.parametrize(
    ("tree", "rule", "wrong"),
    [
        (W * X + Y, module.FACTOR_KEPT, W),
        (W * X + Y, module.FACTOR_LEFT_OUT, formula(1)),
        (2 * W * X, module.FACTORS_ADDED, 2 + X),
        (Y - W, module.MINUS_LOST, formula(1)),
        (W * exp(W), module.PRODUCT_OF_SLOPES, exp(W)),
        (W * exp(W), module.SHARE_LEFT_OUT, exp(W)),
        (W * exp(W), module.OTHER_SHARE_LEFT_OUT, W * exp(W)),
        (W * call("cos", X), module.FACTOR_DIFFERENTIATED, Negative(call("sin", X))),
        (W / X, module.DENOMINATOR_LEFT_OUT, formula(1)),
        (W / X, module.DENOMINATOR_SQUARED, 1 / X**2),
        (X / W**2, module.INNER_BELOW_LEFT_OUT, Negative(X / W**4)),
        (X / W**2, module.SLOPES_DIVIDED, 1 / (2 * W)),
        (W / (W**2 + X), module.SLOPES_DIVIDED, 1 / (2 * W)),
        (W / (W**2 + X), module.INNER_BELOW_LEFT_OUT, (X + W**2 - W) / (W**2 + X) ** 2),
        (W / X, module.DENOMINATOR_FOR_SLOPE, X),
        (X / W, module.SIGN_OF_QUOTIENT, X / W**2),
        (X / W, module.DENOMINATOR_NOT_SQUARED, Negative(X / W)),
        (X / W, module.NUMERATOR_LEFT_OUT, Negative(1 / W**2)),
        (W / (W + X), module.QUOTIENT_ADDED, (2 * W + X) / (W + X) ** 2),
        (W / (W + X), module.DENOMINATOR_NOT_SQUARED, X / (W + X)),
        ((W * X - Y) ** 3, module.EXPONENT_LOST, (W * X - Y) ** 2 * X),
        ((W * X - Y) ** 3, module.EXPONENT_KEPT, 3 * (W * X - Y) ** 3 * X),
        ((W * X - Y) ** 3, module.INNER_LEFT_OUT, 3 * (W * X - Y) ** 2),
        ((W * X - Y) ** 3, module.FACTOR_KEPT, 3 * (W * X - Y) ** 2 * W),
        (sigmoid(W * X), module.INNER_LEFT_OUT, sigmoid(W * X) * (1 - sigmoid(W * X))),
        (Y * sigmoid(W * X), module.FACTOR_KEPT, Y * sigmoid(W * X) * (1 - sigmoid(W * X)) * W),
        (call("max", W * X, Y * W**2), module.SHARE_LEFT_OUT, X),
    ],
)
def test_the_wrong_slope_is_that_of_the_slip(tree: Formula, rule: Rule, wrong: Formula) -> None:
    found = [slip.wrong for slip in slips(tree, "w") if (slip.title, slip.repair) == (rule.title, rule.repair)]
    assert [many.nstr(evaluate(each, HERE), 15) for each in found] == [many.nstr(evaluate(wrong, HERE), 15)]


def test_a_slip_in_an_operation_is_the_one_on_its_page() -> None:
    ideas = {slip.idea: slip.wrong for slip in slips(Y * sigmoid(W * X), "w") if slip.idea}
    value = evaluate(ideas["M06"], HERE)
    s = evaluate(sigmoid(W * X), HERE)
    assert {"M06", "M08", "M09"} <= set(ideas)
    assert any(abs(value - HERE["y"] * factor * HERE["x"]) < 1e-12 for factor in (s, 1 - s))


def _lines() -> list[tuple[str, Formula, str]]:
    found = []
    for name in BUNDLED:
        for node in solutions(name)[0].graph.nodes if problem(name) else ():
            if isinstance(node.op, Expression):
                found += [(name, node.op.tree, by) for by in names_in(node.op.tree)]
    return found


def test_every_slip_in_a_bundled_line_tells_itself_from_the_truth() -> None:
    count = 0
    for name, tree, by in _lines():
        right = differentiate(tree, by)
        for slip in slips(tree, by):
            assert right is not None
            assert slip.repair.endswith("."), name
            assert _tells(slip.wrong, right, tree), (name, tree, by, slip)
            count += 1
    assert count > 50


def _tells(wrong: Formula, right: Formula, tree: Formula) -> bool:
    """Whether the two differ at some point; where there is none with values, nothing is claimed."""
    seen = False
    names = names_in(tree)
    for shift in range(12):
        here = {
            name: many.mpf(((7 * i + 11 * shift) % 23) - 9) / 10 + many.mpf("0.013") for i, name in enumerate(names)
        }
        try:
            one, other = evaluate(wrong, here), evaluate(right, here)
        except (ValueError, ZeroDivisionError, KeyError):
            continue
        seen = True
        if abs(one - other) > 1e-9 * (1 + abs(other)):
            return True
    return not seen


def test_what_has_no_rule_has_no_slips() -> None:
    assert slips(call("leaky_relu", X, W), "w") == ()
    assert slips(X * Y, "w") == ()
    assert slips(W, "w") == ()
    long: Formula = X
    for _ in range(module.MOST_PARTS):
        long = long + W * X
    assert slips(long, "w") == ()
    assert slips(Number(Fraction(3)) * W, "w") != ()
