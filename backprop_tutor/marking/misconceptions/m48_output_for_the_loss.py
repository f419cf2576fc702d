"""The output is differentiated, and not the loss."""

from __future__ import annotations

from ...engine.rules import Wiring, times
from ...model.formula import ONE, Formula, Name
from ...model.graph import Edge
from ._places import Anywhere, enters_loss


class OutputForTheLoss(Anywhere):
    """∂L/∂ŷ := 1, so that every gradient is that of the output.

    With the shortcut, ∂L/∂z is the slope of the output alone.  Silent for activations of a whole layer, whose
    outputs always add up to the same.
    """

    id = "M48"
    title = "Output differentiated instead of the loss"
    repair = (
        "You look for the gradient of the loss, and the loss comes after the output: start with the slope of the "
        "loss in the output, and multiply everything that goes back by it."
    )
    hidden = "losses with slope 1, such as half the squared error where ŷ − y = 1"

    def slope(self, edge: Edge, right: Formula, wiring: Wiring) -> Formula:
        if edge.shortcut or not enters_loss(edge, wiring) or _is_layer_wide(edge.source, wiring):
            return right
        return right if right == ONE else ONE

    def gather(self, name: str, right: Formula, shares: tuple[Formula, ...], wiring: Wiring) -> Formula:
        a = wiring.activation(name)
        if a is None or _is_layer_wide(a, wiring) or not any(edge.shortcut for edge in wiring.plan.edges[name]):
            return right
        operation = wiring.producers[a].op
        return times(wiring.gradient(a), operation.slope(0, 0, (Name(name),), (Name(a),)))


def _is_layer_wide(output: str, wiring: Wiring) -> bool:
    before = wiring.producers.get(output)
    return before is not None and before.op.layer_wide
