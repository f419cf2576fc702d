"""The calculator takes angles in degrees."""

from __future__ import annotations

from ...engine.rules import Wiring
from ...model.formula import PI, Call, Formula, replace, walk
from ...model.graph import Edge, Node
from ._places import Anywhere

ANGLES = frozenset({"sin", "cos", "tan"})


class CalculatorInDegrees(Anywhere):
    """sin x := sin(x·π/180), and so cos and tan, in the forward pass and in the slopes."""

    id = "M49"
    title = "Calculator set to degrees"
    repair = (
        "Angles are in radians here, and the slopes of sin, cos and tan hold for radians only: set your calculator "
        "to radians (RAD) and work these steps out again."
    )
    hidden = "angles of 0"

    def forward(self, node: Node, k: int, right: Formula, wiring: Wiring) -> Formula:
        return _with_degrees(right)

    def slope(self, edge: Edge, right: Formula, wiring: Wiring) -> Formula:
        return _with_degrees(right)


def _with_degrees(right: Formula) -> Formula:
    has_angle = any(isinstance(part, Call) and part.function in ANGLES for part in walk(right))
    return replace(right, _in_degrees) if has_angle else right


def _in_degrees(part: Formula) -> Formula | None:
    if not (isinstance(part, Call) and part.function in ANGLES):
        return None
    (angle,) = part.arguments
    return Call(part.function, (replace(angle, _in_degrees) * PI / 180,))
