"""What the pages about other losses share: the same loss with another number in front, in value and in slope."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from fractions import Fraction

from ...engine.rules import Wiring
from ...model.formula import Formula, Negative, Number, Power, Product, Quotient, Sum, formula, product
from ...model.graph import Edge, Node, Role
from ...model.op import ElementwiseLoss, Op
from ._places import Anywhere

HALF = Fraction(1, 2)


class ScaledLoss(Anywhere):
    """Another number in front of a loss: in its value, in its slopes, and in the shortcut."""

    of_the_loss = True

    def factor(self, node: Node, wiring: Wiring) -> Fraction | None:
        """By what the loss of a node is multiplied; None: it stays as it is."""
        raise NotImplementedError

    def forward(self, node: Node, k: int, right: Formula, wiring: Wiring) -> Formula:
        factor = self.factor(node, wiring)
        return right if factor is None else scaled(right, factor)

    def slope(self, edge: Edge, right: Formula, wiring: Wiring) -> Formula:
        factor = self.factor(edge.node, wiring)
        return right if factor is None else scaled(right, factor)


def scaled(tree: Formula, factor: Fraction) -> Formula:
    """The formula times a number, put together with the numbers that stand in front of it already."""
    number, core = apart(tree)
    number *= factor
    if core is None:
        return formula(number)
    if number == 1:
        return core
    return -core if number == -1 else product((formula(number), core))


def apart(tree: Formula) -> tuple[Fraction, Formula | None]:
    """The number in front of a formula, and the rest; None if there is no rest."""
    match tree:
        case Number(value):
            return value, None
        case Negative(operand):
            number, core = apart(operand)
            return -number, core
        case Quotient(numerator, Number(value)) if value != 0:
            number, core = apart(numerator)
            return number / value, core
        case Product(factors):
            number, rest = Fraction(1), []
            for factor in factors:
                own, core = apart(factor)
                number *= own
                if core is not None:
                    rest.append(core)
            return number, product(tuple(rest)) if rest else None
    return Fraction(1), tree


def number_before_squares(node: Node, wiring: Wiring) -> Fraction | None:
    """The number in front of the sum of the squared errors, a mean's 1/n left out; None for any other loss."""
    # The outputs come first; a penalty has none, and may have very many inputs.
    if wiring.role(node.outputs[0]) is not Role.LOSS or wiring.role(node.inputs[0]) is not Role.OUTPUT:
        return None
    number, core = apart(node.op.formula(wiring.graph.inputs_of(node))[0])
    terms = core.terms if isinstance(core, Sum) else (core,)
    count = sum(wiring.role(name) is Role.OUTPUT for name in node.inputs)
    if len(terms) != count or not all(_is_square(term) for term in terms):
        return None
    if isinstance(node.op, ElementwiseLoss):
        return number * count if node.op.averages(count) else number
    # In a formula of the author's own, a half before two squares may be a mean.
    return None if count == 2 and number == HALF else number


def _is_square(tree: Formula | None) -> bool:
    return isinstance(tree, Power) and isinstance(tree.exponent, Number) and tree.exponent.value == 2


def averages(node: Node) -> bool | None:
    """Whether a loss of several outputs takes their mean; None where it cannot, or there is one output."""
    return None if len(node.inputs) < 4 else flag(node.op, "mean")


def flag(operation: Op, name: str) -> bool | None:
    """A setting of an operation that is on or off; None where it has none of that name."""
    if not is_dataclass(operation) or name not in {field.name for field in fields(operation)}:
        return None
    found = getattr(operation, name)
    return found if isinstance(found, bool) else None


def turned(operation: Op, name: str) -> Op:
    """The operation with that setting the other way."""
    assert is_dataclass(operation)
    changed = replace(operation, **{name: not getattr(operation, name)})
    assert isinstance(changed, Op)
    return changed
