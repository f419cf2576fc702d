"""The logarithm of the loss is taken to base 2."""

from __future__ import annotations

from ...engine.rules import Wiring
from ...model.formula import Call, Formula, Quotient, ln, walk
from ...model.graph import Edge, Node
from ...model.op import Loss
from ._places import Anywhere


class LossInBits(Anywhere):
    """log₂ for ln in a loss that is made of logarithms: its value and all its slopes are divided by ln 2."""

    id = "C07"
    title = "Loss with the logarithm to base 2"
    repair = (
        "This is right for a loss with the logarithm to base 2. This problem takes the natural logarithm, "
        "so its loss and all its gradients are smaller by the factor ln 2 = 0.693."
    )
    hidden = "nowhere"
    convention = True

    def forward(self, node: Node, k: int, right: Formula, wiring: Wiring) -> Formula:
        return Quotient(right, ln(2)) if _is_of_logarithms(node, wiring) else right

    def slope(self, edge: Edge, right: Formula, wiring: Wiring) -> Formula:
        return Quotient(right, ln(2)) if _is_of_logarithms(edge.node, wiring) else right


def _is_of_logarithms(node: Node, wiring: Wiring) -> bool:
    if not isinstance(node.op, Loss):
        return False
    (tree,) = node.op.formula(wiring.graph.inputs_of(node))
    called = [part.function for part in walk(tree) if isinstance(part, Call)]
    return bool(called) and set(called) == {"ln"}
