"""What marking a simulated class comes to: counts, rates, times, and the sheets that went wrong."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from backprop_tutor.marking.mark import Marker
from backprop_tutor.model.marking import Report, Verdict
from backprop_tutor.model.sheet import Sheet, SheetLine

from .learners import Assignment
from .simulated_class import Worked

FINE = {Verdict.CORRECT, Verdict.IMPRECISE, Verdict.UNDECIDED}
NO_ROOT = {*FINE, Verdict.CARRIED, Verdict.MISSING}


def sheet_of(written: Mapping[str, str], blanks: Iterable[str] = ()) -> Sheet:
    """The sheet as the marker gets it, the blanks last."""
    lines = [*written.items(), *((name, "") for name in blanks)]
    return Sheet("learner", tuple(SheetLine(name, text) for name, text in lines))


@dataclass
class Figures:
    """Counts by what was counted, seconds by kind of sheet, and a line for each sheet that missed."""

    counts: Counter[str] = field(default_factory=Counter)
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    missed: list[str] = field(default_factory=list)

    def add(self, other: Figures) -> None:
        """Take in the figures of another class."""
        self.counts += other.counts
        for kind, seconds in other.seconds.items():
            self.seconds[kind] += seconds
        self.missed += other.missed

    def rate(self, part: str, whole: str) -> float:
        """A share in percent; nothing of nothing is 0."""
        return 100 * self.counts[part] / self.counts[whole] if self.counts[whole] else 0.0

    def speed(self, kind: str) -> float:
        """Sheets a second."""
        return self.counts[f"{kind} timed"] / self.seconds[kind] if self.seconds[kind] else 0.0


class Grader:
    """Marks the sheets of one class and counts what comes out."""

    def __init__(self, name: str, assignment: Assignment, marker: Marker) -> None:
        self.name = name
        self.assignment = assignment
        self.marker = marker
        self.figures = Figures()

    def mark(self, worked: Worked) -> Report:
        """The report, timed."""
        sheet = sheet_of(worked.written)
        start = time.perf_counter()
        report = self.marker.mark(sheet)
        kind = "right" if worked.kind == "right" else "wrong"
        self.figures.seconds[kind] += time.perf_counter() - start
        self.figures.counts[f"{kind} timed"] += 1
        return report

    def count(self, sheets: Iterable[Worked], prefix: str = "") -> None:
        """Mark sheets of any kind; ``prefix`` keeps those of another sort apart."""
        by_kind: dict[str, Callable[[Worked, Report, str], None]] = {
            "right": self._right,
            "idea": self._idea,
            "convention": self._convention,
            "two ideas": self._two,
        }
        for worked in sheets:
            count = by_kind.get(worked.kind, self._fault)
            if worked.kind in {"idea", "convention", "two ideas"} and not self._can_be_seen(worked, prefix):
                continue
            report = self.mark(worked)
            assert report.marks.strict <= report.marks.carried <= report.marks.out_of
            count(worked, report, prefix)

    def _can_be_seen(self, worked: Worked, prefix: str) -> bool:
        if not worked.is_changed:
            self.figures.counts[f"{prefix}unchanged"] += 1
        elif not worked.shows:
            self.figures.counts[f"{prefix}within rounding"] += 1
        return worked.is_changed and worked.shows

    def _right(self, worked: Worked, report: Report, prefix: str) -> None:
        counts = self.figures.counts
        counts[f"{prefix}right"] += 1
        for entry in report.entries:
            if entry.given is not None:
                counts[f"{prefix}right entries"] += 1
                counts[f"{prefix}right {entry.verdict.value}"] += 1
        flagged = [entry.name for entry in report.entries if entry.given is not None and entry.verdict not in FINE]
        if flagged or report.explanations:
            counts[f"{prefix}right flagged"] += 1
            self._miss(prefix, "flagged", worked, report)

    def _fault(self, worked: Worked, report: Report, prefix: str) -> None:
        counts = self.figures.counts
        kind = "slip" if worked.kind != "arithmetic" else "arithmetic"
        for what in (f"{prefix}fault", f"{prefix}{kind}", f"{prefix}{worked.kind}"):
            counts[what] += 1
        if report.first_error == worked.step:
            counts[f"{prefix}fault placed"] += 1
        else:
            self._miss(prefix, "misplaced", worked, report)
        others = [e.name for e in report.entries if e.verdict not in NO_ROOT and e.name != worked.step]
        if others:
            counts[f"{prefix}fault with other errors"] += 1
            self._miss(prefix, f"other errors {others}", worked, report)
        if report.explanations:
            counts[f"{prefix}{kind} blamed"] += 1
            counts[f"{prefix}{worked.kind} blamed"] += 1
            self._miss(prefix, "blamed", worked, report)
        if report.marks.carried != report.marks.out_of - 1:
            counts[f"{prefix}fault costs more"] += 1
            self._miss(prefix, "costs more", worked, report)

    def _idea(self, worked: Worked, report: Report, prefix: str) -> None:
        kind = "idea" if worked.ideas[0].startswith("M") else "typical"
        self._named(kind, worked, report, prefix)

    def _named(self, kind: str, worked: Worked, report: Report, prefix: str) -> None:
        counts = self.figures.counts
        counts[f"{prefix}{kind}"] += 1
        groups = [said.group for said in report.explanations if said.id in worked.ideas]
        if groups:
            tied = sum(said.group == groups[0] for said in report.explanations) > 1
            counts[f"{prefix}{kind} named"] += 1
            counts[f"{prefix}{kind} tied"] += tied
        elif report.explanations:
            counts[f"{prefix}{kind} misnamed"] += 1
            self._miss(prefix, "misnamed", worked, report)
        else:
            counts[f"{prefix}{kind} unnamed"] += 1
            self._miss(prefix, "unnamed", worked, report)

    def _convention(self, worked: Worked, report: Report, prefix: str) -> None:
        self._named("convention", worked, report, prefix)
        verdicts = {entry.verdict for entry in report.entries}
        if Verdict.OTHER_CONVENTION in verdicts and Verdict.WRONG not in verdicts:
            self.figures.counts[f"{prefix}convention labelled"] += 1
        else:
            self._miss(prefix, "not labelled", worked, report)

    def _two(self, worked: Worked, report: Report, prefix: str) -> None:
        counts = self.figures.counts
        counts[f"{prefix}pair"] += 1
        found = {said.id for said in report.explanations} & set(worked.ideas)
        counts[f"{prefix}pair with {len(found)} named"] += 1
        groups: dict[int, set[str]] = {}
        for said in report.explanations:
            groups.setdefault(said.group, set()).add(said.id)
        if any(not ids & set(worked.ideas) for ids in groups.values()):
            counts[f"{prefix}pair misnamed"] += 1
            self._miss(prefix, "misnamed", worked, report)

    def _miss(self, prefix: str, what: str, worked: Worked, report: Report) -> None:
        ideas = [(said.id, said.steps) for said in report.explanations]
        self.figures.missed.append(
            f"{prefix}{self.name}, {worked.kind}, {what}: {worked.label or worked.step}, {worked.style}; first error "
            f"{report.first_error}, {report.marks}, ideas {ideas}; sheet {dict(worked.written)}"
        )


def final_gradients(assignment: Assignment) -> set[str]:
    """The gradients of what the file gives: the parameters, or the inputs of an expression."""
    graph = assignment.graph
    by = graph.parameters or tuple(name for name, value in graph.values.items() if value.given is not None)
    return {f"d{graph.objective}/d{name}" for name in by} & set(assignment.steps)
