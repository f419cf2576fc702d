"""Processes that mark sheets: each is given some, and gives back what it found.

The pools of the standard library share locked queues among their processes, and one that is ended while it holds
such a lock leaves the others waiting for ever.  Here each process has a pipe of its own and nothing is shared,
so that any of them can be ended at any moment, by Ctrl-C, by the system, or by a sheet.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import connection as connections
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType

from .desk import Desk, Marked, Setup, Work


class ProcessEndedError(Exception):
    """A process ended before it gave back what it was asked for."""


@dataclass(eq=False, slots=True)
class _Member:
    """A process, this end of its pipe, and the number of what it marks now."""

    process: BaseProcess
    pipe: Connection
    place: int | None = None


class Crew:
    """The processes that mark sheets of one problem; none of them outlives the ``with`` block."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._members: list[_Member] = []
        self._ignored: object = None

    def __enter__(self) -> Crew:
        # Handing work to a process that is gone must be an error here, and not end this process.
        if hasattr(signal, "SIGPIPE") and threading.current_thread() is threading.main_thread():
            self._ignored = signal.signal(signal.SIGPIPE, signal.SIG_IGN)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for member in self._members:
            member.process.terminate()
        for member in self._members:
            member.pipe.close()
            member.process.join()
        self._members.clear()
        if self._ignored is not None:
            signal.signal(signal.SIGPIPE, self._ignored)  # type: ignore[arg-type]

    def hire(self, number: int) -> int:
        """Start more processes; how many could be started."""
        method = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"
        context = get_context(method)
        if method == "forkserver":
            context.set_forkserver_preload([__name__])
        with _interrupts_held_back():
            for started in range(number):
                try:
                    ours, theirs = context.Pipe()
                    # Neither way to start one copies this process, which has threads and open files.
                    process = context.Process(target=_mark_on, args=(self._setup, theirs), daemon=True)  # type: ignore[attr-defined]
                    process.start()
                    theirs.close()
                except OSError:
                    return started
                self._members.append(_Member(process, ours))
        return number

    def give(self, place: int, works: Sequence[Work]) -> bool:
        """Hand sheets to a process that has none, as number ``place``; whether there is one."""
        member = next((member for member in self._members if member.place is None), None)
        if member is None:
            return False
        member.place = place
        # Where the process is gone already, ``take`` finds that.
        with suppress(OSError):
            member.pipe.send(list(works))
        return True

    def ready(self) -> list[int]:
        """The numbers of what is marked, or lost; waits for the first."""
        busy = {member.pipe: member.place for member in self._members if member.place is not None}
        ready = connections.wait(list(busy))
        return sorted(place for pipe, place in busy.items() if pipe in ready and place is not None)

    def take(self, place: int) -> list[Marked]:
        """What number ``place`` gave.  Raises ProcessEndedError when its process ended, which is then let go."""
        member = next(member for member in self._members if member.place == place)
        try:
            found: list[Marked] = member.pipe.recv()
        except (EOFError, OSError) as error:
            self._members.remove(member)
            member.process.terminate()
            member.pipe.close()
            member.process.join()
            raise ProcessEndedError from error
        member.place = None
        return found


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Hold Ctrl-C back while processes start; they inherit that, for only this process ends the work."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    # When it starts, it lets interrupts through again; so it starts first.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _mark_on(setup: Setup, pipe: Connection) -> None:
    """Mark what comes until nothing can come any more, because the other process is done or gone."""
    # For systems where nothing can be held back.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    desk = Desk(setup)
    # Where the other process was killed, the pipe is reset, and nobody is left to be told.
    with suppress(EOFError, OSError):
        while True:
            works: list[Work] = pipe.recv()
            pipe.send([desk.mark(work) for work in works])
