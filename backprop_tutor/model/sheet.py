"""A sheet of answers as a learner wrote it: names with what stands beside them, and what that was read as."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from .formula import Formula, Number
from .problem import Finding, Span

Written = str | tuple["Written", ...]
"""What stands beside a name: one text, or a list (of lists) of texts."""


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One name and what stands beside it, exactly as written; an empty text is a blank."""

    name: str
    value: Written
    where: Span | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of one learner.  ``learner`` is the file's or the learner's name; ``text`` is the whole file.

    ``findings`` are what could not be read; the lines that could are there all the same.
    """

    learner: str
    lines: tuple[SheetLine, ...]
    findings: tuple[Finding, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What went before a sheet, where a tutor sits beside the learner.

    ``told`` are plain names of steps whose value the learner was shown, or found only after a wrong answer: that they
    are right now says nothing against an idea.  ``tried`` are those wrong answers.
    """

    told: frozenset[str] = frozenset()
    tried: tuple[SheetLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """One number or formula as it was written, and what it was read as.

    ``half_unit`` is half a unit of the last place written, and 0 for what is exact as it stands: a whole
    number, a fraction, a formula.  ``digits`` counts the significant digits of a decimal number (0 for 0.00;
    None for what is exact).  An unreadable answer has no formula, but ``trouble`` and ``repair``.
    ``read_as`` says how it was read where that is not plain to see.
    """

    written: str
    formula: Formula | None
    half_unit: Fraction = Fraction(0)
    digits: int | None = None
    read_as: str = ""
    trouble: str = ""
    repair: str = ""
    place: tuple[int, int] = (0, 0)
    """Where in ``written`` the trouble is: from the first character to past the last."""

    @property
    def number(self) -> Fraction | None:
        """The value of a plain number, else None."""
        return self.formula.value if isinstance(self.formula, Number) else None

    @property
    def is_decimal(self) -> bool:
        """Whether the digits of a number were written: no fraction, and nothing to work out."""
        return isinstance(self.formula, Number) and "/" not in self.formula.written


@dataclass(frozen=True, slots=True)
class Answers:
    """A number, vector or matrix, row by row; a blank cell is None.

    ``shape`` is () for a single answer, (n,) for a list of n, (rows, columns) for a matrix.
    """

    cells: tuple[tuple[Answer | None, ...], ...]
    shape: tuple[int, ...] = ()
