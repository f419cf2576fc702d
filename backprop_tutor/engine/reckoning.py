"""Finding quantities from one another by their formulas, with some of them held at somebody's own values."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Collection, Mapping

from ..model.formula import Formula
from .arithmetic import Arithmetic, Leaf
from .derivations import Derivations, Formulas, key, leaves


class Reckoning:
    """Every quantity from the others, computed when it is asked for.

    ``held`` are the quantities whose values are taken as they stand: what the problem gives, and what a learner
    wrote.  Everything else is computed from its formula.
    """

    def __init__(self, formulas: Derivations, arithmetic: Arithmetic[object], held: Mapping[str, object]) -> None:
        # What a formula uses is looked for once and not for every sheet.
        self.formulas = formulas if isinstance(formulas, Formulas) else Formulas(formulas)
        self.arithmetic = arithmetic
        self.held = held
        self._found: dict[str, object] = {}

    def value(self, name: str) -> object:
        """The value of a quantity: as it is held, or computed.

        Raises LookupError for a symbol, or what depends on one; UndefinedValueError where there is no value.
        """
        return self.held[name] if name in self.held else self.derived(name)

    def derived(self, name: str) -> object:
        """The value that a quantity must have by its formula, whether or not it is held at another."""
        if name not in self._found:
            self._find(name)
        return self._found[name]

    def at(self, tree: Formula) -> object:
        """The value of a formula in the names of quantities."""
        for name in leaves(tree):
            self.value(name)
        return self.arithmetic.evaluate(tree, self._look_up)

    def changed(self, values: Mapping[str, object]) -> Reckoning:
        """The same, with some quantities held at other values."""
        # A map on top and no copy: a unit may have thousands of inputs, each changed in its turn.
        return Reckoning(self.formulas, self.arithmetic, ChainMap(dict(values), self.held))  # type: ignore[arg-type]

    def sources(self, name: str) -> tuple[str, ...]:
        """The held quantities from which a quantity is computed, with nothing held in between."""
        return self._behind(name)[0]

    def between(self, name: str) -> tuple[str, ...]:
        """The quantities that are computed on the way from the sources to a quantity, itself left out."""
        return self._behind(name)[1]

    def moved(self, name: str, used: str, value: object) -> object:
        """The value of a quantity by its own formula when one that it uses directly has another value."""

        def look_up(part: Leaf) -> object:
            return value if key(part) == used else self._look_up(part)

        self.derived(name)
        return self.arithmetic.evaluate(self.formulas[name], look_up)

    def in_order(self, names: Collection[str]) -> list[str]:
        """Computed quantities in the order in which they were found: each after those that it uses."""
        wanted = set(names)
        return [name for name in self._found if name in wanted]

    def _behind(self, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        held: dict[str, None] = {}
        computed: dict[str, None] = {}
        waiting = [name]
        while waiting:
            for used in self.formulas.uses(waiting.pop()):
                if used in self.held:
                    held.setdefault(used)
                elif used not in computed and used in self.formulas:
                    computed.setdefault(used)
                    waiting.append(used)
        computed.pop(name, None)
        return tuple(held), tuple(computed)

    def _find(self, name: str) -> None:
        # By hand and not by recursion: a deep network would exhaust the stack.
        waiting = [name]
        opened: set[str] = set()
        while waiting:
            top = waiting[-1]
            if top not in self.formulas:
                raise LookupError(top)
            used = self.formulas.uses(top)
            missing = [other for other in used if other not in self.held and other not in self._found]
            if missing:
                if top in opened:
                    raise LookupError(f"{top} is computed from itself")
                opened.add(top)
                waiting += missing
                continue
            if top not in self._found:
                self._found[top] = self.arithmetic.evaluate(self.formulas[top], self._look_up)
            waiting.pop()

    def _look_up(self, part: Leaf) -> object:
        name = key(part)
        assert name is not None
        return self.held[name] if name in self.held else self._found[name]
