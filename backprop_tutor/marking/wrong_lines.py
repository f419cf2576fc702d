"""The lines that one slip makes of a right one: a factor left out, slopes added, the sign of one path, the value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..graphs.names import gradient
from ..model.formula import ONE, Derivative, Formula, Name, Negative, Product, Sum, product, quantity, total
from ..model.op import Words
from .setting import Setting

ARRIVING_LEFT_OUT = "arriving gradient left out"
WHOLE_GRADIENT = "whole gradient"
ARRIVING_TURNED = "arriving gradient with another sign"
SLOPE_LEFT_OUT = "slope left out"
SLOPES_ADDED = "slopes added"
SIGN_OF_ONE_PATH = "sign of one path"
SLOPE_OF_ONE_PATH = "slope of one path"
VALUE = "value for a derivative"
KINDS = frozenset(
    {
        ARRIVING_LEFT_OUT,
        WHOLE_GRADIENT,
        ARRIVING_TURNED,
        SLOPE_LEFT_OUT,
        SLOPES_ADDED,
        SIGN_OF_ONE_PATH,
        SLOPE_OF_ONE_PATH,
        VALUE,
    }
)
"""What a slip in a line is called; none of them is a slip of writing."""
PART = "number of another step"
"""What it is called where such a number stands in the line itself, or elsewhere."""
ADDED: Words = ("This is what comes out when the slopes along a path are added: along one path they are multiplied.",)
MOST_PATHS = 4
"""Up to how many paths of a value each may be the one where something went wrong."""


@dataclass(frozen=True, slots=True)
class LineSlip:
    """The kind of slip, what is said of it, and the line that it makes of the right one.

    ``is_typed`` says that this very line was typed, in names; ``is_tied`` that other slips give the same number, and
    are told with it.
    """

    kind: str
    says: Words
    line: Formula
    is_typed: bool = False
    is_tied: bool = False

    @property
    def is_certain(self) -> bool:
        """Whether it says more than that the number is that of another step."""
        return self.is_typed or (self.kind in {WHOLE_GRADIENT, SLOPE_LEFT_OUT} and not self.is_tied)


def wrong_lines(setting: Setting, name: str) -> Iterator[LineSlip]:
    """The slips that can happen in a line."""
    asked = quantity(name)
    if not isinstance(asked, Derivative):
        return
    if asked.of in setting.objectives:
        yield from without_arriving(setting, name)
        yield from _in_shares(setting, name)
        yield from _in_one_slope(setting, name)
    else:
        yield from _whole_gradients(setting, asked)
        yield from _arriving_turned(setting, asked)
    says = ("This is the value of ", Name(asked.of), " itself: asked is how it changes with ", Name(asked.by), ".")
    yield LineSlip(VALUE, says, Name(asked.of))


def _whole_gradients(setting: Setting, asked: Derivative) -> Iterator[LineSlip]:
    """The gradient that arrives times the slope, where the slope alone is asked."""
    slope = setting.formulas[0][f"d{asked.of}/d{asked.by}"]
    for objective in setting.objectives:
        whole, arriving = Derivative(objective, asked.by), Derivative(objective, asked.of)
        alone = " already multiplied in: asked is the slope of this line alone."
        says = ("This is the whole gradient ", whole, ", with ", arriving, alone)
        yield LineSlip(WHOLE_GRADIENT, says, product((arriving, slope)))


def _arriving_turned(setting: Setting, asked: Derivative) -> Iterator[LineSlip]:
    """The gradient that arrives without its sign, where the slope alone is asked; with its sign it is another step's.

    What is found only later is not told.
    """
    position = setting.position
    for objective in setting.objectives:
        arriving = Derivative(objective, asked.of)
        if position.get(gradient(objective, asked.of), len(position)) > position[gradient(asked.of, asked.by)]:
            continue
        says = ("This is ", arriving, ", the gradient that arrives, with the other sign: asked is the slope of this"
                " line alone.")  # fmt: skip
        yield LineSlip(ARRIVING_TURNED, says, Negative(arriving))


def without_arriving(setting: Setting, name: str) -> Iterator[LineSlip]:
    """The slope alone, where the gradient that arrives multiplies it."""
    for formulas in setting.formulas:
        tree = formulas[name]
        arriving, slope = _split(tree, setting)
        if arriving is not None and not isinstance(tree, Sum):
            says = ("This is the slope of this line alone: the gradient that arrives from behind, ", arriving,
                    ", multiplies it.")  # fmt: skip
            yield LineSlip(ARRIVING_LEFT_OUT, says, slope)


def _in_shares(setting: Setting, name: str) -> Iterator[LineSlip]:
    """What can go wrong in the share of one path, or in that of every path alike."""
    for formulas in setting.formulas:
        tree = formulas[name]
        shares = tree.terms if isinstance(tree, Sum) else (tree,)
        split = [_split(share, setting) for share in shares]
        handed_on = [
            share if arriving is None else arriving for share, (arriving, _) in zip(shares, split, strict=True)
        ]
        added = [
            share if arriving is None or slope == ONE else total((arriving, slope))
            for share, (arriving, slope) in zip(shares, split, strict=True)
        ]
        for line in _in_one_or_all(shares, handed_on):
            yield LineSlip(SLOPE_LEFT_OUT, _handed_on_words(split), line)
        for line in _in_one_or_all(shares, added):
            yield LineSlip(SLOPES_ADDED, ADDED, line)
        if 1 < len(shares) <= MOST_PATHS:
            for turned in shares:
                line = total(tuple(_negative(share) if share is turned else share for share in shares))
                says = ("This is what comes out when the share ", turned, " of one path gets the other sign.")
                yield LineSlip(SIGN_OF_ONE_PATH, says, line)


def _in_one_slope(setting: Setting, name: str) -> Iterator[LineSlip]:
    """A typical wrong slope in the share of a single path: in all of them alike it is an idea of its own."""
    for way in setting.wrong_ways:
        right, wrong = setting.formulas[way.way][name], way.formulas[name]
        if way.rule.is_of_catalogue or way.rule.convention or not isinstance(right, Sum) or not isinstance(wrong, Sum):
            continue
        if len(right.terms) != len(wrong.terms) or len(right.terms) > MOST_PATHS:
            continue
        for place, share in enumerate(wrong.terms):
            if share != right.terms[place]:
                line = total((*right.terms[:place], share, *right.terms[place + 1 :]))
                yield LineSlip(SLOPE_OF_ONE_PATH, (f"{way.rule.title}, on one of the paths. {way.rule.repair}",), line)


def _in_one_or_all(shares: tuple[Formula, ...], others: list[Formula]) -> Iterator[Formula]:
    """The sum with another share in every place, then in each single place."""
    if tuple(others) == shares:
        return
    yield total(tuple(others))
    if 1 < len(shares) <= MOST_PATHS:
        for place, other in enumerate(others):
            if other != shares[place]:
                yield total((*shares[:place], other, *shares[place + 1 :]))


def _handed_on_words(split: list[tuple[Formula | None, Formula]]) -> Words:
    (arriving, _), *others = split
    which: Words = (", ", arriving, ", is") if arriving is not None and not others else (" along a path is",)
    start = "This is what comes out when the gradient that arrives"
    return (start, *which, " handed on unchanged: the slope on the way multiplies it.")


def _split(share: Formula, setting: Setting) -> tuple[Formula | None, Formula]:
    """The gradient that arrives along a path, and the slope that it is multiplied by; no gradient if there are none."""
    factors = share.factors if isinstance(share, Product) else (share,)
    arriving = [part for part in factors if setting.is_gradient(part)]
    slope = product(tuple(part for part in factors if part not in arriving))
    return (arriving[0], slope) if len(arriving) == 1 else (None, share)


def _negative(share: Formula) -> Formula:
    return share.operand if isinstance(share, Negative) else Negative(share)
