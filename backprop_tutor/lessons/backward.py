"""The backward pass, told: a local slope before the gradient that uses it, a gradient after its last path."""

from __future__ import annotations

from collections.abc import Iterable

from ..engine.plan import is_told
from ..graphs.names import gradient
from ..model.formula import Derivative, Formula, Name, Number, names_in, walk
from ..model.graph import Edge, Node, Role
from ..model.lesson import Aside, Block, Equation, Prose, Step, StepKind
from ..model.op import Inputs, Loss
from .asides import kinks_met
from .chain import ChainRule, normal, size_of, step_id
from .facts import Facts
from .forward import step_id as forward_id
from .phrases import Phrases, local


class BackwardTeller:
    """Tells the backward pass of one solution.

    ``known`` are the ids of the steps told so far; ``has_delta`` says that the notation has a letter for the
    gradient by a pre-activation, which is then written out once in each of its steps.
    """

    def __init__(
        self, facts: Facts, phrases: Phrases, first: int, known: Iterable[str], has_delta: bool = False
    ) -> None:
        self.facts = facts
        self.phrases = phrases
        self.first = first
        self.plan = facts.solution.plan
        self.graph = facts.solution.graph
        self.objective = self.plan.objective
        self.known = set(known)
        self.steps: list[Step] = []
        self._names_by_node: dict[int, tuple[Inputs, Inputs]] = {}
        self.chain = ChainRule(facts, self.known, has_delta)

    def tell(self) -> list[Step]:
        """All steps, in an order in which nothing is used before it is shown."""
        for name in self._order():
            edges = self.plan.edges[name]
            for position, edge in enumerate(edges):
                if self._slope_has_step(edge):
                    self._tell_slope(name, position, edge)
            self._tell_gradient(name, edges)
        return self.steps

    def _order(self) -> list[str]:
        """Layer by layer from the last: error signals, then the layer's weights and biases; inputs at the end."""
        computed = {name for node in self.graph.nodes for name in node.outputs}
        # Of what no path leads from, only what was given is told: its gradient is 0.
        names = [
            name
            for name in self.plan.order
            if name not in self.chain.unit and (self.plan.edges[name] or name not in computed)
        ]
        if not self.graph.layers:
            return names
        return sorted(names, key=self._place)

    def _place(self, name: str) -> tuple[int, int, int, tuple[int, ...]]:
        label = self.graph.values[name].label
        ranks = {Role.WEIGHT: 2, Role.BIAS: 3}
        computed = label.role in {Role.ACTIVATION, Role.OUTPUT, Role.PREACTIVATION}
        rank = int(label.role is Role.PREACTIVATION) if computed else ranks.get(label.role, 0)
        order = label.indices if label.role in ranks or computed else ()
        return (-label.layer, rank, 0, order)

    def _slope_has_step(self, edge: Edge) -> bool:
        """A slope that leads straight to the objective is told with the gradient, whose name it would have."""
        return is_told(edge) and edge.target not in self.chain.unit

    def _names_of(self, node: Node) -> tuple[Inputs, Inputs]:
        """The names of a node's inputs and outputs, made once for a node of many edges."""
        if id(node) not in self._names_by_node:
            names = tuple(map(Name, node.inputs)), tuple(map(Name, node.outputs))
            self._names_by_node[id(node)] = names
        return self._names_by_node[id(node)]

    def _number(self) -> int:
        return self.first + len(self.steps)

    def _tell_slope(self, name: str, position: int, edge: Edge) -> None:
        x, y = self._names_of(edge.node)
        shown = self.facts.figures.get(edge.name)
        exact = self.facts.exact_slope(name, position)
        chosen, decided = self.facts.decided(edge.slope)
        numbers = self._put_in(chosen, shown is not None)
        equation = Equation(
            local(edge),
            tuple(dict.fromkeys((*self._derivation(edge), edge.slope, chosen))),
            numbers,
            self.facts.shown_exact(edge.name, exact) if shown else None,
            shown,
            self._sources(edge.slope),
            self.facts.finer(numbers, edge.name),
        )
        words = edge.node.op.explain_slope(edge.i, edge.k, x, y)
        blocks: list[Block] = [Prose(words)] if words else []
        blocks += [Prose(says) for says in decided]
        blocks.append(equation)
        blocks += self._kinks(edge)
        self._add(edge.name, local(edge), self.phrases.slope(edge), "Local slope", blocks, equation, exact)

    def _tell_gradient(self, name: str, edges: tuple[Edge, ...]) -> None:
        plain = gradient(self.objective, name)
        left = Derivative(self.objective, name)
        exact = self.facts.exact_gradient(name)
        shown = self.facts.figures.get(plain)
        lines = self.chain.lines(name, edges)
        if len(edges) == 1 and edges[0].target in self.chain.unit and not edges[0].shortcut:
            lines = (*self._derivation(edges[0]), *lines)
        chosen, decided = self.facts.decided(lines[-1])
        if chosen != lines[-1]:
            lines = (*lines, chosen)
        numbers = self._put_in(lines[-1], shown is not None)
        sources = self._sources(*lines)
        shown_exact = self.facts.shown_exact(plain, exact)
        letters_only = not self.facts.has_numbers
        if numbers is None and (letters_only or (shown is None and exact is None)):
            lines += self.chain.in_between(name, lines[-1])
            sources = tuple(dict.fromkeys((*sources, *self._sources(lines[-1]))))
            is_shorter = shown is None and exact is not None and size_of(exact) < size_of(lines[-1])
            shown_exact = exact if is_shorter else None
        equation = Equation(left, lines, numbers, shown_exact, shown, sources, self.facts.finer(numbers, plain))
        blocks = [*self._words(name, edges), *(Prose(says) for says in decided), equation]
        for edge in edges:
            if edge.target in self.chain.unit and not edge.shortcut:
                blocks += self._kinks(edge)
        if any(name in node.outputs for node in self.chain.melted.values()):
            blocks.append(Aside("pitfall", self.phrases.not_the_shortcut()))
        self._add(plain, left, self.phrases.gradient(self.objective, name), self._rule(edges), blocks, equation, exact)

    def _derivation(self, edge: Edge) -> tuple[Formula, ...]:
        """The lines that lead to the slope along an edge, as far as they say more than the slope itself."""
        x, y = self._names_of(edge.node)
        lines = edge.node.op.derivation(edge.i, edge.k, x, y)
        return tuple(line for line in lines if normal(line) != normal(edge.slope))

    def _kinks(self, edge: Edge) -> list[Block]:
        """The conventions on which the slope along an edge depends at this point."""
        met = kinks_met(self.facts, edge.node.op.kinks(self._names_of(edge.node)[0]), edge.source)
        return [Aside("convention", says) for says in met]

    def _words(self, name: str, edges: tuple[Edge, ...]) -> list[Block]:
        blocks: list[Block] = []
        if len(edges) > 1:
            blocks.append(Prose(self.phrases.paths(name, self.objective, edges)))
            return blocks
        for edge in edges:
            x, y = self._names_of(edge.node)
            op = edge.node.op
            if edge.shortcut and isinstance(op, Loss):
                half = len(x) // 2
                activation = self.chain.melted[edge.source].op.name
                blocks.append(Prose(op.explain_shortcut(activation, edge.i, x[:half], x[half:])))
            elif self.chain.was_told(edge):
                blocks.append(Prose(("Multiply the gradient that arrives at ", y[edge.k], " by the slope on the way.")))
            else:
                words = op.explain_slope(edge.i, edge.k, x, y)
                if words:
                    blocks.append(Prose(words))
        return blocks

    def _rule(self, edges: tuple[Edge, ...]) -> str:
        if len(edges) > 1:
            return "Sum over paths"
        if not edges:
            return "No path"
        if edges[0].shortcut:
            return "Shortcut"
        if edges[0].target in self.chain.unit:
            return edges[0].node.op.title
        return "Chain rule"

    def _sources(self, *trees: Formula) -> tuple[str, ...]:
        """The ids of the steps that the lines use, in the order of use."""
        found: dict[str, None] = {}
        for tree in trees[-1:]:
            for part in walk(tree):
                if isinstance(part, Name):
                    found.setdefault(forward_id(part.name))
                elif isinstance(part, Derivative):
                    found.setdefault(step_id(f"d{part.of}/d{part.by}"))
        return tuple(identifier for identifier in found if identifier in self.known)

    def _put_in(self, tree: Formula, has_result: bool) -> Formula | None:
        """The line as it is printed with numbers; None where that would be the symbols or the result again."""
        filled = self.facts.put_in(tree)
        if filled == tree and not self._has_figures(tree):
            return None
        return None if _is_leaf(filled) and has_result else filled

    def _has_figures(self, tree: Formula) -> bool:
        named = any(name in self.facts.figures for name in names_in(tree))
        derived = (part for part in walk(tree) if isinstance(part, Derivative))
        return named or any(f"d{part.of}/d{part.by}" in self.facts.figures for part in derived)

    def _add(
        self,
        plain: str,
        quantity: Formula,
        title: tuple[str | Formula, ...],
        rule: str,
        blocks: list[Block],
        equation: Equation,
        exact: Formula | None,
    ) -> None:
        identifier = step_id(plain)
        if identifier in self.known:
            return
        step = Step(
            id=identifier,
            number=self._number(),
            kind=StepKind.BACKWARD,
            name=plain,
            quantity=quantity,
            title=title,
            rule=rule,
            blocks=tuple(blocks),
            equation=equation,
            figure=self.facts.figures.get(plain),
            exact=exact,
            needs=equation.sources,
        )
        self.known.add(identifier)
        self.steps.append(step)


def _is_leaf(tree: Formula) -> bool:
    return isinstance(tree, (Name, Derivative, Number))
