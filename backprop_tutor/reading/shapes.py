"""Matrices of a problem file: rows of values, and whether they fit between two layers."""

from __future__ import annotations

from dataclasses import dataclass

from ..model.problem import Span
from .findings import counted
from .reader import Reader, decimal_commas
from .tree import Items, Node

FOLDED = ("first_column", "last_column")
ROWS = "Row: the unit led into; column: the unit it comes from."

Rows = tuple[tuple[Node, ...], ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """What a layer's columns come from: ``before`` (None: not known) units or inputs of ``source``.

    ``bias`` is the layer's kind of bias.  ``claimed`` is the number of units by what else the layer says.
    """

    source: str
    noun: str
    before: int | None
    bias: str
    claimed: int | None = None

    @property
    def number(self) -> int | None:
        """How many columns the weights need; None: not known."""
        return None if self.before is None else self.before + (self.bias in FOLDED)

    @property
    def reason(self) -> str:
        """Why they need as many."""
        said = f"{self.source} has {counted(self.before or 0, self.noun)}"
        return f"{said} and the bias takes the {self.bias.replace('_', ' ')}" if self.bias in FOLDED else said

    def transposed(self, rows: Rows) -> bool:
        """Whether the matrix fits the other way round, and not as it stands."""
        lengths = {len(row) for row in rows}
        return len(rows) == self.number and lengths == {self.claimed} and lengths != {self.number}

    def repair(self, rows: Rows, need: int) -> str:
        """How to mend rows that have the same wrong length."""
        have = len(rows[0])
        if self.transposed(rows):
            return f"They look transposed. {ROWS}"
        if self.bias == "none" and have == need + 1:
            return f"If one column holds the bias, write bias: first_column or bias: last_column. {ROWS}"
        change = f"Add {counted(need - have, 'number')} to"
        if have > need:
            change = f"Remove {counted(have - need, 'number')} from"
        return f"{change} each row.{decimal_commas(have, need)} {ROWS}"


def read_rows(reader: Reader, node: Node, what: str, example: str) -> Rows | None:
    """The rows of a matrix, whatever their lengths; None after a finding."""
    rows = reader.items(node, what, example)
    if rows is None:
        return None
    if not any(isinstance(row, Items) for row in rows):
        reader.add(f"{what} must be a list of rows", node.where, f"Put each row in brackets: {example}. {ROWS}")
        return None
    read = [reader.items(row, f"row {number} of {what}", "[1, 2]") for number, row in enumerate(rows, start=1)]
    return tuple(row for row in read if row is not None) if None not in read else None


def right_columns(reader: Reader, node: Items, rows: Rows, what: str, columns: Columns) -> bool:
    """Whether every row has the length that the layer before asks for (or at least that of the first row)."""
    lengths = {len(row) for row in rows}
    need = columns.number
    if need is None:
        need, because = len(rows[0]), f"row 1 has {counted(len(rows[0]), 'number')}"
    else:
        because = columns.reason
    if len(lengths) == 1 and need not in lengths:
        have = len(rows[0])
        repair = columns.repair(rows, need)
        reader.add(f"{what} have {counted(have, 'column')}, but {because}", node.where, repair)
        return False
    places: list[Span] = [item.where for item in node.items]
    fits = [
        reader.same_length(f"row {number} of {what}", len(row), need, "number", because, where)
        for number, (row, where) in enumerate(zip(rows, places, strict=True), start=1)
    ]
    return all(fits)
