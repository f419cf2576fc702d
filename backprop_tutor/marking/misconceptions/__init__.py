"""The misconceptions, one file each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from ...registry import discover
from ..misconception import Misconception


@cache
def misconceptions() -> Mapping[str, type[Misconception]]:
    """All pages by file name, in alphabetical order."""
    return discover(__name__, Misconception)
