"""A marked sheet as lines of text with styles: everything that the terminal shows of it, before any colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..model.lesson import Equation
from ..model.marking import Entry, Explanation, Report, Verdict
from ..model.marking import Line as Worked
from ..model.op import Words
from . import report_answers as answers
from . import report_unread
from . import report_words as say
from .equations import equation_lines
from .lines import GLUE, Line, Run, clean, fold, glue, length, pad, spread
from .maths import Maths
from .report_table import EntryTable, sign
from .telling import Telling

SIDE_BY_SIDE = 100
"""From so many columns on, the learner's line and the right one stand beside each other."""
FEW_NAMED = 4
_INDENT = 3
_GAP = 3
_LEAST_HEADING = 26


class ReportTelling:
    """Lines of every part of a marked sheet for a given width."""

    def __init__(self, report: Report, maths: Maths, ascii: bool = False) -> None:
        self.report = report
        self.maths = maths
        self.ascii = ascii
        self._telling = Telling(report.lesson, maths, ascii)
        self._titles = {step.name: step.title for step in report.lesson.steps}

    def whole(self, width: int) -> list[Line]:
        """All parts in order, an empty line between them."""
        parts = (self.head, self.mistakes, self._ideas, self.unread, self.remarks, self.entries, self.marks)
        lines: list[Line] = []
        for part in parts:
            found = part(width)
            lines.extend([(), *found] if lines and found else found)
        return lines

    def head(self, width: int) -> list[Line]:
        """Whose sheet, of which problem; the verdict in one sentence, and how many steps have which verdict."""
        problem = self.report.lesson.problem
        title = clean(problem.title or problem.id, ascii=self.ascii)
        learner = clean(self.report.learner, ascii=self.ascii)
        between = (" - " if self.ascii else " · ") if learner else ""
        lines = fold([Run(learner, "heading"), Run(between, "dim"), Run(title, "dim")], width)
        return [*lines, (), *self.verdict(width)]

    def verdict(self, width: int) -> list[Line]:
        """The verdict in one sentence, and how many steps have which verdict."""
        report = self.report
        verdict = say.overall(report)
        style = "wrong" if verdict is Verdict.WRONG else "strong"
        start = (Run(f"{sign(verdict, self.ascii)} ", verdict.value),)
        lines = fold(self._words(say.headline(report), style), width, start, (Run("  "),))
        tally = say.tally(report)
        return [*lines, *fold([Run(tally)], width, (Run("  "),), (Run("  "),))] if tally else lines

    def mistakes(self, width: int) -> list[Line]:
        """Every wrong step: the two lines, what is said of it, and what follows from it."""
        wrong = say.wrong(self.report)
        if not wrong:
            return []
        lines = self._telling.heading("What went wrong" if len(wrong) == 1 else "What went wrong, step by step", width)
        said: dict[Words, list[Entry]] = {}
        close = False
        for entry in wrong:
            told = self.mistake(entry, width, said)
            # Steps that are told in short stand close together.
            short = len(said.get(say.message(self.report, entry)[1], ())) > say.in_full(self.report, entry)
            lines.extend(told if short and close else [(), *told])
            close = short
        return lines

    def mistake(self, entry: Entry, width: int, said: dict[Words, list[Entry]] | None = None) -> list[Line]:
        """One wrong step; ``said`` are the repairs told before it, with their entries.

        The third step with the same idea is told in one line: by then the idea is clear.
        """
        said = {} if said is None else said
        inner = width - _INDENT
        own, repair = say.message(self.report, entry)
        before = said.setdefault(repair, []) if repair else []
        message = (*own, say.same_as(self.report, entry), before[0].quantity, ".") if before else (*own, *repair)
        before.append(entry)
        if len(before) > say.in_full(self.report, entry) and entry.given is not None:
            both: Words = ("yours ", answers.given(entry.given), ", right ", answers.due(entry) or "", ". ")
            return self._mistake_heading(entry, self._words((*both, *own, "As at ", before[0].quantity, ".")), width)
        body = self._both(entry, inner)
        body.extend(fold(self._words(message), inner) if message else [])
        if entry.experiment:
            body.extend(fold([Run("Try it. ", "convention"), *self._words(entry.experiment.words)], inner))
        first = entry.name == self.report.first_error
        follows = say.what_follows(self.report, entry.name, say.MOST_NAMED if first else FEW_NAMED)
        body.extend(fold(self._words(follows, "dim"), inner) if follows else [])
        title = self._words(self._titles.get(entry.name, ()), "title")
        return [*self._mistake_heading(entry, title, width), *_indented(body, _INDENT)]

    def ideas(self, width: int) -> list[Line]:
        """The ideas behind the mistakes, and other conventions; ties are called ties."""
        return self._ideas(width, full=True)

    def _ideas(self, width: int, full: bool = False) -> list[Line]:
        """The same; unless it is told in ``full``, a repair that a step's message gives is not given again."""
        ideas, conventions = say.ideas(self.report), say.conventions(self.report)
        if not ideas and not conventions:
            return []
        lines: list[Line] = []
        if ideas:
            lines = self._telling.heading("The idea behind it" if len(ideas) == 1 else "The ideas behind it", width)
            for group in ideas:
                lines.extend([(), *self._idea(group, width, full)])
            lines.extend([line for words in [say.ask_next(self.report)] if words for line in self._next(words, width)])
        if conventions:
            lines.extend([()] if lines else [])
            lines.extend(self._telling.heading("Right, under another convention", width))
            for group in conventions:
                lines.extend([(), *self._idea(group, width, full)])
        return lines

    def unread(self, width: int) -> list[Line]:
        """What could not be read, and how to write it."""
        found = report_unread.unread(self.report)
        if not found:
            return []
        lines = self._telling.heading("Could not be read, and costs nothing", width)
        for one in found:
            start: Line = (Run("? ", "unreadable"),)
            where: Words = (*say.named(one.entries), " = ", one.typed, ": ") if one.entries else ()
            rest = " ".join(part for part in (say.sentence(one.trouble), one.repair) if part)
            lines.extend(fold(self._words((*where, rest)), width, start, (Run("  "),)))
        return lines

    def remarks(self, width: int) -> list[Line]:
        """What is said of steps that are not wrong."""
        found = report_unread.remarks(self.report)
        if not found:
            return []
        lines = self._telling.heading("Remarks", width)
        for entries, message in found:
            start = (Run(sign(entries[0].verdict, self.ascii) + " ", entries[0].verdict.value),)
            runs = [*self._words(say.named(entries), "quantity"), Run(": "), *self._words(message)]
            lines.extend(fold(runs, width, start, (Run("  "),)))
        return lines

    def entries(self, width: int) -> list[Line]:
        """The table of all steps, in the order of the solution."""
        lines = self._telling.heading("All steps", width)
        lines.extend(EntryTable(self.report, self.maths, self.ascii).lines(width))
        if any(entry.verdict is Verdict.CARRIED for entry in self.report.entries):
            mark = sign(Verdict.CARRIED, self.ascii)
            lines.extend([(), *fold([Run(f"{mark} follows: right from your own earlier values.", "dim")], width)])
        rest = say.not_asked(self.report)
        return [*lines, *([(), *fold(self._words(rest, "dim"), width)] if rest else [])]

    def marks(self, width: int) -> list[Line]:
        """The marks, in words."""
        lines = self._telling.heading("Marks", width)
        for sentence in say.marks(self.report):
            start, end = sentence.split(". ", 1) if ". " in sentence else (sentence, "")
            dot = "." if end else ""
            lines.extend(fold([Run(start + dot, "strong"), Run(" "), Run(end)], width, rest=(Run("  "),)))
        return lines

    def _words(self, words: Words, style: str = "") -> list[Run]:
        runs = [Run(run.text.replace("new ", f"new{GLUE}"), run.style) for run in self._telling.words(words, style)]
        return runs if self.ascii else [Run(say.with_minus(run.text), run.style) for run in runs]

    def _mistake_heading(self, entry: Entry, title: list[Run], width: int) -> list[Line]:
        """The sign, the symbol, what is said of it, and in the right corner the plain name or place in a matrix."""
        symbol = glue(self.maths.formula(entry.quantity))
        mark = (Run(sign(entry.verdict, self.ascii) + "  ", "wrong"),)
        title = [] if "".join(run.text for run in title) == symbol else title
        runs = [Run(symbol, "quantity"), Run(GLUE + " "), *title]
        plain = (Run(clean(entry.cell, ascii=self.ascii) or entry.name, "plain"),)
        if symbol == plain[0].text:
            return fold(runs, width, mark, (Run("   "),))
        room = width - length(plain) - 2
        if room < _LEAST_HEADING:
            return [*fold(runs, width, mark, (Run("   "),)), *fold(plain, width, (Run("   "),), (Run("   "),))]
        first, *others = fold(runs, room, mark, (Run("   "),))
        return [spread(first, plain, width) or first, *others]

    def _both(self, entry: Entry, width: int) -> list[Line]:
        """The learner's line and the right one: beside each other where there is room, else below each other."""
        pair = []
        if entry.given is not None:
            pair.append(("yours", answers.your_line(entry, entry.given), entry.yours, "wrong", ""))
        note = "with your own values" if answers.leads_elsewhere(entry) else ""
        pair.append(("right", answers.right_line(entry), entry.right, "right", note))
        if width + _INDENT >= SIDE_BY_SIDE and len(pair) == 2:
            half = (width - _GAP) // 2
            columns = [
                [(Run(label, "dim"),), *self._line(equation, worked, half, style, note)]
                for label, equation, worked, style, note in pair
            ]
            return _beside(columns[0], columns[1], half)
        lines = []
        for label, equation, worked, style, note in pair:
            start = label + " " * _GAP
            found = self._line(equation, worked, width - len(start), style, note)
            lines.extend([(Run(start, "dim"), *found[0]), *_indented(found[1:], len(start))])
        return lines

    def _line(self, equation: Equation, worked: Worked | None, width: int, style: str, note: str) -> list[Line]:
        if equation.figure is not None:
            shown = clean(equation.figure.shown, ascii=self.ascii)
            equation = replace(equation, figure=replace(equation.figure, shown=shown))
        figures = {} if worked is None else worked.figures
        objective = self.report.lesson.graph.objective
        lines = equation_lines(
            equation, self.maths, figures, objective=objective, width=width, style=style, source_note=note
        )
        return [tuple(_result(run, style) for run in line) for line in lines]

    def _idea(self, group: Sequence[Explanation], width: int, full: bool) -> list[Line]:
        """One idea, or several between which the sheet cannot tell."""
        lines: list[Line] = []
        tied = len(group) > 1
        if tied:
            where = say.quantities(self.report, group[0].steps)
            lines.extend(fold(self._words((say.tied(self.report), *where, "."), "strong"), width))
        mark, style = ("*" if self.ascii else "●"), "imprecise"
        if group[0].convention:
            mark, style = sign(Verdict.OTHER_CONVENTION, self.ascii), "other_convention"
        elif tied:
            mark = "o" if self.ascii else "○"
        for explanation in group:
            title = [*self._words((explanation.title,), "strong"), Run(f"{GLUE} ({explanation.id})", "plain")]
            lines.extend(fold(title, width, (Run(f"{mark} ", style),), (Run("  "),)))
            where = say.quantities(self.report, explanation.steps)
            if where and not tied:
                lines.extend(_indented(fold(self._words(("Where: ", *where), "dim"), width - 2), 2))
            if explanation.repair and (full or not say.is_told(self.report, explanation)):
                lines.extend(_indented(fold(self._words(explanation.repair), width - 2), 2))
        return lines

    def _next(self, words: Words, width: int) -> list[Line]:
        arrow = "->" if self.ascii else "→"
        return [(), *fold(self._words(words, "strong"), width, (Run(f"{arrow} ", "convention"),), (Run("   "),))]


def _result(run: Run, style: str) -> Run:
    """The number at the end of a line in the style of its verdict, and not of a value or gradient."""
    return Run(run.text, style) if run.style == f"{style} result" else run


def _indented(lines: Sequence[Line], indent: int) -> list[Line]:
    return [(Run(" " * indent), *line) if line else line for line in lines]


def _beside(left: Sequence[Line], right: Sequence[Line], half: int) -> list[Line]:
    height = max(len(left), len(right))
    rows = [
        (left[i] if i < len(left) else (), right[i] if i < len(right) else ()) for i in range(height)
    ]  # fmt: skip
    return [(*pad(start, half + _GAP), *end) for start, end in rows]
