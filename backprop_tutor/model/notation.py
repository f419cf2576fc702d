"""How a course writes things: a preset is data (``notations/*.toml``), and no code knows a preset by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    """A symbol's letter in LaTeX, in Unicode text and in plain ASCII."""

    latex: str
    text: str
    ascii: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """How one role is written.

    ``letters``: one for each layer of weights, the last repeated.  ``below`` and ``above`` are the index and
    the superscript with the fields ``{to}``, ``{from}``, ``{unit}``, ``{layer}`` (1 at the first layer of
    weights), ``{source}`` (= layer - 1) and ``{next}`` (= layer + 1); ``wide`` replaces ``below`` in layers
    where an index has two digits.
    """

    letters: tuple[Letter, ...]
    below: str = ""
    above: str = ""
    wide: str = ""


@dataclass(frozen=True, slots=True)
class WrittenName:
    """A quantity as a notation writes it: a letter, what stands below it and above it.

    ``verbatim`` is the whole name in plain ASCII where that is not made of the three parts: a name that an
    author gave is kept as it was typed.
    """

    letter: Letter
    below: str = ""
    above: str = ""
    verbatim: str = ""


@dataclass(frozen=True, slots=True)
class Notation:
    """A course's notation.

    ``patterns`` maps a role to its pattern; the roles of model.graph, and ``delta`` (∂L/∂z of a unit, where
    the course has a letter for it) and ``rate`` (the learning rate).  A role with suffixes is a special case:
    ``:only`` (a layer with one unit), ``:last`` (the last layer), ``:first`` (the first layer), ``:deep``
    (more than one hidden layer), in any combination (``weight:last:only``).  Of the cases that fit, the one
    with most suffixes wins, and among equals the one that stands later in the file.
    """

    name: str
    title: str
    patterns: Mapping[str, Pattern]

    @property
    def delta(self) -> bool:
        """Whether ∂L/∂z has a letter of its own."""
        return "delta" in self.patterns
