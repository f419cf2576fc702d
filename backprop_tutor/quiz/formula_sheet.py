"""The formula sheet: one line for every kind of step, and never the answer of a question that is still open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..engine.derivations import leaves
from ..lessons.chain import is_bare, normal
from ..model.formula import Formula, walk
from ..model.lesson import Figure, Lesson, Step
from ..model.op import Words
from ..model.quiz import Item, ItemKind, Listing, State
from .quiz import Quiz
from .rule_names import rule_of

TITLE = "Formulas, each with an example here"
MORE_TO_COME = "More lines come here once their questions are answered: now they would be the answers."


def formula_sheet(quiz: Quiz, state: State) -> Listing:
    """One formula for every kind of step, in the letters of this problem.

    The first example is taken that gives no answer away, or the chain rule in names in place of what it comes to.
    """
    lesson = quiz.lesson
    pending = [item for item in state.agenda if is_open(state, item)]
    names = {name for item in pending if item.kind is ItemKind.STEP for name in item.steps}
    # Whoever is asked to choose a formula is not to find the one of the next unit here.
    to_choose = {item.skill for item in pending if item.kind is ItemKind.WHY}
    secret = Secrets(lesson, names)
    kinds: dict[tuple[str, str], list[Step]] = {}
    for step in lesson.steps:
        kinds.setdefault((quiz.skills[step.name], step.rule), []).append(step)
    rows: list[tuple[Words, Words]] = []
    for (skill, _), steps in kinds.items():
        found = next(_lines(steps, secret), None) if skill not in to_choose else None
        if found is not None:
            rows.append(((rule_of(steps[0]),), found))
    if len(rows) < len(kinds):
        rows.append((("…",), (MORE_TO_COME,)))
    return Listing(TITLE, tuple(rows))


def is_open(state: State, item: Item) -> bool:
    """Whether an item is still to be answered, for the first time or after it was left."""
    standing = state.standing(item)
    return not standing.closed or standing.is_left


def _lines(steps: Iterable[Step], secret: Secrets) -> Iterator[Words]:
    """The lines that may be shown of steps of one kind, the one wanted most first."""
    for step in steps:
        for tree in reversed(step.equation.symbols):
            if not secret.told_by(step, tree):
                yield (step.quantity, " = ", tree)


class Secrets:
    """The answers of questions that are still open: the plain ``names`` of their steps, and what is right for them."""

    def __init__(self, lesson: Lesson, names: Iterable[str]) -> None:
        self.names = frozenset(names)
        steps = [step for step in lesson.steps if step.name in self.names]
        self.numbers = {_size(step.figure) for step in steps if step.figure is not None}
        trees = [tree for step in steps if step.figure is None for tree in (step.equation.symbols[-1], step.exact)]
        self.formulas = {normal(tree) for tree in trees if tree is not None}

    def told_by(self, step: Step, tree: Formula) -> bool:
        """Whether this line of a step is the whole answer of an open question."""
        if normal(tree) in self.formulas:
            return True
        if step.name not in self.names:
            return _is_worked_out(tree) and step.figure is not None and _size(step.figure) in self.numbers
        # What is asked for as a formula may be written in many ways: only the rule in names is none of them.
        return _is_worked_out(tree) or (step.figure is None and not _is_rule(step, tree))


def _size(figure: Figure) -> str:
    """A number without its sign, of which there are only two."""
    return figure.shown.removeprefix("-")


def _is_worked_out(tree: Formula) -> bool:
    """Whether nothing is left to be worked out: a number, or one quantity that has its number beside it."""
    return not leaves(tree) or is_bare(tree)


def _is_rule(step: Step, tree: Formula) -> bool:
    """Whether a line is a rule: it says from which other derivatives the answer comes."""
    return any(name.startswith("d") and "/d" in name and name != step.name for name in leaves(tree)) and bool(
        list(walk(tree))[1:]
    )
