"""What is kept as rows of tables: every text bounded on its way in, and nothing trusted on its way out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ..model.record import Idea, Record, Sitting, What

LONGEST_GIVEN = 4_000
LONGEST = 500
MOST_IDEAS = 12
MOST = 1_000_000

SITTING = ("session", "at", "problem", "title", "fingerprint", "plan", "seed")
RECORD = ("session", "at", "what", "item", "skill", "given", "verdict", "ideas", "tries", "rung", "choices")
_TYPES = {"at": "REAL", "seed": "INTEGER", "tries": "INTEGER", "rung": "INTEGER", "choices": "INTEGER"}


def _table(name: str, columns: Sequence[str]) -> str:
    typed = ", ".join(f"{column} {_TYPES.get(column, 'TEXT')} NOT NULL" for column in columns)
    return f"CREATE TABLE {name} (number INTEGER PRIMARY KEY, {typed})"


TABLES = (
    _table("sittings", SITTING),
    _table("records", RECORD),
    "CREATE UNIQUE INDEX sessions ON sittings (session)",
    "CREATE INDEX sittings_of ON sittings (problem, plan)",
    "CREATE INDEX records_of ON records (session, what)",
    *(
        f"CREATE TRIGGER {table}_{event} BEFORE {event} ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'what is kept is never changed'); END"
        for table in ("sittings", "records")
        for event in ("UPDATE", "DELETE")
    ),
)
"""The statements that make an empty file one of ours."""


def insert(table: str, columns: Sequence[str]) -> str:
    """The statement that adds a row."""
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


def select(table: str, columns: Sequence[str]) -> str:
    """The statement that reads rows, with every value of the type that it should have."""
    typed = (f"CAST({column} AS {_TYPES.get(column, 'TEXT')})" for column in columns)
    return f"SELECT {', '.join(typed)} FROM {table}"


def bounded(text: str, most: int = LONGEST) -> str:
    """A text that can be kept: not too long, and without characters that are no text."""
    return str(text)[:most].encode("utf-8", errors="replace").decode("utf-8")


def sitting_row(sitting: Sitting) -> tuple[object, ...]:
    """A quiz that was begun as the values of ``SITTING``."""
    texts = (bounded(text) for text in (sitting.problem, sitting.title, sitting.fingerprint, sitting.plan))
    return (bounded(sitting.session), float(sitting.at), *texts, int(sitting.seed))


def sitting_of(row: Sequence[Any]) -> Sitting:
    """The quiz of a row."""
    return Sitting(*row)


def record_row(record: Record) -> tuple[object, ...]:
    """A record as the values of ``RECORD``."""
    numbers = (max(0, min(int(number), MOST)) for number in (record.tries, record.rung, record.choices))
    return (
        bounded(record.session),
        float(record.at),
        record.what.value,
        bounded(record.item),
        bounded(record.skill),
        bounded(record.given, LONGEST_GIVEN),
        bounded(record.verdict),
        _ideas_row(record.ideas),
        *numbers,
    )


def record_of(row: Sequence[Any]) -> Record | None:
    """The record of a row; None for something that only a newer program knows of."""
    session, at, what, item, skill, given, verdict, ideas, *numbers = row
    try:
        happened = What(what)
    except ValueError:
        return None
    return Record(session, at, happened, item, skill, given, verdict, _ideas_of(ideas), *numbers)


def _ideas_row(ideas: Sequence[Idea]) -> str:
    """Ideas as JSON, each a list: what is added later stands at the end."""
    rows = [
        [bounded(idea.id), bounded(idea.title), bounded(idea.repair, LONGEST_GIVEN), idea.convention]
        for idea in ideas[:MOST_IDEAS]
    ]
    return json.dumps(rows, ensure_ascii=False) if rows else ""


def _ideas_of(text: str) -> tuple[Idea, ...]:
    """The ideas of a row; what is no list of ours holds none.  Once, ids alone were kept, with spaces between them."""
    if not text.startswith("["):
        return tuple(map(Idea, text.split()[:MOST_IDEAS]))
    try:
        rows = json.loads(text)
        return tuple(
            Idea(bounded(id), bounded(title), bounded(repair, LONGEST_GIVEN), bool(convention))
            for id, title, repair, convention, *_ in rows[:MOST_IDEAS]
        )
    except (ValueError, TypeError, KeyError, RecursionError):
        return ()


def sittings_in(base: Any, which: str, key: tuple[str, ...] = ()) -> tuple[Sitting, ...]:
    """The quizzes that a condition picks."""
    return tuple(map(sitting_of, base.execute(f"{select('sittings', SITTING)} {which}", key)))


def records_in(base: Any, which: str, key: tuple[str, ...] = ()) -> tuple[Record, ...]:
    """The records that a condition picks."""
    found = map(record_of, base.execute(f"{select('records', RECORD)} {which}", key))
    return tuple(record for record in found if record is not None)


def count_in(base: Any) -> int:
    """How many records there are."""
    return int(base.execute("SELECT count(*) FROM records").fetchone()[0])
