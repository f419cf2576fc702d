"""Short exact forms of numbers, such as tanh(5) and 1 − tanh(5)², without a computer algebra system.

Loading SymPy takes longer than solving an ordinary network.  Where everything that was given is a fraction,
the forms that are short enough to show need no more than sums and products of equal parts, which are done
here; roots, logarithms and symbols are SymPy's (``exact.ExactRoad``).
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property

from ..errors import UndefinedValueError
from ..model.formula import (
    ONE,
    ZERO,
    Call,
    Cases,
    Derivative,
    Formula,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    replace,
    total,
    walk,
)
from ..model.trace import Trace
from .arithmetic import looked_up
from .exact import is_short
from .plan import Plan
from .precise import Precise
from .settle import FIRST_DIGITS

MOST_PARTS = 40
LARGEST_EXPONENT = 12


class ShortForms:
    """Exact forms of a graph's quantities as formulas; None where they would be long."""

    def __init__(self, plan: Plan, trace: Trace) -> None:
        self.plan = plan
        self.trace = trace
        self._deciding = Precise(max(FIRST_DIGITS, trace.digits))

    def value(self, name: str) -> Formula | None:
        """A forward value."""
        return self._values.get(name)

    def gradient(self, name: str) -> Formula | None:
        """The total derivative of the objective by a value."""
        return self._gradients.get(name)

    def slope(self, source: str, position: int) -> Formula | None:
        """The local slope along an edge."""
        edge = self.plan.edges[source][position]
        return self._known(self.trace.slopes.get((source, position))) or self._composed(edge.reckoned or edge.slope)

    @cached_property
    def _values(self) -> Mapping[str, Formula | None]:
        graph = self.plan.graph
        found = {name: self._known(number) for name, number in self.trace.values.items()}
        for node in graph.nodes:
            x = graph.inputs_of(node)
            trees = node.op.called(x) or node.op.formula(x)
            for name, tree in zip(node.outputs, trees, strict=True):
                if found.get(name) is None and not isinstance(self.trace.values.get(name), Fraction):
                    found[name] = self._composed(tree, found)
        return found

    @cached_property
    def _gradients(self) -> Mapping[str, Formula | None]:
        found: dict[str, Formula | None] = {}
        for name in self.plan.order:
            known = self._known(self.trace.gradients.get(name))
            found[name] = known if known is not None else self._sum_of_shares(name, found)
        return found

    def _sum_of_shares(self, name: str, found: Mapping[str, Formula | None]) -> Formula | None:
        shares: list[Formula] = []
        for position, edge in enumerate(self.plan.edges[name]):
            arriving, slope = found.get(edge.target), self.slope(name, position)
            if arriving is None or slope is None:
                return None
            shares.append(Product((arriving, slope)))
        return _bounded(folded(total(tuple(shares))))

    def _known(self, number: object | None) -> Formula | None:
        """A short fraction as it is."""
        return Number(number) if isinstance(number, Fraction) and is_short(number) else None

    def _composed(self, tree: Formula, values: Mapping[str, Formula | None] | None = None) -> Formula | None:
        values = self._values if values is None else values
        lookup = looked_up(self.trace.values)
        missing = False

        def put_in(part: Formula) -> Formula | None:
            nonlocal missing
            if isinstance(part, Cases):
                return replace(self._deciding.chosen(part, lookup), put_in)
            if not isinstance(part, Name):
                return None
            form = values.get(part.name)
            missing = missing or form is None
            return form or ZERO

        try:
            composed = replace(tree, put_in)
            return None if missing else _bounded(folded(composed))
        except (KeyError, UndefinedValueError):
            return None


def _bounded(tree: Formula) -> Formula | None:
    return tree if sum(1 for _ in walk(tree)) <= MOST_PARTS else None


def folded(tree: Formula) -> Formula:
    """The formula with numbers worked out, and equal terms and factors put together, in the order of writing."""
    match tree:
        case Sum() | Negative():
            return _folded_sum(tree)
        case Product() | Quotient() | Power():
            return _folded_product(tree)
        case Call(function, arguments):
            return Call(function, tuple(map(folded, arguments)))
        case Number() | Name() | Derivative() | Cases():
            pass
    return tree


def _folded_sum(tree: Formula) -> Formula:
    """Terms with their coefficients, equal ones together; the plain number last."""
    coefficients: dict[Formula, Fraction] = {}

    def collect(part: Formula, sign: Fraction) -> None:
        match part:
            case Sum(terms):
                for term in terms:
                    collect(term, sign)
            case Negative(operand):
                collect(operand, -sign)
            case _:
                coefficient, rest = _split(folded(part))
                if isinstance(rest, Sum) and not isinstance(part, Sum):
                    for term in rest.terms:
                        collect(term, sign * coefficient)
                else:
                    coefficients[rest] = coefficients.get(rest, Fraction(0)) + sign * coefficient

    collect(tree, Fraction(1))
    number = coefficients.pop(ONE, Fraction(0))
    terms = [_scaled(coefficient, rest) for rest, coefficient in coefficients.items() if coefficient]
    if number or not terms:
        terms.append(_number(number))
    terms.sort(key=lambda term: isinstance(term, Negative))
    return total(tuple(terms))


def _folded_product(tree: Formula) -> Formula:
    """A coefficient, then factors with their exponents, equal ones together."""
    exponents: dict[Formula, Fraction] = {}
    coefficient = Fraction(1)

    def collect(part: Formula, exponent: Fraction) -> None:
        nonlocal coefficient
        match part:
            case Product(factors):
                for factor in factors:
                    collect(factor, exponent)
            case Quotient(numerator, denominator):
                collect(numerator, exponent)
                collect(denominator, -exponent)
            case Power(base, Number(value)) if value.denominator == 1 and abs(value) <= LARGEST_EXPONENT:
                collect(base, exponent * value)
            case Power(base, other):
                whole = Power(folded(base), folded(other))
                exponents[whole] = exponents.get(whole, Fraction(0)) + exponent
            case _:
                found, rest = _split(folded(part))
                if found or exponent > 0:
                    coefficient *= found ** int(exponent)
                elif exponent < 0:
                    raise UndefinedValueError("division by zero")
                if isinstance(rest, (Product, Quotient)):
                    collect(rest, exponent)
                elif rest != ONE:
                    exponents[rest] = exponents.get(rest, Fraction(0)) + exponent

    collect(tree, Fraction(1))
    if coefficient == 0:
        return ZERO
    over = [_power(base, exponent) for base, exponent in exponents.items() if exponent > 0]
    under = [_power(base, -exponent) for base, exponent in exponents.items() if exponent < 0]
    over.sort(key=lambda factor: isinstance(factor, Sum))
    top = over[0] if len(over) == 1 else Product(tuple(over)) if over else ONE
    if under:
        top = Quotient(top, under[0] if len(under) == 1 else Product(tuple(under)))
    return _scaled(coefficient, top)


def _power(base: Formula, exponent: Fraction) -> Formula:
    return base if exponent == 1 else Power(base, Number(exponent))


def _split(tree: Formula) -> tuple[Fraction, Formula]:
    """The numerical coefficient of a folded term, and the rest."""
    match tree:
        case Number(value):
            return value, ONE
        case Negative(operand):
            coefficient, rest = _split(operand)
            return -coefficient, rest
        case Product((Number(value), *rest)):
            return value, rest[0] if len(rest) == 1 else Product(tuple(rest))
    return Fraction(1), tree


def _number(value: Fraction) -> Formula:
    return Number(value) if value >= 0 else Negative(Number(-value))


def _scaled(coefficient: Fraction, rest: Formula) -> Formula:
    if rest == ONE:
        return _number(coefficient)
    size = abs(coefficient)
    factors = rest.factors if isinstance(rest, Product) else (rest,)
    scaled = rest if size == 1 else Product((Number(size), *factors))
    return Negative(scaled) if coefficient < 0 else scaled
