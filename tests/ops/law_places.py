"""An operation at a point, and random points at which the laws look at it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from fractions import Fraction
from random import Random

from law_numbers import Point, context, evaluate, holds, real
from mpmath import mpf

from backprop_tutor.model.formula import Name, Number
from backprop_tutor.model.op import Inputs, Loss, Op

POINTS = 12
STEP = context.mpf(10) ** -15
OTHER_PARAMETER = Number(Fraction(3, 7))


@dataclass(frozen=True)
class Place:
    """An operation at a point: its inputs and outputs as names, and what they are worth."""

    op: Op
    numbers: tuple[Fraction, ...]

    @property
    def x(self) -> Inputs:
        return tuple(Name(f"x{i}") for i in range(len(self.numbers)))

    @property
    def y(self) -> Inputs:
        return tuple(Name(f"y{k}") for k in range(len(self.op.formula(self.x))))

    def point(self, i: int | None = None, shift: mpf | int = 0) -> Point:
        """Inputs by name, input i shifted, and the outputs that follow from them."""
        values = {f"x{j}": real(number) for j, number in enumerate(self.numbers)}
        if i is not None:
            values[f"x{i}"] += shift
        outputs = {f"y{k}": evaluate(tree, values) for k, tree in enumerate(self.op.formula(self.x))}
        return {**values, **outputs}

    def output(self, k: int, i: int, shift: mpf) -> mpf:
        """Output k with input i shifted."""
        return self.point(i, shift)[f"y{k}"]

    def slope(self, i: int, k: int) -> mpf:
        """The slope as it is taught."""
        return evaluate(self.op.slope(i, k, self.x, self.y), self.point())

    def edges(self) -> Iterator[tuple[int, int]]:
        """Every input that one differentiates by, with every output that depends on it."""
        count = len(self.numbers)
        for i, k in itertools.product(range(count), range(len(self.y))):
            if self.op.differentiable(i, count) and self.op.depends(i, k, count):
                yield i, k


def variants(page: type[Op]) -> list[Op]:
    """The operation with its default parameters, with others, and as it is written for known targets."""
    found = _with_parameters(page)
    for op in [op for op in found if isinstance(op, Loss)]:
        targets = op.sample(Random("targets"))
        known = op.for_targets(targets[len(targets) // 2 :])
        if known != op:
            found.append(known)
    return found


def _with_parameters(page: type[Op]) -> list[Op]:
    if not is_dataclass(page):
        return [page()]
    open_to_authors = [field for field in fields(page) if not field.metadata.get("internal")]
    options = [
        (field.default, (not field.default) if isinstance(field.default, bool) else OTHER_PARAMETER)
        for field in open_to_authors
    ]
    names = [field.name for field in open_to_authors]
    return [page(**dict(zip(names, choice, strict=True))) for choice in itertools.product(*options)]


def places(op: Op, count: int = POINTS) -> list[Place]:
    """The operation at random points of its domain, none of them at a kink."""
    random = Random(f"{op.name}")
    found: list[Place] = []
    for _ in range(10 * count):
        place = Place(op, op.sample(random))
        if not any(holds(kink.at, place.point()) for kink in op.kinks(place.x)):
            found.append(place)
        if len(found) == count:
            return found
    raise AssertionError("sample() keeps finding kinks")
