"""The facts of a solved problem: every value, slope and gradient.  Plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Trace:
    """What a run of the graph found, in whatever arithmetic it ran.

    ``values`` by plain name; ``slopes`` by source and position among the source's edges in the plan;
    ``gradients`` by the name of the value; ``updated`` parameters by their own name.  A quantity that depends
    on a symbol without a number is absent.  ``digits`` is the precision of what could not be kept exact;
    ``rounded`` are the plain names of what was rounded by hand and is not the whole number.
    """

    values: Mapping[str, object]
    slopes: Mapping[tuple[str, int], object]
    gradients: Mapping[str, object]
    updated: Mapping[str, object] = field(default_factory=dict)
    digits: int = 0
    rounded: frozenset[str] = frozenset()
