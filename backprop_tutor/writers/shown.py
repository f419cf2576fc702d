"""What a picture or a trace may show of a solution: the names, and the figures that are known."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from ..model.formula import Formula
from ..model.graph import Graph
from ..model.lesson import Figure
from ..model.op import Words
from .lines import columns

LONGEST_SYMBOL = 14
"""Symbolic values longer than this (in columns) have no room in a picture."""


class Printer(Protocol):
    """What a picture needs of ``Maths``: how this notation writes names, formulas and figures."""

    def name(self, plain: str) -> str:
        """A quantity's symbol by its plain name."""

    def formula(self, tree: Formula, figures: Mapping[str, Figure] | None = None) -> str:
        """A formula in symbols, or with figures in place of names."""

    def figure(self, figure: Figure) -> str:
        """A number as it is printed."""

    def relation(self, figure: Figure) -> str:
        """The sign before a figure: equal, or about equal."""

    def pieces(self, words: Words) -> list[tuple[bool, str]]:
        """A sentence as printed parts, formulas marked True."""


@dataclass(frozen=True)
class Shown:
    """The figures that may be seen.

    ``known`` are the plain names whose figures are shown (None: all), derivatives as ``dL/dw1_21``; the
    others stand as ``unknown``.  Without ``values`` or ``gradients`` these are left out altogether.
    """

    maths: Printer
    graph: Graph
    figures: Mapping[str, Figure]
    symbolic: Mapping[str, Formula]
    known: Collection[str] | None = None
    unknown: str = "?"
    values: bool = True
    gradients: bool = True
    ascii: bool = False
    asked: Collection[str] = ()
    """What is asked for just now: it alone stands as ``unknown``, and what comes later is left blank."""

    def name(self, plain: str) -> str:
        """The symbol of a value."""
        return self.maths.name(plain)

    def value(self, plain: str) -> str:
        """The figure (or short symbolic value) as text; empty when there is nothing to show."""
        given = self.graph.values[plain].given if plain in self.graph.values else None
        if not self.values and given is None:
            return ""
        text = self._text(plain)
        if not text and given is not None:
            text = self.maths.formula(given.formula)
        return "" if text == self.name(plain) else text

    def gradient(self, plain: str) -> str:
        """The derivative of what is differentiated by this value, as text; empty when there is none."""
        return self._text(f"d{self.graph.objective}/d{plain}") if self.gradients else ""

    def marked_gradient(self, plain: str) -> str:
        """The gradient with the sign that tells it from a value without any colour."""
        text = self.gradient(plain)
        return f"{self.mark} {text}" if text else ""

    @property
    def mark(self) -> str:
        """The sign that stands before gradients."""
        return "d" if self.ascii else "∂"

    def _text(self, plain: str) -> str:
        if plain not in self.figures and plain not in self.symbolic:
            return ""
        if self.known is not None and plain not in self.known:
            return self.unknown if not self.asked or plain in self.asked else ""
        if plain in self.figures:
            return self.maths.figure(self.figures[plain])
        text = self.maths.formula(self.symbolic[plain])
        return text if columns(text) <= LONGEST_SYMBOL else ""


def differentiated(graph: Graph, names: Collection[str]) -> Graph:
    """The graph with that one of its objectives as the main one whose gradients are among these plain names."""
    every = (graph.objective, *graph.other_objectives)
    for objective in every:
        if any(name.startswith(f"d{objective}/d") for name in names):
            others = tuple(other for other in every if other != objective)
            return replace(graph, objective=objective, other_objectives=others)
    return graph
