"""The learner's line and the right one, below each other; the result of the right one is still to be found."""

from __future__ import annotations

from dataclasses import replace

from ..model.lesson import Equation, Figure, Lesson
from ..model.marking import Line as Worked
from ..model.quiz import Compared
from .equations import equation_lines
from .lines import Line, Run, clean
from .maths import Maths
from .report_answers import LONGEST_ANSWER

_YOURS, _RIGHT = "yours   ", "right   "


def compared_lines(part: Compared, maths: Maths, lesson: Lesson, width: int, ascii: bool) -> list[Line]:
    """Both lines; without the learner's own formula, what was typed, and nothing where that was a number alone."""
    lines: list[Line] = []
    typed = clean(part.given[:LONGEST_ANSWER], ascii=ascii).replace("\n", " ")
    if part.yours is not None or typed:
        yours = _equation(part, part.yours, Figure(typed, typed) if part.yours is None else part.yours.result)
        lines += _labelled(_YOURS, yours, part.yours, "wrong", maths, lesson, width)
    if part.right is not None:
        right = _equation(part, part.right, Figure("?", "?"))
        lines += _labelled(_RIGHT, right, part.right, "right", maths, lesson, width)
    return lines


def _equation(part: Compared, line: Worked | None, result: Figure | None) -> Equation:
    if line is None:
        return Equation(part.quantity, (), None, None, result)
    return Equation(part.quantity, (line.formula,), line.numbers, None, result)


def _labelled(
    label: str, equation: Equation, line: Worked | None, style: str, maths: Maths, lesson: Lesson, width: int
) -> list[Line]:
    figures = {} if line is None else line.figures
    shown = equation.figure
    if shown is not None and shown.shown == "?":
        equation = replace(equation, figure=Figure("?", "?"))
    found = equation_lines(
        equation, maths, figures, objective=lesson.graph.objective, width=width - len(label), style=style
    )
    start = (Run(label, "dim"),)
    rest = (Run(" " * len(label)),)
    return [(*(start if number == 0 else rest), *line) for number, line in enumerate(found)]
