"""Timing on a machine that others use too: runs of everything in turn, and the median of each."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Hashable, Mapping
from statistics import median
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def interleaved(actions: Mapping[Key, Callable[[], object]], rounds: int) -> dict[Key, float]:
    """The median seconds of every action, after one run of each that does not count.

    One round runs every action once, so that a busy minute falls on all of them alike.
    """
    for action in actions.values():
        action()
    seconds: dict[Key, list[float]] = {key: [] for key in actions}
    for _ in range(rounds):
        for key, action in actions.items():
            gc.collect()
            start = time.perf_counter()
            action()
            seconds[key].append(time.perf_counter() - start)
    return {key: median(found) for key, found in seconds.items()}
