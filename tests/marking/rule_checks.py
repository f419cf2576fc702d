"""What one page gives in one problem, held against numbers that were found without it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from rule_runs import Way, ways_through
from support import exact, from_text

from backprop_tutor.engine.derivations import derivations
from backprop_tutor.engine.precise import Precise
from backprop_tutor.engine.reckoning import Reckoning
from backprop_tutor.marking.misconception import Misconception
from backprop_tutor.marking.misconceptions import misconceptions

Numbers = dict[str, float]


def along(text: str, shortcut: bool = False) -> Way:
    """The long way through the problem of a text, or the one with the shortcut."""
    long, *short = ways_through(from_text(text))
    return short[0] if shortcut else long


def rule(page: str, way: Way, **settings: object) -> Misconception:
    """The one variant of a page with these settings in this problem."""
    (found,) = [
        variant
        for variant in misconceptions()[page].variants(way.wiring)
        if all(getattr(variant, name) == value for name, value in settings.items())
    ]
    return found


def offered(page: str, way: Way) -> int:
    """How many variants of a page there are in a problem."""
    return len(misconceptions()[page].variants(way.wiring))


def under(way: Way, idea: Misconception) -> Numbers:
    """Every quantity of the problem under an idea."""
    reckoning = Reckoning(derivations(way.problem, way.wiring, idea), Precise(), way.given)
    return {name: float(exact(reckoning.value(name))) for name in way.right}


def same(found: Mapping[str, float], expected: Mapping[str, float]) -> None:
    """All these numbers agree, and there are no others."""
    assert set(found) == set(expected)
    wrong = {name: (found[name], expected[name]) for name in found if not np.isclose(found[name], expected[name])}
    assert not wrong


def partly(way: Way, idea: Misconception, expected: Mapping[str, float]) -> None:
    """These quantities, and no others, have other numbers than the right ones: these."""
    found = under(way, idea)
    truth = {name: float(exact(number)) for name, number in way.truth.items()}
    assert {name for name in found if not np.isclose(found[name], truth[name])} == set(expected)
    same({name: found[name] for name in expected}, expected)


def gives(page: str, text: str, expected: Mapping[str, float], shortcut: bool = False, **settings: object) -> None:
    """A page changes these quantities of a problem, to these numbers, and no others."""
    way = along(text, shortcut)
    partly(way, rule(page, way, **settings), expected)


def variants_in(text: str) -> set[str]:
    """The pages that have something to say in a problem, from M21 on."""
    way = along(text)
    pages = {name for name in misconceptions() if (name >= "m21" and name[0] == "m") or name[0] == "c"}
    return {name.split("_")[0] for name in pages if offered(name, way)}
