"""A lesson: the facts of a solved problem, told as a list of steps, each made of a few kinds of block.

Writers print blocks; they know nothing of operations.  The quiz asks for a step's ``figure``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from .formula import Formula
from .graph import Graph
from .notation import Notation
from .op import Words
from .problem import Problem


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it is shown.

    ``shown`` has the digits of the telling and ``full`` 17 significant ones (both in plain ASCII:
    ``-0.0348``, ``1.2e-7``); ``rounded`` says that ``shown`` is not the whole number.  ``decimals`` are the
    places after the point of a figure that was rounded by hand.
    """

    shown: str
    full: str
    rounded: bool = False


@dataclass(frozen=True, slots=True)
class Prose:
    """A sentence or two."""

    words: Words


@dataclass(frozen=True, slots=True)
class Equation:
    """One formula followed from symbols to its number.

    ``left`` = each of ``symbols`` in turn = ``numbers`` (printed with figures in place of names) = ``exact``
    (when short) = ``figure``.  A value that stays symbolic has no figure.  ``note`` stands behind the
    numbers: which steps they come from.
    """

    left: Formula
    symbols: tuple[Formula, ...]
    numbers: Formula | None = None
    exact: Formula | None = None
    figure: Figure | None = None
    sources: tuple[str, ...] = ()
    finer: Mapping[str, Figure] = field(default_factory=dict)
    """Figures with more digits than usual, for a line in which the usual ones would cancel."""

    def put_in(self, figures: Mapping[str, Figure]) -> Mapping[str, Figure]:
        """The figures to print ``numbers`` with; the lesson's own, not a copy, where none are finer."""
        return {**figures, **self.finer} if self.finer else figures


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under a header; a cell is a sentence."""

    header: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]


@dataclass(frozen=True, slots=True)
class Diagram:
    """The picture of the graph with the figures known by name; each writer draws it in its own way."""

    graph: Graph
    show_values: bool = True
    show_gradients: bool = True


AsideKind = Literal["pitfall", "convention", "check"]


@dataclass(frozen=True, slots=True)
class Aside:
    """A remark beside the line: a pitfall, a convention in force, or a check."""

    kind: AsideKind
    words: Words


Block = Prose | Equation | Table | Diagram | Aside


class StepKind(StrEnum):
    """The three parts of a solution."""

    FORWARD = "forward"
    BACKWARD = "backward"
    UPDATE = "update"


@dataclass(frozen=True, slots=True)
class Step:
    """One quantity found.

    ``id`` is unique in the lesson (``backward/dL/dw1_21``), ``number`` counts from 1, ``name`` is the plain
    name.  ``quantity`` is the formula of the left-hand side.  ``rule`` names the rule, ``title`` says in
    words what is found.  ``needs`` are ids of earlier steps, nearest first.
    """

    id: str
    number: int
    kind: StepKind
    name: str
    quantity: Formula
    title: Words
    rule: str
    blocks: tuple[Block, ...]
    equation: Equation
    figure: Figure | None
    exact: Formula | None
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lesson:
    """A whole worked solution: the problem, its steps, and every figure by plain name.

    ``figures`` holds forward values (``z1_2``), gradients (``dL/dw1_21``), local slopes (``da1_2/dz1_2``) and
    updated parameters (``new_w1_21``); ``symbolic`` the formulas of those that stay symbolic; ``exact`` the
    short exact forms.  ``opening`` and ``closing`` are blocks before and after the steps.
    """

    problem: Problem
    graph: Graph
    notation: Notation
    steps: tuple[Step, ...]
    figures: Mapping[str, Figure]
    symbolic: Mapping[str, Formula] = field(default_factory=dict)
    opening: tuple[Block, ...] = ()
    closing: tuple[Block, ...] = ()
