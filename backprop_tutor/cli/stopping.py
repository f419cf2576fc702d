"""Being asked to stop from outside: the window is closed, or the machine is about to be turned off."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType

SIGNALS = tuple(number for name in ("SIGHUP", "SIGTERM") if (number := getattr(signal, name, None)) is not None)
KILLED_BY = 128
"""What a shell adds to the number of a signal for an exit code."""


class StoppedError(KeyboardInterrupt):
    """A signal asks to stop; whatever handles Ctrl-C handles it, too."""


class Stopping:
    """Hears signals that would end the program at once, so that it ends as it does when the learner stops.

    One that comes while an answer is waited for raises StoppedError; any other is remembered, so that nothing is torn
    apart that is being judged, kept or written, and raises when the next answer is waited for.
    """

    def __init__(self) -> None:
        self._number = 0
        self._is_reading = False
        # A terminal that was closed does not know any more that it was one.
        self._screens = [stream.fileno() for stream in (sys.stdout, sys.stderr) if stream.isatty()]

    @property
    def code(self) -> int:
        """The exit code of a program that was asked to stop; 0 where it was not."""
        return KILLED_BY + self._number if self._number else 0

    @contextmanager
    def heard(self) -> Iterator[None]:
        """From here on, and to the end of the block, signals are heard; those that are ignored stay so."""
        before = {}
        if current_thread() is main_thread():
            for number in SIGNALS:
                if signal.getsignal(number) is not signal.SIG_IGN:
                    before[number] = signal.signal(number, self._hear)
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """While an answer is waited for.  Raises StoppedError, also for a signal that came before."""
        self._is_reading = True
        try:
            if self._number:
                raise StoppedError
            yield
        finally:
            self._is_reading = False

    def _hear(self, number: int, frame: FrameType | None) -> None:
        self._number = self._number or number
        if number == getattr(signal, "SIGHUP", None):
            self._leave_the_screen()
        if self._is_reading:
            self._is_reading = False
            raise StoppedError

    def _leave_the_screen(self) -> None:
        """Nobody reads what is written from here on, and a closed terminal must not make an error of it."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for screen in self._screens:
            os.dup2(nowhere, screen)
        os.close(nowhere)
