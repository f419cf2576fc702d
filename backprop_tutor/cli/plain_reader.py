"""Reading answers line by line: in a pipe, over a dumb terminal, and for a screen reader."""

from __future__ import annotations

import re
import sys
from typing import TextIO

from ..model.quiz import Ask, Item

MOST_LINE = 20_000
MOST_LINES = 64
_BRACKETS = re.compile(r"[\[\](){}]")


class PlainReader:
    """Reads from a stream; what was read is written out where that is no terminal, so that a transcript is whole."""

    def __init__(self, stream: TextIO | None = None, out: TextIO | None = None) -> None:
        self._in = stream or sys.stdin
        self._out = out or sys.stdout
        self._echo = not self._in.isatty()

    def read(self, ask: Ask, item: Item) -> str | None:
        """What is typed, with further lines for as long as a bracket is open; None at the end of input."""
        text = self._line(ask.prompt)
        if text is None:
            return None
        lines = 1
        while is_open(text) and lines < MOST_LINES:
            more = self._line("... ")
            if more is None or more.strip().startswith(":"):
                break
            text, lines = f"{text}\n{more}", lines + 1
        return text

    def _line(self, prompt: str) -> str | None:
        self._out.write(prompt)
        self._out.flush()
        text = self._in.readline(MOST_LINE)
        if text and not text.endswith("\n") and len(text) >= MOST_LINE:
            self._rest()
        if self._echo:
            shown = "".join(c if c.isprintable() else "?" for c in text.rstrip("\n")[:200])
            self._out.write(f"{shown}\n")
        return text.rstrip("\r\n") if text else None

    def _rest(self) -> None:
        """Whatever follows on a line that is too long: it is not a second answer."""
        while (more := self._in.readline(MOST_LINE)) and not more.endswith("\n"):
            pass


def is_open(text: str) -> bool:
    """Whether a square bracket was opened and is still open: then a matrix goes on in the next line."""
    depth = 0
    for bracket in _BRACKETS.findall(text):
        depth += {"[": 1, "]": -1}.get(bracket, 0)
    return depth > 0
