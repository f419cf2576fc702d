"""``progress`` and ``problems`` as they are typed: what they say, on any terminal, and what is written and deleted."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest
from support import out, refusal, run
from test_startup import HEAVY, imported_by

from backprop_tutor.cli import listing, progressing
from backprop_tutor.cli.store import Store
from backprop_tutor.model.record import Idea, Record, Sitting, What
from backprop_tutor.writers.lines import length
from backprop_tutor.writers.progress import ProgressTelling

DAY = 86_400.0
M01 = Idea("M01", "Slope of the activation left out in hidden layers", "Multiply by it.")
M45 = Idea("M45", "Learning rate applied twice", "Once.")
SLIP = Idea("op", "Slope of tanh taken for that of the sigmoid", "1 - tanh^2.")
NASTY = "A \x1b[31mred [bold]\u202etitle ☃ " + "long " * 100


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """The folder in which everything is kept, for every command of the test."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("BACKPROP_TUTOR_HOME", str(tmp_path / "home"))
        environment.setenv("COLUMNS", "80")
        yield tmp_path / "home"


def said(
    session: str, item: str, skill: str, verdict: str, days: float, what: What = What.ANSWERED, **more: object
) -> Record:
    """A record of so many days ago."""
    return Record(session, time.time() - days * DAY, what, item, skill, "1", verdict, **more)  # type: ignore[arg-type]


def fill(folder: Path) -> Store:
    store = Store(folder)
    store.begin(Sitting("a", 0.0, "slides-example-3", "Two inputs", "f", "practice; numeric"))
    store.append([said("a", f"z{n}", "weighted-sum", "correct", 3) for n in range(5)])
    store.append([said("a", f"d{n}", "error-signal", "wrong", 3, ideas=(M01,)) for n in range(2)])
    store.append(
        [said("a", "d2", "error-signal", "", 3, what=What.HINTED), said("a", "d2", "error-signal", "correct", 3)]
    )
    store.append([said("a", "", "", "", 3, what=What.ENDED)])
    store.begin(
        Sitting("b", 0.0, "cmu-tanh", "Tanh", "f", "test; symbolic; only dL/dw1_12,a b; backward; no questions")
    )
    store.append([said("b", "u", "update", "wrong", 400, ideas=(M45, Idea("M99")))])
    store.append([said("b", "s", "activation-slope", "wrong", 400, ideas=(SLIP,))])
    store.begin(Sitting("c", 0.0, "my; rm -rf\x07", NASTY, "f", "practice"))
    store.append([said("c", "u", NASTY, "wrong", 0, ideas=(Idea(NASTY, NASTY),))])
    return store


def test_nothing_is_kept_yet(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = out(monkeypatch, "progress")
    assert "Nothing is kept yet" in text
    assert "backprop-tutor quiz slides-example-3" in text
    assert str(home / "progress.db") in text
    assert json.loads(out(monkeypatch, "progress", "--json"))["skills"] == []
    code, text, error = run(monkeypatch, "progress", "--export")
    assert (code, text, error) == (0, "", "Nothing is kept yet.\n")
    assert "nothing to delete" in out(monkeypatch, "progress", "--forget", "--yes")
    assert not home.exists()


@pytest.fixture
def kept(home: Path) -> Store:
    """A store with something of everything."""
    return fill(home)


def command(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> tuple[int, str, str]:
    """Exit code and both outputs of a command."""
    return run(monkeypatch, *arguments)[:3]


def test_what_is_told(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    code, text, error = command(monkeypatch, "progress")
    assert (code, error) == (0, "")
    flowing = " ".join(text.split())
    for part in (
        "0 of 3 right at the first try, 1 after a hint",
        "twice: Slope of the activation left out in hidden layers (M01)",
        "once: Learning rate applied twice (M45) or: M99",
        "once: Slope of tanh taken for that of the sigmoid",
        "5 of 5 right at the first try",
        "Error signal of a hidden unit: the same mistake came twice lately",
        "go on: backprop-tutor quiz cmu-tanh --mode test --symbolic",
        "5 of 8 right at the first try and without help",
        "Next: backprop-tutor quiz ",
    ):
        assert part in flowing
    assert "(op)" not in text
    heads = ["What is shaky", "What you are learning", "What you have mastered", "Begun", "Done"]
    assert sorted(heads, key=text.index) == heads
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\x07" not in text


@pytest.mark.parametrize(("number", "more"), [(4, ""), (5, "and 1 more"), (7, "and 3 more")])
def test_how_many_ideas_are_not_told_is_said(
    home: Path, monkeypatch: pytest.MonkeyPatch, number: int, more: str
) -> None:
    store = Store(home)
    store.begin(Sitting("a", 0.0, "slides-example-3", "Two inputs", "f", "practice"))
    ideas = [Idea("M16", f"Idea of number {n}") for n in range(number)]
    store.append([said("a", f"d{n}", "loss-slope", "wrong", 3, ideas=(idea,)) for n, idea in enumerate(ideas)])
    text = " ".join(out(monkeypatch, "progress").split())
    assert text.count("Idea of number") == 4
    assert (f"{more}, which `backprop-tutor progress --json` lists" in text) is bool(more)
    (skill,) = json.loads(out(monkeypatch, "progress", "--json"))["skills"]
    assert len(skill["misconceptions"]) == number


@pytest.mark.parametrize("number", [4, 5, 6])
def test_how_many_tied_ideas_are_not_named_is_said(home: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    store = Store(home)
    store.begin(Sitting("a", 0.0, "slides-example-3", "Two inputs", "f", "practice"))
    tied = tuple(Idea(f"M{n + 10}", f"Idea of number {n}") for n in range(number))
    store.append([said("a", "d1", "loss-slope", "wrong", 3, ideas=tied)])
    text = " ".join(out(monkeypatch, "progress").split())
    end = {4: "3 (M13)", 5: "3 (M13), or 1 other", 6: "3 (M13), or 2 others"}[number]
    assert end in text
    assert (", or" in text) is (number > 4)


@pytest.mark.parametrize("width", [28, 40, 80, 200])
@pytest.mark.parametrize("ascii", [False, True])
def test_it_fits(kept: Store, width: int, ascii: bool) -> None:
    found = progressing.overview(kept.sittings(), kept.records(), time.time())
    telling = ProgressTelling(found, {"update": "Updäte"}, progressing.day, progressing.command, ascii)
    lines = telling.whole(width)
    assert all(length(line) <= width for line in lines)
    assert len(lines) < 3000 // width + 60
    if ascii:
        assert all(run.text.isascii() for line in lines for run in line)


def test_the_marks_of_a_problem_are_those_of_the_summary(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What follows from the learner's own values is right for its kind of step, and is not in the strict marks."""
    store = Store(home)
    store.begin(Sitting("a", 0.0, "slides-example-3", "Two inputs", "f", "test"))
    verdicts = ["correct", "imprecise", "carried", "other_convention", "wrong"]
    store.append([said("a", f"z{n}", "weighted-sum", verdict, 3) for n, verdict in enumerate(verdicts)])
    store.append([said("a", "", "", "", 3, what=What.ENDED)])
    text = " ".join(out(monkeypatch, "progress").split())
    assert "2 of 5 right at the first try and without help" in text
    assert "4 of 5 right at the first try; last" in text
    assert "right is also what follows from your own earlier values" in text


@pytest.mark.parametrize("width", [28, 60, 80])
def test_titles_are_folded_and_not_cut(home: Path, width: int) -> None:
    store = Store(home)
    title = "A title that goes on and on: " + " ".join(["word"] * 35)
    store.begin(Sitting("a", 0.0, "slides-example-3", title, "f", "practice"))
    idea = "An idea that goes on and on: " + " ".join(["word"] * 35)
    store.append([said("a", "d1", "loss-slope", "wrong", 3, ideas=(Idea("M16", idea),))])
    found = progressing.overview(store.sittings(), store.records(), time.time())
    telling = ProgressTelling(found, {}, progressing.day, progressing.command)
    rows = ["".join(run.text for run in line).strip() for line in telling.whole(width)]
    assert all(len(row) <= width for row in rows)
    text = " ".join(rows)
    assert f"once: {idea} (M16)" in text
    assert title in text
    assert "..." not in text


def test_titles_are_those_of_the_mapping(kept: Store) -> None:
    found = progressing.overview(kept.sittings(), kept.records(), time.time())
    telling = ProgressTelling(found, {"error-signal": "Error signal"}, progressing.day, progressing.command)
    text = "".join(run.text for line in telling.whole(80) for run in line)
    assert "Error signal: the same" in text
    assert "update" in text


def test_the_command_that_goes_on(kept: Store) -> None:
    found = {each.problem: each for each in progressing.overview(kept.sittings(), kept.records(), 1.0).undertakings}
    assert progressing.command(found["cmu-tanh"]) == (
        "backprop-tutor quiz cmu-tanh --mode test --symbolic --only dL/dw1_12 --only 'a b' --backward --no-questions"
    )
    assert "'my; rm -rf" in progressing.command(found["my; rm -rf\x07"])


@pytest.mark.parametrize(
    ("plan", "whole"),
    [
        ("practice; numeric", True),
        ("test; symbolic; no questions", True),
        ("", True),
        ("practice; numeric; only L", False),
        ("practice; ask L", False),
        ("practice; numeric; backward+forward", False),
    ],
)
def test_the_whole_problem_or_a_part(plan: str, whole: bool) -> None:
    assert progressing.is_whole(Sitting("s", 0.0, "p", "t", "f", plan)) is whole


def test_a_part_that_is_done_is_not_lost(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(home)
    store.begin(Sitting("a", 0.0, "two-by-two", "Two by two", "f", "practice; numeric; backward"))
    store.append([said("a", "z1", "error-signal", "correct", 0), said("a", "", "", "", 0, what=What.ENDED)])
    told = out(monkeypatch, "progress")
    assert "Begun" not in told
    assert "two-by-two Two by two a part of it" in " ".join(told.split())


def test_what_is_begun_is_not_what_comes_next(home: Path) -> None:
    store = Store(home)
    store.begin(Sitting("a", 0.0, "slides-example-3", "Two inputs", "f", "practice"))
    store.append([said("a", "z", "weighted-sum", "correct", 0)])
    found = progressing.overview(store.sittings(), store.records(), time.time())
    assert found.undertakings[0].begun
    assert found.next_problem not in {"", "slides-example-3"}


def test_json(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    code, text, _ = command(monkeypatch, "progress", "--json")
    found = json.loads(text)
    assert code == 0
    assert found["skills"][0]["level"] == "shaky"
    signal = next(skill for skill in found["skills"] if skill["skill"] == "error-signal")
    assert (signal["asked"], signal["right_at_first_try"], signal["right_after_hint"], signal["wrong"]) == (3, 0, 1, 2)
    assert signal["misconceptions"][0]["ids"] == ["M01"]
    slope = next(skill for skill in found["skills"] if skill["skill"] == "activation-slope")
    assert slope["misconceptions"][0]["titles"] == [SLIP.title]
    assert [p["problem"] for p in found["problems"] if p["done"]] == ["slides-example-3"]


def test_export_writes_everything_that_is_kept(kept: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "mine.jsonl"
    code, _, error = command(monkeypatch, "progress", "--export", "-o", str(target))
    assert code == 0, error
    lines = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert len(lines) == len(kept.sittings()) + len(kept.records())
    assert [line["asked"] for line in lines if line["kind"] == "event"] == [record.item for record in kept.records()]
    assert lines[0]["time"] == "1970-01-01T00:00:00Z"
    code, _, error = command(monkeypatch, "progress", "--export", "-o", str(target))
    assert code == 2
    assert "--force" in error
    code, _, error = command(monkeypatch, "progress", "--export", "--force", "-o", str(kept.path))
    assert code == 2
    assert kept.records()


def test_forget_asks_and_deletes(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    code, _, error = command(monkeypatch, "progress", "--forget")
    assert code == 2
    assert "add --yes" in error
    count = len(kept.records())
    assert count
    code, text, error = command(monkeypatch, "progress", "--forget", "--yes")
    assert (code, error) == (0, "")
    assert f"{count} records" in text
    assert not list(kept.folder.iterdir())


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--json", "--export"], "Choose one of"),
        (["-o", "x"], "add one of them"),
        (["--yes"], "add --forget"),
    ],
)
def test_what_does_not_go_together(arguments: list[str], says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert says in refusal(monkeypatch, "progress", *arguments)


def test_problems_say_what_was_done(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    code, text, error = command(monkeypatch, "problems", "slides-example-3")
    assert (code, error) == (0, "")
    assert "done: 5 of 8 right at the first try and without help" in text
    assert "begun: backprop-tutor quiz cmu-tanh --mode test" in command(monkeypatch, "problems", "cmu")[1]
    kept.path.write_bytes(b"no" * 999)
    code, text, error = command(monkeypatch, "problems", "slides-example-3")
    assert code == 0
    assert "set aside" in error
    assert "slides-example-3" in text
    assert listing.heads()


@pytest.mark.parametrize("arguments", [("problems",), ("progress",), ("progress", "--json"), ("progress", "--help")])
def test_what_is_not_kept_costs_nothing(home: Path, arguments: tuple[str, ...]) -> None:
    imported_by.cache_clear()
    found = imported_by(*arguments)
    assert not found & (HEAVY | {"rich", "mpmath", "sqlite3"})


def test_telling_progress_needs_no_heavy_library(kept: Store) -> None:
    imported_by.cache_clear()
    found = imported_by("progress")
    imported_by.cache_clear()
    assert {"rich", "sqlite3"} <= found
    assert not found & (HEAVY | {"mpmath"})


@pytest.mark.parametrize(("typed", "gone"), [("yes", True), ("no", False), ("", False), ("\x04", False)])
def test_forget_asks_on_a_terminal(kept: Store, typed: str, gone: bool) -> None:
    arguments = ["-m", "backprop_tutor", "progress", "--forget"]
    child = pexpect.spawn(sys.executable, arguments, encoding="utf-8", timeout=20)
    child.expect("Type yes: ")
    (child.send if typed == "\x04" else child.sendline)(typed)
    child.expect("Deleted" if gone else "Nothing was deleted")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert bool(kept.records()) is not gone
