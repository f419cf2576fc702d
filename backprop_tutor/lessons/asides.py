"""Remarks beside the steps: conventions that are in force at this point."""

from __future__ import annotations

from collections.abc import Iterable

from ..engine.arithmetic import Precise
from ..errors import UndefinedValueError
from ..model.op import Kink, Words
from .facts import Facts


def kinks_met(facts: Facts, kinks: Iterable[Kink]) -> list[Words]:
    """The conventions of the kinks that are hit exactly at this point."""
    values = facts.solution.trace.values
    arithmetic = Precise()
    met: list[Words] = []
    for kink in kinks:
        try:
            left, right = arithmetic.at(kink.at.left, values), arithmetic.at(kink.at.right, values)
        except (KeyError, UndefinedValueError):
            continue
        if arithmetic.compare(left, right) == 0 and (kink.says,) not in met:
            met.append((kink.says,))
    return met
