"""Marking: from a sheet to a report."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from ..engine.derivations import leaves
from ..lessons.chain import size_of
from ..lessons.groups import Group
from ..model.formula import Formula, Name
from ..model.marking import FREE, Entry, Marks, Report, Verdict
from ..model.notation import Notation
from ..model.op import Words
from ..model.problem import Problem
from ..model.sheet import Answer, Earlier, Sheet
from ..reading.answer_echo import echo
from ..reading.findings import sentence
from .attribution import Attributor
from .collect import Collected, Collector
from .doubts import doubted
from .formulas import FormulaJudge
from .ideas import ask_next, explanations
from .judging import Judge, Judgement
from .lines import as_fine
from .numbers import numbers
from .precision import Numbers, Precision
from .setting import Setting
from .suspect import Attribution
from .telling import Teller

LONG = 8
"""Entries from which on a sheet is long."""
NOTHING_EARLIER = Earlier()
LONGEST_ECHO = 60
"""Parts of a formula up to which it is told again in letters."""
DELTA = re.compile(r"(?:delta|δ)[1-9]\d?_[1-9]\d?(?!\w)")
FEWEST_EXCHANGED = 2
"""Wrong entries from which on one asks whether two names have changed places."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a sheet: the answers by step, what is judged of their numbers, and why some have none."""

    collected: Collected
    judge: Judge
    troubles: Mapping[str, str]


class Marker:
    """Marks any number of sheets of one problem.

    ``ask`` are the plain names of the steps that count; without them those that a sheet names.  ``shown`` is how
    precisely what is not on the sheet is shown to the learner, who need not round it any further; without it the lines
    between may have been rounded like the others.  Raises ProblemError for a problem that cannot be solved.
    """

    def __init__(
        self,
        problem: Problem,
        notation: Notation | str | None = None,
        ask: Iterable[str] = (),
        shown: Precision | None = None,
    ) -> None:
        self.setting = Setting(problem, notation)
        self.collector = Collector(self.setting.lesson)
        self.ask = frozenset(ask)
        self.shown = shown

    def mark(self, sheet: Sheet, earlier: Earlier = NOTHING_EARLIER, names: Collection[str] | None = None) -> Report:
        """The report on one sheet.  Never raises for anything that a learner wrote.

        ``earlier`` is what a tutor knows beside the sheet: it decides between ideas, and changes no verdict.  With
        ``names`` the report holds only the entries of these steps; all others are judged, but not told.
        """
        reading = self._read(self.collector.collect(sheet))
        for square in reading.collected.squares:
            reading = self._turned(square, reading)
        reading = self._exchanged(reading)
        collected, judge = reading.collected, reading.judge
        found = dict(judge.found)
        if self.shown is not None:
            found.update(doubted(judge, self.setting.steps if names is None else names))
        # Right answers need no idea.
        tried = self._tried(earlier) if judge.wrong(judge.found) else []
        attribution = Attributor(judge, earlier.told, tried).attribute()
        values = {name: (judge.sheet.values[name], said) for name, said in judge.found.items()}
        formulas = FormulaJudge(self.setting, collected.answers, values)
        found.update(formulas.judge())
        for name, why in {**reading.troubles, **formulas.troubles}.items():
            collected.answers[name] = replace(collected.answers[name], trouble=why)
            found[name] = Judgement(Verdict.UNREADABLE)
        told = self.setting.steps if names is None else [name for name in self.setting.steps if name in names]
        return self._report(sheet, collected, found, attribution, Teller(judge, formulas, attribution), told)

    def _read(self, collected: Collected) -> Reading:
        numeric, troubles = numbers(self.setting, collected.answers, self.shown)
        judge = Judge(self.setting, numeric, self.shown)
        judge.judge()
        return Reading(collected, judge, troubles)

    def _tried(self, earlier: Earlier) -> list[Numbers]:
        """The numbers of earlier wrong answers, each for itself."""
        collected = (self.collector.collect(Sheet("", (line,))) for line in earlier.tried)
        return [numbers(self.setting, found.answers, self.shown)[0] for found in collected]

    def _turned(self, square: Group, reading: Reading) -> Reading:
        """With a square matrix read the other way, if it is wrong as it stands and right like that."""
        members = [name for row in square.cells for name in row]
        if not reading.judge.wrong(members):
            return reading
        other = self._read(reading.collected.turned(square))
        return reading if other.judge.wrong(members) else other

    def _exchanged(self, reading: Reading) -> Reading:
        """With the names of the sums and the activations of hidden units exchanged, if that makes them right.

        Courses disagree on which of the two is a and which is z.
        """
        names, said = sums_and_activations(self.setting)
        judge = reading.judge
        mistaken = judge.wrong(names)
        # Gradients alone do not tell: behind ReLU the two may differ in their sign only.
        if sum(name in self.setting.graph.values for name in mistaken) < FEWEST_EXCHANGED:
            return reading
        other = self._read(reading.collected.exchanged(names, said))
        elsewhere = len(judge.wrong(judge.found)) - len(mistaken)
        is_right = not other.judge.wrong(names) and len(other.judge.wrong(other.judge.found)) <= elsewhere
        return other if is_right else reading

    def _report(
        self,
        sheet: Sheet,
        collected: Collected,
        found: Mapping[str, Judgement],
        attribution: Attribution,
        teller: Teller,
        told: Iterable[str],
    ) -> Report:
        entries = tuple(self._entry(name, collected, found, teller) for name in told)
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
            expected=as_fine(truth, answer) if truth is not None else None,
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
        told = teller.told(entry, said, collected.conventions.get(name, ()))
        read = self._read_as(answer, answer.formula)
        return replace(told, message=(*read, *([" "] if read and told.message else ()), *told.message))

    def _read_as(self, answer: Answer, tree: Formula) -> Words:
        """How a formula was read, in the letters of the notation; nothing where it was typed in names of its own."""
        if not answer.read_as:
            return ()
        if not leaves(tree) or size_of(tree) > LONGEST_ECHO:
            return (f"Read as {answer.read_as}.",)
        # A δ with its layer and unit is the notation's own name for the derivative that it stands for.
        resolve = self.collector.names.resolve
        typed = DELTA.sub(lambda name: resolve(name[0]) or name[0], answer.written)
        return ("Read as ", tree, ".") if echo(tree, typed) else ()


def sums_and_activations(setting: Setting) -> tuple[dict[str, str], dict[str, Words]]:
    """The names of sums and activations of hidden units, each with the other, and what is said of each."""
    names: dict[str, str] = {}
    said: dict[str, Words] = {}
    for layer in setting.graph.layers[:-1]:
        for z, a in zip(layer.preactivations, layer.activations, strict=True):
            words: Words = (
                "Here ", Name(z), " is the sum that enters the unit and ", Name(a),
                " what it passes on: on your sheet they have changed places.",
            )  # fmt: skip
            for objective in setting.objectives:
                names |= {f"d{objective}/d{z}": f"d{objective}/d{a}", f"d{objective}/d{a}": f"d{objective}/d{z}"}
            names |= {z: a, a: z}
            said |= dict.fromkeys((z, a, *(f"d{o}/d{v}" for o in setting.objectives for v in (z, a))), words)
    return names, said


def _symbolic(setting: Setting, name: str) -> Formula:
    return setting.lesson.symbolic.get(name) or setting.steps[name].equation.symbols[-1]


def _trouble(answer: Answer) -> tuple[str, ...]:
    trouble = f"{sentence(answer.trouble)}."
    return (f"{trouble} {answer.repair}" if answer.repair else trouble,)


def _marks(entries: Iterable[Entry]) -> Marks:
    """What cannot be read or told costs nothing: it is taken out of the total.

    But of what was read on a long sheet at least half counts: nobody is to earn full marks with one line, and too few
    digits on all others.
    """
    asked = [entry for entry in entries if entry.asked and entry.verdict is not Verdict.UNREADABLE]
    counted = [entry for entry in asked if entry.verdict not in FREE]
    least = len(asked) // 2 if len(asked) >= LONG else 0
    return Marks(
        strict=sum(entry.strict for entry in counted),
        carried=sum(entry.earned for entry in counted),
        out_of=max(len(counted), least),
    )
