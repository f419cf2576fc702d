"""The updated weights are used on the way back."""

from __future__ import annotations

from ...engine.rules import Connection, Wiring, times
from ...model.formula import Formula, Name
from ._places import AlongConnections


class UpdatedWeightsBackward(AlongConnections):
    """∂L/∂a with the new weights of the next layer, which was updated before the layer in front of it had its turn.

    A weight that several layers share is left as it is: its update waits for all of them.
    """

    id = "M43"
    title = "Updated weights used on the way back"
    repair = (
        "All gradients of one step belong to the same weights, those of the forward pass: go back with the old "
        "weights, and update only when every gradient is there."
    )
    hidden = "weights whose gradient is 0"

    def along(self, place: Connection, right: Formula, arriving: Formula, wiring: Wiring) -> Formula:
        weight = place.parameter
        if not place.from_unit or weight not in wiring.updated:
            return right
        users = [wiring.connection(edge) for edge in wiring.plan.edges[weight]]
        if any(user is not None and user.layer.index != place.layer.index for user in users):
            return right
        return times(arriving, Name(f"new_{weight}"))
