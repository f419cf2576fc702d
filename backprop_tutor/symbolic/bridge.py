"""Formulas to SymPy and back.

Symbols are made here and nowhere else, under names of our own (``v0``, ``v1`` …), so that no outside text ever
becomes a SymPy name.  Functions of the formula language stay functions (``sigmoid(z)``), whose derivative is
the slope on their page; ``expand`` writes them out in exponentials and the like, which is what proofs want.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import sympy

from .. import ops
from ..errors import UndefinedValueError
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
    walk,
)

_NATIVE = {
    "exp": sympy.exp,
    "ln": sympy.log,
    "sin": sympy.sin,
    "cos": sympy.cos,
    "tan": sympy.tan,
    "tanh": sympy.tanh,
    "sqrt": sympy.sqrt,
    "erf": sympy.erf,
}
_NATIVE_EXPANDED = {"abs": sympy.Abs, "sign": sympy.sign, "max": sympy.Max, "min": sympy.Min}
_NAMES = {"log": "ln", "Abs": "abs", "Max": "max", "Min": "min"}
_RECIPROCALS = {"cot": "tan", "sec": "cos", "csc": "sin"}
"""What SymPy writes by itself, and the formula language has only upside down."""
_RELATIONS = {">": sympy.Gt, ">=": sympy.Ge, "=": sympy.Eq}


class Bridge:
    """A two-way dictionary between names and SymPy symbols; one for each piece of work.

    With ``decimals``, fractions that end come back as decimals: 0.14 instead of 7/50.
    """

    def __init__(self, decimals: bool = False) -> None:
        self.decimals = decimals
        self._symbols: dict[Formula, sympy.Symbol] = {}
        self._leaves: dict[sympy.Symbol, Formula] = {}

    def symbol(self, leaf: Formula) -> sympy.Symbol:
        """The real symbol of a name or derivative."""
        if leaf not in self._symbols:
            symbol = sympy.Symbol(f"v{len(self._symbols):05d}", real=True)
            self._symbols[leaf] = symbol
            self._leaves[symbol] = leaf
        return self._symbols[leaf]

    def to_sympy(self, tree: Formula, expand: bool = False) -> sympy.Expr:
        """The SymPy expression of a formula (evaluated as SymPy does, so for reckoning, not for showing)."""

        def read(part: Formula) -> sympy.Expr:
            return self.to_sympy(part, expand)

        match tree:
            case Number(value):
                return sympy.Rational(value.numerator, value.denominator)
            case Name() | Derivative():
                return self.symbol(tree)
            case Sum(terms):
                return sympy.Add(*map(read, terms))
            case Product(factors):
                return sympy.Mul(*map(read, factors))
            case Negative(operand):
                return -read(operand)
            case Quotient(numerator, denominator):
                return read(numerator) / read(denominator)
            case Power(base, exponent):
                return read(base) ** read(exponent)
            case Call(function, arguments):
                return self.call(function, tuple(map(read, arguments)), expand)
            case Cases(cases, otherwise):
                pieces = [(read(value), self._condition(condition, expand)) for condition, value in cases]
                return sympy.Piecewise(*pieces, (read(otherwise), True))

    def _condition(self, condition: Condition, expand: bool) -> object:
        relation = _RELATIONS[condition.relation]
        return relation(self.to_sympy(condition.left, expand), self.to_sympy(condition.right, expand))

    def call(self, function: str, arguments: tuple[sympy.Expr, ...], expand: bool = False) -> sympy.Expr:
        """A function of the formula language applied to SymPy expressions."""
        if function == "pi":
            return sympy.pi
        if function in _NATIVE:
            return _NATIVE[function](*arguments)
        if expand and function in _NATIVE_EXPANDED:
            return _NATIVE_EXPANDED[function](*arguments)
        if expand or _cancels(function, arguments):
            leaves = tuple(Name(f"#{i}") for i in range(len(arguments)))
            operation, inputs = ops.from_call(function, leaves)
            inner = Bridge()
            tree = inner.to_sympy(operation.formula(inputs)[0], expand)
            values = {inner.symbol(leaf): value for leaf, value in zip(leaves, arguments, strict=True)}
            # At once, for the arguments are made of symbols with the same names as the placeholders.
            return tree.subs(values, simultaneous=True)
        return function_class(function)(*arguments)

    def from_sympy(self, expression: sympy.Expr) -> Formula:
        """The formula of a SymPy expression, terms in a readable order.

        Raises UndefinedValueError for what no formula of real numbers can say (infinities, √−1).
        """
        return _Back(self._leaves, self.decimals).read(expression)


def _cancels(function: str, arguments: tuple[sympy.Expr, ...]) -> bool:
    """Whether writing a function out lets exponentials meet logarithms of constants: σ(ln 2) is 2/3."""
    if not any(not argument.free_symbols and argument.has(sympy.log) for argument in arguments):
        return False
    operation, inputs = ops.from_call(function, tuple(Name(f"#{i}") for i in range(len(arguments))))
    return any(isinstance(part, Call) and part.function == "exp" for part in walk(operation.formula(inputs)[0]))


@cache
def function_class(function: str) -> type[sympy.Function]:
    """A SymPy function whose derivative is the slope taught on its page."""

    def fdiff(self: sympy.Function, argindex: int = 1) -> sympy.Expr:
        leaves = tuple(Name(f"#{i}") for i in range(len(self.args)))
        operation, inputs = ops.from_call(function, leaves)
        output = Name("#y")
        bridge = Bridge()
        if argindex <= len(inputs):
            slope = bridge.to_sympy(operation.slope(argindex - 1, 0, inputs, (output,)))
        else:
            # By a parameter, for which the page has no slope: leaky_relu(z, s) by s.
            written_out = bridge.to_sympy(operation.formula(inputs)[0], expand=True)
            slope = sympy.diff(written_out, bridge.symbol(leaves[argindex - 1]))
        values = {bridge.symbol(leaf): value for leaf, value in zip(leaves, self.args, strict=True)}
        return slope.subs({**values, bridge.symbol(output): self}, simultaneous=True)

    return type(function, (sympy.Function,), {"fdiff": fdiff, "is_real": True})


MOST_TENTHS = 10**5
"""A decimal has at most five places, so that a float writes it without loss."""


class _Back:
    """SymPy to formula: products with negative powers become fractions, coefficients come first."""

    def __init__(self, leaves: dict[sympy.Symbol, Formula], decimals: bool) -> None:
        self.leaves = leaves
        self.decimals = decimals

    def _number(self, value: Fraction) -> Number:
        """A fraction that is not negative, written as a decimal where that is wanted and ends soon."""
        if self.decimals and value.denominator != 1 and MOST_TENTHS % value.denominator == 0:
            return Number(value, f"{float(value):g}")
        return Number(value)

    def read(self, e: sympy.Expr) -> Formula:
        if e.is_Rational:
            value = Fraction(int(e.p), int(e.q))
            return Negative(self._number(-value)) if value < 0 else self._number(value)
        if e.is_Symbol:
            return self.leaves[e]
        if e is sympy.pi:
            return Call("pi", ())
        if e is sympy.E:
            return Call("exp", (Number(Fraction(1)),))
        if e.is_Add:
            return self._sum(e)
        if e.is_Mul:
            return self._product(e)
        if e.is_Pow:
            return self._power(e)
        if isinstance(e, sympy.Piecewise):
            return self._cases(e)
        name = _NAMES.get(type(e).__name__, type(e).__name__)
        if name in _RECIPROCALS:
            return Quotient(Number(Fraction(1)), Call(_RECIPROCALS[name], (self.read(e.args[0]),)))
        if isinstance(e, sympy.Function) and name in ops.known_functions():
            return Call(name, tuple(self.read(argument) for argument in e.args))
        raise UndefinedValueError("no real number there")

    def _sum(self, e: sympy.Expr) -> Formula:
        # A positive term first.
        terms = self._terms(e)
        first = next((i for i, term in enumerate(terms) if not term.could_extract_minus_sign()), 0)
        terms.insert(0, terms.pop(first))
        return Sum(tuple(self.read(term) for term in terms))

    def _reads_better_negated(self, e: sympy.Expr) -> bool:
        """−2·(a − b) keeps the author's order where 2·(b − a) would not; 1 − a stays as it is."""
        first = self._terms(e)[0]
        leads = first.free_symbols and first.could_extract_minus_sign()
        return bool(leads) and not any(term.is_positive for term in e.args if not term.free_symbols)

    def _terms(self, e: sympy.Expr) -> list[sympy.Expr]:
        """The terms of a sum in the order in which their names came up; numbers last."""
        return sorted(e.args, key=lambda term: (not term.free_symbols and term.is_Rational, _first(term)))

    def _product(self, e: sympy.Expr) -> Formula:
        coefficient, rest = e.as_coeff_Mul()
        over, under = [], []
        for factor in sympy.Mul.make_args(rest):
            base, exponent = factor.as_base_exp()
            if exponent.is_Rational and exponent < 0 and not isinstance(factor, sympy.exp):
                under.append(base**-exponent)
            else:
                over.append(factor)
        sign, size = coefficient < 0, abs(coefficient)
        for i, factor in enumerate(over):
            if factor.is_Add and self._reads_better_negated(factor):
                over[i], sign = -factor, not sign
        over.sort(key=lambda factor: (factor.is_Add, isinstance(factor, sympy.Function), _first(factor)))
        if self._number(Fraction(int(size.p), int(size.q))).written:
            factors, below = [size], sympy.Integer(1)
        else:
            factors, below = [] if size.p == 1 and over else [sympy.Integer(size.p)], sympy.Integer(size.q)
        top = [self.read(factor) for factor in (*factors, *over)]
        result: Formula = top[0] if len(top) == 1 else Product(tuple(top))
        bottom = [self.read(factor) for factor in ([below] if below != 1 else []) + under]
        if bottom:
            result = Quotient(result, bottom[0] if len(bottom) == 1 else Product(tuple(bottom)))
        return Negative(result) if sign else result

    def _power(self, e: sympy.Expr) -> Formula:
        base, exponent = e.args
        if exponent == sympy.Rational(1, 2):
            return Call("sqrt", (self.read(base),))
        if exponent.is_Rational and exponent < 0:
            return Quotient(Number(Fraction(1)), self.read(base**-exponent))
        if base is sympy.E:
            return Call("exp", (self.read(exponent),))
        return Power(self.read(base), self.read(exponent))

    def _cases(self, e: sympy.Piecewise) -> Formula:
        cases: list[tuple[Condition, Formula]] = []
        for value, condition in e.args:
            if condition is sympy.true:
                return Cases(tuple(cases), self.read(value)) if cases else self.read(value)
            cases.append((self._condition(condition), self.read(value)))
        raise UndefinedValueError("a formula that is not defined everywhere")

    def _condition(self, condition: sympy.Basic) -> Condition:
        left, right = (self.read(side) for side in condition.args)
        match condition:
            case sympy.StrictGreaterThan():
                return Condition(left, ">", right)
            case sympy.StrictLessThan():
                return Condition(right, ">", left)
            case sympy.GreaterThan():
                return Condition(left, ">=", right)
            case sympy.LessThan():
                return Condition(right, ">=", left)
            case sympy.Equality():
                return Condition(left, "=", right)
        raise UndefinedValueError("a condition that no formula can express")


def _first(e: sympy.Expr) -> tuple[str, str]:
    names = sorted(symbol.name for symbol in e.free_symbols)
    return (names[0] if names else "", str(sympy.default_sort_key(e)) if not names else "")
