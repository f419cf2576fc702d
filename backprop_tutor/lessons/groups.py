"""Names of vectors and matrices, so that a whole layer can be answered at once: ``dL/dW1``, ``delta2``, ``x``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..graphs.names import gradient, updated
from ..model.graph import Graph, Role
from ..model.notation import Notation, WrittenName
from .notation import NameReader, as_key
from .symbols import Symbols

Cells = tuple[tuple[str, ...], ...]

_ELEMENT = re.compile(r"(.*\D)(0|[1-9]\d{0,3})")


@dataclass(frozen=True, slots=True)
class Group:
    """Quantities that are answered together, by plain name and row by row.

    A vector is one column: n rows of one.  A matrix of weights has the shape of the file, a folded bias in its
    column.
    """

    name: str
    cells: Cells
    is_vector: bool


@dataclass(frozen=True, slots=True)
class _Family:
    """Values of one kind, and what may be typed for them whatever the notation: letters, and the layer's number."""

    role: Role
    cells: Cells
    letters: tuple[str, ...]
    layer: str = ""
    is_vector: bool = True
    name: str = ""

    @property
    def members(self) -> tuple[str, ...]:
        return tuple(name for row in self.cells for name in row)


class Groups:
    """The vectors and matrices of one graph, and what may be typed for them; build it once for many names."""

    def __init__(self, graph: Graph, notation: Notation) -> None:
        self._graph = graph
        self._reader = NameReader(graph, notation)
        self._symbols = Symbols(notation, graph)
        found = (family for family in (*_of_layers(graph), *_of_lines(graph)) if family.cells)
        self._families = tuple(replace(family, name=self._plain_name(family)) for family in found)
        self._typed = self._table(self._families)
        # Nobody differentiates by a target: ∂L/∂y is meant where the notation writes y for the prediction.
        self._variables = self._table(tuple(f for f in self._families if f.role is not Role.TARGET))
        self._deltas = self._delta_table()
        self._groups = {family.name: Group(family.name, family.cells, family.is_vector) for family in self._families}
        for group in (*self._gradients(), *self._slopes(), *self._updates()):
            self._groups[group.name] = group

    def find(self, typed: str, *, several: bool = False) -> Group | None:
        """The group of that name (``W^(1)``, ``∂L/∂W¹``, ``delta_2``); None where it names one quantity or none.

        With ``several`` a name that is short for one quantity (``a1`` for a₁⁽¹⁾) may mean its layer all the same:
        for answers that are lists.
        """
        name = typed.strip()
        if len(typed) > NameReader.LONGEST or name in self._graph.values:
            return None
        if not several and self._reader.resolve(typed) is not None:
            return None
        key = as_key(typed)
        if name not in self._groups:
            name = self._typed.get(key) or self._deltas.get(key) or self._derivative(key) or self._updated(key) or ""
        return self._groups.get(name)

    def names(self) -> tuple[str, ...]:
        """The plain names of all groups: values, then gradients, slopes and updated parameters.

        ``find`` knows each, some of them only as names for ``several``.
        """
        return tuple(self._groups)

    def _derivative(self, key: str) -> str | None:
        if not key.startswith("d"):
            return None
        for slash in re.finditer("/d", key):
            of, by = key[1 : slash.start()], self._variables.get(key[slash.end() :])
            for above in (self._reader.resolve(of), self._variables.get(of), self._loss(of)):
                if above and by and gradient(above, by) in self._groups:
                    return gradient(above, by)
        return None

    def _loss(self, key: str) -> str | None:
        """The loss by what it is called everywhere, whatever its letter here."""
        objective = self._graph.objective
        is_loss = self._graph.values[objective].label.role is Role.LOSS
        return objective if is_loss and key.casefold() in {"l", "ell", "loss"} else None

    def _updated(self, key: str) -> str | None:
        rest, count = re.subn(r"^new_?|[_,]new(?=\^|$)", "", key, count=1)
        parameter = self._variables.get(rest) if count else None
        return updated(parameter) if parameter else None

    def _plain_name(self, family: _Family) -> str:
        """The plain name of the group; another way of typing it where an author gave that name to one quantity."""
        plain = [letter + family.layer for letter in family.letters]
        ways = (*plain[:1], *self._written(family, self._symbols.names), *plain[1:])
        return next((way for way in ways if way not in self._graph.values), f"{plain[0]}_all")

    def _table(self, families: tuple[_Family, ...]) -> dict[str, str]:
        """Every way of typing a group, and its name; plain names first, then the notation's, then free spellings."""
        table: dict[str, str] = {}
        for family in families:
            table.setdefault(family.name, family.name)
            for letter in family.letters:
                table.setdefault(letter + family.layer, family.name)
        short: dict[str, set[str]] = {}
        for family in families:
            for way in self._written(family, self._symbols.names):
                table.setdefault(way, family.name)
                short.setdefault(way.partition("^")[0], set()).add(family.name)
        for family in families:
            for letter in family.letters if family.layer else ():
                table.setdefault(f"{letter}_{family.layer}", family.name)
                table.setdefault(f"{letter}^{family.layer}", family.name)
        for way, meant in short.items():
            if len(meant) == 1:
                table.setdefault(way, *meant)
        return table

    def _delta_table(self) -> dict[str, str]:
        table: dict[str, str] = {}
        sums = [family for family in self._families if family.role is Role.PREACTIVATION]
        objective = self._graph.objective
        for family in sums:
            table[f"delta{family.layer}"] = gradient(objective, family.name)
        for family in sums:
            deltas = {name: delta for name in family.members if (delta := self._symbols.delta(name)) is not None}
            for way in self._written(family, deltas):
                table.setdefault(way, gradient(objective, family.name))
        for family in sums:
            for mark in "_^":
                table.setdefault(f"delta{mark}{family.layer}", gradient(objective, family.name))
        return table

    @staticmethod
    def _written(family: _Family, names: dict[str, WrittenName]) -> tuple[str, ...]:
        """The group as the notation writes its members, without the index: ``w^1`` and ``W^1`` for w₂₁⁽¹⁾."""
        known = {(names[name].letter.ascii, names[name].above) for name in family.members if name in names}
        if len(known) != 1:
            return ()
        letter, above = next(iter(known))
        above = f"^{above.strip('()')}" if above else ""
        letters = (letter,) if family.is_vector or len(letter) > 1 else (letter, letter.upper(), letter.lower())
        return tuple(dict.fromkeys(way + above for way in letters))

    def _gradients(self) -> Iterator[Group]:
        for objective in dict.fromkeys((self._graph.objective, *self._graph.other_objectives)):
            behind = _behind(self._graph, objective)
            for family in self._families:
                if all(_is_variable(self._graph, name) and name not in behind for name in family.members):
                    cells = tuple(tuple(gradient(objective, name) for name in row) for row in family.cells)
                    yield Group(gradient(objective, family.name), cells, family.is_vector)

    def _slopes(self) -> Iterator[Group]:
        """Vectors of slopes where each element depends on its own; a matrix where each depends on all."""
        dependences = {
            (node.outputs[k], source)
            for node in self._graph.nodes
            for i, source in enumerate(node.inputs)
            for k in range(len(node.outputs))
            if node.op.differentiable(i, len(node.inputs)) and node.op.depends(i, k, len(node.inputs))
        }
        vectors = [family for family in self._families if family.is_vector]
        for of, by in _neighbours(vectors):
            rows = [
                tuple(f"d{above}/d{below}" for below in by.members if (above, below) in dependences)
                for above in of.members
            ]
            diagonal = [f"d{above}/d{below}" for above, below in zip(of.members, by.members, strict=False)]
            if len(of.members) == len(by.members) and rows == [(name,) for name in diagonal]:
                yield Group(f"d{of.name}/d{by.name}", tuple(rows), True)
            elif all(len(row) == len(by.members) for row in rows) and of.role is not Role.VARIABLE:
                yield Group(f"d{of.name}/d{by.name}", tuple(rows), False)

    def _updates(self) -> Iterator[Group]:
        changing = set(self._graph.parameters) - self._graph.frozen
        for family in self._families:
            if changing.issuperset(family.members):
                cells = tuple(tuple(updated(name) for name in row) for row in family.cells)
                yield Group(updated(family.name), cells, family.is_vector)


def _of_layers(graph: Graph) -> Iterator[_Family]:
    """The values of a network, layer by layer."""
    if not graph.layers:
        return
    by_role = {role: [n for n, value in graph.values.items() if value.label.role is role] for role in Role}
    yield _Family(Role.INPUT, _column(by_role[Role.INPUT]), ("x", "X"))
    for layer in graph.layers:
        number = str(layer.index)
        yield _Family(Role.WEIGHT, layer.weights, ("W", "w"), number, is_vector=False)
        yield _Family(Role.BIAS, _column(layer.biases), ("b", "B"), number)
        yield _Family(Role.PREACTIVATION, _column(layer.preactivations), ("z", "Z"), number)
        if layer is not graph.layers[-1]:
            yield _Family(Role.ACTIVATION, _column(layer.activations), ("a", "A"), number)
    if len(by_role[Role.OUTPUT]) > 1:
        yield _Family(Role.OUTPUT, _column(by_role[Role.OUTPUT]), ("yhat", "Yhat"))
    if len(by_role[Role.TARGET]) > 1:
        yield _Family(Role.TARGET, _column(by_role[Role.TARGET]), ("y", "Y"))


def _of_lines(graph: Graph) -> Iterator[_Family]:
    """Vectors of an expression file: x1, x2 and x3 are the elements of x, however they came to be called so.

    They are counted without a gap, from 0 or 1 or wherever the author begins; links of a chain, each computed from
    the one before, are no vector.
    """
    found: dict[str, dict[int, str]] = {}
    for name in () if graph.layers else graph.values:
        element = _ELEMENT.fullmatch(name)
        if element is not None:
            found.setdefault(element[1], {})[int(element[2])] = name
    for stem, elements in found.items():
        short = stem.rstrip("_")
        numbers = range(min(elements), min(elements) + len(elements))
        if len(elements) > 1 and short and short not in graph.values and elements.keys() == set(numbers):
            members = [elements[number] for number in numbers]
            if any(not set(node.inputs).isdisjoint(members) and node.outputs[0] in members for node in graph.nodes):
                continue
            yield _Family(Role.VARIABLE, _column(members), tuple(dict.fromkeys((short, stem))))


def _neighbours(vectors: list[_Family]) -> Iterator[tuple[_Family, _Family]]:
    """Pairs of vectors of which the first may be made from the second in one operation."""
    sums = {family.layer: family for family in vectors if family.role is Role.PREACTIVATION}
    last = next(reversed(sums), "")
    for family in vectors:
        if family.role in {Role.ACTIVATION, Role.OUTPUT}:
            yield family, sums[family.layer or last]
        elif family.role is Role.VARIABLE:
            yield from ((family, other) for other in vectors if other is not family)


def _column(names: Iterable[str]) -> Cells:
    return tuple((name,) for name in names)


def _is_variable(graph: Graph, name: str) -> bool:
    return name not in graph.constants and graph.values[name].label.role not in {Role.CONSTANT, Role.TARGET}


def _behind(graph: Graph, objective: str) -> set[str]:
    """The objective and everything that is computed from it, by which it is not differentiated."""
    found = {objective}
    for node in graph.nodes:
        if not found.isdisjoint(node.inputs):
            found.update(node.outputs)
    return found
