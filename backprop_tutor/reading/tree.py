"""A file as a tree of scalars, lists and mappings, each with its place."""

from __future__ import annotations

from dataclasses import dataclass

from ..model.problem import Span


@dataclass(frozen=True, slots=True)
class Scalar:
    """One word, number or text.

    ``first`` is the column of the text's first character, or 0 where text and columns do not run in step.
    ``plain``: without quotes; ``flow``: inside brackets; ``commented``: a comment follows on the line.
    ``refused`` marks what was already reported, so that nobody reports it again.
    """

    text: str
    where: Span
    plain: bool = True
    flow: bool = False
    first: int = 0
    commented: bool = False
    refused: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing stands here: ``key:``, ``null`` or ``~``."""
        return self.plain and self.text in {"", "~", "null", "Null", "NULL"}

    def part(self, start: int, end: int) -> Span:
        """The place of ``text[start:end]``, or of the whole scalar where that is not known."""
        if not self.first:
            return self.where
        column = self.first + min(max(start, 0), len(self.text))
        return Span(self.where.source, self.where.line, column, max(self.first + min(end, len(self.text)), column + 1))


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Node, ...]
    where: Span


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and what belongs to it."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with their values, in the order of the file; no key stands twice.

    ``complete`` is false when a key was refused, so that one cannot say what is missing.
    """

    entries: tuple[Entry, ...]
    where: Span
    complete: bool = True


Node = Scalar | Items | Mapping


def cut_at_commas(nodes: list[Node]) -> list[Node]:
    """The first of the nodes, with those behind it that close its round brackets: ``max(0`` and ``1)``."""
    depth = 0
    for count, node in enumerate(nodes, start=1):
        if not (isinstance(node, Scalar) and node.plain and node.flow and not node.refused):
            break
        depth += node.text.count("(") - node.text.count(")")
        if depth <= 0:
            return nodes[:count]
    return nodes[:1]


def is_nothing(node: Node) -> bool:
    """Whether a key has no value at all."""
    return isinstance(node, Scalar) and node.plain and not node.text and not node.refused
