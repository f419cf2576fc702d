"""Equations as lines: aligned on the relation sign, long ones folded before an operator."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ..model.formula import Derivative, Formula, Name, walk
from ..model.lesson import Equation, Figure
from .lines import Line, Run, columns, fold, glue, length, spread
from .shown import Printer

_WIDEST_LEFT = 0.4
"""A left side that takes more of the width than this stands on a line of its own."""
_DIGIT = re.compile(r"[\w.]")


def equation_lines(
    equation: Equation,
    maths: Printer,
    figures: Mapping[str, Figure],
    *,
    objective: str,
    width: int,
    style: str,
    source_note: str = "",
) -> list[Line]:
    """One formula from symbols to its number, in at most ``width`` columns.

    ``style`` is the style of the result, ``source_note`` says where the numbers come from.
    """
    left = maths.formula(equation.left)
    parts = _right_sides(equation, maths, figures, objective, style)
    own_line = columns(left) > width * _WIDEST_LEFT
    lines: list[Line] = []
    if own_line:
        lines.extend(fold([Run(glue(left), "quantity")], width))
    start: Line = (Run("   "),) if own_line else (Run(left, "quantity"), Run(" "))
    for sign, runs, note in parts:
        first: Line = (*start, Run(f"{sign} ", "relation"))
        rest: Line = (Run(" " * (length(first) + 2)),)
        folded = fold(runs, width, first, rest)
        if note and source_note:
            folded = _noted(folded, source_note, width, length(first))
        lines.extend(folded)
        start = (Run(" " * length(start)),)
    return lines


def _right_sides(
    equation: Equation, maths: Printer, figures: Mapping[str, Figure], objective: str, style: str
) -> list[tuple[str, list[Run], bool]]:
    """The sign, the right side and whether the note belongs to it, line after line, repetitions left out."""
    parts: list[tuple[str, list[Run], bool]] = []
    texts: list[str] = []

    def add(sign: str, text: str, runs: list[Run], note: bool = False) -> None:
        if text not in texts:
            texts.append(text)
            parts.append((sign, runs, note))

    for symbols in equation.symbols:
        text = maths.formula(symbols)
        add("=", text, [Run(glue(text))])
    result = "" if equation.figure is None else maths.figure(equation.figure)
    if equation.numbers is not None:
        figures = equation.put_in(figures)
        text = maths.formula(equation.numbers, figures)
        if text != result:
            add("=", text, coloured(glue(text), equation.numbers, maths, figures, objective), True)
    if equation.exact is not None:
        text = maths.formula(equation.exact)
        if text != result:
            add("=", text, [Run(glue(text), style)])
    if equation.figure is not None and result not in texts[-1:]:
        parts.append((maths.relation(equation.figure), [Run(result, f"{style} result")], False))
    return parts


def _noted(folded: list[Line], note: str, width: int, indent: int) -> list[Line]:
    """The lines with the note at the right margin of the last one, or on a line of its own."""
    together = spread(folded[-1], (Run(note, "note"),), width)
    if together is not None:
        return [*folded[:-1], together]
    start = Run(" " * max(indent, width - columns(note)))
    return [*folded, *fold([Run(note, "note")], width, (start,), (Run(" " * indent),))]


def coloured(text: str, tree: Formula, maths: Printer, figures: Mapping[str, Figure], objective: str) -> list[Run]:
    """A formula with figures in place of names, its figures styled as values, slopes or gradients."""
    runs: list[Run] = []
    done = 0
    for name in _leaves(tree):
        if name not in figures:
            continue
        shown = glue(maths.figure(figures[name]))
        place = _whole(text, shown, done)
        if place < 0:
            continue
        runs.extend([Run(text[done:place]), Run(shown, style_of(name, objective))])
        done = place + len(shown)
    return [*runs, Run(text[done:])]


def style_of(name: str, objective: str) -> str:
    """The style of a quantity's figure by its plain name."""
    if name.startswith((f"d{objective}/d", "delta")):
        return "gradient"
    if name.startswith("new_"):
        return "update"
    return "slope" if name.startswith("d") and "/d" in name else "value"


def _leaves(tree: Formula) -> Iterable[str]:
    for part in walk(tree):
        if isinstance(part, Name):
            yield part.name
        elif isinstance(part, Derivative):
            yield f"d{part.of}/d{part.by}"


def _whole(text: str, number: str, start: int) -> int:
    """Where the number stands by itself, not inside a longer one; -1: nowhere."""
    place = text.find(number, start)
    while place >= 0:
        before = text[place - 1 : place]
        after = text[place + len(number) : place + len(number) + 1]
        if not _DIGIT.fullmatch(before) and not _DIGIT.fullmatch(after):
            return place
        place = text.find(number, place + 1)
    return -1
