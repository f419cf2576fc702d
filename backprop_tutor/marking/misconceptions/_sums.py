"""What the pages about values with several paths share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import ClassVar, Self

from ...engine.rules import Wiring
from ...model.formula import Formula, total
from ..misconception import Misconception
from ._places import is_penalty, split_paths

ALL_PATHS = (
    "This value reaches the result by several paths, for it is used more than once, and all of them act at the same "
    "time. Work out the share of each path and add them all up: none stands for the others or takes their place."
)
"""What repairs every idea that lets one path stand for the sum; one answer seldom tells them apart."""
UNITS = "units"
PARAMETERS = "parameters"
MOST_SINGLE = 6
"""Up to how many values with several paths each may be the only one where the idea shows."""


@dataclass(frozen=True)
class OverPaths(Misconception):
    """A page that puts the shares of several paths together in another way; a penalty's share is added as it is.

    Everywhere, or only at some place: in a network at the ``units``, at the shared ``parameters`` or at the units of
    one layer (``layer 1``), in expressions at the value of that name.
    """

    where: str = ""

    one_layer: ClassVar[bool] = False
    """Whether the idea may show at the units of a single layer too."""
    one_value: ClassVar[bool] = True
    """Whether it may show at a single value of an expression too."""

    def together(self, shares: tuple[Formula, ...]) -> Formula:
        """The gradient from the shares of at least two paths."""
        raise NotImplementedError

    def is_meant(self, name: str, wiring: Wiring) -> bool:
        """Whether the page has something to say about a value with several paths."""
        return True

    def gather(self, name: str, right: Formula, shares: tuple[Formula, ...], wiring: Wiring) -> Formula:
        # Most values have one path: they are told apart first.
        if len(shares) < 2 or not self._is_here(name, wiring) or not self.is_meant(name, wiring):
            return right
        through, penalties = split_paths(name, shares, wiring)
        if len(through) < 2:
            return right
        wrong = total((self.together(through), *penalties))
        return right if wrong == right else wrong

    def _is_here(self, name: str, wiring: Wiring) -> bool:
        return not self.where or self.where in places_of(name, wiring)

    def reached(self, wiring: Wiring) -> tuple[str, ...]:
        """The values with several paths about which this variant has something to say."""
        names = _with_several_paths(wiring)
        return tuple(name for name in names if self._is_here(name, wiring) and self.is_meant(name, wiring))

    @classmethod
    def manners(cls) -> tuple[Self, ...]:
        """The ways in which the idea puts the shares together."""
        return (cls(),)

    @classmethod
    def variants(cls, wiring: Wiring) -> tuple[Self, ...]:
        found: list[Self] = []
        for manner in cls.manners():
            known: set[tuple[str, ...]] = {()}
            for where in ("", *cls._places(wiring)):
                rule = replace(manner, where=where)
                names = rule.reached(wiring)
                if names not in known and rule.is_of_its_own(names, wiring):
                    known.add(names)
                    found.append(rule)
        return tuple(found)

    def is_of_its_own(self, names: tuple[str, ...], wiring: Wiring) -> bool:
        """Whether a variant that reaches these values differs from what other pages say."""
        return True

    @classmethod
    def _places(cls, wiring: Wiring) -> tuple[str, ...]:
        names = _with_several_paths(wiring)
        if wiring.depth == 0:
            return names if cls.one_value and len(names) <= MOST_SINGLE else ()
        layers = (f"layer {index}" for index in range(wiring.depth)) if cls.one_layer else ()
        return (UNITS, PARAMETERS, *layers)


@lru_cache(maxsize=2)
def _with_several_paths(wiring: Wiring) -> tuple[str, ...]:
    return tuple(name for name in wiring.plan.order if count_paths(name, wiring) > 1)


def count_paths(name: str, wiring: Wiring) -> int:
    """The number of a value's paths through the problem, without that of a penalty."""
    edges = wiring.plan.edges[name]
    return len(edges) - sum(is_penalty(edge, wiring) for edge in edges) if len(edges) > 1 else len(edges)


def is_no_single_path(names: tuple[str, ...], wiring: Wiring) -> bool:
    """Whether to take one share by its size differs from taking one path throughout, which has a page of its own."""
    return len(names) > 1 or any(count_paths(name, wiring) > 2 for name in names)


def places_of(name: str, wiring: Wiring) -> tuple[str, ...]:
    """The places, as in ``where``, to which a value belongs."""
    if wiring.depth == 0:
        return (name,)
    if name in wiring.parameters:
        return (PARAMETERS,)
    # A sum before an activation of the whole layer has several paths of its own kind.
    return () if wiring.activation(name) is not None else (UNITS, f"layer {wiring.layer(name)}")


def is_reused(name: str, wiring: Wiring) -> bool:
    """Whether several paths mean that a name is used several times: a shared parameter, or any name in a formula."""
    return wiring.depth == 0 or name in wiring.parameters
