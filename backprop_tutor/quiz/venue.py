"""Where a question is asked: the problem with its own numbers, or with fresh ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from ..engine.solve import solve
from ..lessons.notation import NameReader
from ..lessons.teach import teach
from ..model.formula import Formula
from ..model.lesson import Figure, Lesson, Step
from ..model.marking import ACCEPTED, STRICT, Verdict
from ..model.notation import Notation
from ..model.problem import Problem
from ..model.quiz import Item, ItemKind, Standing, State
from ..model.sheet import Earlier, SheetLine
from .examiner import Examiner

MOST_TRIED = 8
"""So many of the last wrong answers are held against an idea."""


@dataclass
class Venue:
    """One version of the problem: its lesson, and who marks answers to it."""

    problem: Problem
    lesson: Lesson
    examiner: Examiner
    _figures: dict[tuple[tuple[str, str], ...], dict[str, Figure]] = field(default_factory=dict)
    _formulas: dict[tuple[str, str], Formula | None] = field(default_factory=dict)

    @cached_property
    def steps(self) -> dict[str, Step]:
        """The steps by plain name."""
        return {step.name: step for step in self.lesson.steps}

    @cached_property
    def _names(self) -> NameReader:
        return NameReader(self.lesson.graph, self.lesson.notation)

    def typed(self, name: str) -> str:
        """What a keyboard writes for a step in the notation of the quiz."""
        return self._names.typed(name)

    def before(self, state: State, item: Item, known: Iterable[str], *, own: bool = False) -> list[tuple[str, str]]:
        """What stands beside the answer to be judged: names, and what was typed, or shown of what is ``known``.

        With ``own``, what was wrong and given up stands there too, and what was found from it.
        """
        lines, typed = [], set(item.steps)
        for other, standing in _answers_beside(state, item):
            if not standing.shown and standing.answer:
                typed.update(other.steps)
                if _stands(standing, own):
                    lines.append((other.name, standing.answer))
        seen = (name for name in known if name not in typed)
        return lines + self._shown_of(seen)

    def earlier(self, state: State, item: Item) -> Earlier:
        """Which of those answers the learner was shown or found only after a wrong one; and these wrong ones."""
        told: set[str] = set()
        tried: list[SheetLine] = []
        for other, standing in _answers_beside(state, item):
            wrong = dict.fromkeys(a.given for a in standing.attempts if a.verdict is Verdict.WRONG)
            if standing.shown or (wrong and standing.verdict in ACCEPTED):
                told |= set(other.steps)
                tried += [SheetLine(other.name, given) for given in wrong]
        return Earlier(frozenset(told), tuple(tried[-MOST_TRIED:]))

    def known(
        self, state: State, item: Item, shown_from_start: Iterable[str], between: Iterable[str]
    ) -> tuple[str, ...]:
        """The plain names of what is known when an item is asked, in the order of the lesson.

        What nobody is asked for stands ``between`` the questions, and is known as soon as it gives no answer away.
        """
        names = set(shown_from_start)
        if item.is_again:
            order = list(self.steps)
            names |= set(order[: min(order.index(name) for name in item.steps)])
        for other in state.agenda:
            standing = state.standing(other)
            if other.round != item.round:
                continue
            # What is being read stands on the screen.
            if other.kind is ItemKind.WORKED and (standing.closed or other.id == item.id):
                names |= set(other.steps)
            if other.kind is ItemKind.STEP and self._is_found(other, standing) and not other.is_again:
                names |= set(other.steps)
        self._add_between(state, item, names, between)
        return tuple(name for name in self.steps if name in names)

    def _add_between(self, state: State, item: Item, names: set[str], between: Iterable[str]) -> None:
        """Add what nobody is asked for, in a round or where a few steps were chosen, as far as the learner has come.

        It is done for the learner only where everything that it is found from is known and right: a number that
        follows from one which is still to be found, or which was found otherwise, would give that one away.  Nor is it
        shown beside a question that has the same answer.
        """
        mine = [other for other in state.agenda if other.round == item.round and other.kind is ItemKind.STEP]
        own = {name for other in mine if state.standing(other).verdict in ACCEPTED - STRICT for name in other.steps}
        order = list(self.steps)
        closed = [other for other in mine if state.standing(other).closed and other.id != item.id]
        to_find = [self._answer(name) for other in mine if other not in closed for name in other.steps]
        come_to = [name for other in mine if other in closed or other.id == item.id for name in other.steps]
        here = max((order.index(name) for name in come_to), default=0)
        name_of = {step.id: step.name for step in self.steps.values()}
        for name in between:
            needs = {name_of[need] for need in self.steps[name].needs}
            if order.index(name) < here and needs <= names - own and self._answer(name) not in to_find:
                names.add(name)

    def _answer(self, name: str) -> str | Formula:
        """What is found in a step: the figure that is shown, or a formula."""
        step = self.steps[name]
        symbolic = self.lesson.symbolic.get(name, step.equation.symbols[-1])
        return step.figure.shown if step.figure is not None else symbolic

    def own_figures(self, state: State, item: Item, known: Iterable[str]) -> dict[str, Figure]:
        """The learner's own numbers: plain decimals as they stand, and what was typed out at what it comes to.

        A formula is worked out as its verdict was: from what stands on the screen, the learner's own numbers and for
        the rest of what is ``known`` those that are shown of it.
        """
        lines: list[tuple[str, str]] = []
        found: dict[str, Figure] = {}
        to_work_out: list[str] = []
        typed: set[str] = set()
        for other, standing in _answers_of_round(state, item):
            if standing.shown or not self._is_found(other, standing) or not _stands_where_it_belongs(other, standing):
                continue
            lines.append((other.name, standing.answer))
            typed.update(other.steps)
            if len(other.steps) == 1 and _is_decimal(text := _plain(standing.answer)):
                found[other.name] = Figure(text, text)
            elif not _is_kept(other, standing) or self._formula(other.name, standing.answer) is None:
                to_work_out += other.steps
        if to_work_out:
            lines += self._shown_of(name for name in known if name not in typed)
            figures = self._worked_out(tuple(lines))
            found |= {name: figures[name] for name in to_work_out if name in figures}
        return found

    def _shown_of(self, names: Iterable[str]) -> list[tuple[str, str]]:
        return [(name, figure.shown) for name in names if (figure := self.steps[name].figure)]

    def _worked_out(self, lines: tuple[tuple[str, str], ...]) -> dict[str, Figure]:
        if lines not in self._figures:
            self._figures[lines] = self.examiner.figures(lines)
        return self._figures[lines]

    def own_formulas(self, state: State, item: Item) -> dict[str, Formula]:
        """The learner's own formulas in names that are not marked yet: in a test they stand as they were typed."""
        found = {}
        for other in state.agenda:
            standing = state.standing(other)
            if other.kind is ItemKind.STEP and _is_kept(other, standing) and other.round == item.round:
                formula = self._formula(other.steps[0], standing.answer)
                if formula is not None:
                    found[other.steps[0]] = formula
        return found

    def _formula(self, name: str, written: str) -> Formula | None:
        if (name, written) not in self._formulas:
            self._formulas[name, written] = self.examiner.formula(name, written)
        return self._formulas[name, written]

    def _is_found(self, item: Item, standing: Standing) -> bool:
        """Whether a value is known: shown, right, or (in a test) written down as what can be shown again."""
        if standing.shown or standing.verdict in ACCEPTED:
            return True
        # In a test the right figure must not stand in place of what was typed.
        if not _is_kept(item, standing):
            return False
        name, answer = item.steps[0], standing.answer
        if _is_decimal(_plain(answer)) or self._formula(name, answer) is not None:
            return True
        return name in self._worked_out(((name, answer),))


def _answers_of_round(state: State, item: Item) -> Iterator[tuple[Item, Standing]]:
    """The steps that are asked in the round of an item, with how they stand; none that comes again."""
    for other in state.agenda:
        if other.kind is ItemKind.STEP and other.round == item.round and not other.is_again:
            yield other, state.standing(other)


def _answers_beside(state: State, item: Item) -> Iterator[tuple[Item, Standing]]:
    """The other steps that are asked in this round, with how they stand; none beside a step that comes again."""
    for other, standing in _answers_of_round(state, item):
        if other.id != item.id and not item.is_again:
            yield other, standing


def _is_kept(item: Item, standing: Standing) -> bool:
    """Whether an answer was written down in a test, and is not marked yet."""
    is_single = len(item.steps) == 1
    return is_single and standing.closed and standing.verdict is None and not standing.shown and bool(standing.answer)


def _stands_where_it_belongs(item: Item, standing: Standing) -> bool:
    """Whether every number of an answer stands at its own step: a matrix may be right turned round."""
    return len(item.steps) == 1 or standing.verdict is not Verdict.OTHER_CONVENTION


def _stands(standing: Standing, own: bool) -> bool:
    verdict = standing.verdict
    if verdict is Verdict.WRONG:
        return own and standing.skipped
    return own or verdict is not Verdict.CARRIED


def _plain(written: str) -> str:
    return written.strip().replace("−", "-")


def _is_decimal(text: str) -> bool:
    digits = text.removeprefix("-").replace(".", "", 1)
    return digits.isascii() and digits.isdigit() and len(digits) < 20 and not text.endswith(".")


def make_venue(
    problem: Problem,
    notation: Notation | str | None,
    lesson: Lesson | None = None,
    *,
    shortcut: bool = True,
) -> Venue:
    """The venue of a problem.  Raises ProblemError for one that cannot be solved."""
    told = lesson or teach(solve(problem, shortcut=shortcut), notation)
    return Venue(problem, told, Examiner(problem, told.notation))


Fresh = Callable[[int], Problem | None]
"""The problem with fresh numbers for a round; None where there are none."""
