"""What a class got wrong, for the terminal: lines of text turned into Rich renderables, and nothing else."""

from __future__ import annotations

from rich.console import RenderableType

from ..model.class_report import ClassReport
from ..model.lesson import Lesson
from .class_summary import ClassSummary
from .terminal_report import MarkedLines


class TerminalClass:
    """The summary of many sheets as something that a Rich console prints."""

    def __init__(
        self, report: ClassReport, lesson: Lesson | None = None, *, ascii: bool = False, colour: bool = True
    ) -> None:
        self._summary = ClassSummary(report, lesson, ascii)
        self._colour = colour

    def whole(self) -> RenderableType:
        """How many sheets, the marks, which steps and which ideas failed, and the sheets that could not be used."""
        return MarkedLines(self._summary.whole, colour=self._colour)
