"""A quiz for the terminal: lines of text turned into Rich renderables, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import RenderableType

from ..model.lesson import Lesson
from ..model.quiz import Ask, Part
from .quiz import QuizTelling
from .terminal_report import MarkedLines


class TerminalQuiz:
    """Everything that the tutor says as something that a Rich console prints."""

    def __init__(self, lesson: Lesson, *, ascii: bool = False, plain: bool = False, colour: bool = True) -> None:
        self._telling = QuizTelling(lesson, ascii=ascii, plain=plain)
        self._colour = colour

    def prompt(self, part: Ask) -> str:
        """What stands before an answer: it is printed by whoever reads the line."""
        return self._telling.prompt(part)

    def parts(self, parts: Sequence[Part], height: int = 0) -> RenderableType:
        """All parts, one after the other, for a screen of so many rows (0: no screen)."""
        self._telling.height = height
        return MarkedLines(lambda width: self._telling.parts(parts, width), colour=self._colour)
