"""The terminal: what it can show, and printing to it."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def working(what: str) -> Iterator[None]:
    """Say on a terminal what takes longer than a second, for as long as it takes."""
    if not sys.stderr.isatty():
        yield
        return
    from threading import Timer

    from rich.console import Console

    status = Console(stderr=True, markup=False, emoji=False, highlight=False).status(what)
    timer = Timer(1.0, status.start)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        status.stop()


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
