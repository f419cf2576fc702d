"""The one operation whose slope is SymPy's: a line of the author's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace as with_field
from functools import cached_property, lru_cache
from typing import ClassVar

from .. import ops
from ..errors import UndefinedValueError
from ..model.formula import Call, Derivative, Formula, Name, Number, Quotient, names_in, replace, walk
from ..model.op import Inputs, Kink, Op, Slip, Words

MOST_PARTS = 200
MOST_ARGUMENTS = 5
PLAIN = frozenset({"exp", "ln", "sin", "cos", "tan", "tanh", "sqrt", "erf", "pi", "sign"})


@dataclass(frozen=True)
class Expression(Op):
    """A formula of named inputs, differentiated by SymPy, one line at a time.

    ``tree`` uses the names in ``inputs``, which stand for the operation's inputs in this order.
    """

    tree: Formula
    inputs: tuple[str, ...]

    name: ClassVar[str] = "expression"
    title: ClassVar[str] = "A formula"
    arity: ClassVar[tuple[int, int | None]] = (0, None)

    def formula(self, x: Inputs) -> tuple[Formula, ...]:
        return (self._in(x, self.tree),)

    def depends(self, i: int, k: int, count: int) -> bool:
        return self.inputs[i] in self._names

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(names_in(self.tree))

    def slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Formula:
        return self._in(x, derivative(self.tree, self.inputs[i]))

    def kernel(self, x: Sequence[float]) -> tuple[float, ...]:
        raise NotImplementedError("an author's formula has no second implementation")

    def explain_value(self, x: Inputs, y: Inputs) -> Words:
        return ("Work the line out as it is written.",)

    def explain_slope(self, i: int, k: int, x: Inputs, y: Inputs) -> Words:
        from .by_rules import explain

        name = self.inputs[i]
        return tuple(part if isinstance(part, str) else self._in(x, part) for part in explain(self.tree, name))

    def derivation(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Formula, ...]:
        from .by_rules import differentiate

        found = differentiate(self.tree, self.inputs[i])
        return () if found is None else (self._in(x, found),)

    def slips(self, i: int, k: int, x: Inputs, y: Inputs) -> tuple[Slip, ...]:
        from .slips import slips

        return tuple(with_field(slip, wrong=self._in(x, slip.wrong)) for slip in slips(self.tree, self.inputs[i]))

    def kinks(self, x: Inputs) -> tuple[Kink, ...]:
        return tuple(kink for call in self._calls for kink in _page_kinks(self._in(x, call)))

    @cached_property
    def _calls(self) -> tuple[Call, ...]:
        return tuple(part for part in walk(self.tree) if isinstance(part, Call) and part.function not in PLAIN)

    def _in(self, x: Inputs, tree: Formula) -> Formula:
        bound = dict(zip(self.inputs, x, strict=True))
        if all(isinstance(value, Name) and value.name == name for name, value in bound.items()):
            return tree
        return replace(tree, lambda part: bound[part.name] if isinstance(part, Name) else None)


def _page_kinks(call: Formula) -> tuple[Kink, ...]:
    assert isinstance(call, Call)
    operation, inputs = ops.from_call(call.function, call.arguments)
    return operation.kinks(inputs)


@lru_cache(maxsize=4096)
def derivative(tree: Formula, name: str) -> Formula:
    """The partial derivative of a formula by one of its names, common factors taken out.

    Its value is SymPy's; where that would stack fractions, it is written as the rules give it.
    """
    from .by_rules import differentiate

    by_rules = differentiate(tree, name)
    if by_rules is not None and _is_laborious(tree):
        return by_rules
    found = by_sympy(tree, name)
    if found is None and by_rules is None:
        raise UndefinedValueError("its derivative cannot be written down")
    # Nobody who uses the quotient rule comes to a fraction in a fraction.
    if by_rules is not None and (found is None or (_stacks_fractions(found) and not _stacks_fractions(by_rules))):
        return by_rules
    assert found is not None
    return found


def by_sympy(tree: Formula, name: str) -> Formula | None:
    """The partial derivative as SymPy finds it; None where it cannot be written down.

    Raises UndefinedValueError where it is no real number.
    """
    import sympy

    from . import SYMPY_FAILURES
    from .bridge import Bridge

    bridge = Bridge(decimals=any("." in part.written for part in walk(tree) if isinstance(part, Number)))
    try:
        slope = sympy.diff(bridge.to_sympy(tree), bridge.symbol(Name(name)))
        return bridge.from_sympy(sympy.factor_terms(slope))
    except SYMPY_FAILURES:
        return None


def _stacks_fractions(tree: Formula) -> bool:
    """Whether a fraction stands above or below the bar of another."""
    fractions = (part for part in walk(tree) if isinstance(part, Quotient))
    return any(part is not outer and isinstance(part, Quotient) for outer in fractions for part in walk(outer))


def _is_laborious(tree: Formula) -> bool:
    """Whether SymPy would work on the derivative for many seconds: the largest of many formulas, for example."""
    sizes = [len(part.arguments) for part in walk(tree) if isinstance(part, Call)]
    return sum(1 for _ in walk(tree)) > MOST_PARTS or any(size > MOST_ARGUMENTS for size in sizes)


def substitute(tree: Formula, bound: dict[Formula, Formula]) -> Formula:
    """The formula with names or derivatives exchanged for formulas; nothing is evaluated."""
    return replace(tree, lambda part: bound.get(part) if isinstance(part, (Name, Derivative)) else None)
