"""Differentiation as it is done by hand: rule by rule, in the author's order, nothing multiplied out.

SymPy has the last word on every derivative (``expression.derivative``); this is the line before it, which
shows where each factor comes from.  Tests hold the two together.
"""

from __future__ import annotations

from .. import ops
from ..model.formula import (
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
    names_in,
    product,
)
from ..model.op import Words


def differentiate(tree: Formula, name: str) -> Formula | None:
    """The derivative by a name, with the rules' factors side by side; None where no rule is taught."""
    if name not in names_in(tree):
        return ZERO
    match tree:
        case Name():
            return ONE
        case Negative(operand):
            inner = differentiate(operand, name)
            return None if inner is None else negative(inner)
        case Sum(terms):
            return added([differentiate(term, name) for term in terms])
        case Product(factors):
            return _product_rule(factors, name)
        case Quotient(numerator, denominator):
            return _quotient_rule(numerator, denominator, name)
        case Power(base, exponent):
            return _power_rule(base, exponent, name)
        case Call():
            return _chain_rule(tree, name)
    return None


def times(*factors: Formula | None) -> Formula | None:
    """A product without factors of 1; None when a factor is unknown."""
    kept: list[Formula] = []
    for factor in factors:
        if factor is None:
            return None
        if factor == ZERO:
            return ZERO
        if factor != ONE:
            kept.append(factor)
    return product(tuple(kept))


def negative(tree: Formula) -> Formula:
    """The formula with the other sign: no minus before a minus, none before 0."""
    if tree == ZERO:
        return ZERO
    return tree.operand if isinstance(tree, Negative) else Negative(tree)


def added(terms: list[Formula | None]) -> Formula | None:
    """A sum without terms of 0; None when a term is unknown."""
    known = [term for term in terms if term is not None]
    if len(known) < len(terms):
        return None
    kept = tuple(term for term in known if term != ZERO)
    if len(kept) < 2:
        return kept[0] if kept else ZERO
    return Sum(kept)


def _product_rule(factors: tuple[Formula, ...], name: str) -> Formula | None:
    shares = []
    for i, factor in enumerate(factors):
        if name in names_in(factor):
            shares.append(times(*factors[:i], differentiate(factor, name), *factors[i + 1 :]))
    return added(shares)


def _quotient_rule(numerator: Formula, denominator: Formula, name: str) -> Formula | None:
    above, below = differentiate(numerator, name), differentiate(denominator, name)
    if above is None or below is None:
        return None
    if below == ZERO:
        return Quotient(above, denominator)
    square = Power(denominator, Number(ONE.value * 2))
    if above == ZERO:
        top = times(numerator, below)
        return None if top is None else negative(Quotient(top, square))
    first, second = times(above, denominator), times(numerator, below)
    if first is None or second is None:
        return None
    return Quotient(Sum((first, Negative(second))), square)


def _power_rule(base: Formula, exponent: Formula, name: str) -> Formula | None:
    inner = differentiate(base, name)
    if name not in names_in(exponent):
        return times(exponent, lowered(base, exponent), inner)
    outer = differentiate(exponent, name)
    grown = times(Power(base, exponent), call("ln", base), outer)
    if inner == ZERO:
        return grown
    return added([times(exponent, Power(base, exponent - 1), inner), grown])


def lowered(base: Formula, exponent: Formula) -> Formula:
    """The base to the exponent less one."""
    if not isinstance(exponent, Number):
        return Power(base, exponent - 1)
    less = exponent.value - 1
    if less == 0:
        return ONE
    return base if less == 1 else Power(base, Number(less) if less > 0 else Negative(Number(-less)))


def _chain_rule(tree: Call, name: str) -> Formula | None:
    operation, inputs = ops.from_call(tree.function, tree.arguments)
    if any(name in names_in(parameter) for parameter in tree.arguments[len(inputs) :]):
        return None
    shares = []
    for i, argument in enumerate(inputs):
        if name in names_in(argument):
            shares.append(times(operation.slope(i, 0, inputs, (tree,)), differentiate(argument, name)))
    return added(shares)


def explain(tree: Formula, name: str) -> Words:
    """Which rules take the derivative of this line by this name, outermost first."""
    by = Name(name)
    if name not in names_in(tree):
        return ("This line does not contain ", by, ", so its slope is 0.")
    match tree:
        case Negative(operand):
            return ("The minus stays in front. ", *explain(operand, name))
        case Sum(terms):
            inside = [term for term in terms if name in names_in(term)]
            if len(inside) > 1:
                return ("Differentiate term by term; what does not contain ", by, " drops out.")
            if inside[0] == by:
                return (by, " is a term of the sum, so the slope is 1.")
            return ("Only ", inside[0], " contains ", by, "; the other terms drop out. ", *explain(inside[0], name))
        case Product(factors):
            inside = [factor for factor in factors if name in names_in(factor)]
            if len(inside) > 1:
                return ("Product rule: differentiate one factor at a time, keep the others, and add up.",)
            rest = product(tuple(factor for factor in factors if factor is not inside[0]))
            return (rest, " does not contain ", by, " and stays as a factor. ", *explain(inside[0], name))
        case Quotient(numerator, denominator):
            if name not in names_in(denominator):
                return ("The denominator does not contain ", by, " and stays. ", *explain(numerator, name))
            return ("Quotient rule: the denominator comes in squared, and its own slope with a minus.",)
        case Power(base, exponent) if name not in names_in(exponent):
            if isinstance(base, Name):
                return ("Power rule: the exponent ", exponent, " comes down, and one less stays up.")
            inside_words: Words = ("; then multiply by the slope of what is inside, ", base, ".")
            return ("Power rule: the exponent ", exponent, " comes down", *inside_words)
        case Power():
            return (by, " stands in the exponent: the power stays, times the logarithm of its base.")
        case Call(_, (argument,)) if not isinstance(argument, Name):
            return ("Take the slope of the outer function at ", argument, ", times the slope of what is inside.")
        case Call(_, (_,)):
            operation, inputs = ops.from_call(tree.function, tree.arguments)
            return ("The slope of ", tree, " is ", operation.slope(0, 0, inputs, (tree,)), ".")
        case Name():
            return ("What is left is ", by, " itself, with slope 1.")
    return ("Differentiate by ", by, " alone and keep everything else fixed.")
