"""Where progress is kept: one file in the user's data folder, to which every answer is added the moment it is given.

Every call opens the file anew.  That costs less than a millisecond, and it lets any number of shells write, forget and
read at the same time: nobody goes on writing into a file that somebody else has deleted.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from ..errors import TutorError
from ..model.record import Record, Sitting, What
from .files import shown_path
from .store_errors import is_damage, is_passing, obstacle, reason
from .store_rows import (
    RECORD,
    SITTING,
    TABLES,
    bounded,
    count_in,
    insert,
    record_row,
    records_in,
    sitting_row,
    sittings_in,
)

if TYPE_CHECKING:
    import sqlite3

T = TypeVar("T")

HOME = "BACKPROP_TUTOR_HOME"
NAME = "progress.db"
ASIDE = "progress-damaged-{}.db"
FORMAT = 1
"""The version of the tables; a file with a higher one is of a newer program."""
OURS = 0x62707475
"""Marks our files among all databases (``bptu``)."""
PATIENCE = 10.0
"""Seconds to wait for another process that is writing."""
PAUSES = (0.0005, 0.005)
"""Seconds between two tries, at random: whoever waits in step waits for ever."""

_ENDED = f"EXISTS (SELECT 1 FROM records r WHERE r.session = sittings.session AND r.what = '{What.ENDED}')"


class DamagedStoreError(TutorError):
    """The file was damaged and is set aside now; the next call begins a new one."""


class Store:
    """The kept answers of one user.

    ``folder`` is where they are; without it ``$BACKPROP_TUTOR_HOME``, else the user's data folder.  Nothing is created
    before something is kept, and without a file there is nothing to read.  Every method raises TutorError when the
    file cannot be used; what was kept before stays as it is.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder if folder is not None else _home()
        self.path = self.folder / NAME

    def check(self) -> None:
        """Raise TutorError where nothing could be kept, as far as that is seen without keeping anything."""
        if why := obstacle(self.path):
            raise TutorError(self._refused(why))

    def begin(self, sitting: Sitting) -> None:
        """Keep that a quiz was begun; its ``session`` must be new, its ``seed`` below 2⁶³."""
        row = sitting_row(sitting)
        self._change(lambda base: base.execute(insert("sittings", SITTING), row))

    def append(self, records: Iterable[Record]) -> None:
        """Keep what happened: all of it or, after an error, nothing.  When this returns, it is on the disk."""
        rows = [record_row(record) for record in records]
        if rows:
            self._change(lambda base: base.executemany(insert("records", RECORD), rows))

    def sittings(self) -> tuple[Sitting, ...]:
        """Every quiz that was begun, in that order."""
        return self._ask(lambda base: sittings_in(base, "ORDER BY number"), ())

    def records(self) -> tuple[Record, ...]:
        """Everything that happened, in the order in which it was kept."""
        return self._ask(lambda base: records_in(base, "ORDER BY number"), ())

    def has(self, session: str) -> bool:
        """Whether a quiz that was begun is kept still; somebody may have deleted the file."""
        return self._ask(lambda base: bool(sittings_in(base, "WHERE session = ?", (bounded(session),))), False)

    def latest(self, problem: str, fingerprint: str, plan: str) -> tuple[Sitting, tuple[Record, ...]] | None:
        """The last quiz of just this kind, with what happened in it; None when there is none, or it was ended.

        Whoever began anew has left the quizzes before it behind, ended or not.
        """
        which = "WHERE problem = ? AND plan = ? AND fingerprint = ? ORDER BY number DESC LIMIT 1"
        key = (bounded(problem), bounded(plan), bounded(fingerprint))

        def look(base: sqlite3.Connection) -> tuple[Sitting, tuple[Record, ...]] | None:
            found = sittings_in(base, which, key)
            if not found:
                return None
            records = records_in(base, "WHERE session = ? ORDER BY number", (found[0].session,))
            return None if any(record.what is What.ENDED for record in records) else (found[0], records)

        return self._ask(look, None)

    def has_other_version(self, problem: str, fingerprint: str, plan: str) -> bool:
        """Whether the last quiz of the same kind was not ended, and is of a file that said something else."""
        which = f"WHERE problem = ? AND plan = ? AND NOT {_ENDED} ORDER BY number DESC LIMIT 1"
        last = "WHERE problem = ? AND plan = ? ORDER BY number DESC LIMIT 1"
        key = (bounded(problem), bounded(plan))

        def look(base: sqlite3.Connection) -> bool:
            open_ones, latest = sittings_in(base, which, key), sittings_in(base, last, key)
            return bool(open_ones) and open_ones == latest and latest[0].fingerprint != bounded(fingerprint)

        return self._ask(look, False)

    def forget(self) -> int:
        """Delete everything, also what was set aside; how many records there were."""
        count = self._patiently(self._forget, damaged=False) if self._is_there() else 0
        with self._told():
            for path in sorted(self.folder.glob(ASIDE.format("*") + "*")):
                path.unlink(missing_ok=True)
        return count

    # Opening.

    def _is_there(self) -> bool:
        with self._told():
            return self.path.exists()

    @contextmanager
    def _open(self, mode: str) -> Iterator[sqlite3.Connection]:
        uri = f"{self.path.absolute().as_uri()}?mode={mode}"
        # Nobody waits with an open file, which may be deleted meanwhile: whoever finds it in use opens it anew.
        base: sqlite3.Connection = _sqlite().connect(uri, uri=True, timeout=0, isolation_level=None)
        # What a stranger's file holds is text, whatever its bytes are.
        base.text_factory = lambda data: data.decode("utf-8", errors="replace")
        with closing(base):
            yield base

    def _patiently(self, use: Callable[[], T], damaged: bool = True) -> T:
        """What ``use`` gives, tried again for as long as others are writing or have just deleted the file."""
        deadline = time.monotonic() + PATIENCE
        while True:
            with self._told(damaged):
                try:
                    return use()
                except _sqlite().OperationalError as error:
                    if not is_passing(error) or time.monotonic() > deadline:
                        raise
            time.sleep(random.uniform(*PAUSES))

    def _change(self, change: Callable[[sqlite3.Connection], object]) -> None:
        """One transaction, on the disk when this returns."""
        self._patiently(lambda: self._write(change))

    def _write(self, change: Callable[[sqlite3.Connection], object]) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._open("rwc") as base:
            # EXTRA is FULL, and the folder is written too: no loss of power undoes what was acknowledged.
            base.execute("PRAGMA synchronous = EXTRA")
            base.execute("BEGIN IMMEDIATE")
            # From here on nobody deletes the file; those who read are waited for.
            base.execute(f"PRAGMA busy_timeout = {int(1000 * PATIENCE)}")
            if self._is_new(base):
                for statement in (*TABLES, f"PRAGMA application_id = {OURS}", f"PRAGMA user_version = {FORMAT}"):
                    base.execute(statement)
            change(base)
            base.execute("COMMIT")

    def _ask(self, look: Callable[[sqlite3.Connection], T], nothing: T) -> T:
        """What ``look`` finds, all of it at one moment; ``nothing`` without a file."""

        def read() -> T:
            if not self.path.exists():
                return nothing
            with self._open("rw") as base:
                base.execute("BEGIN")
                return nothing if self._is_new(base) else look(base)

        return self._patiently(read) if self._is_there() else nothing

    def _forget(self) -> int:
        with self._open("rw") as base:
            count = 0
            try:
                base.execute("BEGIN EXCLUSIVE")
                count = 0 if self._is_empty(base) else count_in(base)
            except _sqlite().DatabaseError as error:
                if not is_damage(error):
                    raise
            if os.name != "nt":
                self._delete()
        if os.name == "nt":  # There, nobody deletes a file that is open.
            self._delete()
        return count

    def _delete(self) -> None:
        # The journal first: once the file is gone, a journal of this name is another process's.
        Path(f"{self.path}-journal").unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)

    def _is_new(self, base: sqlite3.Connection) -> bool:
        """Whether there are no tables yet.  Raises TutorError for a file that is not ours, or of a newer program."""
        is_new = self._is_empty(base)
        [version] = base.execute("PRAGMA user_version").fetchone()
        if not is_new and version > FORMAT:
            raise TutorError(
                f"{shown_path(self.path)} was written by a newer backprop-tutor (format {version}; this one knows "
                f"{FORMAT}). Upgrade backprop-tutor, or set {HOME} to another folder."
            )
        return is_new

    def _is_empty(self, base: sqlite3.Connection) -> bool:
        """Whether nothing at all is in the file.  Raises TutorError for another program's."""
        [mark] = base.execute("PRAGMA application_id").fetchone()
        if mark == OURS:
            return False
        if mark or base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise TutorError(
                f"{shown_path(self.path)} is another program's database. "
                f"Move it elsewhere, or set {HOME} to another folder."
            )
        return True

    # Trouble.

    @contextmanager
    def _told(self, damaged: bool = True) -> Iterator[None]:
        """Turns what the disk and the database refuse into a sentence; a damaged file is set aside."""
        try:
            yield
        except OSError as error:
            raise TutorError(self._refused(str(error.strerror or error))) from error
        except ValueError as error:
            raise TutorError(self._refused("that is no name for a file")) from error
        except _database_errors() as error:
            if damaged and is_damage(error):
                raise self._damaged() from error
            if isinstance(error, _sqlite().IntegrityError):
                raise
            raise TutorError(self._refused(reason(error))) from error

    def _refused(self, reason: str) -> str:
        return (
            f"The file with your progress, {shown_path(self.path)}, cannot be used: {reason}. "
            f"Repair that, or set {HOME} to another folder."
        )

    def _damaged(self) -> TutorError:
        for number in range(1, 1000):
            aside = self.path.with_name(ASIDE.format(number))
            if aside.exists():
                continue
            try:
                self.path.rename(aside)
                journal = Path(f"{self.path}-journal")
                if journal.exists():
                    journal.rename(f"{aside}-journal")
            except OSError as error:
                return TutorError(self._refused(f"the file is damaged, and cannot be moved ({error.strerror})"))
            return DamagedStoreError(
                f"{shown_path(self.path)} is damaged; it is set aside as {shown_path(aside.name)}, and a new one is "
                "begun. If you have a copy of the file, put it in its place."
            )
        return TutorError(self._refused("the file is damaged, and so are many others that were set aside"))


def _home() -> Path:
    """Where progress is kept unless somebody says otherwise."""
    named = os.environ.get(HOME)
    if named:
        try:
            return Path(named).expanduser()
        except RuntimeError:
            return Path(named)
    from platformdirs import user_data_dir

    return Path(user_data_dir("backprop-tutor", appauthor=False))


def _sqlite() -> Any:
    """The library, which commands without a file do not need."""
    import sqlite3

    return sqlite3


def _database_errors() -> tuple[type[Exception], ...]:
    return (_sqlite().DatabaseError,)
