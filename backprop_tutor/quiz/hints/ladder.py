"""Point at what matters, teach the principle, set up the line with blanks."""

from __future__ import annotations

from ...model.lesson import Lesson, Step
from ...model.quiz import Help
from ..hint import HintStrategy
from ._rungs import line_with_blanks, pointing, principle


class Ladder(HintStrategy):
    """From the least help to the most; after three wrong tries it moves by itself."""

    title = "first what matters, then the principle, then the line with blanks"

    def rungs(self, step: Step, lesson: Lesson) -> tuple[Help, ...]:
        """Three rungs, fewer where a step has nothing to say on one of them."""
        found = (
            Help("What matters", pointing(step, lesson), lesson),
            Help("The principle", principle(step), lesson),
            Help("The line", line_with_blanks(step, lesson), lesson),
        )
        return tuple(help for help in found if help.blocks)
