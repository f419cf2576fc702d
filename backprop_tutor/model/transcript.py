"""A quiz that is over, as it is written down."""

from __future__ import annotations

from dataclasses import dataclass

from .lesson import Equation, Lesson
from .marking import Report, Verdict
from .op import Words
from .quiz import Mode, Summary
from .record import Idea


@dataclass(frozen=True, slots=True)
class Tried:
    """What was typed once, and what was found of it; several ``ideas`` are a tie.

    ``replaced_by`` is what was typed in its place before it was judged.
    """

    given: str
    verdict: Verdict | None = None
    ideas: tuple[Idea, ...] = ()
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """One item of a session that is over: what was asked, what was typed, and the right line.

    ``steps`` are the plain names of the steps that it holds.  ``hints`` is how many hints were seen.  ``equation`` and
    ``lesson`` are those of a step; of a question there is ``right`` in words.  ``choices`` are the lines that were
    there to choose from, in the order of their numbers; ``said`` is what the marks of a test say of a wrong choice,
    or how it is that an answer is right under another convention.  ``is_fresh`` says that the lesson has other numbers
    than the problem.
    """

    words: Words
    name: str
    attempts: tuple[Tried, ...]
    hints: int
    shown: bool
    skipped: bool
    lesson: Lesson
    equation: Equation | None = None
    right: Words = ()
    choices: tuple[Words, ...] = ()
    steps: tuple[str, ...] = ()
    said: Words = ()
    is_fresh: bool = False


@dataclass(frozen=True, slots=True)
class Transcript:
    """A session as it is written down: what was answered, and what it comes to.

    ``report`` are the marks of a test's steps, when it was handed in.
    """

    lesson: Lesson
    mode: Mode
    answered: tuple[Answered, ...]
    summary: Summary
    report: Report | None = None
    chosen: str = ""
    """What was chosen of the problem, in one line."""
