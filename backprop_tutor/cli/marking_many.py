"""Many sheets of one problem: on all cores, in the order of the sheets, and no bad one stops the others."""

from __future__ import annotations

import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from time import perf_counter

from ..errors import TutorError
from .desk import Desk, Marked, Work

FEW = 8
"""Fewer sheets than this are marked in this process: starting others takes longer."""
PROBE = 3
"""So many sheets are marked here first, to see how long one takes."""
WORTH_IT = 2.0
"""Seconds of work from which other processes are started."""
LARGEST_CHUNK = 8
"""Sheets that go to a process at once: few, so that the bar moves."""
LATE = 1.0
"""Seconds after which the bar appears."""


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def mark_all(desk: Desk, works: Sequence[Work], jobs: int | None = None) -> Generator[Marked, None, None]:
    """Every sheet's marks, in the order of the sheets, whatever the number of processes.

    Without ``jobs``, other processes are started where that saves time; 1 means this process alone.
    Raises TutorError when no other process can be kept running.
    """
    waiting = deque(works)
    if jobs is None:
        jobs = cores() if len(waiting) >= FEW else 1
        seconds = 0.0
        for _ in range(PROBE if jobs > 1 else 0):
            start = perf_counter()
            marked = desk.mark(waiting.popleft())
            # The first sheet pays for what all others share: the last one counts.
            seconds = perf_counter() - start
            yield marked
        if seconds * len(waiting) < WORTH_IT:
            jobs = 1
    jobs = min(jobs, len(waiting))
    if jobs > 1:
        yield from _in_processes(desk, waiting, jobs)
    while waiting:
        yield desk.mark(waiting.popleft())


def _in_processes(desk: Desk, waiting: deque[Work], jobs: int) -> Iterator[Marked]:
    """Marks with other processes; what is marked is taken from ``waiting``, which keeps all where none can start."""
    from .crew import Crew, ProcessEndedError

    every = list(waiting)
    size = max(1, min(LARGEST_CHUNK, len(every) // (4 * jobs)))
    chunks = [every[start : start + size] for start in range(0, len(every), size)]
    found: dict[int, list[Marked]] = {}
    lived = False
    given = told = 0
    with Crew(desk.setup) as crew:
        for place in range(min(crew.hire(jobs), len(chunks))):
            crew.give(place, chunks[place])
            given += 1
        while told < given:
            for place in crew.ready():
                try:
                    found[place] = crew.take(place)
                    lived = True
                except ProcessEndedError:
                    # Somebody ended it, or want of memory, or one of these sheets: each gets a process of its own.
                    found[place] = [_alone(desk, work) for work in chunks[place]]
                    lived = lived or not all(marked.ended for marked in found[place])
                    if not lived:
                        message = "Other processes end as soon as they start: add --jobs 1 to do without."
                        raise TutorError(message) from None
                    crew.hire(1)
                if given < len(chunks) and crew.give(given, chunks[given]):
                    given += 1
            while told in found:
                for marked in found.pop(told):
                    waiting.popleft()
                    yield marked
                told += 1


def _alone(desk: Desk, work: Work) -> Marked:
    """One sheet in a process of its own, so that whatever ends that process ends nothing else."""
    from .crew import Crew, ProcessEndedError

    with Crew(desk.setup) as crew:
        if not crew.hire(1):
            return desk.ended(work)
        crew.give(0, [work])
        try:
            return next(crew.take(place)[0] for place in crew.ready())
        except ProcessEndedError:
            return desk.ended(work)


@contextmanager
def progress(total: int, silent: bool = False) -> Iterator[Callable[[], None]]:
    """A bar on a terminal's standard error, when it takes longer than a second; call the function for each sheet."""
    if silent or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("Marking"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("sheets, still"),
        TimeRemainingColumn(),
        console=Console(stderr=True, markup=False, emoji=False, highlight=False),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    task = bar.add_task("", total=total)
    timer = threading.Timer(LATE, bar.start)
    timer.daemon = True
    timer.start()
    try:
        yield lambda: bar.advance(task)
    finally:
        timer.cancel()
        timer.join()
        bar.stop()
