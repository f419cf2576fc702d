"""A marked sheet for the terminal: lines of text turned into Rich renderables, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

from rich.console import RenderableType
from rich.style import Style

from ..model.marking import Report
from .lines import Line
from .maths import Maths
from .report import ReportTelling
from .terminal import Lines

_COLOURS: dict[str, Style] = {
    "correct": Style(color="green"),
    "right": Style(color="green", bold=True),
    "imprecise": Style(color="yellow"),
    "carried": Style(color="cyan"),
    "wrong": Style(color="red", bold=True),
    "unreadable": Style(color="yellow"),
    "undecided": Style(color="yellow"),
    "missing": Style(dim=True),
    "other_convention": Style(color="blue", bold=True),
    "bar": Style(color="red"),
    "bar light": Style(color="yellow"),
    "bar marks": Style(color="green"),
}


class MarkedLines(Lines):
    """Lines whose styles are also those of verdicts; the words say the same without any colour."""

    def _style(self, name: str) -> Style:
        style = _COLOURS.get(name)
        if style is None:
            return super()._style(name)
        return style if self._colour else style.without_color


class TerminalReport:
    """Every part of a marked sheet as something that a Rich console prints."""

    def __init__(self, report: Report, *, ascii: bool = False, colour: bool = True) -> None:
        maths = Maths(report.lesson.notation, report.lesson.graph, "ascii" if ascii else "text")
        self._telling = ReportTelling(report, maths, ascii)
        self._colour = colour

    def whole(self) -> RenderableType:
        """The whole report: verdict, mistakes, ideas, remarks, all steps, marks."""
        return self._lines(self._telling.whole)

    def verdict(self) -> RenderableType:
        """The verdict in one sentence, and how many steps have which verdict."""
        return self._lines(self._telling.verdict)

    def mistakes(self) -> RenderableType:
        """Every wrong step: the learner's line and the right one, and what follows from it."""
        return self._lines(self._telling.mistakes)

    def ideas(self) -> RenderableType:
        """The ideas behind the mistakes, and other conventions."""
        return self._lines(self._telling.ideas)

    def entries(self) -> RenderableType:
        """The table of all steps."""
        return self._lines(self._telling.entries)

    def marks(self) -> RenderableType:
        """The marks, in words."""
        return self._lines(self._telling.marks)

    def _lines(self, make: Callable[[int], list[Line]]) -> MarkedLines:
        return MarkedLines(make, colour=self._colour)
