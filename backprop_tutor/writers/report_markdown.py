"""A marked sheet as Markdown that GitHub renders: what a teaching assistant hands back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from ..model.lesson import Equation, Figure, StepKind
from ..model.marking import Entry, Explanation, Line, Report, Verdict
from ..model.op import Words
from ..model.sheet import Answer
from . import report_answers as answers
from . import report_unread
from . import report_words as say
from .markdown_maths import MarkdownMaths, MathStyle, table
from .markdown_text import at_line_start, code, one_line, piece, plain
from .maths import Maths
from .report_table import sign

_SECTIONS = {StepKind.FORWARD: "Forward pass", StepKind.BACKWARD: "Backward pass", StepKind.UPDATE: "Update"}
_HEADER = ("", "Step", "Name", "Yours", "Right", "From yours", "Verdict")
_LOUD = frozenset({Verdict.WRONG, Verdict.UNREADABLE, Verdict.MISSING})
LONGEST_FORMULA = 200


def write(report: Report, *, math: MathStyle = "github") -> str:
    """The whole report as one Markdown page, ending in one newline.

    ``math="dollars"`` marks formulas as ``$…$`` and ``$$…$$`` for viewers other than GitHub.
    """
    parts = ReportPage(report, math).parts()
    lines = "\n\n".join(part for part in parts if part).split("\n")
    return "\n".join(line.rstrip() for line in lines) + "\n"


class ReportPage:
    """The parts of a report as blocks of Markdown."""

    def __init__(self, report: Report, math: MathStyle) -> None:
        self.report = report
        lesson = report.lesson
        self.maths = MarkdownMaths(Maths(lesson.notation, lesson.graph, "latex"), lesson.figures, math)
        self.titles = {step.name: step.title for step in lesson.steps}
        self._said: dict[Words, list[Entry]] = {}

    def parts(self) -> Iterable[str]:
        """Blocks of Markdown, to be separated by empty lines; some may be empty."""
        report = self.report
        problem = report.lesson.problem
        yield "# " + plain(one_line(problem.title) or one_line(problem.id) or "Marked sheet")
        if one_line(report.learner):
            yield f"Sheet: {piece(one_line(report.learner))}"
        yield from self.verdict()
        yield from self._mistakes()
        yield from self.ideas()
        yield from self._listed("Could not be read, and costs nothing", self._unread())
        yield from self._listed("Remarks", self._remarks())
        yield from self._entries()
        if any(entry.verdict is Verdict.CARRIED for entry in report.entries):
            yield f"{sign(Verdict.CARRIED)} follows: right from your own earlier values."
        yield "## Marks"
        yield self.marks()

    def _mistakes(self) -> Iterable[str]:
        wrong = say.wrong(self.report)
        if wrong:
            yield "## What went wrong"
        for entry in wrong:
            yield f"### {sign(Verdict.WRONG)} {code(one_line(entry.cell) or entry.name)}"
            yield self.about(entry)
            yield from self.mistake(entry)

    def about(self, entry: Entry) -> str:
        """The symbol of a step, and what it is."""
        title = self._sentence(self.titles.get(entry.name, ()))
        symbol = self.maths.formula(entry.quantity)
        return f"{symbol}: {title}" if title and title != symbol else symbol

    def mistake(self, entry: Entry) -> Iterable[str]:
        """One wrong step: the two lines, what is said of it, and what follows from it.

        The third step with the same idea is told in one line: by then the idea is clear.
        """
        own, repair = say.message(self.report, entry)
        before = self._said.setdefault(repair, []) if repair else []
        same: Words = (say.same_as(self.report, entry), before[0].quantity, ".") if before else repair
        before.append(entry)
        if len(before) > say.in_full(self.report, entry) and entry.given is not None:
            due = answers.due(entry) or ""
            yield self._paragraph(("Yours: ", answers.given(entry.given), ", right: ", due, ". ", *own, *same))
            return
        if entry.given is not None:
            yield f"Yours:\n\n{self._yours(entry, entry.given)}"
        from_yours = " (with your own values)" if answers.leads_elsewhere(entry) else ""
        yield f"Right{from_yours}:\n\n{self._line(answers.right_line(entry), entry.right)}"
        follows = say.what_follows(self.report, entry.name)
        tried: Words = entry.experiment.words if entry.experiment is not None else ()
        for words in ((*own, *same), tried, follows):
            yield self._paragraph(words) if words else ""

    def ideas(self) -> Iterable[str]:
        """The ideas behind wrong steps, and other conventions under which steps are right."""
        yield from self._ideas("The ideas behind it", say.ideas(self.report))
        yield from self._ideas("Right, under another convention", say.conventions(self.report))

    def verdict(self) -> Iterable[str]:
        """The verdict in one sentence, and how many steps have which verdict."""
        yield f"**{self._sentence(say.headline(self.report))}**"
        yield plain(say.tally(self.report))

    def marks(self) -> str:
        """The marks as a list."""
        return "\n".join(f"- {plain(sentence)}" for sentence in say.marks(self.report))

    def remarks_on(self, entries: Sequence[Entry]) -> Iterable[str]:
        """What is said of some steps that are not wrong, or could not be read."""
        of_these = replace(self.report, entries=tuple(entries), unknown=())
        for entry in entries:
            words = say.comes_from(self.report, entry)
            yield self._paragraph(words) if words else ""
        for one in report_unread.unread(of_these):
            yield " ".join(plain(part) for part in (say.sentence(one.trouble), one.repair) if part)
        for _, message in report_unread.remarks(of_these):
            yield self._paragraph(message)

    def _sentence(self, words: Words) -> str:
        return self.maths.sentence(tuple(say.with_minus(part) if isinstance(part, str) else part for part in words))

    def _paragraph(self, words: Words) -> str:
        return at_line_start(self._sentence(words))

    def _yours(self, entry: Entry, answer: Answer) -> str:
        """The learner's line; what is no number and has no formula is shown as it was typed."""
        equation = answers.your_line(entry, answer)
        if equation.figure is not None and not answers.prints(equation.figure):
            return f"{self.maths.formula(entry.quantity)} = {code(answers.typed(answer))}"
        return self._line(equation, entry.yours)

    def _line(self, equation: Equation, worked: Line | None) -> str:
        return replace(self.maths, figures={} if worked is None else worked.figures).equation(equation)

    def _ideas(self, heading: str, groups: Sequence[tuple[Explanation, ...]]) -> Iterable[str]:
        if groups:
            yield f"## {heading}"
        for group in groups:
            where = say.quantities(self.report, group[0].steps)
            if len(group) > 1:
                yield self._paragraph((say.tied(self.report), *where, "."))
            items = []
            for explanation in group:
                lines = [f"- **{piece(one_line(explanation.title))}** ({code(explanation.id)})"]
                places = say.quantities(self.report, explanation.steps)
                if len(group) == 1 and places:
                    lines.append(f"  Where: {self._sentence(places)}.")
                if explanation.repair and not say.is_told(self.report, explanation):
                    lines.append(f"  {self._paragraph(explanation.repair)}")
                items.append("\n\n".join(lines))
            yield "\n".join(items)
        ask = say.ask_next(self.report)
        if ask and any(len(group) > 1 for group in groups):
            yield f"**{self._sentence(ask)}**"

    def _unread(self) -> list[str]:
        lines = []
        for one in report_unread.unread(self.report):
            rest = " ".join(plain(part) for part in (say.sentence(one.trouble), one.repair) if part)
            if one.entries:
                rest = f"{self._sentence(say.named(one.entries))} = {code(one.typed)}: {rest}"
            lines.append(rest)
        return lines

    def _remarks(self) -> list[str]:
        return [
            f"{self._sentence(say.named(entries))}: {self._sentence(message)}"
            for entries, message in report_unread.remarks(self.report)
        ]

    def _listed(self, heading: str, lines: Sequence[str]) -> Iterable[str]:
        if lines:
            yield f"## {heading}"
            yield "\n".join(f"- {line}" for line in lines)

    def _entries(self) -> Iterable[str]:
        yield "## All steps"
        entries = say.asked(self.report)
        if not entries:
            yield "There is no step on this sheet."
        for kind, group in groupby(entries, key=lambda entry: entry.kind):
            yield f"### {_SECTIONS[kind]}"
            yield table(_HEADER, [self._cells(entry) for entry in group])
        rest = say.not_asked(self.report)
        yield self._paragraph(rest) if rest else ""

    def _cells(self, entry: Entry) -> list[str]:
        verdict = say.verdict(self.report, entry)
        return [
            sign(entry.verdict),
            self.maths.formula(entry.quantity),
            code(entry.name),
            "" if answers.has_wrong_shape(entry) else self._given(entry.given),
            self._right(entry),
            self.maths.figure(replace(entry.from_yours, rounded=False))
            if answers.shows_own(entry) and entry.from_yours
            else "",
            f"**{verdict}**" if entry.verdict in _LOUD else verdict,
        ]

    def _given(self, answer: Answer | None) -> str:
        if answer is None:
            return ""
        figure = answers.given_figure(answer)
        return code(answers.typed(answer)) if figure is None else self.maths.figure(figure)

    def _right(self, entry: Entry) -> str:
        if entry.verdict in (Verdict.MISSING, Verdict.UNREADABLE):
            # An answer is still to come, and a sheet that is not finished is no key.
            return ""
        if entry.expected is not None or entry.formula is None:
            return self._figure(entry.expected)
        latex = self.maths.maths.formula(entry.formula)
        return self.maths.inline(latex) if len(latex) <= LONGEST_FORMULA else "a long formula"

    def _figure(self, figure: Figure | None) -> str:
        return "" if figure is None else self.maths.figure(replace(figure, rounded=False))
