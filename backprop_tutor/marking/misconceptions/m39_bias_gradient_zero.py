"""The gradient of a bias is taken to be 0."""

from __future__ import annotations

from ...engine.rules import Wiring
from ...model.formula import ZERO, Formula
from ._places import Anywhere


class BiasGradientZero(Anywhere):
    """∂L/∂b := 0, as if the bias were a constant."""

    id = "M39"
    title = "Gradient of the bias taken to be 0"
    repair = (
        "The bias is a parameter and is learned like the weights: when b moves, z moves by as much, so the slope is "
        "1 and the gradient of the bias is δ of its unit."
    )
    hidden = "units whose δ is 0"

    def gather(self, name: str, right: Formula, shares: tuple[Formula, ...], wiring: Wiring) -> Formula:
        return ZERO if name in wiring.biases and right != ZERO else right
