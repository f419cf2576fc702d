"""Reading answers line by line: in a pipe, over a dumb terminal, and for a screen reader."""

from __future__ import annotations

import re
import sys
from typing import TextIO

MOST_LINE = 1_000_000
MOST_LINES = 64
MOST_OPEN = 20_000
"""Characters after which no further row of a matrix is waited for."""
MOST_ECHOED = 200
_BRACKETS = re.compile(r"[\[\](){}]")


class PlainReader:
    """Reads from a stream; what was read is written out where that is no terminal, so that a transcript is whole."""

    def __init__(self, stream: TextIO | None = None, out: TextIO | None = None, *, ascii: bool = False) -> None:
        self._in = stream or sys.stdin
        self._out = out or sys.stdout
        self._ascii = ascii
        self._echo = not self._in.isatty()
        self._command: str | None = None

    def read(self, prompt: str) -> str | None:
        """What is typed, with further lines for as long as a bracket is open; None at the end of input.

        A command among the rows of a matrix ends them, and is what is read next.
        """
        if self._command is not None:
            command, self._command = self._command, None
            return command
        text = self._line(prompt)
        if text is None:
            return None
        lines = 1
        while goes_on(text) and lines < MOST_LINES and len(text) < MOST_OPEN:
            more = self._line("... ")
            if more is None:
                break
            text, lines = f"{text}\n{more}", lines + 1
        rows, typed = with_command(text.rstrip("\n"))
        if rows:
            self._command = typed
        return rows or typed

    def _line(self, prompt: str) -> str | None:
        self._out.write(prompt)
        self._out.flush()
        try:
            text = self._in.readline(MOST_LINE)
        except KeyboardInterrupt:
            self._out.write("\n")
            raise
        if text and not text.endswith("\n") and len(text) >= MOST_LINE:
            self._rest()
        # Some shells begin what they pipe with a mark of its encoding.
        text = text.removeprefix("\ufeff")
        if self._echo or not text:
            shown = "".join(c if self._can_show(c) else "?" for c in text.rstrip("\r\n")[:MOST_ECHOED])
            self._out.write(f"{shown}\n")
        return text.rstrip("\r\n") if text else None

    def _can_show(self, character: str) -> bool:
        return character.isprintable() and (character.isascii() or not self._ascii)

    def _rest(self) -> None:
        """Whatever follows on a line that is too long: it is not a second answer."""
        while (more := self._in.readline(MOST_LINE)) and not more.endswith("\n"):
            pass


def goes_on(text: str) -> bool:
    """Whether a matrix goes on in the next line.

    A bracket is open then, and the last line is neither empty nor a command: so nobody is caught in a matrix.
    """
    last = text.rpartition("\n")[2].strip()
    return bool(last) and not last.startswith(":") and is_open(text)


def with_command(text: str) -> tuple[str, str]:
    """The rows of an open matrix and the command that was typed below them; else no rows, and the text."""
    rows, _, last = text.rpartition("\n")
    if last.strip().startswith(":") and is_open(rows):
        return rows, last.strip()
    return "", text


def is_open(text: str) -> bool:
    """Whether a square bracket was opened and is still open."""
    depth = 0
    for bracket in _BRACKETS.findall(text):
        depth += {"[": 1, "]": -1}.get(bracket, 0)
    return depth > 0
