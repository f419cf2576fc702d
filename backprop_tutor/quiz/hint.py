"""The page of a hint strategy: how a step is turned into a ladder of help, from a finger that points to the answer."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from ..model.lesson import Block, Lesson, Step
from ..model.quiz import Help


class HintStrategy(ABC):
    """One way of helping.  A strategy is one file in ``hints/``; the file's name is what ``--hints`` takes."""

    name: ClassVar[str]
    """Set from the file's name when the page is found."""
    title: ClassVar[str]
    """What it does, in a few words."""

    @abstractmethod
    def rungs(self, step: Step, lesson: Lesson) -> tuple[Help, ...]:
        """The help before the answer, from the least to the most; none of it may hold the answer."""

    def ladder(self, step: Step, lesson: Lesson) -> tuple[Help, ...]:
        """All of the help; on the last rung stands the answer."""
        blocks: tuple[Block, ...] = (step.equation,)
        return (*self.rungs(step, lesson), Help("The answer", blocks, lesson))
