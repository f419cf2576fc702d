"""The biases are penalised like the weights."""

from __future__ import annotations

from ...engine.rules import Wiring, times
from ...model.formula import Formula, Name, total
from ...model.graph import Node
from ._places import Anywhere


class BiasesInThePenalty(Anywhere):
    """The L2 penalty over weights and biases, and its slope in every bias."""

    id = "C05"
    title = "Biases counted in the L2 penalty"
    repair = (
        "This is right for a penalty that counts the biases too. In this problem only the weights are "
        "penalised: the biases are left out of the sum, and get no share of its gradient."
    )
    hidden = "biases of 0"
    convention = True

    def forward(self, node: Node, k: int, right: Formula, wiring: Wiring) -> Formula:
        biases = _left_out(node, wiring) if any(node is penalty for penalty in wiring.penalties) else ()
        return node.op.formula((*wiring.graph.inputs_of(node), *map(Name, biases)))[k] if biases else right

    def gather(self, name: str, right: Formula, shares: tuple[Formula, ...], wiring: Wiring) -> Formula:
        if name not in wiring.biases:
            return right
        found = list(shares)
        for node in wiring.penalties:
            biases = _left_out(node, wiring)
            if name in biases and wiring.has_gradient(node.outputs[0]):
                x, y = (tuple(map(Name, names)) for names in ((*node.inputs, *biases), node.outputs))
                slope = node.op.slope(len(node.inputs) + biases.index(name), 0, x, y)
                found.append(times(wiring.gradient(node.outputs[0]), slope))
        return total(tuple(found)) if len(found) > len(shares) else right


def _left_out(penalty: Node, wiring: Wiring) -> tuple[str, ...]:
    """The biases that a penalty does not count, in the order of the problem."""
    left_out = wiring.biases.difference(penalty.inputs)
    return tuple(name for name in wiring.graph.parameters if name in left_out)
