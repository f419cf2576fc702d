"""A gate opens by the sign of the gradient that arrives."""

from __future__ import annotations

from typing import Self

from ...engine.rules import Wiring, times
from ...model.formula import ZERO, Cases, Condition, Formula
from ...model.graph import Edge
from ..misconception import Misconception
from ._slopes import edges_of, sides


class GateByTheGradient(Misconception):
    """ReLU passes positive gradients and stops negative ones.

    It is about every operation that bends where its single input changes sign, at hidden units and at outputs.
    """

    id = "M11"
    title = "ReLU opened by the sign of the gradient"
    repair = (
        "Whether a ReLU unit lets the gradient through was settled in the forward pass: look at the sign of what "
        "went in. The gradient itself may be negative, and passes all the same."
    )
    hidden = "gradients that are positive exactly where z is, or 0"

    def share(self, edge: Edge, right: Formula, arriving: Formula, slope: Formula, wiring: Wiring) -> Formula:
        gate = _gate(edge)
        if gate is None or edge.target in wiring.every_objective:
            return right
        ((condition, through),) = gate.cases
        opened = Condition(arriving, condition.relation, condition.right)
        stopped = ZERO if gate.otherwise == ZERO else times(arriving, gate.otherwise)
        return Cases(((opened, times(arriving, through)),), stopped)

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        found = any(_gate(edge) is not None and edge.target not in wiring.every_objective for edge in edges_of(wiring))
        return (cls(),) if found else ()


def _gate(edge: Edge) -> Cases | None:
    """The slope, if it is one thing where the input is positive, and another elsewhere."""
    if edge.shortcut or len(edge.node.inputs) != 1:
        return None
    x, _ = sides(edge.node)
    slope = edge.slope
    if not isinstance(slope, Cases) or len(slope.cases) != 1 or not edge.node.op.kinks(x):
        return None
    condition, _ = slope.cases[0]
    return slope if condition == Condition(x[0], ">", ZERO) else None
