"""The backward pass, told: a local slope before the gradient that uses it, a gradient after its last path."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ..engine.plan import is_told
from ..graphs.names import gradient
from ..model.formula import ONE, ZERO, Derivative, Formula, Name, Number, Product, Sum, names_in, product, walk
from ..model.formula import replace as exchange
from ..model.graph import Edge, Role
from ..model.lesson import Aside, Block, Equation, Prose, Step, StepKind
from ..model.op import Loss
from .asides import kinks_met
from .facts import Facts
from .forward import step_id as forward_id
from .phrases import Phrases, local


def step_id(plain: str) -> str:
    """The id of the step that finds a gradient or a slope."""
    return f"backward/{plain}"


class BackwardTeller:
    """Tells the backward pass of one solution.

    ``known`` are the ids of the steps told so far; ``has_delta`` says that the notation has a letter for the
    gradient by a pre-activation, which is then written out once in each of its steps.
    """

    def __init__(
        self, facts: Facts, phrases: Phrases, first: int, known: Iterable[str], has_delta: bool = False
    ) -> None:
        self.has_delta = has_delta
        self.facts = facts
        self.phrases = phrases
        self.first = first
        self.plan = facts.solution.plan
        self.graph = facts.solution.graph
        self.objective = self.plan.objective
        self.known = set(known)
        self.steps: list[Step] = []
        self._unit = self._unit_gradients()
        melted = {edge.source for edges in self.plan.edges.values() for edge in edges if edge.shortcut}
        self._melted = {name: node for node in self.graph.nodes for name in node.inputs if name in melted}

    def tell(self) -> list[Step]:
        """All steps, in an order in which nothing is used before it is shown."""
        for name in self._order():
            edges = self.plan.edges[name]
            for position, edge in enumerate(edges):
                if self._slope_has_step(edge, edges):
                    self._tell_slope(name, position, edge)
            self._tell_gradient(name, edges)
        return self.steps

    def _order(self) -> list[str]:
        """Layer by layer from the last: error signals, then the layer's weights and biases; inputs at the end."""
        names = [name for name in self.plan.order if name not in self._unit]
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

    def _unit_gradients(self) -> set[str]:
        """The objective, and the parts of a loss that it adds up: their gradient is 1 and drops out."""
        unit = {self.objective}
        for name in self.plan.order:
            edges = self.plan.edges.get(name, ())
            is_part = self.graph.values[name].label.role is Role.LOSS
            if is_part and len(edges) == 1 and edges[0].target in unit and edges[0].slope == ONE:
                unit.add(name)
        return unit

    def _slope_has_step(self, edge: Edge, edges: tuple[Edge, ...]) -> bool:
        """A slope that is the whole gradient is told as the gradient."""
        return is_told(edge) and not (len(edges) == 1 and edge.target in self._unit)

    def _number(self) -> int:
        return self.first + len(self.steps)

    def _tell_slope(self, name: str, position: int, edge: Edge) -> None:
        x, y = _names(edge.node.inputs), _names(edge.node.outputs)
        shown = self.facts.figures.get(edge.name)
        exact = self.facts.exact_slope(name, position)
        equation = Equation(
            local(edge),
            (edge.slope,),
            self._put_in(edge.slope, shown is not None),
            self.facts.shown_exact(edge.name, exact) if shown else None,
            shown,
            self._sources(edge.slope),
        )
        words = edge.node.op.explain_slope(edge.i, edge.k, x, y)
        blocks: list[Block] = [Prose(words)] if words else []
        blocks.append(equation)
        blocks += [Aside("convention", says) for says in kinks_met(self.facts, edge.node.op.kinks(x))]
        self._add(edge.name, local(edge), self.phrases.slope(edge), "Local slope", blocks, equation, exact)

    def _tell_gradient(self, name: str, edges: tuple[Edge, ...]) -> None:
        plain = gradient(self.objective, name)
        left = Derivative(self.objective, name)
        exact = self.facts.exact_gradient(name)
        shown = self.facts.figures.get(plain)
        lines = self._written_out(name, self._lines(edges))
        numbers = self._put_in(lines[-1], shown is not None)
        sources = self._sources(*lines)
        shown_exact = self.facts.shown_exact(plain, exact)
        if shown is None and numbers is None:
            lines += self._in_between(name, lines[-1])
            shown_exact = exact if exact is not None and _size(exact) < _size(lines[-1]) else None
        equation = Equation(left, lines, numbers, shown_exact, shown, sources)
        blocks = [*self._words(name, edges), equation]
        if len(edges) == 1 and edges[0].target in self._unit and not edges[0].shortcut:
            kinks = edges[0].node.op.kinks(_names(edges[0].node.inputs))
            blocks += [Aside("convention", says) for says in kinks_met(self.facts, kinks)]
        self._add(plain, left, self.phrases.gradient(self.objective, name), self._rule(edges), blocks, equation, exact)

    def _lines(self, edges: tuple[Edge, ...]) -> tuple[Formula, ...]:
        """The chain rule in derivatives, then with slopes that are plain values put in."""
        chain = [part for edge in edges for part in self._chain(edge)]
        filled = [self._share(edge, written_out=True) for edge in edges]
        if not edges:
            return (ZERO,)
        lines = [_sum(chain), _sum(filled)]
        if len(edges) == 1 and edges[0].target in self._unit and not edges[0].shortcut:
            lines = lines[1:]
        return tuple(dict.fromkeys(lines))

    def _written_out(self, name: str, lines: tuple[Formula, ...]) -> tuple[Formula, ...]:
        """Where a letter stands on the left, the derivative that it means comes first."""
        if not self.has_delta or self.graph.values[name].label.role is not Role.PREACTIVATION:
            return lines
        return (Derivative(self.objective, name, local=True), *lines)

    def _chain(self, edge: Edge) -> list[Formula]:
        """The shares of an edge in derivatives; a shortcut stands for the ways through the activation."""
        if not edge.shortcut:
            return [self._share(edge, written_out=False)]
        arriving = () if edge.target in self._unit else (Derivative(self.objective, edge.target),)
        through = self._melted[edge.source].outputs
        return [
            product((*arriving, Derivative(edge.target, name, local=True), Derivative(name, edge.source, local=True)))
            for name in through
        ]

    def _share(self, edge: Edge, written_out: bool) -> Formula:
        """One path's share: the gradient that arrives, times the slope."""
        arriving = () if edge.target in self._unit else (Derivative(self.objective, edge.target),)
        if edge.shortcut:
            return product((*arriving, edge.slope))
        if not written_out:
            return product((*arriving, local(edge)))
        if edge.slope == ONE and arriving:
            return arriving[0]
        if is_told(edge) and self._was_told(edge):
            return product((*arriving, local(edge)))
        return product((*arriving, edge.slope))

    def _was_told(self, edge: Edge) -> bool:
        return step_id(edge.name) in self.known

    def _in_between(self, name: str, last: Formula | None) -> tuple[Formula, ...]:
        """For what stays symbolic: the same line with earlier results put in, and the result tidied up."""
        between = self.facts.solution.between
        lines = []
        if last is not None:
            put_in = exchange(last, self._result)
            if put_in != last:
                lines.append(put_in)
        tidy = between.gradient(name)
        before = lines[-1] if lines else last
        if tidy is not None and (before is None or _factors(tidy) != _factors(before)):
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

    def _words(self, name: str, edges: tuple[Edge, ...]) -> list[Block]:
        blocks: list[Block] = []
        if len(edges) > 1:
            blocks.append(Prose(self.phrases.paths(name, self.objective, edges)))
            return blocks
        for edge in edges:
            x, y = _names(edge.node.inputs), _names(edge.node.outputs)
            op = edge.node.op
            if edge.shortcut and isinstance(op, Loss):
                half = len(x) // 2
                activation = self._melted[edge.source].op.name
                blocks.append(Prose(op.explain_shortcut(activation, edge.i, x[:half], x[half:])))
            elif self._was_told(edge):
                blocks.append(Prose(("Multiply the gradient that arrives at ", y[edge.k], " by the slope on the way.")))
            else:
                words = op.explain_slope(edge.i, edge.k, x, y)
                if words:
                    blocks.append(Prose(words))
        return blocks

    def _rule(self, edges: tuple[Edge, ...]) -> str:
        if len(edges) > 1:
            return f"Sum over {len(edges)} paths"
        if not edges:
            return "No path"
        if edges[0].shortcut:
            return "Shortcut"
        if edges[0].target in self._unit:
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


def _names(names: tuple[str, ...]) -> tuple[Name, ...]:
    return tuple(Name(name) for name in names)


def _sum(shares: list[Formula]) -> Formula:
    if len(shares) == 1:
        return shares[0]
    return Sum(tuple(shares))


def _is_leaf(tree: Formula) -> bool:
    return isinstance(tree, (Name, Derivative, Number))


def _factors(tree: Formula) -> Counter[Formula]:
    """The factors of a product, whatever their order and brackets."""
    if isinstance(tree, Product):
        return sum((_factors(factor) for factor in tree.factors), Counter())
    return Counter((tree,))


def _size(tree: Formula) -> int:
    return sum(1 for _ in walk(tree))
