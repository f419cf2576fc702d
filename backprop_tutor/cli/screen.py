"""The terminal: what it can show, and printing to it."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
    """Make the streams safe: bytes that are no text, a character that the stream cannot hold, or a pipe that is closed,
    are no error of ours.
    """
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


@contextmanager
def keys_in_silence() -> Iterator[None]:
    """What is typed while nobody reads waits for the next prompt, and is not written into what is being said.

    Ctrl-C interrupts all the same.  Where standard input is no terminal, nothing happens.
    """
    if not sys.stdin.isatty() or os.name != "posix":
        yield
        return
    import termios

    before = termios.tcgetattr(sys.stdin)
    silent = [*before[:3], before[3] & ~(termios.ECHO | termios.ICANON), *before[4:]]
    termios.tcsetattr(sys.stdin, termios.TCSANOW, silent)
    try:
        yield
    finally:
        # A terminal that was closed takes nothing back.
        with suppress(termios.error):
            termios.tcsetattr(sys.stdin, termios.TCSANOW, before)


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
