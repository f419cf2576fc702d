"""What a learner wrote and what should stand there, as numbers, formulas and lines that notations can print."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from ..model.formula import Derivative, Formula, Name, Negative, Number, Product, Sum
from ..model.lesson import Equation, Figure
from ..model.marking import Entry, Line, Verdict
from ..model.sheet import Answer
from ..reading.findings import clean_line
from .style import read_digits

LONGEST_ANSWER = 200
"""More of an answer than this is never shown."""
_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|-?\d+/\d+", re.ASCII)


_SHORT = re.compile(r"-?\d{1,30}(\.\d{1,30})?(e-?\d{1,2})?", re.ASCII)


def typed(answer: Answer) -> str:
    """An answer as it was typed, on one line, without what would steer a terminal, and never too long."""
    text = clean_line(answer.written[: 4 * LONGEST_ANSWER])
    return text if len(text) <= LONGEST_ANSWER else text[: LONGEST_ANSWER - 3] + "..."


def number(figure: Figure) -> Formula | str:
    """A figure as part of a sentence, so that each notation prints it in its own way."""
    # The printer shows what is written; the value is never looked at, and 1e-999999999 must not be computed.
    return Number(Fraction(0), figure.shown) if read_digits(figure.shown) else clean_line(figure.shown)


def prints(figure: Figure) -> bool:
    """Whether every notation can print what was typed as a number."""
    return _PLAIN.fullmatch(figure.shown) is not None


def given_figure(answer: Answer) -> Figure | None:
    """What was written as a figure, where it is a decimal number or a fraction that every notation can print."""
    text = typed(answer).replace("−", "-")
    return Figure(text, text) if answer.number is not None and _PLAIN.fullmatch(text) else None


def given(answer: Answer) -> Formula | str:
    """What was written as part of a sentence."""
    if answer.formula is not None and answer.number is None:
        return answer.formula
    figure = given_figure(answer)
    return typed(answer) if figure is None else number(figure)


def due(entry: Entry) -> Formula | str | None:
    """What should stand there: from the learner's own earlier values where they lead elsewhere."""
    figure = entry.from_yours or entry.expected
    return entry.formula if figure is None else number(figure)


def leads_elsewhere(entry: Entry) -> bool:
    """Whether the learner's own earlier values lead to another number than the right one."""
    yours, right = entry.from_yours, entry.expected
    return yours is not None and (right is None or yours.shown != right.shown)


def shows_own(entry: Entry) -> bool:
    """Whether a table has something to show under "from yours"."""
    return leads_elsewhere(entry) and entry.verdict is not Verdict.CORRECT


def has_wrong_shape(entry: Entry) -> bool:
    """Whether a list or matrix was given that does not fit, so that what was written is no answer to this entry."""
    if entry.given is None or entry.given.formula is not None:
        return False
    whole = entry.cell.partition(", ")[0] or entry.name
    trouble = entry.given.trouble
    return trouble.startswith(f"{whole} is ") and ", and this is " in trouble


def right_line(entry: Entry) -> Equation:
    """The right line: from the learner's own earlier values to the number that should stand there."""
    figure = entry.from_yours or entry.expected
    line = entry.right
    if line is not None:
        return Equation(entry.quantity, (line.formula,), line.formula, None, _told(line, line.result or figure))
    return Equation(entry.quantity, () if entry.formula is None else (entry.formula,), None, None, figure)


def your_line(entry: Entry, answer: Answer) -> Equation:
    """The learner's line: what was typed out, or the formula they must have used, and the number at its end."""
    figure, line = given_figure(answer), entry.yours
    typed_formula = () if answer.formula is None or answer.number is not None else (answer.formula,)
    if figure is None and not typed_formula:
        # It is a number, but written as no notation prints it, or nothing that can be read.
        figure = Figure(typed(answer), typed(answer))
    if line is None:
        return Equation(entry.quantity, typed_formula, None, None, figure)
    if line.result is None:
        # A formula is asked for: what was typed stands before the line that they must have had in mind.
        return Equation(entry.quantity, (*typed_formula, line.formula), line.numbers, None, figure)
    if typed_formula:
        return Equation(entry.quantity, (line.formula,), line.numbers, None, _told(line, line.result))
    if figure is not None and not _copies(line, figure):
        figure = _told(line, replace(figure, rounded=line.result.rounded or line.result.shown != figure.shown))
    return Equation(entry.quantity, (line.formula,), line.numbers, None, figure)


def _told(line: Line, figure: Figure | None) -> Figure | None:
    """The figure at the end of a line, equal to it where the numbers in the line give just that."""
    if figure is None:
        return None
    value = _value(line.typed or line.formula, line)
    # What was rounded on the way into the line is said where it is rounded, and not again.
    return figure if value is None or value != _decimal(figure.shown) else replace(figure, rounded=False)


def _value(tree: Formula, line: Line) -> Fraction | None:
    """The exact value of sums and products of the figures shown in a line; None for anything else."""
    match tree:
        case Number():
            return tree.value
        case Name() | Derivative():
            name = tree.name if isinstance(tree, Name) else f"d{tree.of}/d{tree.by}"
            figure = line.figures.get(name)
            return None if figure is None else _decimal(figure.shown)
        case Negative():
            value = _value(tree.operand, line)
            return None if value is None else -value
        case Sum() | Product():
            total = Fraction(0 if isinstance(tree, Sum) else 1)
            for part in tree.terms if isinstance(tree, Sum) else tree.factors:
                value = _value(part, line)
                if value is None:
                    return None
                total = total + value if isinstance(tree, Sum) else total * value
            return total
    return None


def _decimal(shown: str) -> Fraction | None:
    """The value of a short decimal number; 1e-999999999 must not be computed."""
    return Fraction(shown) if _SHORT.fullmatch(shown) else None


def _copies(line: Line, figure: Figure) -> bool:
    """Whether the line only takes over another number of the sheet."""
    if isinstance(line.formula, Name):
        source = line.figures.get(line.formula.name)
    elif isinstance(line.formula, Derivative):
        source = line.figures.get(f"d{line.formula.of}/d{line.formula.by}")
    else:
        return False
    return source is not None and source.shown == figure.shown
