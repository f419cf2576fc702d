"""Arithmetics: the same formula, read in different numbers.

``precise.Precise`` is exact as long as it can be (fractions) and knows its own error where it cannot;
``by_hand.ByHand`` rounds every kept result half up.  An arithmetic knows formulas and the primitives of the
formula language, and no operation by name: a call of anything else is looked up on its page and read there.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Generic, TypeVar

from .. import ops
from ..model.formula import (
    Call,
    Cases,
    Condition,
    Derivative,
    Formula,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
)

_ORDERS = {">": (1,), ">=": (0, 1), "=": (0,)}

T = TypeVar("T")
Leaf = Name | Derivative

_MINUS_ONE = Fraction(-1)
PRIMITIVES = frozenset({"exp", "ln", "sin", "cos", "tan", "tanh", "sqrt", "abs", "sign", "max", "min", "erf", "pi"})


def looked_up(values: Mapping[str, T]) -> Callable[[Leaf], T]:
    """A lookup of names in a mapping; it raises KeyError for a name without a value, and for derivatives."""
    return lambda leaf: values[leaf.name if isinstance(leaf, Name) else ""]


class Arithmetic(ABC, Generic[T]):
    """What a kind of number must be able to do for formulas to be evaluated in it."""

    @abstractmethod
    def number(self, value: Fraction) -> T: ...
    @abstractmethod
    def add(self, terms: Sequence[T]) -> T: ...
    @abstractmethod
    def multiply(self, factors: Sequence[T]) -> T: ...
    @abstractmethod
    def divide(self, numerator: T, denominator: T) -> T: ...
    @abstractmethod
    def power(self, base: T, exponent: T) -> T: ...
    @abstractmethod
    def primitive(self, function: str, arguments: Sequence[T]) -> T: ...
    @abstractmethod
    def compare(self, left: T, right: T) -> int:
        """-1, 0 or 1."""

    last_was_rounded = False
    """Whether the last value kept lost something by being written down."""

    def keep(self, value: T) -> T:
        """The value as it is written down at the end of a step."""
        return value

    def call(self, function: str, arguments: Sequence[T]) -> T:
        """A function of the formula language: a primitive, or the formula of the page of that name."""
        if function in PRIMITIVES:
            return self.primitive(function, arguments)
        tree = _page_formula(function, len(arguments))
        return self.at(tree, {_placeholder(i): argument for i, argument in enumerate(arguments)})

    def cases(self, tree: Cases, lookup: Callable[[Leaf], T]) -> T:
        """The value of the first case that holds."""
        return self.evaluate(self.chosen(tree, lookup), lookup)

    def chosen(self, tree: Cases, lookup: Callable[[Leaf], T]) -> Formula:
        """The formula of the first case that holds."""
        for condition, value in tree.cases:
            if self.holds(condition, lookup):
                return value
        return tree.otherwise

    def holds(self, condition: Condition, lookup: Callable[[Leaf], T]) -> bool:
        """Whether a comparison is true."""
        order = self.compare(self.evaluate(condition.left, lookup), self.evaluate(condition.right, lookup))
        return order in _ORDERS[condition.relation]

    def at(self, tree: Formula, values: Mapping[str, T]) -> T:
        """The value of a formula whose names have these values.  Raises KeyError for a name without one."""
        return self.evaluate(tree, looked_up(values))

    def evaluate(self, tree: Formula, lookup: Callable[[Leaf], T]) -> T:
        """The value of a formula; ``lookup`` gives the values of names and derivatives.

        Raises UndefinedValueError where there is none.
        """
        match tree:
            case Number(value):
                return self.number(value)
            case Name() | Derivative():
                return lookup(tree)
            case Sum(terms):
                return self.add([self.evaluate(term, lookup) for term in terms])
            case Product(factors):
                return self.multiply([self.evaluate(factor, lookup) for factor in factors])
            case Negative(operand):
                return self.multiply([self.number(_MINUS_ONE), self.evaluate(operand, lookup)])
            case Quotient(numerator, denominator):
                return self.divide(self.evaluate(numerator, lookup), self.evaluate(denominator, lookup))
            case Power(base, exponent):
                return self.power(self.evaluate(base, lookup), self.evaluate(exponent, lookup))
            case Call(function, arguments):
                return self.call(function, [self.evaluate(argument, lookup) for argument in arguments])
            case Cases():
                return self.cases(tree, lookup)


def _placeholder(i: int) -> str:
    return f"#{i}"


@lru_cache(maxsize=256)
def _page_formula(function: str, count: int) -> Formula:
    operation, inputs = ops.from_call(function, tuple(Name(_placeholder(i)) for i in range(count)))
    return operation.formula(inputs)[0]
