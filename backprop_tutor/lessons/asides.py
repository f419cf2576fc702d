"""Remarks beside the steps: conventions that are in force at this point."""

from __future__ import annotations

from collections.abc import Iterable

from ..engine.arithmetic import looked_up
from ..errors import UndefinedValueError
from ..model.formula import names_in
from ..model.op import Kink, Words
from .facts import Facts


def kinks_met(facts: Facts, kinks: Iterable[Kink], source: str | None = None) -> list[Words]:
    """The conventions of the kinks that are hit exactly at this point.

    With ``source``, only those that the slope by this value depends on.
    """
    arithmetic = facts.arithmetic
    met: list[Words] = []
    for kink in kinks:
        if source is not None and source not in (*names_in(kink.at.left), *names_in(kink.at.right)):
            continue
        try:
            holds = arithmetic.holds(kink.at, looked_up(facts.solution.trace.values))
        except (KeyError, UndefinedValueError):
            continue
        if holds and (kink.says,) not in met:
            met.append((kink.says,))
    return met
