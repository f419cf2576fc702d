"""A lesson for the terminal: lines of text turned into Rich renderables, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Collection

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.segment import Segment
from rich.style import Style

from ..model.lesson import Lesson, Step, StepKind
from .lines import Line, trimmed
from .maths import Maths
from .telling import Telling

_COLOURS: dict[str, Style] = {
    "value": Style(color="cyan"),
    "gradient": Style(color="magenta"),
    "update": Style(color="green"),
    "slope": Style(color="yellow"),
    "value result": Style(color="cyan", bold=True),
    "gradient result": Style(color="magenta", bold=True),
    "update result": Style(color="green", bold=True),
    "convention": Style(color="blue", bold=True),
    "pitfall": Style(color="yellow", bold=True),
    "check": Style(color="green", bold=True),
    "heading": Style(bold=True),
    "strong": Style(bold=True),
    "quantity": Style(bold=True),
    "name": Style(bold=True),
    "step": Style(dim=True),
    "step-rule": Style(bold=True),
    "title": Style(italic=True),
    "plain": Style(dim=True),
    "note": Style(dim=True),
    "dim": Style(dim=True),
    "rule": Style(dim=True),
    "frame": Style(dim=True),
    "caption": Style(dim=True),
    "wire": Style(dim=True),
    "rail": Style(dim=True),
    "relation": Style(dim=True),
}
_EMPTY = Style()


class Lines:
    """Lines made for whatever width the console has; never cut, never read as markup."""

    def __init__(self, make: Callable[[int], list[Line]], *, colour: bool = True) -> None:
        self._make = make
        self._colour = colour

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in self._make(options.max_width):
            for text, style in trimmed(line):
                yield Segment(text, self._style(style))
            yield Segment.line()

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(min(20, options.max_width), options.max_width)

    def _style(self, name: str) -> Style:
        style = _COLOURS.get(name, _EMPTY)
        return style if self._colour else style.without_color


class TerminalWriter:
    """Every part of a lesson as something that a Rich console prints."""

    def __init__(self, lesson: Lesson, *, ascii: bool = False, colour: bool = True) -> None:
        maths = Maths(lesson.notation, lesson.graph, "ascii" if ascii else "text")
        self._telling = Telling(lesson, maths, ascii)
        self._colour = colour

    def opening(self) -> RenderableType:
        """Title, statement, conventions in force, the picture and what is given."""
        return self._lines(self._telling.opening)

    def conventions(self) -> RenderableType:
        """The conventions in force, without the problem."""
        return self._lines(self._telling.conventions)

    def section(self, kind: StepKind) -> RenderableType:
        """The heading of a part: Forward pass, Backward pass or Update."""
        return self._lines(lambda width: self._telling.section(kind, width))

    def step(self, step: Step) -> RenderableType:
        """One step with its reason, its equation and its result."""
        return self._lines(lambda width: self._telling.step(step, width))

    def closing(self) -> RenderableType:
        """The summary, and the picture with values and gradients."""
        return self._lines(self._telling.closing)

    def problem(self) -> RenderableType:
        """The problem without its solution: statement, picture of what is given, counts."""
        return self._lines(self._telling.problem)

    def picture(self, known: Collection[str] | None = None) -> RenderableType:
        """The picture; figures of names that are not in ``known`` stand as question marks."""
        return self._lines(lambda width: self._telling.picture(width, known=known))

    def _lines(self, make: Callable[[int], list[Line]]) -> Lines:
        return Lines(make, colour=self._colour)
