"""The search for numbers: draws that are refused at a glance, and a few that are looked at closely."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction

from ..engine.precise import Precise
from ..engine.solve import solve
from ..errors import ProblemError, TutorError, UndefinedValueError
from ..graphs.build import build_graph
from ..model.formula import names_in
from ..model.graph import Graph, Role
from ..model.problem import Problem
from . import words
from .certificate import Confusion
from .dice import Dice
from .draw import Drawer, exactly
from .judge import Judge
from .made import Certificate, Variant, read
from .manners import DIGITS, Manners, exact_fraction_of
from .slots import slots
from .text import LAYOUT, Layout

MOST_CERTIFIED = 500
"""How many draws are looked at closely."""
MOST_SLOTS = 150
FRESH = 12
"""After so many changes that were no better, begin with other numbers."""
NO_NUMBERS = "This problem has no numbers to change: all of them are symbols, formulas or constants."


class Search:
    """The search for one variant of one problem."""

    def __init__(self, problem: Problem, seed: int) -> None:
        self.problem = problem
        self.seed = seed
        self.graph = build_graph(problem)
        self.slots = slots(problem, self.graph)
        if not self.slots:
            raise TutorError(NO_NUMBERS)
        if len(self.slots) > MOST_SLOTS:
            many = f"This problem has {len(self.slots)} numbers to change"
            raise TutorError(f"{many}, and nobody works with more than {MOST_SLOTS} by hand.")
        self.layout = Layout(problem)
        self.name = words.origin(problem)
        self.manners = Manners(self.graph, symbols(self.graph, self.name))
        self.drawer = self._drawer()
        self.refused: Counter[str] = Counter()
        self.tries = 0

    def _drawer(self) -> Drawer:
        """Whole numbers where the original has nothing else, and where nothing else comes of them but the loss."""
        whole = Drawer(self.slots, whole=True)
        if any(slot.original.denominator != 1 for slot in self.slots):
            return Drawer(self.slots)
        computed = {name for node in self.graph.nodes for name in node.outputs}
        dice = Dice("whole", self.name)
        for _ in range(3):
            try:
                values = self.manners.values(exactly(whole.draw(dice)))
            except ProblemError:
                return Drawer(self.slots)
            kept = (values.get(name) for name in computed if self.graph.values[name].label.role is not Role.LOSS)
            if any(not isinstance(value, Fraction) or value.denominator != 1 for value in kept if value is not None):
                return Drawer(self.slots)
        return whole

    def light(self, tries: int) -> Variant | None:
        """Numbers that pass at a glance, with no path dead that lives in the original."""
        dice = Dice(self.seed, self.name)
        dead = None
        for numbers in self._fresh(dice, tries):
            made = self._made(numbers, None)
            # The original is looked at only when there is something to compare.
            dead = zeros(self.problem) if dead is None else dead
            if zeros(made.problem) <= dead:
                return made
            self.refused["a path that is dead"] += 1
        return None

    def _fresh(self, dice: Dice, tries: int) -> Iterator[dict[str, str]]:
        while self.tries < tries:
            numbers = self.drawer.draw(dice)
            if self._passes(numbers):
                yield numbers

    def _passes(self, numbers: Mapping[str, str]) -> bool:
        self.tries += 1
        why = self.manners.refuse(exactly(numbers))
        if not why and all(Fraction(numbers[slot.name]) == slot.original for slot in self.slots):
            why = "the original itself"
        if why:
            self.refused[why] += 1
        return not why

    def certified(self, tries: int) -> Variant | None:
        """Numbers that show every wrong idea: from numbers that pass at a glance, one change after the other."""
        dice = Dice(self.seed, self.name)
        fresh = self._fresh(dice, tries)
        numbers = next(fresh, None)
        if numbers is None:
            return None
        judge = Judge(read(self.written(numbers), self.name), self.manners, self.drawer, self.name)
        found = judge.confusions(numbers)
        looked_at, idle = 1, 0
        while found:
            self.refused[_because(found)] += 1
            if looked_at == MOST_CERTIFIED:
                return None
            looked_at += 1
            anew = idle == FRESH
            again = next(fresh, None) if anew else self._changed(dice, numbers, judge.used_at(found), tries)
            if again is None:
                return None
            left = judge.confusions(again, None if anew else len(found))
            idle = 0 if anew or len(left) < len(found) else idle + 1
            if anew or len(left) <= len(found):
                numbers, found = again, left
        ideas, steps = judge.ideas.count()
        return self._made(numbers, Certificate(ideas, steps, dict(self.refused)))

    def _changed(
        self, dice: Dice, numbers: Mapping[str, str], used: Collection[str], tries: int
    ) -> dict[str, str] | None:
        """The numbers with one or two of them drawn again, such as pass at a glance; by turns any, or ``used`` ones."""
        direct = [slot for slot in self.slots if slot.name in used]
        while self.tries < tries:
            among = direct if direct and dice.below(2) else self.slots
            some = [dice.choice(among) for _ in range(1 + dice.below(2))]
            again = self.drawer.redraw(dice, numbers, dict.fromkeys(some))
            if again != numbers and self._passes(again):
                return again
        return None

    def _made(self, numbers: Mapping[str, str], certificate: Certificate | None) -> Variant:
        text = self.written(numbers)
        made = read(text, f"{self.name}-{self.seed}")
        self._prove(made, numbers)
        return Variant(made, text, self.seed, self.tries, certificate)

    def written(self, numbers: Mapping[str, str]) -> str:
        """The file with these numbers."""
        header = {
            "title": words.title(self.problem, self.seed),
            "statement": words.statement(self.problem, self.graph),
            "source": words.source(self.problem, self.seed),
            "seed": str(self.seed),
        }
        return self.layout.written(self.slots, numbers, header)

    def _prove(self, made: Problem, numbers: Mapping[str, str]) -> None:
        """What was written must be read as the same graph with these numbers, or nothing is handed out."""
        graph = build_graph(made)
        wanted = exactly(numbers)
        is_same = made.seed == self.seed and _wired(graph) == _wired(self.graph)
        for name, value in self.graph.values.items():
            again = graph.values.get(name)
            if value.given is not None and value.given.number is not None:
                number = None if again is None or again.given is None else again.given.number
                is_same = is_same and number == wanted.get(name, value.given.number)
        if not is_same:
            raise TutorError(f"This problem file cannot be rewritten with other numbers. {LAYOUT}")


def _wired(graph: Graph) -> list[tuple[object, ...]]:
    return [(node.op, node.inputs, node.outputs) for node in graph.nodes]


def _because(found: list[Confusion]) -> str:
    hidden = any(not confusion.one for confusion in found)
    return "a wrong idea that gives the right number" if hidden else "two wrong ideas that give one number"


def zeros(problem: Problem) -> frozenset[object]:
    """The values, slopes and gradients that are 0, each by its key in the trace.  Raises ProblemError as ``solve``."""
    found: set[object] = set()
    for solution in solve(problem, shortcut=False):
        trace = solution.trace
        for kind, numbers in (("value", trace.values), ("slope", trace.slopes), ("gradient", trace.gradients)):
            found.update((solution.plan.objective, kind, key) for key, number in numbers.items() if number == 0)
    return frozenset(found)


def symbols(graph: Graph, name: str) -> dict[str, Fraction]:
    """A number for everything that is given by a symbol, so that wrong ideas can be compared there too."""
    computed = {output for node in graph.nodes for output in node.outputs}
    dice = Dice("symbols", name)
    letters: dict[str, object] = {}
    found = {}
    for value in graph.values.values():
        if value.name in computed or (value.given is not None and not names_in(value.given.formula)):
            continue
        if value.given is None:
            found[value.name] = dice.between(Fraction(3, 10), Fraction(9, 10))
            continue
        for letter in names_in(value.given.formula):
            letters.setdefault(letter, dice.between(Fraction(3, 10), Fraction(9, 10)))
        try:
            found[value.name] = exact_fraction_of(Precise(DIGITS).at(value.given.formula, letters))
        except UndefinedValueError:
            continue
    return found
