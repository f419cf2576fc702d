"""Which numbers of a problem a variant changes: plain numbers of inputs, parameters and regression targets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from ..model.formula import Name, names_in
from ..model.graph import Graph, Role
from ..model.op import Loss
from ..model.problem import Expressions, Given, Network, Problem, Span


@dataclass(frozen=True, slots=True)
class Slot:
    """A number that is changed: the quantity in the graph, what it is, and every place where the file writes it."""

    name: str
    role: Role
    original: Fraction
    places: tuple[Span, ...]


def slots(problem: Problem, graph: Graph) -> tuple[Slot, ...]:
    """The numbers that change, in the order of the file; ``graph`` is the problem's own.

    Symbols, formulas of constants, constants, and the targets of a class problem stay; so do inputs that are 0,
    which a problem is about.  Parameters of one name have one number.
    """
    body = problem.body
    written = _parameters(body, graph) if isinstance(body, Network) else ()
    found: dict[str, list[Given]] = {}
    for name, given in (*_others(problem, graph), *written):
        if given.number is not None and given.where is not None:
            found.setdefault(name, []).append(given)
    made = []
    for name, givens in found.items():
        role, number = graph.values[name].label.role, givens[0].number
        assert number is not None
        if number == 0 and role not in {Role.WEIGHT, Role.BIAS, Role.TARGET}:
            continue
        made.append(Slot(name, role, number, tuple(given.where for given in givens if given.where is not None)))
    return tuple(sorted(made, key=lambda slot: (slot.places[0].line, slot.places[0].column)))


def _parameters(body: Network, graph: Graph) -> Iterator[tuple[str, Given]]:
    for spec, layer in zip(body.layers, graph.layers, strict=True):
        for names, row in zip(layer.weights, spec.weights, strict=True):
            yield from zip(names, row, strict=True)
        yield from zip(layer.biases, spec.biases, strict=True)


def _others(problem: Problem, graph: Graph) -> Iterator[tuple[str, Given]]:
    """Inputs and targets; those of the graph stand where the file has them."""
    named = {value.given.where: name for name, value in graph.values.items() if value.given is not None}
    for given in _varied(problem.body, graph):
        if given.where is not None and given.where in named:
            yield named[given.where], given


def _varied(body: Network | Expressions, graph: Graph) -> Iterable[Given]:
    if isinstance(body, Expressions):
        variables = (variable for variable in body.variables if variable.name not in body.constants)
        return [given for variable in variables for given in variable.givens]
    return [*body.inputs, *(() if targets_are_classes(body, graph) else body.targets)]


def targets_are_classes(body: Network, graph: Graph) -> bool:
    """Whether the loss asks something of its targets, as losses of class problems do: 0 or 1, one-hot, 1 or -1."""
    if body.target_class is not None:
        return True
    targets = {name for name, value in graph.values.items() if value.label.role is Role.TARGET}
    for node in graph.nodes:
        if not isinstance(node.op, Loss):
            continue
        for requirement in node.op.requirements(tuple(map(Name, node.inputs))):
            condition = requirement.condition
            if targets.intersection((*names_in(condition.left), *names_in(condition.right))):
                return True
    return False
