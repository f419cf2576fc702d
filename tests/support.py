"""What many tests need: bundled problems solved once, problems from text, numbers as exact fractions."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from backprop_tutor.cli import session
from backprop_tutor.cli.library import Source, bundled
from backprop_tutor.engine.by_hand import exact_fraction
from backprop_tutor.engine.solve import Solution
from backprop_tutor.lessons.teach import teach
from backprop_tutor.model.lesson import Lesson
from backprop_tutor.model.problem import Problem

BUNDLED = tuple(bundled())


def from_text(text: str) -> Problem:
    """The problem of a file's text.  Raises ProblemError with its findings."""
    return session.read_source(Source(text, "test.yaml", "test"))


@cache
def problem(name: str) -> Problem:
    """A bundled problem."""
    return session.read(name)


@cache
def solutions(name: str, shortcut: bool = True) -> tuple[Solution, ...]:
    """The solutions of a bundled problem."""
    return session.solve(problem(name), shortcut=shortcut)


@cache
def lesson(name: str, shortcut: bool = True) -> Lesson:
    """The lesson of a bundled problem."""
    return teach(solutions(name, shortcut))


def exact(value: object) -> Fraction:
    """A number of the engine's as the fraction that it is."""
    return value if isinstance(value, Fraction) else exact_fraction(value)
