"""A variant's file: the original's text with other numbers at their places, and nothing in it that became false."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ..errors import TutorError
from ..model.problem import Problem
from ..reading import tree
from ..reading.findings import BYTE_ORDER_MARK, LINE_BREAK, Findings
from ..reading.yaml_tree import read_tree
from .slots import Slot
from .words import has_numbers

REPLACED = frozenset({"title", "statement", "source", "seed"})
DROPPED = frozenset({"expected", "questions", "tags"})
"""Published numbers, and words about the original's numbers."""
LAYOUT = "A variant keeps the layout of its problem file: write each key (inputs, layers, ...) on a line of its own."
WITHOUT_QUESTIONS = "# The author's questions are left out: they may be about other numbers than these."
"""The first line of a file without them; it holds no number, and so a variant of a variant keeps it."""
_PLAIN = re.compile(r"[A-Za-z](?:(?!: | #)[\w ,.()+='\"/:;?!-])*(?<![ :])", re.ASCII)


class Layout:
    """The lines of a problem file, taken apart once for any number of variants.

    Raises TutorError for a file whose keys do not stand on lines of their own.
    """

    def __init__(self, problem: Problem) -> None:
        text = problem.text.removeprefix(BYTE_ORDER_MARK)
        self.lines = LINE_BREAK.split(text)
        top = read_tree(text, problem.id, Findings())
        if not isinstance(top, tree.Mapping):
            raise TutorError(LAYOUT)
        keys = [entry.key for entry in top.entries]
        starts = [key.where.line for key in keys]
        if len(set(starts)) < len(starts) or any(key.where.column != 1 or key.flow for key in keys):
            raise TutorError(LAYOUT)
        self.first = min(starts)
        self.above = [WITHOUT_QUESTIONS] if problem.questions else []
        ends = [*(start - 1 for start in sorted(starts)[1:]), len(self.lines)]
        self.gone: set[int] = set()
        for key, end in zip(sorted(keys, key=lambda key: key.where.line), ends, strict=True):
            if key.text in REPLACED | DROPPED:
                self.gone.update(range(key.where.line, self._end(key.where.line, end) + 1))

    def _end(self, start: int, end: int) -> int:
        """The last line of an entry: a comment in the first column before the next key belongs to what follows."""
        while end > start and (not self.lines[end - 1].strip() or self.lines[end - 1].startswith(("#", "...", "---"))):
            end -= 1
        return end

    def written(self, slots: Sequence[Slot], numbers: Mapping[str, str], header: Mapping[str, str]) -> str:
        """The text with these numbers under this header (keys with their texts; several lines become a block)."""
        lines = list(self.lines)
        places = [(place, numbers[slot.name]) for slot in slots for place in slot.places]
        for place, number in sorted(places, key=lambda pair: -pair[0].column):
            line = lines[place.line - 1]
            lines[place.line - 1] = line[: place.column - 1] + number + line[place.end - 1 :]
        before = self._kept(lines, range(1, self.first))
        after = self._kept(lines, range(self.first, len(lines) + 1))
        return "\n".join([*self.above, *before, *_header(header), *after]).rstrip("\n") + "\n"

    def _kept(self, lines: Sequence[str], numbers: range) -> Iterator[str]:
        """The lines that stay, without comments that mention numbers."""
        for number in numbers:
            if number in self.gone:
                continue
            line = lines[number - 1]
            start = _comment(line)
            if start is None or not has_numbers(line[start:]):
                yield line
            elif line[:start].strip():
                yield line[:start].rstrip()


def _comment(line: str) -> int | None:
    """Where a comment starts in a line, or None; a # in quotes or inside a word starts none."""
    quote = ""
    for place, character in enumerate(line):
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'" and (place == 0 or line[place - 1] in " [{,:"):
            quote = character
        elif character == "#" and (place == 0 or line[place - 1] in " \t"):
            return place
    return None


def _header(header: Mapping[str, str]) -> Iterator[str]:
    for key, text in header.items():
        if key == "statement":
            yield f"{key}: |"
            yield from (f"  {line}" for line in text.split("\n"))
        else:
            yield f"{key}: {text if text.isdecimal() or _PLAIN.fullmatch(text) else _quoted(text)}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
