"""How every quantity of a problem follows from others: one formula for each plain name, under any rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..model.formula import ZERO, Derivative, Formula, Name, total, walk
from ..model.problem import Problem
from .rules import Rules, Wiring, leaf, times
from .update import parameters_to_update, rule

Derivations = Mapping[str, Formula]
"""By plain name (``z1_2``, ``da1_2/dz1_2``, ``dL/dw1_21``, ``new_w1_21``): the formula that finds the quantity."""


class Formulas(dict[str, Formula]):
    """Formulas by plain name, which remember what each of them uses."""

    def __init__(self, formulas: Derivations | None = None) -> None:
        super().__init__(formulas or {})
        self._uses: dict[str, tuple[str, ...]] = {}
        self._users: dict[str, list[str]] = {}

    def uses(self, name: str) -> tuple[str, ...]:
        """The plain names that the formula of a quantity uses.  They are looked for once."""
        if name not in self._uses:
            self._uses[name] = leaves(self[name])
        return self._uses[name]

    def users(self, name: str) -> Sequence[str]:
        """The plain names of the quantities whose formulas use a quantity.  The formulas must be complete by then."""
        if not self._users:
            for user in self:
                for used in self.uses(user):
                    self._users.setdefault(used, []).append(user)
        return self._users.get(name, ())


def derivations(problem: Problem, wiring: Wiring, rules: Rules) -> Formulas:
    """The formula of every computed value, named slope, gradient and updated parameter."""
    found = Formulas()
    graph = wiring.graph
    for node in graph.nodes:
        for k, (name, right) in enumerate(zip(node.outputs, node.op.formula(graph.inputs_of(node)), strict=True)):
            found[name] = rules.forward(node, k, right, wiring)
    for name in wiring.plan.order:
        if name == wiring.objective:
            continue
        shares = []
        for edge in wiring.plan.edges[name]:
            slope = rules.slope(edge, edge.reckoned or edge.slope, wiring)
            if wiring.slope_is_named(edge):
                found[edge.name], slope = slope, leaf(edge)
            arriving = wiring.gradient(edge.target)
            shares.append(rules.share(edge, times(arriving, slope), arriving, slope, wiring))
        right = total(tuple(shares)) if shares else ZERO
        found[f"d{wiring.objective}/d{name}"] = rules.gather(name, right, tuple(shares), wiring)
    for name in parameters_to_update(problem, graph):
        found[f"new_{name}"] = rules.update(name, rule(problem.optimizer, name, wiring.objective), wiring)
    return found


def key(part: Formula) -> str | None:
    """The plain name that a leaf of a formula stands for; None for what is no leaf."""
    if isinstance(part, Name):
        return part.name
    return f"d{part.of}/d{part.by}" if isinstance(part, Derivative) else None


def leaves(tree: Formula) -> tuple[str, ...]:
    """The plain names of the quantities that a formula uses, each once, in the order of first use."""
    return tuple(dict.fromkeys(name for part in walk(tree) if (name := key(part)) is not None))
