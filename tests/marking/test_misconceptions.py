"""Every page of a misconception keeps the laws, present and future.

A new page is tested without being mentioned here.  It needs two witnesses beside this file:
``witnesses/<page>.seen.yaml``, a problem in which it gives a wrong number, and ``witnesses/<page>.hidden.yaml``, one
in which it goes another way and every number is right all the same.  A page that always shows says
``hidden = "nowhere"`` and has no second witness.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, is_dataclass
from typing import Any

import pytest
from rule_runs import (
    RATE,
    UNDEFINED,
    WITNESSES,
    Formulas,
    Way,
    label,
    settings_of,
    variants,
    ways,
    ways_through,
    witness,
)
from support import BUNDLED, from_text

from backprop_tutor.engine.derivations import leaves
from backprop_tutor.engine.rules import Rules, Wiring
from backprop_tutor.marking.misconception import Misconception
from backprop_tutor.marking.misconceptions import misconceptions
from backprop_tutor.model.formula import ONE, ZERO, Formula, Name
from backprop_tutor.model.graph import Edge
from backprop_tutor.ops import operations

PAGES = misconceptions()
NOWHERE = "nowhere"
MOST_QUANTITIES = 80
HOOKS = ("forward", "slope", "share", "gather", "update")
# Of a slope, an activation or a loss one speaks in words: the problem may write them with other letters.
LETTERS = re.compile(r"[ŷδη∂′]|\w_\w|(?<![\w'])[b-df-km-z](?!\w)")
SMALL = [name for name in BUNDLED if len(ways(name)[0].right) <= MOST_QUANTITIES]

every_page = pytest.mark.parametrize("name", PAGES)


def words_are_sane(rule: Misconception, title: str) -> None:
    """Id, title, repair and hidden are what they should be; a repair is one or two sentences (and a half)."""
    assert re.fullmatch(r"[MC]\d\d[a-z]?|op", rule.id)
    assert 8 <= len(title) <= 90
    assert title[0].isupper() or title.startswith(("z ", "ŷ ", "δ ", "∂")), "a capital letter, or a symbol"
    assert not title.endswith(".")
    # One operation's own slip is told in its page's words, which can be short.
    assert (25 if rule.id == "op" else 40) <= len(rule.repair) <= 320
    assert rule.repair.endswith(".")
    assert len(re.findall(r"[.!?](?= |$)", rule.repair)) <= 3
    assert 3 <= len(rule.hidden) <= 120
    assert not rule.hidden.endswith(".")
    for text in (title, rule.repair, rule.hidden):
        assert text == " ".join(text.split()), "spaces"
        assert text == rule.hidden or not LETTERS.search(text), "letters that the problem may not have"
        assert not {"simply", "obviously", "just", "wrong!"} & set(text.casefold().replace(",", " ").split())


def chains_end(formulas: Formulas, given: set[str]) -> None:
    """Every formula uses known quantities, and none is computed from itself."""
    state: dict[str, int] = {}
    for start in formulas:
        waiting = [start]
        while waiting:
            top = waiting[-1]
            if state.get(top) == 2:
                waiting.pop()
                continue
            if state.get(top) == 1:
                state[top] = 2
                waiting.pop()
                continue
            state[top] = 1
            for used in leaves(formulas[top]):
                assert used in formulas or used in given, f"{top} uses {used}, which is no quantity"
                assert used not in formulas or state.get(used) != 1, f"{top} is computed from itself by {used}"
                if used in formulas and used not in state:
                    waiting.append(used)


class Watched(Rules):
    """A rule that is watched: what it does not change must come back as the same object."""

    def __init__(self, rule: Rules) -> None:
        self.rule = rule
        self.used: set[str] = set()

    def _pass(self, hook: str, where: tuple[Any, ...], right: Formula, *rest: Any) -> Formula:
        found: Formula = getattr(self.rule, hook)(*where, right, *rest)
        assert found is right or found != right, f"{hook} gives a copy of the right formula at {where}"
        if found is not right:
            self.used.add(hook)
        return found

    def forward(self, node: Any, k: int, right: Formula, wiring: Wiring) -> Formula:
        return self._pass("forward", (node, k), right, wiring)

    def slope(self, edge: Edge, right: Formula, wiring: Wiring) -> Formula:
        return self._pass("slope", (edge,), right, wiring)

    def share(self, edge: Edge, right: Formula, *rest: Any) -> Formula:
        return self._pass("share", (edge,), right, *rest)

    def gather(self, name: str, right: Formula, *rest: Any) -> Formula:
        return self._pass("gather", (name,), right, *rest)

    def update(self, parameter: str, right: Formula, wiring: Wiring) -> Formula:
        return self._pass("update", (parameter,), right, wiring)


def variants_are_sane(page: type[Misconception], there: tuple[Way, ...]) -> None:
    """Variants are the same each time, differ from one another, and each of them changes some formula somewhere."""
    offered: dict[tuple[object, ...], bool] = {}
    for way in there:
        first, second = page.variants(way.wiring), page.variants(way.wiring)
        keys = [settings_of(rule) for rule in first]
        assert keys == [settings_of(rule) for rule in second]
        assert len(set(keys)) == len(first)
        assert len({hash(rule) for rule in first}) == len(first)
        assert not first or is_dataclass(first[0]) or len(first) == 1
        assert all(type(rule) is page for rule in first)
        for rule, key in zip(first, keys, strict=True):
            offered[key] = offered.get(key, False) or bool(way.touched(way.formulas(rule)))
    idle = [key for key, used in offered.items() if not used]
    assert not idle, f"offered where it changes nothing: {idle}"


def is_seen(page: type[Misconception], there: tuple[Way, ...]) -> None:
    """Every variant changes a number on one of the ways, and leaves every quantity a value."""
    shows: dict[tuple[object, ...], bool] = {}
    for way, rule in variants(page, there):
        changed = way.changed(rule)
        assert UNDEFINED not in changed.values(), changed
        key = settings_of(rule)
        shows[key] = shows.get(key, False) or bool(changed)
    assert any(shows.values()), "changes no number"


def is_hidden(page: type[Misconception], there: tuple[Way, ...]) -> None:
    """A variant goes another way, and changes no number on any way."""
    hidden: dict[tuple[object, ...], bool] = {}
    for way, rule in variants(page, there):
        if way.touched(way.formulas(rule)):
            key = settings_of(rule)
            hidden[key] = hidden.get(key, True) and not way.changed(rule)
    assert hidden, "touches no formula"
    assert any(hidden.values()), "changes a number"


@every_page
def test_words(name: str) -> None:
    page = PAGES[name]
    assert name == "typical_slope" or name.startswith(f"{page.id.casefold()}_")
    assert page.convention or not page.id.startswith("C")
    assert page.__doc__
    assert any(hook in vars(base) for base in page.__mro__[:-3] for hook in HOOKS), "no hook is overridden"


@every_page
def test_words_of_every_variant(name: str) -> None:
    found = False
    for problem in SMALL:
        for _, rule in variants(PAGES[name], ways(problem)):
            words_are_sane(rule, rule.title)
            found = True
    for _, rule in variants(PAGES[name], witness(name, "seen") or ()):
        words_are_sane(rule, rule.title)
        found = True
    assert found


@every_page
def test_it_is_seen(name: str) -> None:
    there = witness(name, "seen")
    assert there, f"witnesses/{name}.seen.yaml is missing"
    is_seen(PAGES[name], there)


@every_page
def test_it_is_hidden(name: str) -> None:
    there = witness(name, "hidden")
    assert (there is None) == (PAGES[name].hidden == NOWHERE), f"witnesses/{name}.hidden.yaml"
    if there is not None:
        is_hidden(PAGES[name], there)


@every_page
def test_what_is_right_stays_the_same_object(name: str) -> None:
    used: set[str] = set()
    for problem in SMALL:
        for way, rule in variants(PAGES[name], ways(problem)):
            watched = Watched(rule)
            way.formulas(watched)
            used |= watched.used
    for way, rule in variants(PAGES[name], witness(name, "seen") or ()):
        watched = Watched(rule)
        way.formulas(watched)
        used |= watched.used
    assert used


MIXED = ways_through(
    from_text(
        "inputs: [1, 2]\ntarget: [1, 0]\nlayers:\n"
        "  - {weights: [[1, 2], [3, 4]], activation: [identity, tanh]}\n"
        "  - {weights: [[1, 2], [3, 4]], activation: [identity, relu]}\n"
        "loss: squared_error\n"
    )
)


@every_page
def test_units_of_one_layer_may_differ(name: str) -> None:
    for way, rule in variants(PAGES[name], MIXED):
        way.formulas(Watched(rule))
    variants_are_sane(PAGES[name], MIXED)


@every_page
def test_formulas_use_known_quantities_without_a_circle(name: str) -> None:
    for problem in SMALL:
        for way, rule in variants(PAGES[name], ways(problem)):
            formulas = way.formulas(rule)
            assert set(formulas) == set(way.right)
            chains_end(formulas, set(way.wiring.graph.values) | {RATE})


@every_page
def test_variants(name: str) -> None:
    for problem in SMALL:
        variants_are_sane(PAGES[name], ways(problem))


def test_no_witness_is_left_over() -> None:
    expected = {f"{name}.{kind}.yaml" for name in PAGES for kind in ("seen", "hidden")}
    assert {path.name for path in WITNESSES.iterdir()} <= expected


def test_the_whole_catalogue_is_there() -> None:
    ids = {page.id for page in PAGES.values()}
    assert {f"M{number:02}" for number in range(1, 21)} <= ids


def test_slips_carry_ids_of_the_catalogue() -> None:
    """A tagged slip is left to the page of its idea, so that page must be there."""
    ids = {page.id for page in PAGES.values()}
    x, y = (Name("a"), Name("b")), (Name("c"), Name("d"))
    tagged = set()
    for page in operations().values():
        op = page()
        fewest, most = op.arity
        count = 2 if most is None or op.layer_wide else fewest
        for i in range(count):
            for k in range(2 if op.layer_wide else 1):
                if op.differentiable(i, count) and op.depends(i, k, count):
                    tagged |= {slip.idea for slip in op.slips(i, k, x[:count], y) if slip.idea}
    assert {"M06", "M08", "M09", "M10", "M16", "M17", "M18", "M19"} <= tagged <= ids


# Tests of the tests: each of these pages breaks one law.

SIMPLE = ways_through(from_text("inputs: {a: 2, b: 3}\nexpressions:\n  p: a*b\n  y: p^2\n"))


class Innocent(Misconception):
    """It breaks no law."""

    id = "M99"
    title = "Product taken for a factor"
    repair = "The slope of a product in one factor is the other factor: look at what it is multiplied by."
    hidden = "factors that are equal"

    def slope(self, edge: Edge, right: Formula, wiring: Wiring) -> Formula:
        return Name("p") if edge.target == "p" else right


class Idle(Innocent):
    """It changes nothing."""

    def slope(self, edge: Edge, right: Formula, wiring: Wiring) -> Formula:
        return right


class Copying(Innocent):
    """It gives back a copy."""

    def slope(self, edge: Edge, right: Formula, wiring: Wiring) -> Formula:
        return Name(right.name) if isinstance(right, Name) else right


class Strange(Innocent):
    """It uses what is no quantity."""

    def slope(self, edge: Edge, right: Formula, wiring: Wiring) -> Formula:
        return Name("nothing")


class Circular(Innocent):
    """It finds a gradient from what is found from that gradient."""

    def gather(self, name: str, right: Formula, shares: tuple[Formula, ...], wiring: Wiring) -> Formula:
        return wiring.gradient("a") if name == "p" else right


class Nowhere(Innocent):
    """It divides by zero."""

    def slope(self, edge: Edge, right: Formula, wiring: Wiring) -> Formula:
        return ONE / ZERO


@dataclass(frozen=True)
class Twice(Innocent):
    """It offers the same variant twice."""

    number: int = 0

    @classmethod
    def variants(cls, wiring: Wiring) -> Any:
        return cls(), cls()


def test_an_innocent_page_passes() -> None:
    is_seen(Innocent, SIMPLE)
    variants_are_sane(Innocent, SIMPLE)
    words_are_sane(Innocent(), Innocent.title)
    SIMPLE[0].formulas(Watched(Innocent()))
    chains_end(SIMPLE[0].formulas(Innocent()), {"a", "b"})
    is_hidden(Innocent, ways_through(from_text("inputs: {a: 1, b: 1}\nexpressions:\n  p: a*b\n  y: p^2\n")))


@pytest.mark.parametrize(
    ("law", "page"),
    [
        (is_seen, Idle),
        (is_seen, Nowhere),
        (variants_are_sane, Idle),
        (variants_are_sane, Twice),
        (is_hidden, Innocent),
        (is_hidden, Idle),
    ],
)
def test_a_broken_page_is_caught(law: Any, page: type[Misconception]) -> None:
    with pytest.raises(AssertionError):
        law(page, SIMPLE)


def test_a_broken_rule_is_caught() -> None:
    with pytest.raises(AssertionError, match="copy"):
        SIMPLE[0].formulas(Watched(Copying()))
    for rule in (Strange(), Circular()):
        with pytest.raises(AssertionError):
            chains_end(SIMPLE[0].formulas(rule), {"a", "b"})


@pytest.mark.parametrize(
    ("title", "repair", "hidden"),
    [
        ("short", Innocent.repair, Innocent.hidden),
        (Innocent.title, "That is not right.", Innocent.hidden),
        (Innocent.title, Innocent.repair.rstrip("."), Innocent.hidden),
        (Innocent.title, f"You simply look. {Innocent.repair}", Innocent.hidden),
        (Innocent.title, Innocent.repair, ""),
    ],
)
def test_bad_words_are_caught(title: str, repair: str, hidden: str) -> None:
    rule = Innocent()
    vars(rule).update(repair=repair, hidden=hidden)
    with pytest.raises(AssertionError):
        words_are_sane(rule, title)


def test_labels_tell_variants_apart() -> None:
    for problem in SMALL:
        for way in ways(problem):
            labels = [label(rule) for page in PAGES.values() for rule in page.variants(way.wiring)]
            assert len(set(labels)) == len(labels)
