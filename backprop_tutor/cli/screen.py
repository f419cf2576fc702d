"""The terminal: what it can show, and printing to it."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console


def only_ascii(stream: TextIO) -> bool:
    """Whether the stream cannot hold the characters of mathematics."""
    try:
        "σ∂₁⁽─▶".encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return True
    return os.environ.get("TERM") == "dumb"


def prepare() -> None:
    """Make printing safe: a character that the stream cannot hold, or a pipe that is closed, is no error of ours."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def write_data(text: str) -> None:
    """Text for a file or another program: UTF-8, whatever the terminal can show."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(text)


def console() -> Console:
    """The console of standard output: no markup, no emoji codes, no highlighting."""
    from rich.console import Console

    return Console(markup=False, emoji=False, highlight=False, soft_wrap=False)


def complain(text: str) -> None:
    """A message for the person at the keyboard, on standard error."""
    print(text, file=sys.stderr)
