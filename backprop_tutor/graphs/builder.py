"""Puts a graph together: values, nodes, and the order in which they can be computed."""

from __future__ import annotations

from collections.abc import Iterable

from ..model.graph import Graph, Label, Layer, Node, Value
from ..model.op import Op
from ..model.problem import Finding, Given, Span


class Builder:
    """Collects values and nodes in any order; ``finish`` sorts them and checks that they form a graph."""

    def __init__(self) -> None:
        self.values: dict[str, Value] = {}
        self.nodes: list[Node] = []
        self.findings: list[Finding] = []

    def given(self, name: str, label: Label, given: Given | None, where: Span | None = None) -> str:
        """A value that the file gives (or a symbol, when ``given`` is None); the same name twice is one value."""
        self.values.setdefault(name, Value(name, label, given, where or (given.where if given else None)))
        return name

    def node(self, op: Op, inputs: Iterable[str], outputs: dict[str, Label], where: Span | None = None) -> None:
        """An operation in place, and the values that it computes."""
        for name, label in outputs.items():
            self.values.setdefault(name, Value(name, label, None, where))
        self.nodes.append(Node(op, tuple(inputs), tuple(outputs), where))

    def finish(
        self,
        objective: str,
        *,
        outputs: tuple[str, ...] = (),
        parameters: tuple[str, ...] = (),
        frozen: frozenset[str] = frozenset(),
        layers: tuple[Layer, ...] = (),
        constants: frozenset[str] = frozenset(),
        other_objectives: tuple[str, ...] = (),
    ) -> Graph:
        """The graph, its nodes in forward order; cycles become findings."""
        nodes = self._sorted()
        return Graph(self.values, nodes, objective, outputs, parameters, frozen, layers, constants, other_objectives)

    def _sorted(self) -> tuple[Node, ...]:
        """Forward order, the author's order where it is free; a depth-first walk without recursion."""
        producer = {name: node for node in self.nodes for name in node.outputs}
        state: dict[int, int] = {}
        found: list[Node] = []
        for start in self.nodes:
            stack = [(start, iter(start.inputs))]
            if state.get(id(start)):
                continue
            state[id(start)] = 1
            while stack:
                node, waiting = stack[-1]
                for name in waiting:
                    before = producer.get(name)
                    if before is None or state.get(id(before)) == 2:
                        continue
                    if state.get(id(before)) == 1:
                        self._cycle([n for n, _ in stack], before)
                        continue
                    state[id(before)] = 1
                    stack.append((before, iter(before.inputs)))
                    break
                else:
                    state[id(node)] = 2
                    found.append(node)
                    stack.pop()
        return tuple(found)

    def _cycle(self, path: list[Node], back_to: Node) -> None:
        names = [node.outputs[0] for node in path[path.index(back_to) :]]
        around = " → ".join([names[0], *reversed(names)])
        self.findings.append(
            Finding(
                f"{names[0]} depends on itself: {around}",
                back_to.where,
                "A computation graph has no way back: break the circle at one of these lines.",
            )
        )
