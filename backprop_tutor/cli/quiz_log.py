"""What is kept of a sitting: begun, gone on with, and looked at again at its end."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import TutorError
from ..model.quiz import Summary
from ..model.record import Record, Sitting
from . import screen
from .files import bundled, is_there
from .quiz_request import Request

if TYPE_CHECKING:
    from ..model.problem import Problem
    from .store import Store


@dataclass
class Log:
    """What is kept of this sitting; a store that fails is complained of once, and the quiz goes on."""

    store: Store
    sitting: Sitting
    begun: bool = False
    trouble: str = ""
    """Why nothing more is kept; empty while all is well."""
    written: bool = False
    """Whether anything of this sitting was kept."""
    before: list[Record] = field(default_factory=list)
    """What this sitting has kept so far, to be kept again where somebody deletes the file in between."""

    @property
    def broken(self) -> bool:
        """Whether nothing more is kept."""
        return bool(self.trouble)

    @property
    def lost(self) -> str:
        """What is said at the end of a sitting of which not all is kept; else empty."""
        if not self.trouble:
            return ""
        what = (
            "What came after that in this sitting was not kept" if self.written else "Nothing of this sitting was kept"
        )
        return f"{self.trouble} {what}."

    def keep(self, records: Iterable[Record]) -> None:
        """Write down; safe when this returns."""
        found = tuple(records)
        if found:
            self._try(found)

    def secure(self) -> None:
        """See to it that what was kept is still there, so that one can go on with it."""
        if self.begun:
            self._try(())

    def _try(self, found: tuple[Record, ...]) -> None:
        if self.broken:
            return
        try:
            self._keep(found)
            self.before += found
        except TutorError as error:
            self.trouble = str(error)
            screen.complain(f"{error} The quiz goes on, but nothing more of it is kept.")

    def _keep(self, found: tuple[Record, ...]) -> None:
        from .store import DamagedStoreError

        try:
            self._write(found)
        except DamagedStoreError as error:
            screen.complain(f"{error} All of this quiz is kept there.")
            self.begun = False
            self._write(found)

    def _write(self, found: tuple[Record, ...]) -> None:
        if self.begun and not self.store.has(self.sitting.session):
            screen.complain("What was kept of this quiz was deleted meanwhile; all of it is kept again.")
            self.begun = self.written = False
        if self.begun:
            self.store.append(found)
        else:
            self.store.begin(self.sitting)
            self.begun = True
            self.store.append((*self.before, *found))
        self.written = True


def resume(
    request: Request, store: Store, plan: str, problem: Problem, mark: str
) -> tuple[Log, Sequence[Record], list[str]]:
    """The log of a sitting that goes on, or of a new one; what was kept of it, and what is to be said of that.

    ``plan`` is what was chosen, in one line, and ``mark`` the fingerprint of the problem: both must be the same.
    """
    place = place_of(request.problem, problem)
    notes: list[str] = []
    try:
        found = None if request.restart else store.latest(place, mark, plan)
        if found is None and not request.restart and store.has_other_version(place, mark, plan):
            notes.append("The problem has changed since you began it, so the quiz begins anew.")
    except TutorError as error:
        from .store import DamagedStoreError

        # What was damaged is set aside, and a new file can be written.
        trouble = "" if isinstance(error, DamagedStoreError) else str(error)
        rest = " The quiz begins anew" + (", and nothing of it is kept." if trouble else ".")
        screen.complain(f"{error}{rest}")
        return Log(store, _sitting(request, problem, mark, plan), trouble=trouble), (), notes
    trouble = _obstacle(store)
    if found is not None and (request.seed is None or found[0].seed == request.seed):
        return Log(store, found[0], begun=True, trouble=trouble, before=[*found[1]]), found[1], notes
    return Log(store, _sitting(request, problem, mark, plan), trouble=trouble), (), notes


def _obstacle(store: Store) -> str:
    """Why nothing can be kept, which is said before any question; empty where something can."""
    try:
        store.check()
    except TutorError as error:
        screen.complain(f"{error} The quiz can be held, but nothing of it is kept.")
        return str(error)
    return ""


def _sitting(request: Request, problem: Problem, mark: str, plan: str) -> Sitting:
    from random import SystemRandom
    from uuid import uuid4

    seed = SystemRandom().randrange(10**6) if request.seed is None else request.seed
    return Sitting(uuid4().hex, time.time(), place_of(request.problem, problem), problem.title, mark, plan, seed)


def place_of(typed: str, problem: Problem) -> str:
    """What a problem is kept under: a bundled name, or the whole path of a file."""
    is_bundled = problem.id in bundled() and not is_there(Path(typed))
    return problem.id if is_bundled else os.path.abspath(typed)


def with_next(part: Summary, log: Log) -> Summary:
    """At the end: which problem to take next, and which part of it, from what was hard and everything that was kept."""
    if not part.ended or log.broken:
        return part
    from ..quiz.next_problem import part_of
    from .listing import heads
    from .progressing import overview

    try:
        found = overview(log.store.sittings(), log.store.records(), time.time(), dict(part.hard))
    except TutorError:
        return part
    head = next((head for head in heads() if head.name == found.next_problem), None)
    narrow = part_of([skill for skill, _ in part.hard], head) if head is not None else ""
    return replace(part, next_problem=f"{found.next_problem}{f' --{narrow}' if narrow else ''}")
