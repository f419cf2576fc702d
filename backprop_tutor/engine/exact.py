"""The symbolic road: values and gradients as SymPy expressions of what was given.

Nothing is composed beyond a bound, for composed gradients grow exponentially: what would be longer is None,
and what depends on it is None too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from ..errors import UndefinedValueError
from ..model.formula import Cases, Formula, Name, Number, names_in, walk
from ..model.graph import Graph, Role, Value
from ..model.trace import Trace
from ..symbolic import SYMPY_FAILURES
from .arithmetic import Arithmetic, Leaf, looked_up
from .plan import Plan
from .precise import Precise
from .settle import FIRST_DIGITS

if TYPE_CHECKING:
    import sympy

WrittenIn = Literal["numbers", "letters", "between"]

MOST_OPERATIONS = 60
MOST_DIGITS = 12
LARGEST_POWER_OF_A_SUM = 4


class _TooLongError(Exception):
    """The expression would be longer than the bound."""


_NO_FORM = (_TooLongError, *SYMPY_FAILURES)


class Exactly(Arithmetic[object]):
    """SymPy expressions, every result bounded in size.

    ``numbers`` are the values by name by which cases are decided, ``digits`` their precision.
    """

    def __init__(self, most: int, numbers: Mapping[str, object], digits: int, decimals: bool = False) -> None:
        from ..symbolic.bridge import Bridge

        self.bridge = Bridge(decimals)
        self.most = most
        self._tidied: set[object] = set()
        self.numbers = numbers
        self.deciding = Precise(max(FIRST_DIGITS, digits))

    def bounded(self, value: object) -> object:
        if operations(value, self.most) > self.most:
            raise _TooLongError
        return value

    def number(self, value: Fraction) -> object:
        import sympy

        return sympy.Rational(value.numerator, value.denominator)

    def add(self, terms: Sequence[object]) -> object:
        import sympy

        return self.bounded(sympy.Add(*terms))

    def multiply(self, factors: Sequence[object]) -> object:
        import sympy

        return self.bounded(sympy.Mul(*factors))

    def divide(self, numerator: object, denominator: object) -> object:
        return self.bounded(numerator / denominator)  # type: ignore[operator]

    def power(self, base: object, exponent: object) -> object:
        if base.is_Rational and exponent.is_Rational and abs(exponent) > MOST_DIGITS:  # type: ignore[attr-defined, arg-type]
            raise _TooLongError
        return self.bounded(base**exponent)  # type: ignore[operator]

    def primitive(self, function: str, arguments: Sequence[object]) -> object:
        return self.call(function, arguments)

    def call(self, function: str, arguments: Sequence[object]) -> object:
        return self.bounded(self.bridge.call(function, tuple(arguments)))

    def compare(self, left: object, right: object) -> int:
        raise NotImplementedError("symbols are not compared; cases() keeps them apart")

    def tidy(self, value: object) -> object:
        """Common factors of a sum taken out, and sin² + cos² = 1 used where that makes it shorter."""
        import sympy
        from sympy.simplify.fu import TR5

        if value.has(sympy.Piecewise):  # type: ignore[attr-defined]
            return value
        if self._tidied.issuperset(_parts_of(value)) and not value.has(sympy.sin, sympy.cos):  # type: ignore[attr-defined]
            # A product of what was tidied before: one factor more along the chain.
            return value
        forms = [sympy.factor_terms(value)]
        powers = value.atoms(sympy.Pow)  # type: ignore[attr-defined]
        multiplies_out = all(power.exp.is_Integer and power.exp <= LARGEST_POWER_OF_A_SUM for power in powers)
        if multiplies_out and value.has(sympy.sin, sympy.cos):  # type: ignore[attr-defined]
            forms.append(sympy.factor_terms(sympy.expand(TR5(value))))
        form = min(forms, key=operations)
        self._tidied.update(_parts_of(form))
        return form

    def cases(self, tree: Cases, lookup: Callable[[Leaf], object]) -> object:
        """The case that holds for the numbers of the problem; with symbols in the conditions, all of them."""
        try:
            return self.evaluate(self.deciding.chosen(tree, looked_up(self.numbers)), lookup)
        except (KeyError, UndefinedValueError):
            return self._every_case(tree, lookup)

    def _every_case(self, tree: Cases, lookup: Callable[[Leaf], object]) -> object:
        leaves: dict[Formula, object] = {}

        def bind(leaf: Leaf) -> object:
            return leaves.setdefault(leaf, lookup(leaf))

        for name in names_in(tree):
            bind(Name(name))
        expression = self.bridge.to_sympy(tree)
        bound = {self.bridge.symbol(leaf): value for leaf, value in leaves.items()}
        return self.bounded(expression.subs(bound, simultaneous=True))


def _parts_of(value: sympy.Expr) -> list[sympy.Expr]:
    """The factors of a product, or the expression itself; names and numbers are left out."""
    factors = value.args if value.is_Mul else (value,)
    return [factor for factor in factors if not factor.is_Atom]


class ExactRoad:
    """Composed forms of a graph's quantities, made on demand; None where they would be too long.

    ``written_in`` says in what: ``numbers`` (what was given, symbols where no number was), ``letters`` (the
    names of what was given), or ``between`` (every value stays a name, only gradients are composed).
    """

    def __init__(
        self, plan: Plan, trace: Trace, most: int = MOST_OPERATIONS, written_in: WrittenIn = "numbers"
    ) -> None:
        self.plan = plan
        self.trace = trace
        # A formula in letters holds for all numbers: it decides nothing.
        numbers = {} if written_in == "letters" else trace.values
        self.arithmetic = Exactly(most, numbers, trace.digits, _in_decimals(plan.graph))
        self.written_in = written_in

    def formula(self, expression: object | None) -> Formula | None:
        """The expression as a formula."""
        try:
            return None if expression is None else self.arithmetic.bridge.from_sympy(expression)
        except (UndefinedValueError, *SYMPY_FAILURES):
            return None

    def value(self, name: str) -> Formula | None:
        """A forward value."""
        return self.formula(self.values.get(name))

    def gradient(self, name: str) -> Formula | None:
        """The total derivative of the objective by a value."""
        return self.formula(self.gradients.get(name))

    def slope(self, source: str, position: int) -> Formula | None:
        """The local slope along an edge."""
        _ = self.values
        return self.formula(self._evaluate(self.plan.edges[source][position].slope))

    @cached_property
    def values(self) -> Mapping[str, sympy.Expr | None]:
        graph: Graph = self.plan.graph
        computed = graph.producers()
        found: dict[str, object | None] = {}
        for name, value in graph.values.items():
            if self._stays_name(value, name in computed):
                found[name] = self.arithmetic.bridge.symbol(Name(name))
            elif value.given is not None:
                found[name] = self._given(value.given.formula)
        self._found = found
        if self.written_in == "between":
            return found
        for node in graph.nodes:
            x = tuple(Name(name) for name in node.inputs)
            if any(found.get(name) is None for name in node.inputs):
                continue
            trees = node.op.called(x) or node.op.formula(x)
            for name, tree in zip(node.outputs, trees, strict=True):
                known = self._known(self.trace.values.get(name))
                found[name] = self._evaluate(tree) if known is None else known
        return found

    def _stays_name(self, value: Value, is_computed: bool) -> bool:
        if self.written_in == "between":
            return True
        if is_computed or value.label.role is Role.CONSTANT:
            return False
        return self.written_in == "letters" or value.given is None

    def _given(self, tree: Formula) -> object | None:
        if isinstance(tree, Number):
            return self.arithmetic.number(tree.value) if is_short(tree.value) or tree.value == 1 else None
        try:
            return self.arithmetic.evaluate(tree, self.arithmetic.bridge.symbol)
        except _NO_FORM:
            return None

    def _known(self, value: object | None) -> object | None:
        """A short fraction as it is; what has no short exact number here is for the symbols."""
        if self.written_in != "numbers":
            return None
        if isinstance(value, Fraction) and is_short(value):
            return self.arithmetic.number(value)
        return None

    def _evaluate(self, tree: Formula) -> object | None:
        def lookup(leaf: Leaf) -> object:
            assert isinstance(leaf, Name)
            value = self._found.get(leaf.name)
            if value is None:
                raise _TooLongError
            return value

        try:
            return self.arithmetic.evaluate(tree, lookup)
        except _NO_FORM:
            return None

    @cached_property
    def gradients(self) -> Mapping[str, sympy.Expr | None]:
        _ = self.values
        found: dict[str, object | None] = {}
        for name in self.plan.order:
            found[name] = self._gradient(name, found)
        return found

    def _gradient(self, name: str, found: Mapping[str, object | None]) -> object | None:
        if name == self.plan.objective:
            return self.arithmetic.number(Fraction(1))
        known = self._known(self.trace.gradients.get(name))
        if known is not None:
            return known
        shares = []
        for edge in self.plan.edges[name]:
            upstream = found.get(edge.target)
            slope = self._evaluate(edge.slope) if upstream is not None else None
            if slope is None:
                return None
            shares.append((upstream, slope))
        try:
            return self.arithmetic.tidy(self.arithmetic.add([self.arithmetic.multiply(pair) for pair in shares]))
        except _NO_FORM:
            return None


def _in_decimals(graph: Graph) -> bool:
    """Whether the author wrote decimals (0.2) and no fractions (1/5)."""
    written = [value.given.written for value in graph.values.values() if value.given is not None]
    return any("." in text for text in written) and not any("/" in text for text in written)


def operations(value: object, most: int | None = None) -> int:
    """How many operations an expression has: n - 1 for n terms or factors, 1 for a power or a function.

    Counting stops soon after ``most``: what is too long is not read to its end.
    """
    count = 0
    waiting: list[object] = [value]
    while waiting and (most is None or count <= most):
        part = waiting.pop()
        inside = part.args  # type: ignore[attr-defined]
        if inside:
            count += max(1, len(inside) - 1)
            waiting.extend(inside)
    return count


def is_short(value: Fraction) -> bool:
    """Whether a fraction has so few digits that it may be composed further."""
    return value.numerator.bit_length() + value.denominator.bit_length() <= 6 * MOST_DIGITS


def short(tree: Formula, most: int = 12) -> bool:
    """Whether an exact form is short enough to stand beside its number."""
    return sum(1 for _ in walk(tree)) <= most
