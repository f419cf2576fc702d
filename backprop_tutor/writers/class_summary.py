"""What a class got wrong, as lines of text with styles: before any colour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..model.class_report import ClassReport, IdeaTally
from ..model.learner_result import LearnerResult
from ..model.lesson import Lesson
from ..reading.findings import clean_line
from .class_words import LABELS, UNEXPLAINED, facts, handful, notes
from .lines import GLUE, Line, Run, clean, columns, fold, glue, length, pad
from .maths import Maths

_GAP = 2
_LEAST_BAR, _WIDEST_BAR = 8, 40
_LEAST_LABEL = 12
LONGEST_TITLE = 120
LONGEST_TROUBLE = 600


class _Row(NamedTuple):
    """A line of a table with a bar of two parts, and what stands below it."""

    label: Line
    counts: tuple[int, ...]
    solid: int
    light: int = 0
    below: str = ""


class ClassSummary:
    """Lines of every part of the summary for a given width.

    With the ``lesson`` of the problem, steps are shown with their symbols beside their plain names.
    """

    def __init__(self, report: ClassReport, lesson: Lesson | None = None, ascii: bool = False) -> None:
        self.report = report
        self.ascii = ascii
        self.maths = None
        if lesson is not None:
            self.maths = Maths(lesson.notation, lesson.graph, "ascii" if ascii else "text")

    def whole(self, width: int) -> list[Line]:
        """All parts in order, an empty line between them."""
        lines: list[Line] = []
        parts = (
            self.head,
            self.marks,
            self.steps,
            self.ideas,
            self.slips,
            self.conventions,
            self.doubtful,
            self.unused,
        )
        for part in parts:
            found = part(width)
            lines.extend([(), *found] if lines and found else found)
        return lines

    def head(self, width: int) -> list[Line]:
        """The problem, how many sheets there are, and the median mark."""
        lines = fold([Run(self._shown(self.report.title) or "Class report", "heading")], width)
        return [*lines, (), *(line for text in facts(self.report) for line in fold([Run(text)], width))]

    def marks(self, width: int) -> list[Line]:
        """The distribution of carried marks."""
        counts = self.report.histogram()
        if not any(counts):
            return []
        rows = [_Row((Run(label),), (count,), count) for label, count in zip(LABELS, counts, strict=True)]
        lines = self._heading("Carried marks, in percent", width)
        return [*lines, *self._bars(("percent", "sheets"), rows, width, "bar marks")]

    def steps(self, width: int) -> list[Line]:
        """Which steps failed, in the order of the solution."""
        tallies = self.report.wrong_steps()
        if not tallies:
            return []
        rows = [_Row(self._step(one.name), (one.wrong, one.first), one.first, one.wrong - one.first) for one in tallies]
        lines = self._heading("Which steps failed", width)
        solid, light = self._blocks
        note = f"{solid} first wrong step of a sheet, {light} wrong later on. Steps that only follow are not counted."
        header = ("step", "wrong", "first")
        return [*lines, *self._bars(header, rows, width), *fold([Run(note, "dim")], width)]

    def ideas(self, width: int) -> list[Line]:
        """Which ideas failed, those on most sheets first."""
        tallies = self.report.ideas()
        if not tallies:
            return []
        tied = any(one.tied for one in tallies)
        rows = [
            _Row(
                self._idea(one),
                (one.alone + one.tied, one.tied) if tied else (one.alone,),
                one.alone,
                one.tied,
                self._named(one.learners),
            )
            for one in tallies
        ]
        header = ("idea", "sheets", "tied") if tied else ("idea", "sheets")
        lines = [*self._heading("Which ideas failed", width), *self._bars(header, rows, width)]
        if tied:
            note = f"{self._blocks[1]} tied: another idea explains the same steps of that sheet as well."
            lines.extend(fold([Run(note, "dim")], width))
        return lines

    def slips(self, width: int) -> list[Line]:
        """The wrong steps that no idea explains: slips by their kind, and those that nothing explains."""
        tallies = self.report.slips()
        if not tallies:
            return []
        rows = []
        for one in tallies:
            sheets = len(one.learners)
            rows.append(_Row((Run(one.kind or UNEXPLAINED),), (sheets,), sheets, below=self._named(one.learners)))
        lines = self._heading("Slips, and what no idea explains", width)
        return [*lines, *self._bars(("slip", "sheets"), rows, width)]

    def conventions(self, width: int) -> list[Line]:
        """Under which other conventions sheets are right."""
        tallies = self.report.conventions()
        if not tallies:
            return []
        rows = [_Row(self._idea(one), (one.alone,), one.alone, below=self._named(one.learners)) for one in tallies]
        lines = self._heading("Right, under another convention", width)
        return [*lines, *self._bars(("convention", "sheets"), rows, width, "bar marks")]

    def doubtful(self, width: int) -> list[Line]:
        """The sheets on which something could not be read, and what."""
        results = self.report.doubtful
        if not results:
            return []
        return [*self._heading("Sheets that need a look", width), *self._told(results, width)]

    def unused(self, width: int) -> list[Line]:
        """The sheets that could not be used, and why."""
        results = self.report.unused
        if not results:
            return []
        return [*self._heading("Sheets that could not be used", width), *self._told(results, width)]

    def _told(self, results: Sequence[LearnerResult], width: int) -> list[Line]:
        lines = []
        for said, learners in notes(results):
            runs = [Run(self._named(learners), "strong"), Run(f": {self._shown(said, LONGEST_TROUBLE)}")]
            lines.extend(fold(runs, width, (Run("? ", "unreadable"),), (Run("  "),)))
        return lines

    def _shown(self, text: str, most: int = LONGEST_TITLE) -> str:
        line = clean_line(text[: 4 * most])
        line = line if len(line) <= most else line[: most - 3].rpartition(" ")[0] + " ..."
        return clean(line, ascii=self.ascii)

    def _named(self, learners: Sequence[str]) -> str:
        return handful([self._shown(learner) for learner in learners])

    def _heading(self, text: str, width: int) -> list[Line]:
        edge = "=" if self.ascii else "━"
        rule = f" {edge * max(0, width - columns(text) - 4)}"
        return [(Run(f"{edge}{edge} ", "rule"), Run(text, "heading"), Run(rule[: max(0, width - 3)], "rule"))]

    def _step(self, name: str) -> Line:
        plain = clean(name, ascii=self.ascii)
        symbol = plain if self.maths is None else glue(self.maths.name(name))
        if symbol == plain:
            return (Run(plain, "quantity"),)
        return (Run(symbol, "quantity"), Run(GLUE + " "), Run(plain, "dim"))

    def _idea(self, tally: IdeaTally) -> Line:
        return (Run(self._shown(tally.id), "strong"), Run(GLUE + " "), Run(self._shown(tally.title)))

    @property
    def _blocks(self) -> tuple[str, str]:
        return ("#", "-") if self.ascii else ("█", "░")

    def _bars(self, header: Sequence[str], rows: Sequence[_Row], width: int, style: str = "bar") -> list[Line]:
        """Labels, counts at the right of their columns, and bars of one scale; without room, no bars."""
        sizes = [columns(title) for title in header[1:]]
        sizes = [max(size, *(len(str(row.counts[i])) for row in rows)) for i, size in enumerate(sizes)]
        taken = sum(sizes) + _GAP * len(sizes)
        longest = max(columns(header[0]), *(length(row.label) for row in rows))
        bar = min(_WIDEST_BAR, max(_LEAST_BAR, width - longest - taken - _GAP))
        label = min(longest, width - taken - bar - _GAP)
        if label < min(longest, _LEAST_LABEL):
            bar, label = 0, max(1, min(longest, width - taken))
        most = max(row.solid + row.light for row in rows)

        lines = [self._bar_line((Run(header[0], "dim"),), [Run(text, "dim") for text in header[1:]], sizes, label)]
        for row in rows:
            first, *others = fold(row.label, label, rest=(Run("  "),))
            line = self._bar_line(first, [Run(str(count)) for count in row.counts], sizes, label)
            lines.append((*line, Run(" " * _GAP), *self._bar(row, most, bar, style)))
            lines.extend(others)
            if row.below:
                indent = (Run("  "),)
                lines.extend(fold([Run(row.below, "dim")], width, indent, indent))
        return lines

    @staticmethod
    def _bar_line(first: Line, counts: Sequence[Run], sizes: Sequence[int], label: int) -> Line:
        cells: list[Run] = []
        for count, size in zip(counts, sizes, strict=True):
            cells += [Run(" " * (_GAP + size - columns(count.text))), count]
        return (*pad(first, label), *cells)

    def _bar(self, row: _Row, most: int, width: int, style: str = "bar") -> Line:
        """A bar of two parts; a part that counts anything takes a column at least."""
        solid, light = self._blocks
        sizes = [max(int(part > 0), (2 * part * width + most) // (2 * most)) for part in (row.solid, row.light)]
        sizes[1] = max(int(row.light > 0), min(sizes[1], width - sizes[0]))
        return (Run(solid * sizes[0], style), Run(light * sizes[1], f"{style} light")) if width and most else ()
