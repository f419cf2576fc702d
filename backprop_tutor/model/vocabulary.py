"""The words that an author may use in a problem file, as the readers need to know them."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FunctionEntry:
    """A function of the formula language: fewest and most arguments (None: any number), parameters included."""

    fewest: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Known functions, activations and losses; the last two with the names of their parameters.

    A parameter maps to ``"number"``, ``"flag"`` or ``"reduction"`` (sum or mean).
    """

    functions: Mapping[str, FunctionEntry]
    activations: Mapping[str, Mapping[str, str]]
    losses: Mapping[str, Mapping[str, str]]
    notations: tuple[str, ...]
    layer_wide: Set[str] = frozenset()
