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
    weights), ``{source}`` (= layer - 1) and ``{next}`` (= layer + 1); ``wide`` replaces ``below`` when an
    index has two digits.
    """

    letters: tuple[Letter, ...]
    below: str = ""
    above: str = ""
    wide: str = ""


@dataclass(frozen=True, slots=True)
class Notation:
    """A course's notation.

    ``patterns`` maps a role to its pattern; the roles of model.graph, and ``delta``, ``rate``.  A role with a
    suffix is a special case that wins over the plain one: ``:only`` (a layer with one unit), ``:last`` (the
    last layer), ``:first`` (the first layer), ``:deep`` (more than one hidden layer), combined in this order
    (``weight:last:only``).
    """

    name: str
    title: str
    patterns: Mapping[str, Pattern]
    delta: bool = True
    """Whether ∂L/∂z has a letter of its own."""
    ascii_first: bool = False
