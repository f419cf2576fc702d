"""Marks one answer of a quiz: as an entry of a sheet that holds the learner's earlier answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ..engine.derivations import leaves
from ..lessons.figures import figure
from ..marking.collect import Collected
from ..marking.judging import Judge
from ..marking.mark import NOTHING_EARLIER, Marker
from ..marking.numbers import numbers
from ..marking.precision import Precision
from ..model.formula import Formula
from ..model.lesson import Figure
from ..model.marking import Entry, Explanation, Report, Verdict
from ..model.notation import Notation
from ..model.op import Words
from ..model.problem import Finding, Problem
from ..model.record import Idea
from ..model.sheet import Answer, Earlier, Sheet, SheetLine

BEST_FIRST = (
    Verdict.CORRECT,
    Verdict.IMPRECISE,
    Verdict.OTHER_CONVENTION,
    Verdict.CARRIED,
    Verdict.MISSING,
    Verdict.UNDECIDED,
    Verdict.UNREADABLE,
    Verdict.WRONG,
)
"""Of several entries that were answered at once the last in this order decides, but what cannot be read comes first."""

ON_THE_SCREEN = Precision(significant=4)
"""What is not typed is shown beside the question with four digits at least, and need not be rounded any further."""


IN_THE_LINE = "slip"
"""The id under which a slip is kept that may be what is behind an answer."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What is found of one answer.

    ``entry`` is the one that decides; ``entries`` are all that the answer holds.  ``explanations`` are the ideas that
    explain the wrong ones, several where they tie.  ``unknown`` is what could not be used at all.
    """

    verdict: Verdict
    entries: tuple[Entry, ...]
    entry: Entry | None = None
    explanations: tuple[Explanation, ...] = ()
    unknown: tuple[Finding, ...] = ()

    @property
    def ideas(self) -> tuple[Idea, ...]:
        """The ideas as they are kept; where a slip in the line gives the same number, it ties with them."""
        others = self.entry.or_else if self.entry is not None else ()
        tied = (Idea(IN_THE_LINE, "a slip in the line", _text(words)) for words in others)
        return (*ideas_of(self.explanations), *tied)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the ideas."""
        return tuple(dict.fromkeys(explanation.id for explanation in self.explanations))


class Examiner:
    """Judges answers to the steps of one problem.  What this needs is prepared at the first answer, or by ``warm``."""

    def __init__(self, problem: Problem, notation: Notation | str | None = None) -> None:
        self._problem = problem
        self._notation = notation

    @cached_property
    def marker(self) -> Marker:
        """The marker of whole sheets, on which everything here stands."""
        return Marker(self._problem, self._notation, shown=ON_THE_SCREEN)

    def warm(self) -> None:
        """Prepare for any answer, so that the first one is not slower than the others."""
        for way in self.marker.setting.wrong_ways:
            # Looks at every formula once; the answer to the question is remembered, whatever was asked.
            way.formulas.users("")
        self.marker.mark(Sheet("", ()))

    def quantities(self, typed: str, given: str = "") -> tuple[str, ...]:
        """The steps that a typed name stands for: one, or all of a vector or matrix; none if it is unknown.

        What is ``given`` for it decides where a name is short for one and for many: a list is the whole layer.
        """
        if not given:
            return self.marker.collector.quantities(typed)
        found = self.marker.collector.collect(Sheet("", (SheetLine(typed, given),)))
        names = {*found.answers, *found.blanks}
        return tuple(name for name in self.marker.setting.steps if name in names)

    def figures(self, lines: Iterable[tuple[str, str]]) -> dict[str, Figure]:
        """The numbers of what was typed for these names, formulas worked out from those before them."""
        collected = self.marker.collector.collect(Sheet("", tuple(SheetLine(name, given) for name, given in lines)))
        found, _ = numbers(self.marker.setting, collected.answers, ON_THE_SCREEN)
        return {name: figure(value) for name, value in found.values.items()}

    def formula(self, name: str, given: str) -> Formula | None:
        """What was typed for a step, where it is a formula in names."""
        answer = self.marker.collector.collect(Sheet("", (SheetLine(name, given),))).answers.get(name)
        return answer.formula if answer is not None and answer.formula is not None and leaves(answer.formula) else None

    def read(self, name: str, given: str) -> dict[str, Answer] | None:
        """What is read at each step of an answer, with why it cannot be read; None where only judging it shows that.

        No idea is looked for, which is most of the work.
        """
        setting = self.marker.setting
        collected = self.marker.collector.collect(Sheet("", (SheetLine(name, given),)))
        if not collected.answers.keys() <= setting.truth.keys():
            return None
        for square in collected.squares:
            turned = collected.turned(square)
            members = [name for row in square.cells for name in row]
            if self._is_wrong(collected, members) and not self._is_wrong(turned, members):
                collected = turned
        _, troubles = numbers(setting, collected.answers)
        return {
            name: replace(answer, trouble=troubles[name]) if name in troubles else answer
            for name, answer in collected.answers.items()
        }

    def _is_wrong(self, collected: Collected, names: Collection[str]) -> bool:
        found, _ = numbers(self.marker.setting, collected.answers)
        judge = Judge(self.marker.setting, found, ON_THE_SCREEN)
        judge.judge()
        return bool(judge.wrong(names))

    def report(self, lines: Sequence[tuple[str, str]], ask: Iterable[str] = ()) -> Report:
        """The report on a whole test: names, and what was typed for them."""
        self.marker.ask = frozenset(ask)
        report = self.marker.mark(Sheet("", tuple(SheetLine(name, given) for name, given in lines)))
        return replace(report, is_test=True)

    def judge(
        self,
        name: str,
        given: str,
        before: Sequence[tuple[str, str]] = (),
        earlier: Earlier = NOTHING_EARLIER,
    ) -> Judged:
        """The verdict on what was typed for a name, with the answers that stand before it, and what went before."""
        wanted = set(self.quantities(name, given))
        lines = tuple(SheetLine(other, typed) for other, typed in [*before, (name, given)])
        report = self.marker.mark(Sheet("", lines), earlier, wanted)
        entries = tuple(entry for entry in report.entries if entry.name in wanted)
        unread = [entry for entry in entries if entry.verdict is Verdict.UNREADABLE]
        if unread:
            return Judged(Verdict.UNREADABLE, entries, unread[0], (), report.unknown)
        if not entries or all(entry.verdict is Verdict.MISSING for entry in entries):
            return Judged(Verdict.MISSING, entries, None, (), report.unknown)
        entry = worst(entries)
        return Judged(entry.verdict, entries, entry, explanations_of(entry, report), report.unknown)


def explanations_of(entry: Entry, report: Report) -> tuple[Explanation, ...]:
    """The ideas that explain an entry of a report."""
    ids = entry.misconception.split("/") if entry.misconception else ()
    return tuple(one for one in report.explanations if one.id in ids and entry.name in one.steps)


def ideas_of(explanations: Iterable[Explanation]) -> tuple[Idea, ...]:
    """Explanations as they are kept with an answer, each once."""
    found = (Idea(one.id, one.title, _text(one.repair), one.convention) for one in explanations)
    return tuple(dict.fromkeys(found))


def _text(words: Words) -> str:
    """What a sentence says without its formulas."""
    return "".join(part for part in words if isinstance(part, str))


def worst(entries: Sequence[Entry]) -> Entry:
    """The entry that decides about several: the first of the worst, in the order of the solution."""
    return max(entries, key=lambda entry: BEST_FIRST.index(entry.verdict))
