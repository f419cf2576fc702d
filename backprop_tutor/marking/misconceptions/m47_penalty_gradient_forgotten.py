"""The gradient of the penalty on the weights is forgotten."""

from __future__ import annotations

from ...engine.rules import Wiring
from ...model.formula import Formula, total
from ._places import Anywhere, split_paths


class PenaltyGradientForgotten(Anywhere):
    """∂L/∂w := the share of the data alone."""

    id = "M47"
    title = "Gradient of the L2 penalty forgotten"
    repair = (
        "The penalty is a part of the loss too, and every weight reaches it directly: add its slope in the weight to "
        "what comes back through the network."
    )
    hidden = "weights of 0"

    def gather(self, name: str, right: Formula, shares: tuple[Formula, ...], wiring: Wiring) -> Formula:
        through, penalties = split_paths(name, shares, wiring)
        return total(through) if penalties else right
