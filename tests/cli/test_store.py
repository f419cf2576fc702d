"""The store: what comes back, what is refused and how, and that nothing acknowledged is ever lost."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from backprop_tutor.cli import store as module
from backprop_tutor.cli.store import DamagedStoreError, Store
from backprop_tutor.cli.store_rows import record_row
from backprop_tutor.errors import TutorError
from backprop_tutor.model.record import Idea, Record, Sitting, What

WRITER = Path(__file__).with_name("store_writer.py")
ROOT = Path(__file__).parents[2]


def sitting(session: str = "s1", **changed: object) -> Sitting:
    said: dict[str, object] = {
        "at": 1.5, "problem": "cmu-tanh", "title": "Tanh", "fingerprint": "f1", "plan": "practice", "seed": 2**62,
    }  # fmt: skip
    return Sitting(session, **{**said, **changed})  # type: ignore[arg-type]


def record(session: str = "s1", what: What = What.ANSWERED, item: str = "step:L", **more: object) -> Record:
    return Record(session, 2.25, what, item, **more)  # type: ignore[arg-type]


FULL = Record(
    "s1",
    1e9 + 0.125,
    What.ANSWERED,
    "step:dL/dw1_21",
    "weight-gradient",
    "δ = '0.1'; --",
    "wrong",
    (Idea("M01", "Slope [left] out", "Multiply by “it”."), Idea("C03", "Turned round", "", True)),
    2,
    1,
    4,
)


def kept(folder: Path) -> Store:
    store = Store(folder)
    store.begin(sitting())
    store.append([FULL, record()])
    return store


# What comes back.


def test_nothing_is_created_before_something_is_kept(tmp_path: Path) -> None:
    store = Store(tmp_path / "deep" / "folder")
    assert store.sittings() == store.records() == ()
    assert store.latest("cmu-tanh", "f1", "practice") is None
    assert not store.has_other_version("cmu-tanh", "f1", "practice")
    assert store.forget() == 0
    store.append([])
    assert not (tmp_path / "deep").exists()


def test_what_is_kept_comes_back_as_it_was(tmp_path: Path) -> None:
    store = kept(tmp_path / "deep" / "folder")
    for other in (store, Store(store.folder)):
        assert other.sittings() == (sitting(),)
        assert other.records() == (FULL, record())


@pytest.mark.parametrize(
    ("text", "ideas"),
    [
        ("M01 C03", (Idea("M01"), Idea("C03"))),
        ('[["M01", "Left out", "Multiply.", false, "of a newer program"]]', (Idea("M01", "Left out", "Multiply."),)),
        ('[["M01"]]', ()),
        ('[["M01", ', ()),
        ("[1, 2]", ()),
        ("[" * 100_000, ()),
    ],
)
def test_ideas_of_older_programs_newer_ones_and_strangers(tmp_path: Path, text: str, ideas: tuple[Idea, ...]) -> None:
    base = sqlite3.connect(kept(tmp_path).path)
    with base:
        base.execute("DROP TRIGGER records_UPDATE")
        base.execute("UPDATE records SET ideas = ?", (text,))
    base.close()
    assert [each.ideas for each in Store(tmp_path).records()] == [ideas, ideas]


def test_texts_are_bounded_and_always_text(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.append([record(given="x" * 10**6, item="\udcff\0", tries=10**30, rung=-1)])
    [found] = store.records()
    assert len(found.given) == 4000
    assert found.item == "?\0"
    assert (found.tries, found.rung) == (1_000_000, 0)


def test_the_latest_that_was_not_ended(tmp_path: Path) -> None:
    store = kept(tmp_path)
    kind = ("cmu-tanh", "f1", "practice")
    assert store.latest(*kind) == (sitting(), (FULL, record()))
    store.begin(sitting("s2"))
    store.append([record("s2"), record("s1", item="later")])
    assert store.latest(*kind) == (sitting("s2"), (record("s2"),))
    store.append([record("s2", What.ENDED)])
    # The first one was left behind when the second was begun.
    assert store.latest(*kind) is None


@pytest.mark.parametrize(
    "other", [("xor", "f1", "practice"), ("cmu-tanh", "f2", "practice"), ("cmu-tanh", "f1", "test")]
)
def test_a_quiz_of_another_kind_does_not_go_on(tmp_path: Path, other: tuple[str, str, str]) -> None:
    assert kept(tmp_path).latest(*other) is None


def test_another_version_of_the_problem(tmp_path: Path) -> None:
    store = kept(tmp_path)
    assert store.has_other_version("cmu-tanh", "f2", "practice")
    assert not store.has_other_version("cmu-tanh", "f1", "practice")
    assert not store.has_other_version("cmu-tanh", "f2", "test")
    assert not store.has_other_version("xor", "f2", "practice")
    store.append([record("s1", What.ENDED)])
    assert not store.has_other_version("cmu-tanh", "f2", "practice")


def test_all_of_an_append_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = kept(tmp_path)

    def rows() -> Iterator[Record]:
        yield record(item="one")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.append(rows())
    monkeypatch.setattr(module, "record_row", lambda each: record_row(each) if each.item != "bad" else (1,))
    with pytest.raises((sqlite3.Error, TutorError)):
        store.append([record(item="one"), record(item="bad")])
    assert len(Store(tmp_path).records()) == 2


def test_what_is_kept_is_never_changed(tmp_path: Path) -> None:
    base = sqlite3.connect(kept(tmp_path).path)
    for change in ("UPDATE records SET given = 'x'", "DELETE FROM records", "DELETE FROM sittings"):
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            base.execute(change)
    base.close()


def test_what_a_newer_program_kept_besides_is_left_out(tmp_path: Path) -> None:
    store = kept(tmp_path)
    base = sqlite3.connect(store.path)
    for number, what in ((98, "answered"), (99, "dreamt")):
        row = (number, "s1", "no time", what, "item", "skill", b"\xff", "", "", "no number", 1, 1)
        base.execute(f"INSERT INTO records VALUES ({', '.join('?' * len(row))})", row)
    base.commit()
    base.close()
    strange = store.records()[-1]
    assert len(store.records()) == 3
    assert (strange.at, strange.given, strange.tries) == (0.0, "\ufffd", 0)


# Where it is.


def test_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKPROP_TUTOR_HOME", str(tmp_path / "mine ?#%"))
    store = Store()
    store.append([FULL])
    assert store.path == tmp_path / "mine ?#%" / "progress.db"
    assert store.records() == (FULL,)
    monkeypatch.setenv("BACKPROP_TUTOR_HOME", "")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert Store().folder.name == "backprop-tutor"


# What is refused.


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    store = Store(tmp_path / "file" / "below")
    assert store.records() == ()
    with pytest.raises(TutorError) as told:
        store.append([FULL])
    for part in (str(store.path), "Not a directory", "set BACKPROP_TUTOR_HOME to another folder"):
        assert part in str(told.value)


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.path.mkdir()
    for use in (store.records, lambda: store.append([FULL]), store.forget):
        with pytest.raises(TutorError, match="cannot be used"):
            use()


def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, opened = kept(tmp_path), Store._open

    @contextmanager
    def small(self: Store, mode: str) -> Iterator[sqlite3.Connection]:
        with opened(self, mode) as base:
            base.execute("PRAGMA max_page_count = 12")
            yield base

    monkeypatch.setattr(Store, "_open", small)
    with pytest.raises(TutorError, match=r"progress\.db, cannot be used: the disk is full\. .*BACKPROP_TUTOR_HOME"):
        store.append([record(given="x" * 4000)] * 1000)
    monkeypatch.undo()
    assert store.records() == (FULL, record())


@pytest.mark.parametrize("harm", ["no database", "page", "tables"])
def test_a_damaged_file_is_set_aside_and_never_deleted(tmp_path: Path, harm: str) -> None:
    store = kept(tmp_path)
    if harm == "no database":
        store.path.write_bytes(b"This is no database. " * 500)
    elif harm == "page":
        data = bytearray(store.path.read_bytes())
        data[4096:] = random.Random(1).randbytes(len(data) - 4096)
        store.path.write_bytes(data)
    else:
        base = sqlite3.connect(store.path)
        base.execute("DROP TABLE records")
        base.commit()
        base.close()
    damaged = store.path.read_bytes()
    with pytest.raises(DamagedStoreError) as told:
        store.records()
    aside = tmp_path / "progress-damaged-1.db"
    assert aside.name in str(told.value)
    assert str(store.path) in str(told.value)
    assert aside.read_bytes() == damaged
    store.append([FULL])
    assert store.records() == (FULL,)
    assert store.forget() == 1
    assert not list(tmp_path.iterdir())


def test_a_second_damaged_file_does_not_replace_the_first(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for text in (b"one" * 999, b"two" * 999):
        store.path.write_bytes(text)
        with pytest.raises(DamagedStoreError):
            store.append([FULL])
    assert (tmp_path / "progress-damaged-1.db").read_bytes() == b"one" * 999
    assert (tmp_path / "progress-damaged-2.db").read_bytes() == b"two" * 999


def test_a_damaged_file_can_be_forgotten(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.path.write_bytes(b"no" * 999)
    assert store.forget() == 0
    assert not list(tmp_path.iterdir())


def test_a_file_of_a_newer_program_stays(tmp_path: Path) -> None:
    store = kept(tmp_path)
    base = sqlite3.connect(store.path)
    base.execute("PRAGMA user_version = 7")
    base.close()
    before = store.path.read_bytes()
    for use in (store.records, lambda: store.append([FULL])):
        with pytest.raises(TutorError, match=r"newer backprop-tutor \(format 7.*Upgrade"):
            use()
    assert store.path.read_bytes() == before


def test_another_programs_database_stays(tmp_path: Path) -> None:
    store = Store(tmp_path)
    base = sqlite3.connect(store.path)
    base.execute("CREATE TABLE theirs (a)")
    base.commit()
    base.close()
    for use in (store.records, lambda: store.append([FULL]), store.forget):
        with pytest.raises(TutorError, match="another program's database"):
            use()
    assert [path.name for path in tmp_path.iterdir()] == ["progress.db"]


def test_a_file_that_somebody_locks_for_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = kept(tmp_path)
    monkeypatch.setattr(module, "PATIENCE", 0.05)
    base = sqlite3.connect(store.path, isolation_level=None)
    base.execute("BEGIN EXCLUSIVE")
    with pytest.raises(TutorError, match="another program has been writing"):
        store.append([FULL])
    base.close()
    store.append([FULL])


def test_the_same_quiz_is_not_begun_twice(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        kept(tmp_path).begin(sitting())


# Several processes, and none of them safe.


def writer(folder: Path, name: str, rows: int) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    arguments = [sys.executable, str(WRITER), str(folder), name, str(rows)]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, env=environment)


def batches_of(store: Store) -> dict[str, dict[int, list[int]]]:
    """The rows of each batch of each writer, in the order of keeping."""
    found: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for each in store.records():
        found[each.session][int(each.item)].append(int(each.given))
    return found


def test_fifty_kills_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    """Two writers at a time on one store, each killed at a random moment, in the middle of a batch of ten."""
    dice, rows, acknowledged = random.Random(4), 10, {}
    for turn in range(25):
        both = {f"{turn}{side}": writer(tmp_path, f"{turn}{side}", rows) for side in "ab"}
        for name, process in sorted(both.items(), key=lambda _: dice.random()):
            assert process.stdout is not None
            first = process.stdout.readline()
            time.sleep(dice.uniform(0, 0.06))
            process.send_signal(signal.SIGKILL)
            lines = [first, *process.stdout.readlines()]
            process.wait()
            process.stdout.close()
            # A line may be cut short: what was not said in full was not acknowledged.
            acknowledged[name] = [int(line.split()[0]) for line in lines if line.endswith("\n")]
    store = Store(tmp_path)
    found = batches_of(store)
    assert sum(map(len, acknowledged.values())) > 100
    for name, batches in acknowledged.items():
        assert list(found[name]) == list(range(len(found[name])))
        assert len(found[name]) - len(batches) in (0, 1)
        assert all(found[name][batch] == list(range(rows)) for batch in found[name])
    base = sqlite3.connect(store.path)
    assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    base.close()


def test_forgetting_while_others_write(tmp_path: Path) -> None:
    """What is kept before is gone, what is kept afterwards is there, and the writers notice nothing."""
    both, store, forgotten = {name: writer(tmp_path, name, 2) for name in "ab"}, Store(tmp_path), []
    lines = {name: [process.stdout.readline()] for name, process in both.items() if process.stdout}
    for _ in range(12):
        time.sleep(0.04)
        begun = time.monotonic()
        store.forget()
        forgotten.append((begun, time.monotonic()))
    time.sleep(0.3)
    for name, process in both.items():
        assert process.poll() is None
        process.kill()
        assert process.stdout is not None
        lines[name] += process.stdout.readlines()
        process.wait()
        process.stdout.close()
    begun, ended = forgotten[-1]
    for name, found in batches_of(store).items():
        said = [line.split() for line in lines[name] if line.endswith("\n")]
        after = {int(batch) for batch, start, _ in said if float(start) > ended}
        before = {int(batch) for batch, _, kept in said if float(kept) < begun}
        assert after
        assert before
        assert after <= set(found)
        assert not before & set(found)
        assert all(found[batch] == [0, 1] for batch in found)
