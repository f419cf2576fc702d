"""The common logarithm is used for the natural one."""

from __future__ import annotations

from ...engine.rules import Wiring
from ...model.formula import Call, Formula, Quotient, ln, replace, walk
from ...model.graph import Node
from ._places import Anywhere


class Log10ForLn(Anywhere):
    """ln x := log₁₀ x in the forward pass, as the key "log" of a calculator gives it; the slopes stay right."""

    id = "M21"
    title = "Logarithm to base 10 used for ln"
    repair = (
        "The logarithm here is the natural one, with base e: use the key ln of your calculator, for its key log has "
        "base 10."
    )
    hidden = "logarithms of 1"

    def forward(self, node: Node, k: int, right: Formula, wiring: Wiring) -> Formula:
        has_ln = any(isinstance(part, Call) and part.function == "ln" for part in walk(right))
        return replace(right, _to_base_10) if has_ln else right


def _to_base_10(part: Formula) -> Formula | None:
    if not (isinstance(part, Call) and part.function == "ln"):
        return None
    return Quotient(ln(replace(part.arguments[0], _to_base_10)), ln(10))
