"""The chain rule for one quantity, as lines of formulas: derivatives, then what they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Set

from ..engine.plan import is_told
from ..model.formula import (
    ONE,
    ZERO,
    Derivative,
    Formula,
    Name,
    Negative,
    Number,
    Product,
    Sum,
    children,
    product,
    walk,
)
from ..model.formula import replace as exchange
from ..model.graph import Edge, Node, Role
from .facts import Facts
from .phrases import local

MINUS = Number(-ONE.value)


def step_id(plain: str) -> str:
    """The id of the step that finds a gradient or a slope."""
    return f"backward/{plain}"


class ChainRule:
    """Writes the lines of a gradient.

    ``known`` are the ids of the steps told so far (it grows with the telling); ``has_delta`` says that the
    notation has a letter for the gradient by a pre-activation.
    """

    def __init__(self, facts: Facts, known: Set[str], has_delta: bool) -> None:
        self.facts = facts
        self.known = known
        self.has_delta = has_delta
        self.plan = facts.solution.plan
        self.graph = facts.solution.graph
        self.objective = self.plan.objective
        self.unit = self._unit_gradients()
        sources = {edge.source for edges in self.plan.edges.values() for edge in edges if edge.shortcut}
        self.melted: dict[str, Node] = {
            name: node for node in self.graph.nodes for name in node.inputs if name in sources
        }

    def _unit_gradients(self) -> set[str]:
        """The objective, and the parts of a loss that it adds up: their gradient is 1 and drops out."""
        unit = {self.objective}
        for name in self.plan.order:
            edges = self.plan.edges.get(name, ())
            is_part = self.graph.values[name].label.role is Role.LOSS
            if is_part and len(edges) == 1 and edges[0].target in unit and edges[0].slope == ONE:
                unit.add(name)
        return unit

    def lines(self, name: str, edges: tuple[Edge, ...]) -> tuple[Formula, ...]:
        """The chain rule in derivatives, then with slopes that are plain values put in.

        Where a letter stands on the left, the derivative that it means comes first.
        """
        lines = self._lines(edges)
        if not self.has_delta or self.graph.values[name].label.role is not Role.PREACTIVATION:
            return lines
        return (Derivative(self.objective, name, local=True), *lines)

    def _lines(self, edges: tuple[Edge, ...]) -> tuple[Formula, ...]:
        if not edges:
            return (ZERO,)
        filled = sum_of([self._share(edge, written_out=True) for edge in edges])
        if not edges[0].shortcut and len(edges) == 1 and edges[0].target in self.unit:
            return (filled,)
        if len({(edge.source, edge.target) for edge in edges}) < len(edges):
            # A shared weight used twice by one unit: one symbol would stand for two slopes.
            return (filled,)
        chain = sum_of([part for edge in edges for part in self._chain(edge)])
        return tuple(dict.fromkeys((chain, filled)))

    def _chain(self, edge: Edge) -> list[Formula]:
        """The shares of an edge in derivatives; a shortcut stands for the ways through the activation."""
        if not edge.shortcut and edge.target == self.objective:
            # ∂f/∂x along this one edge and ∂f/∂x over all paths would be one symbol for two things.
            return [edge.slope]
        if not edge.shortcut:
            return [self._share(edge, written_out=False)]
        arriving = () if edge.target in self.unit else (Derivative(self.objective, edge.target),)
        through = self.melted[edge.source].outputs
        return [
            product((*arriving, Derivative(edge.target, name, local=True), Derivative(name, edge.source, local=True)))
            for name in through
        ]

    def _share(self, edge: Edge, written_out: bool) -> Formula:
        """One path's share: the gradient that arrives, times the slope."""
        arriving = () if edge.target in self.unit else (Derivative(self.objective, edge.target),)
        if edge.shortcut:
            return product((*arriving, edge.slope))
        if not written_out:
            return product((*arriving, local(edge)))
        if edge.slope == ONE and arriving:
            return arriving[0]
        if edge.target not in self.unit and is_told(edge) and self.was_told(edge):
            return product((*arriving, local(edge)))
        return product((*arriving, edge.slope))

    def was_told(self, edge: Edge) -> bool:
        """Whether the slope along the edge has a step of its own by now."""
        return step_id(edge.name) in self.known

    def in_between(self, name: str, last: Formula | None) -> tuple[Formula, ...]:
        """For what stays symbolic: the same line with earlier results put in, and the result tidied up."""
        between = self.facts.solution.between
        lines = []
        if last is not None:
            put_in = exchange(last, self._result)
            if put_in != last:
                lines.append(put_in)
        tidy = between.gradient(name)
        before = lines[-1] if lines else last
        if tidy is not None and (before is None or normal(tidy) != normal(before)):
            lines.append(tidy)
        return tuple(lines)

    def _result(self, part: Formula) -> Formula | None:
        """The symbolic result of an earlier step, in the names of values in between."""
        if not isinstance(part, Derivative):
            return None
        if not part.local:
            return self.facts.solution.between.gradient(part.by)
        for edge in self.plan.edges[part.by]:
            if edge.target == part.of:
                return edge.slope
        return None


def sum_of(shares: list[Formula]) -> Formula:
    """The shares of all paths; each keeps its brackets."""
    return shares[0] if len(shares) == 1 else Sum(tuple(shares))


def is_bare(tree: Formula) -> bool:
    """Whether a formula is one quantity and nothing else, but for its sign."""
    inner = tree.operand if isinstance(tree, Negative) else tree
    return isinstance(inner, Name | Derivative)


def normal(tree: Formula) -> object:
    """The formula without order and brackets of its sums and products: what only these tell apart is equal."""
    match tree:
        case Sum() | Product():
            kind = type(tree)
            return kind.__name__, frozenset(Counter(map(normal, _flat(tree, kind))).items())
        case Negative(operand):
            return "Product", frozenset(Counter(map(normal, (MINUS, *_flat(operand, Product)))).items())
    parts = children(tree)
    return (type(tree).__name__, *map(normal, parts)) if parts else tree


def _flat(tree: Formula, kind: type[Sum] | type[Product]) -> Iterator[Formula]:
    """The terms of nested sums, or the factors of nested products."""
    if isinstance(tree, kind):
        for part in children(tree):
            yield from _flat(part, kind)
    elif isinstance(tree, Negative) and kind is Product:
        yield MINUS
        yield from _flat(tree.operand, kind)
    else:
        yield tree


def size_of(tree: Formula) -> int:
    """How many parts a formula has."""
    return sum(1 for _ in walk(tree))
