"""What is wanted of a solution by name: one quantity, a vector or a matrix, and all that it needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from ..errors import TutorError
from ..graphs.names import gradient
from ..model.graph import Graph
from ..model.lesson import Step
from ..model.notation import Notation
from ..reading.findings import shown
from .groups import Group, Groups
from .notation import NameReader

SOME = 8
"""So many names stand in a message that tells which there are."""


class UnknownQuantityError(TutorError):
    """What was asked for by name is no quantity that a solution finds."""


class QuantityFinder:
    """Finds quantities of one solution by what people type; ``told`` are the plain names of what it finds."""

    def __init__(self, graph: Graph, notation: Notation, told: Collection[str]) -> None:
        self.names = NameReader(graph, notation)
        self.groups = Groups(graph, notation)
        self._objective = graph.objective
        self._told = dict.fromkeys(told)

    def one(self, typed: str) -> str:
        """The plain name of one quantity.  Raises UnknownQuantityError."""
        plain = self.names.resolve(typed)
        if plain in self._told:
            return plain
        raise UnknownQuantityError(self._unknown(typed, plain))

    def find(self, typed: str) -> tuple[str, tuple[str, ...]]:
        """What is wanted is called, and the plain names of its quantities.  Raises UnknownQuantityError."""
        plain = self.names.resolve(typed)
        group = self.groups.find(typed) if plain is None else None
        if group is None:
            name = self.one(typed)
            return name, (name,)
        members = self._members(group)
        if not members:
            raise UnknownQuantityError(self._no_step(group.name))
        return (group.name if len(members) > 1 else members[0]), members

    def members(self, typed: str) -> tuple[str, ...]:
        """The plain names that a typed name stands for: one, or all of a vector or matrix; none if it is unknown."""
        plain = self.names.resolve(typed)
        if plain is not None:
            return (plain,) if plain in self._told else ()
        return self._members(self.groups.find(typed))

    def knows(self, typed: str) -> bool:
        """Whether this is a name of the problem at all, be it of something given."""
        return self.names.resolve(typed) is not None or self.groups.find(typed) is not None

    def _members(self, group: Group | None) -> tuple[str, ...]:
        return tuple(name for row in group.cells for name in row if name in self._told) if group else ()

    def _no_step(self, plain: str) -> str:
        its = gradient(self._objective, plain)
        is_told = its in self._told or self._members(self.groups.find(its))
        hint = f" Its gradient is {its}." if is_told else " Perhaps --no-shortcut tells it." if "/" in plain else ""
        return f"{plain} is given, or has no step of its own in this solution.{hint}"

    def _unknown(self, typed: str, plain: str | None) -> str:
        if plain is not None:
            return self._no_step(plain)
        near = self.names.suggestion(typed)
        some = ", ".join([*self._told][:SOME])
        hint = f"Did you mean {near}?" if near else f"Steps find, for example: {some}."
        return f"There is no quantity called {shown(typed)} here. {hint}"


def with_needs(steps: Sequence[Step], names: Iterable[str]) -> tuple[Step, ...]:
    """The steps that find these quantities, and all of ``steps`` that they need, in the order of the solution."""
    by_id = {step.id: step for step in steps}
    wanted = set(names)
    waiting = [step.id for step in steps if step.name in wanted]
    found: set[str] = set()
    while waiting:
        identifier = waiting.pop()
        if identifier not in found:
            found.add(identifier)
            waiting.extend(need for need in by_id[identifier].needs if need in by_id)
    return tuple(step for step in steps if step.id in found)
