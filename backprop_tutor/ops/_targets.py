"""What losses of probabilities share: which targets they take, and random ones for the laws."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from ..model.formula import ONE, ZERO, Condition, Formula, total
from ..model.op import Requirement


def probabilities_only(title: str, targets: tuple[Formula, ...]) -> tuple[Requirement, ...]:
    """Every target lies between 0 and 1."""
    says = f"a target of {title} lies between 0 and 1"
    bounds = [(Condition(target, ">=", ZERO), Condition(ONE, ">=", target)) for target in targets]
    return tuple(Requirement(condition, says) for pair in bounds for condition in pair)


def sum_to_one(title: str, targets: tuple[Formula, ...]) -> Requirement:
    """The targets are one-hot, or probabilities of classes that exclude each other."""
    says = f"the targets of {title} are probabilities of the classes, so they add up to 1 (one-hot: a single 1)"
    return Requirement(Condition(total(targets), "=", ONE), says)


def random_probabilities(random: Random, count: int) -> tuple[Fraction, ...]:
    """Numbers strictly between 0 and 1."""
    return tuple(Fraction(random.randint(20, 980), 1000) for _ in range(count))


def random_distribution(random: Random, count: int) -> tuple[Fraction, ...]:
    """Probabilities that add up to 1: half of the time one-hot."""
    if random.random() < 0.5:
        return random_one_hot(random, count)
    shares = [random.randint(1, 9) for _ in range(count)]
    return tuple(Fraction(share, sum(shares)) for share in shares)


def random_one_hot(random: Random, count: int) -> tuple[Fraction, ...]:
    """A single 1 among zeros."""
    chosen = random.randrange(count)
    return tuple(Fraction(1 if k == chosen else 0) for k in range(count))
