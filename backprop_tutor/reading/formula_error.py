"""The one error of everything that reads formulas, numbers and names."""

from __future__ import annotations

from .characters import visible


class FormulaError(ValueError):
    """A text that is no formula (or number): what is wrong, how to mend it, and where.

    ``start`` and ``end`` are 0-based character offsets in the text that was given.  Whatever the text holds,
    ``message`` and ``repair`` are short and free of control and bidirectional characters.
    """

    def __init__(self, message: str, repair: str, start: int, end: int) -> None:
        self.message = visible(message)
        self.repair = visible(repair)
        self.start = start
        self.end = end
        super().__init__(self.message)


def quoted(text: str, limit: int = 24) -> str:
    """A short piece of a stranger's text, for use inside a sentence."""
    return visible(text.strip(), limit)
