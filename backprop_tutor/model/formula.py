"""The formula tree: what an author, an operation and a learner write down.

A formula is data and nothing else.  It keeps the order in which it was written, is never simplified behind
anybody's back, and can express nothing but arithmetic, known functions and names.  Everything that reads
formulas (printers, arithmetics, SymPy) is a reading of these ten classes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Relation = Literal[">", ">=", "="]


class _Arithmetic:
    """Lets formulas be written in Python as on paper: ``a * (1 - a)``.

    Sums and products stay flat and in the order of writing; nothing is evaluated.
    """

    __slots__ = ()

    def __add__(self, other: FormulaLike) -> Sum:
        return Sum(_terms(self) + _terms(formula(other)))

    def __radd__(self, other: FormulaLike) -> Sum:
        return formula(other) + self

    def __sub__(self, other: FormulaLike) -> Sum:
        return Sum((*_terms(self), Negative(formula(other))))

    def __rsub__(self, other: FormulaLike) -> Sum:
        return formula(other) - self

    def __mul__(self, other: FormulaLike) -> Product:
        return Product(_factors(self) + _factors(formula(other)))

    def __rmul__(self, other: FormulaLike) -> Product:
        return formula(other) * self

    def __truediv__(self, other: FormulaLike) -> Quotient:
        return Quotient(_formula(self), formula(other))

    def __rtruediv__(self, other: FormulaLike) -> Quotient:
        return Quotient(formula(other), _formula(self))

    def __pow__(self, other: FormulaLike) -> Power:
        return Power(_formula(self), formula(other))

    def __neg__(self) -> Negative:
        return Negative(_formula(self))


@dataclass(frozen=True, slots=True)
class Number(_Arithmetic):
    """An exact number; ``written`` is how its author wrote it (``0.20``), or empty."""

    value: Fraction
    written: str = ""


@dataclass(frozen=True, slots=True)
class Name(_Arithmetic):
    """A value of the graph (or a symbol of the author's) by its plain name: ``z1_2``."""

    name: str


@dataclass(frozen=True, slots=True)
class Derivative(_Arithmetic):
    """∂of/∂by between two values.

    ``local`` is the slope along one edge (``by`` is a direct input of ``of``); otherwise the derivative is
    total, the sum over all paths.
    """

    of: str
    by: str
    local: bool = False


@dataclass(frozen=True, slots=True)
class Sum(_Arithmetic):
    """Terms added up in the order of writing; a difference has a ``Negative`` term."""

    terms: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Product(_Arithmetic):
    """Factors in the order of writing."""

    factors: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Quotient(_Arithmetic):
    """A fraction."""

    numerator: Formula
    denominator: Formula


@dataclass(frozen=True, slots=True)
class Power(_Arithmetic):
    """A base raised to an exponent."""

    base: Formula
    exponent: Formula


@dataclass(frozen=True, slots=True)
class Negative(_Arithmetic):
    """The formula with the other sign."""

    operand: Formula


@dataclass(frozen=True, slots=True)
class Call(_Arithmetic):
    """A known function of its arguments: ``sigmoid(z)``; ``pi`` is a call without arguments."""

    function: str
    arguments: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """A comparison of two formulas, used only to choose a case."""

    left: Formula
    relation: Relation
    right: Formula


@dataclass(frozen=True, slots=True)
class Cases(_Arithmetic):
    """The value of the first case whose condition holds, else ``otherwise``."""

    cases: tuple[tuple[Condition, Formula], ...]
    otherwise: Formula


Formula = Number | Name | Derivative | Sum | Product | Quotient | Power | Negative | Call | Cases
FormulaLike = Formula | int | Fraction

ZERO = Number(Fraction(0))
ONE = Number(Fraction(1))
HALF = Number(Fraction(1, 2))
PI = Call("pi", ())


def formula(value: FormulaLike | _Arithmetic) -> Formula:
    """The formula for a Python integer or fraction; formulas come back as they are."""
    if isinstance(value, (int, Fraction)):
        return Number(Fraction(value))
    return _formula(value)


def _formula(value: _Arithmetic) -> Formula:
    assert isinstance(value, Formula)
    return value


def _terms(value: _Arithmetic) -> tuple[Formula, ...]:
    return value.terms if isinstance(value, Sum) else (_formula(value),)


def _factors(value: _Arithmetic) -> tuple[Formula, ...]:
    return value.factors if isinstance(value, Product) else (_formula(value),)


def call(function: str, *arguments: FormulaLike) -> Call:
    """``function(arguments…)`` as a formula."""
    return Call(function, tuple(formula(argument) for argument in arguments))


def quantity(plain: str) -> Formula:
    """The leaf that a plain name stands for: ``z1_2`` a name, ``dL/dz1_2`` a derivative."""
    of, slash, by = plain.partition("/d")
    return Derivative(of[1:], by) if slash and of.startswith("d") else Name(plain)


def exp(x: FormulaLike) -> Call:
    """e to the power x."""
    return call("exp", x)


def ln(x: FormulaLike) -> Call:
    """The natural logarithm."""
    return call("ln", x)


def sqrt(x: FormulaLike) -> Call:
    """The square root."""
    return call("sqrt", x)


def greater(left: FormulaLike, right: FormulaLike) -> Condition:
    """The condition left > right."""
    return Condition(formula(left), ">", formula(right))


def when(condition: Condition, then: FormulaLike, otherwise: FormulaLike) -> Cases:
    """``then`` where the condition holds, ``otherwise`` elsewhere; nested cases become one list."""
    rest = formula(otherwise)
    if isinstance(rest, Cases):
        return Cases(((condition, formula(then)), *rest.cases), rest.otherwise)
    return Cases(((condition, formula(then)),), rest)


def total(terms: tuple[Formula, ...]) -> Formula:
    """The sum of the terms: none gives 0, one gives itself."""
    if not terms:
        return ZERO
    return terms[0] if len(terms) == 1 else Sum(tuple(part for term in terms for part in _terms(term)))


def product(factors: tuple[Formula, ...]) -> Formula:
    """The product of the factors: none gives 1, one gives itself."""
    if not factors:
        return ONE
    if len(factors) == 1:
        return factors[0]
    return Product(tuple(part for factor in factors for part in _factors(factor)))


def children(tree: Formula) -> tuple[Formula, ...]:
    """The direct parts of a formula, in the order of writing."""
    match tree:
        case Sum(terms):
            return terms
        case Product(factors):
            return factors
        case Quotient(numerator, denominator):
            return (numerator, denominator)
        case Power(base, exponent):
            return (base, exponent)
        case Negative(operand):
            return (operand,)
        case Call(_, arguments):
            return arguments
        case Cases(cases, otherwise):
            parts = [part for condition, value in cases for part in (value, condition.left, condition.right)]
            return (*parts, otherwise)
    return ()


def walk(tree: Formula) -> Iterator[Formula]:
    """Every part of a formula, itself first, left to right; depth is no danger to the stack."""
    waiting = [tree]
    while waiting:
        part = waiting.pop()
        yield part
        waiting.extend(reversed(children(part)))


def names_in(tree: Formula) -> tuple[str, ...]:
    """The names that occur, each once, in the order of first use."""
    return tuple(dict.fromkeys(part.name for part in walk(tree) if isinstance(part, Name)))


def replace(tree: Formula, change: Callable[[Formula], Formula | None]) -> Formula:
    """The formula with parts exchanged: ``change`` gives a part's replacement, or None to look inside it."""
    changed = change(tree)
    if changed is not None:
        return changed

    def inside(part: Formula) -> Formula:
        return replace(part, change)

    match tree:
        case Sum(terms):
            return Sum(tuple(inside(term) for term in terms))
        case Product(factors):
            return Product(tuple(inside(factor) for factor in factors))
        case Quotient(numerator, denominator):
            return Quotient(inside(numerator), inside(denominator))
        case Power(base, exponent):
            return Power(inside(base), inside(exponent))
        case Negative(operand):
            return Negative(inside(operand))
        case Call(function, arguments):
            return Call(function, tuple(inside(argument) for argument in arguments))
        case Cases(cases, otherwise):
            changed_cases = tuple(
                (Condition(inside(c.left), c.relation, inside(c.right)), inside(value)) for c, value in cases
            )
            return Cases(changed_cases, inside(otherwise))
    return tree
