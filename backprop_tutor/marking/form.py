"""In which quantities an answer is written: which it may use, and a remark where it uses others than were asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..engine.derivations import Derivations, key, leaves
from ..engine.update import RATE
from ..model.formula import Formula, Name, walk
from ..model.graph import Graph
from ..model.op import Words
from .sampling import behind

SLASH = "/"
"""What the plain names of slopes and gradients have, and no others."""


def may_use(name: str, formulas: Derivations, order: Sequence[str] = ()) -> frozenset[str]:
    """The quantities in which an answer for ``name`` may be written: what is known before it.

    That is what the formulas take as given, everything that it is computed from, and what comes before it in
    ``order``; but never itself or anything computed from it.  Where the order says nothing, everything of the same
    part of the solution or an earlier one does (values, then slopes and gradients, then updates).
    """
    given = {used for tree in formulas.values() for used in leaves(tree) if used not in formulas} | {RATE}
    place = {other: position for position, other in enumerate(order)}
    part = _part(name, formulas)
    before = {
        other
        for other in formulas
        if (place[other] < place[name] if other in place and name in place else _part(other, formulas) <= part)
    }
    return (behind((name,), formulas) | given | before) - _after(name, formulas)


def check_names(
    answer: Formula, name: str, formulas: Derivations, order: Sequence[str] = (), allowed: frozenset[str] | None = None
) -> str | None:
    """The first name in an answer that may not be used for the quantity ``name``; None when all may.

    ``allowed`` is what ``may_use`` found of this quantity before.

    What no formula finds is a letter, which may be used anywhere, or a slope that no step tells (``dt/dx`` of a
    sum), which may be used where slopes are known.
    """
    allowed = may_use(name, formulas, order) if allowed is None else allowed
    for used in leaves(answer):
        is_free = used not in formulas and (SLASH not in used or _part(name, formulas) > 0)
        if used not in allowed and not is_free:
            return used
    return None


def _part(name: str, formulas: Derivations) -> int:
    """0 for values, 1 for slopes and gradients, 2 for updates."""
    if SLASH in name:
        return 1
    return 2 if name in formulas and RATE in leaves(formulas[name]) else 0


def _after(name: str, formulas: Derivations) -> frozenset[str]:
    """A quantity and everything that is computed from it."""
    users: dict[str, list[str]] = {}
    for other, tree in formulas.items():
        for used in leaves(tree):
            users.setdefault(used, []).append(other)
    found = {name}
    waiting = [name]
    while waiting:
        new = [other for other in users.get(waiting.pop(), ()) if other not in found]
        found.update(new)
        waiting += new
    return frozenset(found)


def remark(answer: Formula, asked: Formula, *also: Formula, letters: Mapping[str, str] | None = None) -> Words:
    """What to say when an answer is written in other quantities than the step's own formula; empty: nothing.

    Other quantities matter when the answer brings some in and lacks some of those asked for.  ``also`` are
    further forms that are as good (an earlier line, the closed form); only what ``asked`` is written in is told.
    ``letters`` are the values that the problem gives by a letter (``letters_given``): w2_11 and the letter k that
    stands for it are one quantity.
    """
    used = _quantities(answer, letters or {})
    forms = [_quantities(form, letters or {}) for form in (asked, *also)]
    for form in forms:
        if not (used.keys() - form.keys() and form.keys() - used.keys()):
            return ()
    wanted = forms[0]
    brought = [used[name] for name in used if name not in wanted]
    return (
        "The formula is equal, but written in ",
        *_listed(brought),
        "; the step asks for it in ",
        *_listed(list(wanted.values())),
        ".",
    )


def letters_given(graph: Graph) -> dict[str, str]:
    """The values that the problem gives by one letter, and that letter."""
    return {
        name: value.given.formula.name
        for name, value in graph.values.items()
        if value.given is not None and isinstance(value.given.formula, Name)
    }


def _quantities(tree: Formula, letters: Mapping[str, str]) -> dict[str, Formula]:
    """The leaves of a formula by plain name, each once, in the order of first use."""
    found: dict[str, Formula] = {}
    for part in walk(tree):
        name = key(part)
        if name is not None:
            found.setdefault(letters.get(name, name), part)
    return found


def _listed(parts: list[Formula]) -> Words:
    """The formulas as a list in a sentence."""
    found: list[str | Formula] = []
    for position, part in enumerate(parts):
        if position:
            found.append(" and " if position == len(parts) - 1 else ", ")
        found.append(part)
    return tuple(found)
