"""A class of simulated learners: right sheets, sheets with one fault, sheets with one wrong idea or two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from random import Random

from backprop_tutor.marking.misconception import Misconception
from backprop_tutor.marking.misconceptions import misconceptions

from .faults import FAULTS, Slip
from .learners import STYLES, Assignment, Formulas, Style, varied

TRIES = 12
"""How often a step is drawn for a fault before a learner is given up: some faults cannot show."""


@dataclass(frozen=True)
class Worked:
    """One learner's sheet, and what is known of it.

    ``step`` is the one faulty step, ``ideas`` the ids of the wrong ideas behind it; ``is_changed`` says that an
    idea changes a written figure at all, ``shows`` that the sheet is wrong beyond its digits.
    """

    kind: str
    style: Style
    written: Mapping[str, str]
    step: str = ""
    ideas: tuple[str, ...] = ()
    label: str = ""
    is_changed: bool = True
    shows: bool = True

    def only(self, names: set[str]) -> Worked:
        """The same sheet with only these steps filled in; whether it still shows is to be asked again."""
        kept = {name: text for name, text in self.written.items() if name in names}
        return replace(self, written=kept)

    def seen(self, shows: bool) -> Worked:
        """The same sheet, with another answer to whether it is wrong beyond its digits."""
        return replace(self, shows=shows)


class SimulatedClass:
    """Everybody who works one problem; the same seed gives the same class."""

    def __init__(self, assignment: Assignment, seed: str) -> None:
        self.assignment = assignment
        self.random = Random(seed)
        self._rules: dict[bool, list[Misconception]] = {}

    def right(self, each: int = 1) -> Iterator[Worked]:
        """Right sheets, so many in each style."""
        for style in self._styles(each):
            yield Worked("right", style, self.assignment.work(style).written)

    def faulty(self, kinds: Mapping[str, Slip] = FAULTS, each: int = 1) -> Iterator[Worked]:
        """Sheets with one fault that shows, of each kind and in each style; everything after it follows."""
        for kind, slip in kinds.items():
            for style in self._styles(each):
                found = self._faulty(kind, slip, style)
                if found is not None:
                    yield found

    def _faulty(self, kind: str, slip: Slip, style: Style) -> Worked | None:
        right = self.assignment.work(style)
        for _ in range(TRIES):
            step = self.random.choice(self.assignment.steps)
            wrong = slip(right.used[step], style, self.random)
            if wrong is None or style.written(wrong) == right.written[step]:
                continue
            try:
                paper = self.assignment.work(style, faults={step: wrong})
                if self.assignment.shows(paper.written, step):
                    return Worked(kind, style, paper.written, step)
            except ArithmeticError:
                # Nothing follows from the wrong number: a logarithm of what is now negative.
                continue
        return None

    def rules(self, shortcut: bool) -> list[Misconception]:
        """Every variant of every misconception that changes a formula along one way."""
        if shortcut not in self._rules:
            wiring = self.assignment.wirings[shortcut]
            self._rules[shortcut] = [
                rule
                for page in misconceptions().values()
                for rule in page.variants(wiring)
                if self._touched(self.assignment.derivations(shortcut, rule), shortcut)
            ]
        return self._rules[shortcut]

    def mistaken(self, each: int = 1) -> Iterator[Worked]:
        """Sheets worked consistently with one wrong idea or convention, along each way: so many for each idea.

        The styles go round, so that all ideas together are seen in all of them.
        """
        for shortcut in self._ways():
            for place, rule in enumerate(self.rules(shortcut)):
                formulas = self.assignment.derivations(shortcut, rule)
                kind = "convention" if rule.convention else "idea"
                for turn in range(each):
                    style = varied(STYLES[(place + turn) % len(STYLES)], self.random)
                    found = self._by(formulas, replace(style, shortcut=shortcut), kind, (rule.id,), told(rule))
                    if found is not None:
                        yield found

    def _ways(self) -> tuple[bool, ...]:
        """With the shortcut from the loss to the sum before the output, where there is one, and without."""
        formulas = self.assignment.formulas
        return (False,) if formulas[False] == formulas[True] else (False, True)

    def twice_mistaken(self, most: int) -> Iterator[Worked]:
        """Sheets with two wrong ideas of different ids, drawn at random."""
        for _ in range(most):
            style = varied(self.random.choice(STYLES), self.random)
            rules = [rule for rule in self.rules(style.shortcut) if not rule.convention]
            pairs = [(a, b) for a, b in combinations(rules, 2) if a.id != b.id]
            if not pairs:
                return
            a, b = self.random.choice(pairs)
            formulas = self._together(a, b, style.shortcut)
            if formulas is None:
                continue
            found = self._by(formulas, style, "two ideas", (a.id, b.id), f"{told(a)} + {told(b)}")
            if found is not None:
                yield found

    def _together(self, a: Misconception, b: Misconception, shortcut: bool) -> Formulas | None:
        """The formulas under both ideas, where they change different steps."""
        first, second = (self.assignment.derivations(shortcut, rule) for rule in (a, b))
        mine, yours = self._touched(first, shortcut), self._touched(second, shortcut)
        if mine & yours:
            return None
        return {**first, **{name: second[name] for name in yours}}

    def _by(self, formulas: Formulas, style: Style, kind: str, ideas: tuple[str, ...], label: str) -> Worked | None:
        try:
            paper = self.assignment.work(style, formulas)
        except ArithmeticError:
            # The wrong formula has no value here; such a learner leaves the sheet.
            return None
        right = self.assignment.work(style)
        touched = self._touched(formulas, style.shortcut)
        shows = [name for name in touched if self.assignment.shows(paper.written, name)]
        return Worked(
            kind,
            style,
            paper.written,
            ideas=ideas,
            label=label,
            is_changed=paper.written != right.written,
            shows=bool(shows),
        )

    def _touched(self, formulas: Formulas, shortcut: bool) -> set[str]:
        right = self.assignment.formulas[shortcut]
        return {name for name in self.assignment.steps if formulas[name] != right[name]}

    def _styles(self, each: int) -> Iterator[Style]:
        for style in STYLES:
            for _ in range(each):
                yield varied(style, self.random)


def told(rule: Misconception) -> str:
    """The rule in a few words, for a list of what went wrong."""
    words = rule.repair if rule.id == "op" else ""
    return f"{rule.id} {type(rule).__name__} {getattr(rule, 'choice', '')} {words}".strip()
