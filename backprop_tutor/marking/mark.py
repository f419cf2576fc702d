"""Marking: from a sheet to a report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ..lessons.figures import figure
from ..lessons.groups import Group
from ..model.formula import Formula
from ..model.marking import FREE, Entry, Marks, Report, Verdict
from ..model.notation import Notation
from ..model.problem import Problem
from ..model.sheet import Answer, Sheet
from .attribution import Attribution, Attributor
from .collect import Collected, Collector
from .formulas import FormulaJudge
from .ideas import ask_next, explanations
from .judging import Judge, Judgement
from .numbers import numbers
from .setting import Setting
from .telling import Teller


class Marker:
    """Marks any number of sheets of one problem.

    ``ask`` are the plain names of the steps that count; without them those that a sheet names.  Raises
    ProblemError for a problem that cannot be solved.
    """

    def __init__(self, problem: Problem, notation: Notation | str | None = None, ask: Iterable[str] = ()) -> None:
        self.setting = Setting(problem, notation)
        self.collector = Collector(self.setting.lesson)
        self.ask = frozenset(ask)

    def mark(self, sheet: Sheet) -> Report:
        """The report on one sheet.  Never raises for anything that a learner wrote."""
        collected = self.collector.collect(sheet)
        judge, troubles = self._judged(collected)
        for square in collected.squares:
            collected, judge, troubles = self._turned(square, collected, judge, troubles)
        found = dict(judge.found)
        attribution = Attributor(judge).attribute()
        formulas = FormulaJudge(self.setting, collected.answers)
        found.update(formulas.judge())
        for name, why in {**troubles, **formulas.troubles}.items():
            collected.answers[name] = replace(collected.answers[name], trouble=why)
            found[name] = Judgement(Verdict.UNREADABLE)
        return self._report(sheet, collected, found, attribution, Teller(judge, formulas, attribution))

    def _judged(self, collected: Collected) -> tuple[Judge, dict[str, str]]:
        numeric, troubles = numbers(self.setting, collected.answers)
        judge = Judge(self.setting, numeric)
        judge.judge()
        return judge, troubles

    def _turned(
        self, square: Group, collected: Collected, judge: Judge, troubles: dict[str, str]
    ) -> tuple[Collected, Judge, dict[str, str]]:
        """A square matrix read the other way, if it is wrong as it stands and right like that."""
        members = [name for row in square.cells for name in row]
        if not judge.wrong(members):
            return collected, judge, troubles
        other = collected.turned(square)
        again, new_troubles = self._judged(other)
        return (collected, judge, troubles) if again.wrong(members) else (other, again, new_troubles)

    def _report(
        self,
        sheet: Sheet,
        collected: Collected,
        found: Mapping[str, Judgement],
        attribution: Attribution,
        teller: Teller,
    ) -> Report:
        entries = tuple(self._entry(name, collected, found, teller) for name in self.setting.steps)
        first = next((entry.name for entry in entries if entry.verdict is Verdict.WRONG), None)
        return Report(
            lesson=self.setting.lesson,
            learner=sheet.learner,
            entries=entries,
            marks=_marks(entries),
            first_error=first,
            explanations=explanations(attribution, teller.formulas.ideas),
            ask_next=ask_next(self.setting, attribution, collected.answers, teller.judge),
            unknown=tuple(collected.unknown),
            text=sheet.text,
        )

    def _entry(self, name: str, collected: Collected, found: Mapping[str, Judgement], teller: Teller) -> Entry:
        step = self.setting.steps[name]
        truth = self.setting.truth.get(name)
        answer = collected.answers.get(name)
        on_sheet = answer is not None or name in collected.blanks
        entry = Entry(
            name=name,
            kind=step.kind,
            quantity=step.quantity,
            verdict=Verdict.MISSING,
            given=answer,
            expected=figure(truth) if truth is not None else None,
            formula=None if truth is not None else _symbolic(self.setting, name),
            asked=name in self.ask if self.ask else on_sheet,
            cell=collected.cells.get(name, ""),
        )
        if answer is None:
            return entry
        if answer.formula is None or name not in found:
            return replace(entry, verdict=Verdict.UNREADABLE, message=_trouble(answer))
        said = found[name]
        if said.verdict is Verdict.UNREADABLE:
            return replace(entry, verdict=Verdict.UNREADABLE, message=_trouble(answer))
        told = teller.told(entry, said, name in collected.transposed)
        if not answer.read_as:
            return told
        echo = f"Read as {answer.read_as}."
        return replace(told, message=(f"{echo} ", *told.message) if told.message else (echo,))


def _symbolic(setting: Setting, name: str) -> Formula:
    return setting.lesson.symbolic.get(name) or setting.steps[name].equation.symbols[-1]


def _trouble(answer: Answer) -> tuple[str, ...]:
    trouble = f"{answer.trouble[:1].upper()}{answer.trouble[1:]}."
    return (f"{trouble} {answer.repair}" if answer.repair else trouble,)


def _marks(entries: Iterable[Entry]) -> Marks:
    """What cannot be read or told costs nothing: it is taken out of the total."""
    counted = [entry for entry in entries if entry.asked and entry.verdict not in FREE]
    return Marks(
        strict=sum(entry.strict for entry in counted),
        carried=sum(entry.earned for entry in counted),
        out_of=len(counted),
    )
