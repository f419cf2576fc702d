"""The line with blanks at once: for whoever knows the principle and lost the thread."""

from __future__ import annotations

from ...model.lesson import Lesson, Step
from ...model.quiz import Help
from ..hint import HintStrategy
from ._rungs import line_with_blanks, principle


class LineFirst(HintStrategy):
    """Two rungs: the line, then why it is so."""

    title = "the line with blanks first, then the principle"

    def rungs(self, step: Step, lesson: Lesson) -> tuple[Help, ...]:
        """The line and the principle, as far as the step has them."""
        found = (
            Help("The line", line_with_blanks(step, lesson), lesson),
            Help("The principle", principle(step), lesson),
        )
        return tuple(help for help in found if help.blocks)
