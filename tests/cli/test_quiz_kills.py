"""Fifty ``kill -9`` at random moments, two quizzes at a time on one store: nothing that was answered for is lost."""

from __future__ import annotations

import re
import select
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import count
from pathlib import Path
from random import Random

import pytest
from support import problem
from terminals import COMMAND, PATIENCE, PROBLEM, ROOT, surroundings

from backprop_tutor.cli import session
from backprop_tutor.cli.store import NAME, Store
from backprop_tutor.lessons.teach import teach
from backprop_tutor.model.quiz import Ask, State
from backprop_tutor.model.record import What
from backprop_tutor.quiz.fingerprint import fingerprint
from backprop_tutor.quiz.plan import Choice
from backprop_tutor.quiz.state import asked
from backprop_tutor.quiz.tutor import Tutor

OTHER = "two-by-two"
KILLS = 50
EARLY = 6
"""One in so many is killed some time after its start, the others some time after so many answers: a slow machine
needs longer for them, and it shall not be killed before it has anything to lose."""
AFTER_START, AFTER_ANSWER, MOST_ANSWERS = (0.3, 1.5), (0.0, 0.1), 7
COMMANDS = (":skip", ":back", ":hint", ":show", ":back", ":hint")
"""After each answer one of these; they go to and fro, so that the quiz is not at its end before the last kill."""
LINES = 600
CHOICE = Choice(questions=False)

_READ = re.compile(rb"= 7\.")
_JUDGED = re.compile(r"^\S+ = (7\.\d{6})\n[✗✓≈]", re.MULTILINE)
_BEHIND = re.compile(r"You go on where you stopped: (\d+) of (\d+)")
_QUESTION = re.compile(r"^━━ Question (\d+) of (\d+): ", re.MULTILINE)


@dataclass
class Victim:
    """A quiz whose learner types as fast as it reads, until it is killed."""

    name: str
    process: subprocess.Popen[bytes]
    answers: int
    delay: float
    out: bytes = b""
    end: float | None = None

    @property
    def text(self) -> str:
        """What it said."""
        return self.out.decode("utf-8", errors="ignore")

    def hear(self) -> bool:
        """Take what it says; False when it says nothing more."""
        assert self.process.stdout is not None
        data = self.process.stdout.read1(1 << 16)  # type: ignore[attr-defined]
        self.out += data
        if self.end is None and len(_READ.findall(self.out)) >= self.answers:
            self.end = time.monotonic() + self.delay
        return bool(data)


def victim(home: Path, name: str, lines: Sequence[str], random: Random) -> Victim:
    """Start a quiz with all its answers in its pipe already."""
    process = subprocess.Popen(
        [*COMMAND, name, "--no-questions"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=surroundings(home),
    )
    assert process.stdin is not None
    process.stdin.write("".join(f"{line}\n" for line in lines).encode())
    process.stdin.flush()
    if not random.randrange(EARLY):
        made = Victim(name, process, 0, random.uniform(*AFTER_START))
        made.end = time.monotonic() + made.delay
        return made
    return Victim(name, process, random.randint(1, MOST_ANSWERS), random.uniform(*AFTER_ANSWER))


def kill_in_time(victims: Sequence[Victim]) -> None:
    """Let them run until the time of each has come."""
    heard = {each.process.stdout: each for each in victims}
    end = time.monotonic() + PATIENCE
    while heard:
        now = time.monotonic()
        assert now < end, "no first question, and nothing to kill"
        for each in victims:
            if each.end is not None and each.end <= now and each.process.poll() is None:
                each.process.kill()
        times = [each.end - now for each in heard.values() if each.end is not None and each.end > now]
        ready, _, _ = select.select(list(heard), [], [], max(0.0, min([*times, 0.2])))
        for stream in ready:
            if not heard[stream].hear():
                del heard[stream]
    for each in victims:
        each.process.wait(PATIENCE)
        assert each.process.stdin is not None
        assert each.process.stdout is not None
        each.process.stdout.close()
        # What it has not read is lost with it.
        each.process.stdin.close()


def script(numbers: Iterator[int]) -> list[str]:
    """Answers that occur nowhere else, with a command after each."""
    return [
        text
        for _, at in zip(range(LINES // 2), numbers, strict=False)
        for text in (f"7.{at:06d}", COMMANDS[at % len(COMMANDS)])
    ]


@cache
def tutor(name: str) -> Tutor:
    """The tutor of ``quiz NAME --no-questions``."""
    posed = replace(problem(name), rounding=None)
    return Tutor(posed, teach(session.solve(posed)), CHOICE)


def expected(home: Path, name: str) -> tuple[State, tuple[int, int]]:
    """Where the records say that the quiz goes on: the state, and the number of the question and of all."""
    teacher = tutor(name)
    found = Store(home).latest(name, fingerprint(problem(name)), CHOICE.said())
    state = teacher.begin(found[1] if found is not None else ())
    ask = next(part for part in reversed(teacher.question(state)) if isinstance(part, Ask))
    return state, (ask.place, ask.of)


def goes_on(text: str, state: State, place: tuple[int, int]) -> None:
    """What a quiz said first is what the records say."""
    [first, *_] = _QUESTION.findall(text)
    assert (int(first[0]), int(first[1])) == place
    done = sum(state.standing(item).closed for item in asked(state))
    behind = _BEHIND.findall(" ".join(text.split()))
    assert behind == ([(str(done), str(len(asked(state))))] if done else [])


def is_whole(home: Path) -> bool:
    """Whether the file of the store is in order."""
    path = home / NAME
    if not path.exists():
        return True
    base = sqlite3.connect(path)
    try:
        return base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    finally:
        base.close()


@pytest.mark.skipif(sys.platform == "win32", reason="needs pipes that can be waited for")
def test_fifty_kills(tmp_path: Path) -> None:
    random = Random(20260)
    numbers = count(1)
    seen: list[str] = []
    skipped = 0
    for round_ in range(KILLS // 2):
        # In one round both have the same problem, in the next each its own: then nobody else moves it.
        names = (PROBLEM, OTHER) if round_ % 2 else (PROBLEM, PROBLEM)
        before = {name: expected(tmp_path, name) for name in names}
        victims = [victim(tmp_path, name, script(numbers), random) for name in names]
        kill_in_time(victims)
        assert is_whole(tmp_path)
        kept = {record.given for record in Store(tmp_path).records()}
        for each in victims:
            assert each.process.returncode == -signal.SIGKILL, each.text
            judged = _JUDGED.findall(each.text)
            assert set(judged) <= kept, set(judged) - kept
            seen += judged
            skipped += each.text.count("Left open")
            if len(set(names)) == 2 and _QUESTION.search(each.text):
                goes_on(each.text, *before[each.name])
    records = Store(tmp_path).records()
    assert sum(record.what is What.SKIPPED for record in records) >= skipped
    assert len(seen) > KILLS, "most of them were killed while they were answering"
    for name in (PROBLEM, OTHER):
        done = subprocess.run(
            [*COMMAND, name, "--no-questions"],
            input=b"",
            capture_output=True,
            cwd=ROOT,
            env=surroundings(tmp_path),
            timeout=PATIENCE,
        )
        assert (done.returncode, done.stderr) == (0, b"")
        goes_on(done.stdout.decode(), *expected(tmp_path, name))
    print(f"{len(seen)} answers judged, {len(records)} records, {skipped} skips")
