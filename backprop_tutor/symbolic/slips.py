"""The slips that happen where a line is differentiated by hand: one rule of ``by_rules`` taken wrongly, the rest right.

What goes wrong in an operation of the line stands on that operation's own page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from .. import ops
from ..model.formula import (
    ONE,
    Call,
    Formula,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    names_in,
    total,
    walk,
)
from ..model.formula import replace as exchange
from ..model.op import Slip
from .by_rules import added, differentiate, lowered, negative, times


@dataclass(frozen=True, slots=True)
class Rule:
    """What is done wrongly, in a few words, and the sentence that repairs it."""

    title: str
    repair: str

    def slip(self, wrong: Formula) -> Slip:
        """The slip with the slope to which it leads."""
        return Slip(self.repair, wrong, title=self.title)


MOST_PARTS = 60
"""Nobody differentiates a longer line in one go."""
INNER_LEFT_OUT = Rule(
    "Slope of what stands inside left out", "The chain rule has a second factor: the slope of what stands inside."
)
MINUS_LOST = Rule("Minus lost on the way to the slope", "The minus in front of a term stays in front of its slope.")
SHARE_LEFT_OUT = Rule(
    "One share of the slope left out",
    "Every place where the name stands gives a share of the slope, and all shares are added up.",
)
OTHER_SHARE_LEFT_OUT = Rule(
    SHARE_LEFT_OUT.title,
    "The name stands in more than one place: each of them gives a share of the slope, and all shares are added up.",
)
"""The same of any place but the first: what differs in its slope has a sentence of its own."""
FACTOR_DIFFERENTIATED = Rule(
    "Factor beside it differentiated, too",
    "What does not hold the name stays as it is: only what holds it is differentiated.",
)
PRODUCT_OF_SLOPES = Rule(
    "Slopes of the factors multiplied", "A product is differentiated one factor at a time, not all of them at once."
)
FACTOR_KEPT = Rule(
    "Factor itself used for its slope", "The slope in a factor is what it is multiplied by, not the factor itself."
)
FACTOR_LEFT_OUT = Rule(
    "Factor beside it left out of the slope", "A factor beside what is differentiated stays in the slope."
)
FACTORS_ADDED = Rule("Other factors added instead of multiplied", "The other factors are multiplied, not added.")
DENOMINATOR_LEFT_OUT = Rule(
    "Denominator left out of the slope", "What is differentiated by its numerator keeps the denominator in its slope."
)
DENOMINATOR_FOR_SLOPE = Rule(
    "Denominator used for the slope", "One over the denominator is the slope, not the denominator."
)
SIGN_OF_QUOTIENT = Rule(
    "Minus of the denominator's slope lost", "A larger denominator makes a quotient smaller: the slope has a minus."
)
DENOMINATOR_SQUARED = Rule(
    "Denominator squared",
    "The denominator is squared only where it is differentiated itself: beside the numerator alone it stays as it is.",
)
SLOPES_DIVIDED = Rule(
    "Slope of the numerator divided by that of the denominator",
    "A quotient is not differentiated by dividing slope by slope: the whole denominator stays in its slope, squared.",
)
INNER_BELOW_LEFT_OUT = Rule(
    "Slope of what stands in the denominator left out",
    "The chain rule has a second factor: the slope of what stands in the denominator.",
)
DENOMINATOR_NOT_SQUARED = Rule("Denominator not squared", "Where a denominator is differentiated, it comes in squared.")
NUMERATOR_LEFT_OUT = Rule(
    "Numerator left out of the slope", "Where a denominator is differentiated, the numerator stays as a factor."
)
EXPONENT_KEPT = Rule("Exponent not lowered", "The exponent falls by one when it comes down.")
EXPONENT_LOST = Rule("Exponent not brought down as a factor", "The exponent comes down as a factor.")
QUOTIENT_ADDED = Rule("Quotient rule with a plus", "In the quotient rule the share of the denominator is subtracted.")

Outside = Callable[[Formula], Formula | None]


@lru_cache(maxsize=4096)
def slips(tree: Formula, name: str) -> tuple[Slip, ...]:
    """The wrong slopes of a formula by one of its names to which a single slip leads, one for each repair."""
    right = differentiate(tree, name)
    if right is None or sum(1 for _ in walk(tree)) > MOST_PARTS:
        return ()
    found: dict[str, Slip] = {}
    for slip in _slips(tree, name):
        if _in_plain_numbers(slip.wrong) != _in_plain_numbers(right):
            found.setdefault(slip.repair, slip)
    return tuple(found.values())


def _in_plain_numbers(tree: Formula) -> Formula:
    """The formula with an author's 1 as the rules' own 1."""
    return exchange(tree, lambda part: Number(part.value) if isinstance(part, Number) else None)


def _slips(tree: Formula, name: str) -> Iterator[Slip]:
    if name not in names_in(tree):
        return
    match tree:
        case Negative(operand):
            yield from _around(_slips(operand, name), negative)
            yield from _wrong(MINUS_LOST, differentiate(operand, name))
        case Sum(terms):
            yield from _in_shares(terms, [differentiate(term, name) for term in terms], name, lambda i: lambda w: w)
        case Product(factors):
            yield from _in_product(factors, name)
        case Quotient(numerator, denominator):
            yield from _in_quotient(numerator, denominator, name)
        case Power(base, exponent) if name not in names_in(exponent):
            yield from _in_power(base, exponent, name)
        case Call():
            yield from _in_call(tree, name)


def _wrong(rule: Rule, wrong: Formula | None) -> Iterator[Slip]:
    if wrong is not None:
        yield rule.slip(wrong)


def _around(found: Iterator[Slip] | Sequence[Slip], outside: Outside) -> Iterator[Slip]:
    """The slips of a part, as they come out at the end of the line."""
    for slip in found:
        if (wrong := outside(slip.wrong)) is not None:
            yield replace(slip, wrong=wrong)


def _in_shares(
    parts: Sequence[Formula], shares: Sequence[Formula | None], name: str, share_of: Callable[[int], Outside]
) -> Iterator[Slip]:
    """A share left out; or a slip in one part, whose share ``share_of`` it finds from the part's slope."""
    inside = [i for i, part in enumerate(parts) if name in names_in(part)]
    for i in inside:
        others = [shares[k] for k in inside if k != i]

        def outside(slope: Formula, i: int = i, others: Sequence[Formula | None] = tuple(others)) -> Formula | None:
            return added([share_of(i)(slope), *others])

        yield from _around(_slips(parts[i], name), outside)
    if len(inside) > 1:
        for i in inside:
            yield from _wrong(SHARE_LEFT_OUT if i == inside[0] else OTHER_SHARE_LEFT_OUT, shares[i])


def _in_product(factors: tuple[Formula, ...], name: str) -> Iterator[Slip]:
    def share_of(i: int) -> Outside:
        return lambda slope: times(*factors[:i], slope, *factors[i + 1 :])

    slopes = [differentiate(factor, name) for factor in factors]
    inside = [i for i, factor in enumerate(factors) if name in names_in(factor)]
    if len(inside) > 1:
        yield from _wrong(PRODUCT_OF_SLOPES, times(*(slopes[i] if i in inside else f for i, f in enumerate(factors))))
    else:
        yield from _beside(factors, inside[0], slopes[inside[0]])
    shares = [None if slope is None else share_of(i)(slope) for i, slope in enumerate(slopes)]
    yield from _in_shares(factors, shares, name, share_of)


def _beside(factors: tuple[Formula, ...], i: int, slope: Formula | None) -> Iterator[Slip]:
    """What goes wrong with the factors that stay."""
    others = factors[:i] + factors[i + 1 :]
    if isinstance(factors[i], Name):
        yield FACTOR_KEPT.slip(factors[i])
    yield from _wrong(FACTOR_LEFT_OUT, slope)
    for k, other in enumerate(factors):
        # A name or a number would vanish, and nobody writes 0 for the whole product.
        if k != i and isinstance(other, Call) and len(names := names_in(other)) == 1:
            changed = differentiate(other, *names)
            rest = (factor for j, factor in enumerate(factors) if j not in (i, k))
            yield from _wrong(FACTOR_DIFFERENTIATED, None if changed is None else times(*rest, changed, slope))
    if len(others) > 1:
        yield from _wrong(FACTORS_ADDED, times(total(others), slope))


def _in_quotient(numerator: Formula, denominator: Formula, name: str) -> Iterator[Slip]:
    above, below = differentiate(numerator, name), differentiate(denominator, name)
    if above is None or below is None:
        return
    square = Power(denominator, Number(ONE.value * 2))
    if name not in names_in(denominator):
        yield DENOMINATOR_LEFT_OUT.slip(above)
        yield from _wrong(DENOMINATOR_FOR_SLOPE, times(denominator, above))
        if names_in(denominator):
            yield DENOMINATOR_SQUARED.slip(Quotient(above, square))
        yield from _around(_slips(numerator, name), lambda slope: Quotient(slope, denominator))
        return
    second = times(numerator, below)
    if second is None:
        return
    if name not in names_in(numerator):
        yield SIGN_OF_QUOTIENT.slip(Quotient(second, square))
        yield DENOMINATOR_NOT_SQUARED.slip(Negative(Quotient(second, denominator)))
        yield NUMERATOR_LEFT_OUT.slip(Negative(Quotient(below, square)))
        if below != ONE:
            yield INNER_BELOW_LEFT_OUT.slip(Negative(Quotient(numerator, square)))
            yield SLOPES_DIVIDED.slip(Quotient(ONE, below))
        yield from _around(_slips(denominator, name), lambda slope: _below(numerator, slope, square))
    elif (first := times(above, denominator)) is not None:
        yield QUOTIENT_ADDED.slip(Quotient(Sum((first, second)), square))
        yield DENOMINATOR_NOT_SQUARED.slip(Quotient(Sum((first, Negative(second))), denominator))
        yield SLOPES_DIVIDED.slip(Quotient(above, below))
        if below != ONE:
            yield INNER_BELOW_LEFT_OUT.slip(Quotient(Sum((first, Negative(numerator))), square))


def _below(numerator: Formula, slope: Formula, square: Formula) -> Formula | None:
    top = times(numerator, slope)
    return None if top is None else negative(Quotient(top, square))


def _in_power(base: Formula, exponent: Formula, name: str) -> Iterator[Slip]:
    inner = differentiate(base, name)
    outer = times(exponent, lowered(base, exponent))
    if outer is None or exponent == ONE:
        return
    yield from _wrong(EXPONENT_LOST, times(lowered(base, exponent), inner))
    yield from _wrong(EXPONENT_KEPT, times(exponent, Power(base, exponent), inner))
    if inner != ONE:
        yield INNER_LEFT_OUT.slip(outer)
    yield from _around(_slips(base, name), lambda slope: times(outer, slope))


def _in_call(tree: Call, name: str) -> Iterator[Slip]:
    operation, inputs = ops.from_call(tree.function, tree.arguments)
    if any(name in names_in(parameter) for parameter in tree.arguments[len(inputs) :]):
        return

    def share_of(i: int) -> Outside:
        return lambda slope: times(operation.slope(i, 0, inputs, (tree,)), slope)

    inside = [i for i, argument in enumerate(inputs) if name in names_in(argument)]
    slopes = [differentiate(argument, name) for argument in inputs]
    if len(inside) == 1:
        (i,) = inside
        yield from _around(operation.slips(i, 0, inputs, (tree,)), lambda slope: times(slope, slopes[i]))
        if slopes[i] != ONE:
            yield INNER_LEFT_OUT.slip(operation.slope(i, 0, inputs, (tree,)))
    shares = [None if slope is None or i not in inside else share_of(i)(slope) for i, slope in enumerate(slopes)]
    yield from _in_shares(inputs, shares, name, share_of)
