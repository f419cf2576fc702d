"""The page that every operation fills in: formula, slope as it is taught, words, slips, an independent kernel.

An operation is one file in ``ops/``; the file's name is the operation's name, and its existence is its
registration.  Nothing outside that file mentions it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import ClassVar

from .formula import ONE, Condition, Formula, total

Words = tuple[str | Formula, ...]
"""A sentence: plain text, with formulas where it needs them."""

Inputs = tuple[Formula, ...]


def words(text: str, *formulas: Formula) -> Words:
    """The sentence with a formula in place of each ``{}``.  Raises ValueError if there are not as many."""
    pieces = text.split("{}")
    if len(pieces) != len(formulas) + 1:
        raise ValueError("a sentence needs one formula for each {}")
    mixed = [part for pair in zip(pieces[1:], formulas, strict=True) for part in (pair[1], pair[0])]
    return tuple(part for part in (pieces[0], *mixed) if part != "")


@dataclass(frozen=True, slots=True)
class Symbol:
    """How a function is written: ``σ`` in text, ``\\sigma`` in LaTeX, ``sigmoid`` in ASCII."""

    text: str
    latex: str
    ascii: str


@dataclass(frozen=True, slots=True)
class Slip:
    """A typical wrong slope: the sentence that repairs the idea, and the formula that it produces.

    ``idea`` is the id in the catalogue of misconceptions (``M08``) of a slip that shows an idea known from many
    operations; the page of that idea then says what there is to say.  Empty: the slip is this operation's own.
    ``title`` is what is done, in a few words; a slip with an ``idea`` needs none.
    """

    repair: str
    wrong: Formula
    idea: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Kink:
    """A place where the derivative does not exist, and the convention that is used there."""

    at: Condition
    says: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """What must hold for the operation to have a value or to make sense: ``condition``, else ``says``."""

    condition: Condition
    says: str


class Op(ABC):
    """One operation: inputs x, outputs y.

    Subclasses are frozen dataclasses whose fields are the operation's parameters (formulas or booleans).
    """

    name: ClassVar[str]
    """Set from the file's name when the operation is found."""
    title: ClassVar[str]
    kinds: ClassVar[frozenset[str]] = frozenset()
    """Where an author may use it by name: ``activation``, ``function`` (in formulas), ``loss``."""
    arity: ClassVar[tuple[int, int | None]] = (1, 1)
    """Fewest and most inputs of a call in a formula, call parameters not counted; None: any number."""
    call_parameters: ClassVar[tuple[str, ...]] = ()
    """Parameters that a call in a formula gives after its inputs: ``leaky_relu(z, slope)``."""
    symbol: ClassVar[Symbol | None] = None
    layer_wide: ClassVar[bool] = False
    """An activation that takes all units of the layer at once (softmax)."""

    def __eq__(self, other: object) -> bool:
        """Operations without parameters are equal when they are the same page; dataclasses compare fields."""
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(type(self))

    @abstractmethod
    def formula(self, x: Inputs) -> tuple[Formula, ...]:
        """What is computed, one formula for each output, as a textbook prints it."""

    @abstractmethod
    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        """∂y[k]/∂x[i] as it is taught; it may use the outputs y."""

    @abstractmethod
    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        """The outputs in floating point, written independently of ``formula``."""

    def called(self, x: Inputs) -> tuple[Formula, ...] | None:
        """The short way of writing the outputs, such as σ(z), when there is one."""
        return None

    def differentiable(self, i: int, count: int) -> bool:
        """Whether one differentiates by input i of ``count`` (not by targets)."""
        return True

    def depends(self, i: int, k: int, count: int) -> bool:
        """Whether output k depends on input i at all."""
        return True

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        """One or two sentences that say what is computed, and why; empty: none."""
        return ()

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        """One or two sentences that say where the slope comes from; empty: none."""
        return ()

    def derivation(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Formula, ...]:
        """Lines that lead to the slope, where it takes more than one; empty: the slope is known as it stands."""
        return ()

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        """Typical wrong slopes; each must differ from the truth somewhere."""
        return ()

    def convention(self) -> Words:
        """The convention that this operation stands for (½ or not, sum or mean), as a sentence; empty: none."""
        return ()

    def kinks(self, x: Inputs) -> tuple[Kink, ...]:
        """Where the derivative does not exist, with the convention used there."""
        return ()

    def requirements(self, x: Inputs) -> tuple[Requirement, ...]:
        """What must hold for the inputs."""
        return ()

    def sample(self, random: Random) -> tuple[Fraction, ...]:
        """Inputs at a random point of the domain, away from kinks with probability 1 (for the laws)."""
        fewest, most = self.arity
        count = fewest if most == fewest else max(fewest, 3)
        return tuple(Fraction(random.randint(-3000, 3000), 1000) for _ in range(count))


class Loss(Op):
    """A loss of n outputs and n targets: inputs are ŷ₁ … ŷₙ, then y₁ … yₙ; only outputs have slopes."""

    kinds = frozenset({"loss"})
    arity = (2, None)
    with_logits: ClassVar[str] = ""
    """The loss that takes scores instead of probabilities, where there is one."""

    def differentiable(self, i: int, count: int) -> bool:
        return i < count // 2

    def for_targets(self, targets: Sequence[Fraction | None]) -> Loss:
        """The loss as it is written when these targets are known (None: a symbol); most are written alike."""
        return self

    def shortcut(self, activation: str, k: int, outputs: Inputs, targets: Inputs) -> Formula | None:
        """The slope of the loss by z_k where this activation and this loss melt into one; None: they do not."""
        return None

    def sample(self, random: Random) -> tuple[Fraction, ...]:
        return tuple(Fraction(random.randint(-3000, 3000), 1000) for _ in range(2 * random.randint(1, 3)))

    def explain_shortcut(self, activation: str, k: int, outputs: Inputs, targets: Inputs) -> Words:
        """Why the two melt into one: which factors cancel."""
        return ()


@dataclass(frozen=True)
class ElementwiseLoss(Loss):
    """A loss that adds up (or averages) one term for each output."""

    mean: bool = False
    """Take the mean over the outputs instead of the sum."""

    @abstractmethod
    def term(self, output: Formula, target: Formula) -> Formula:
        """The share of one output."""

    @abstractmethod
    def term_slope(self, output: Formula, target: Formula) -> Formula:
        """The derivative of that share by the output."""

    def formula(self, x: Inputs) -> tuple[Formula, ...]:
        outputs, targets = halves(x)
        together = total(tuple(self.term(a, b) for a, b in zip(outputs, targets, strict=True)))
        return (together / len(outputs) if self.averages(len(outputs)) else together,)

    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        outputs, targets = halves(x)
        return self.shared(self.term_slope(outputs[i], targets[i]), len(outputs))

    def shared(self, slope: Formula, count: int) -> Formula:
        """The slope of one term inside the mean over ``count`` outputs."""
        return ONE / count * slope if self.averages(count) else slope

    def averages(self, count: int) -> bool:
        """Whether there is a mean to take: over several outputs, when it was asked for."""
        return self.mean and count > 1


def halves(x: Inputs) -> tuple[Inputs, Inputs]:
    """Outputs and targets of a loss's inputs."""
    middle = len(x) // 2
    return x[:middle], x[middle:]
