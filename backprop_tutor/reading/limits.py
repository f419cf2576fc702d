"""How large a formula may be, judged before anything is computed with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from ..model.formula import Call, Formula, Name, Negative, Number, Power, Product, Quotient, Sum, children, walk
from .formula_error import FormulaError

MAX_LENGTH = 2000
MAX_NESTING = 64
MAX_PARTS = 400
MAX_WRITTEN_EXPONENT = 64

# A bound on the bits of an exact result: 64 factors of a number of 40 digits fit, 64 factors of those do not.
_MAX_WEIGHT = 100_000
_MAX_EXACT_WEIGHT = 4_096

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of a part: its depth, a bound on the bits of its exact value, and that value if it is small.

    ``constant``: it holds numbers only; ``powers``: it holds a power.
    """

    depth: int
    weight: int
    constant: bool
    powers: bool
    value: Fraction | None


def check_limits(tree: Formula, exponents: Mapping[int, Place], whole: Place) -> None:
    """Refuse a formula with too many parts, too deep, or with powers that could not be computed.

    ``exponents`` tells the places of exponents by the ``id`` of the power.  Raises FormulaError.
    """
    parts = list(walk(tree))
    if len(parts) > MAX_PARTS:
        raise FormulaError(
            f"the formula has {len(parts)} parts", f"Split it into formulas of at most {MAX_PARTS} parts.", *whole
        )
    facts: dict[int, _Facts] = {}
    # ``walk`` gives every part before what is in it; backwards, what is in a part is known before the part.
    for part in reversed(parts):
        inside = [facts[id(child)] for child in children(part)]
        if isinstance(part, Power):
            facts[id(part)] = _power(inside[0], inside[1], exponents.get(id(part), whole))
        else:
            facts[id(part)] = _combined(part, inside)
        if facts[id(part)].depth > MAX_NESTING:
            raise _too_deep(whole)


def _too_deep(place: Place) -> FormulaError:
    return FormulaError("the formula is nested too deeply", "Split it into several formulas.", *place)


def _combined(part: Formula, inside: list[_Facts]) -> _Facts:
    weight = max(1, len(inside) + sum(facts.weight for facts in inside))
    if isinstance(part, Number):
        weight = part.value.numerator.bit_length() + part.value.denominator.bit_length()
    constant = not isinstance(part, (Name, Call)) and all(facts.constant for facts in inside)
    return _Facts(
        depth=1 + max((facts.depth for facts in inside), default=0),
        weight=weight,
        constant=constant,
        powers=any(facts.powers for facts in inside),
        value=_value(part, [facts.value for facts in inside]) if constant and weight <= _MAX_EXACT_WEIGHT else None,
    )


def _value(part: Formula, inside: list[Fraction | None]) -> Fraction | None:
    values = [value for value in inside if value is not None]
    if len(values) < len(inside):
        return None
    match part:
        case Number(value):
            return value
        case Sum():
            return sum(values, Fraction(0))
        case Product():
            result = Fraction(1)
            for value in values:
                result *= value
            return result
        case Quotient():
            return values[0] / values[1] if values[1] else None
        case Negative():
            return -values[0]
    return None


def _power(base: _Facts, exponent: _Facts, place: Place) -> _Facts:
    weight = 1 + base.weight + exponent.weight
    value = None
    if exponent.constant:
        if exponent.value is None and exponent.powers:
            raise FormulaError("this exponent is itself a power", "Write the exponent as a plain number.", *place)
        if exponent.value is not None:
            if abs(exponent.value) > MAX_WRITTEN_EXPONENT:
                raise _too_large(place)
            if exponent.value.denominator == 1:
                times = int(exponent.value)
                weight = max(1, base.weight * abs(times))
                if weight > _MAX_WEIGHT:
                    raise _too_large(place)
                if base.value is not None and weight <= _MAX_EXACT_WEIGHT and (base.value or times >= 0):
                    value = base.value**times
    return _Facts(
        depth=1 + max(base.depth, exponent.depth),
        weight=weight,
        constant=base.constant and exponent.constant,
        powers=True,
        value=value,
    )


def _too_large(place: Place) -> FormulaError:
    return FormulaError(
        "this exponent is too large",
        f"Write an exponent between -{MAX_WRITTEN_EXPONENT} and {MAX_WRITTEN_EXPONENT}.",
        *place,
    )
