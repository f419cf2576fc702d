"""Hint strategies, one file each; a file's existence is its registration."""

from __future__ import annotations

from ...registry import find, page_names
from ..hint import HintStrategy

DEFAULT = "ladder"


def strategy_names() -> tuple[str, ...]:
    """The names of all strategies."""
    return page_names(__name__)


def strategy(name: str = DEFAULT) -> HintStrategy:
    """The strategy of this name.  Raises LookupError for a name that is none."""
    page: HintStrategy = find(__name__, name, HintStrategy)()  # type: ignore[type-abstract]
    return page
