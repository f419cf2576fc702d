"""What a class got wrong, as Markdown that GitHub renders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..model.class_report import ClassReport, IdeaTally
from ..model.learner_result import LearnerResult
from ..model.lesson import Lesson
from .class_words import LABELS, UNEXPLAINED, facts, handful, notes
from .markdown_maths import MarkdownMaths, MathStyle, table
from .markdown_text import code, one_line, piece, plain
from .maths import Maths

_WIDTH = 24


def write(report: ClassReport, lesson: Lesson | None = None, *, math: MathStyle = "github") -> str:
    """The summary as one Markdown page, ending in one newline; with the lesson, steps have their symbols."""
    parts = _Page(report, lesson, math).parts()
    lines = "\n\n".join(part for part in parts if part).split("\n")
    return "\n".join(line.rstrip() for line in lines) + "\n"


class _Page:
    def __init__(self, report: ClassReport, lesson: Lesson | None, math: MathStyle) -> None:
        self.report = report
        self.maths = None
        if lesson is not None:
            self.maths = MarkdownMaths(Maths(lesson.notation, lesson.graph, "latex"), lesson.figures, math)

    def parts(self) -> Iterable[str]:
        """Blocks of Markdown, to be separated by empty lines."""
        report = self.report
        yield "# " + plain(one_line(report.title) or "Class report")
        yield plain(" ".join(facts(report)))
        counts = report.histogram()
        if any(counts):
            yield "## Carried marks"
            rows = [[label, str(count), _bar(count, max(counts))] for label, count in zip(LABELS, counts, strict=True)]
            yield table(["Percent", "Sheets", ""], rows)
        steps = report.wrong_steps()
        if steps:
            yield "## Which steps failed"
            most = max(tally.wrong for tally in steps)
            yield table(
                ["Step", "Name", "Wrong", "First wrong", ""],
                [
                    [self._symbol(one.name), code(one.name), str(one.wrong), str(one.first), _bar(one.wrong, most)]
                    for one in steps
                ],
            )
            yield "Steps that only follow from a wrong one are not counted."
        yield from self._ideas("Which ideas failed", report.ideas())
        yield from self._slips()
        yield from self._ideas("Right, under another convention", report.conventions())
        yield from self._told("Sheets that need a look", report.doubtful)
        yield from self._told("Sheets that could not be used", report.unused)

    def _symbol(self, name: str) -> str:
        return "" if self.maths is None else self.maths.inline(self.maths.maths.name(name))

    def _ideas(self, heading: str, tallies: Sequence[IdeaTally]) -> Iterable[str]:
        if tallies:
            yield f"## {heading}"
            most = max(tally.alone + tally.tied for tally in tallies)
            rows = [
                [
                    code(one.id),
                    piece(one_line(one.title)),
                    str(one.alone),
                    str(one.tied),
                    _bar(one.alone + one.tied, most),
                    _names(one.learners),
                ]
                for one in tallies
            ]
            yield table(["Id", "Idea", "Certain", "Tied", "", "Sheets"], rows)

    def _slips(self) -> Iterable[str]:
        tallies = self.report.slips()
        if tallies:
            yield "## Slips, and what no idea explains"
            most = max(len(tally.learners) for tally in tallies)
            rows = [
                [one.kind or UNEXPLAINED, str(len(one.learners)), _bar(len(one.learners), most), _names(one.learners)]
                for one in tallies
            ]
            yield table(["Slip", "Sheets", "", "Whose"], rows)

    def _told(self, heading: str, results: Sequence[LearnerResult]) -> Iterable[str]:
        if results:
            yield f"## {heading}"
            yield "\n".join(f"- **{_names(learners)}**: {piece(one_line(said))}" for said, learners in notes(results))


def _names(learners: Sequence[str]) -> str:
    return piece(handful([one_line(learner) for learner in learners]))


def _bar(count: int, most: int) -> str:
    return "█" * ((2 * count * _WIDTH + most) // (2 * most)) if most else ""
