"""However a quiz is stopped, what was answered is kept, and stands in the file that was asked for."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from terminals import COMMAND, CTRL_C, CTRL_D, FIRST, PATIENCE, PROBLEM, ROOT, Terminal, given, surroundings

from backprop_tutor.cli.stopping import StoppedError, Stopping

SECOND = "z₂⁽¹⁾ ="
"""The prompt after the first answer."""
SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs signals and terminals")


def quiz(home: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """A quiz with a pipe for a keyboard, which stays open."""
    return subprocess.Popen(
        [*COMMAND, PROBLEM, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=ROOT,
        env=surroundings(home),
    )


def hear(process: subprocess.Popen[bytes], until: bytes) -> bytes:
    """What is said up to some words."""
    assert process.stdout is not None
    heard = b""
    end = time.monotonic() + PATIENCE
    while until not in heard:
        more = os.read(process.stdout.fileno(), 1 << 16)
        assert more, heard.decode(errors="replace")
        assert time.monotonic() < end
        heard += more
    return heard


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """The file in which the session is wanted."""
    return tmp_path / "session.md"


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
@pytest.mark.parametrize("mode", ["practice", "test"])
def test_a_signal_ends_it_like_the_learner(home: Path, page: Path, mode: str, number: signal.Signals) -> None:
    process = quiz(home, "--mode", mode, "--save", str(page))
    assert process.stdin is not None
    process.stdin.write(b"0.24\n0.42\n")
    process.stdin.flush()
    hear(process, "a₁⁽¹⁾ = ".encode())
    process.send_signal(number)
    out, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 128 + number
    assert b"So far" in out
    assert b"To go on here" in out
    assert b"Traceback" not in out
    text = page.read_text("utf-8")
    assert "`0.24`" in text
    assert "`0.42`" in text
    assert given(home) == ["0.24", "0.42"]


@pytest.mark.parametrize("typed", [b":quit\n", b""], ids=["quit", "end of input"])
def test_a_test_that_is_left_in_the_middle_is_written_down(home: Path, page: Path, typed: bytes) -> None:
    process = quiz(home, "--mode", "test", "--save", str(page))
    process.communicate(b"0.24\n0.42\n" + typed, timeout=PATIENCE)
    assert process.returncode == 0
    text = page.read_text("utf-8")
    assert "2 of 35 have an answer. The marks come when the test is handed in." in text
    assert "- `0.42`" in text


def test_only_a_page_of_the_same_quiz_is_written_over(home: Path, page: Path) -> None:
    def save(*arguments: str) -> tuple[int, str]:
        process = quiz(home, "--ask", "z1_1", "--save", str(page), *arguments)
        out, _ = process.communicate(b"0.24\n", timeout=PATIENCE)
        return process.returncode, out.decode()

    assert save()[0] == 0
    assert save()[0] == 0
    before = page.read_text("utf-8")
    for other in (("--mode", "test"), ("--ask", "z1_2"), ("--symbolic",)):
        code, out = save(*other)
        assert code == 2
        assert "is the page of another quiz, or of other choices: " in out
        assert "add --force" in out
        assert page.read_text("utf-8") == before
    assert save("--ask", "z1_2", "--force")[0] == 0
    assert page.read_text("utf-8") != before
    page.write_text("my own notes\n")
    assert "is there already" in save()[1]


def test_a_signal_while_the_quiz_is_busy_waits_until_it_is_not(home: Path, page: Path) -> None:
    """It is sent with the first word of the verdict, at whatever is done then: the page has what the store has."""
    process = quiz(home, "--save", str(page))
    assert process.stdin is not None
    hear(process, FIRST.encode())
    process.stdin.write(b"0.24\n")
    process.stdin.flush()
    hear(process, b"Right")
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=PATIENCE)
    assert process.returncode == 128 + signal.SIGTERM
    assert given(home) == ["0.24"]
    assert "- ✓ `0.24`: right" in page.read_text("utf-8")


def test_a_signal_that_is_ignored_stays_so(home: Path) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        process = quiz(home)
        hear(process, FIRST.encode())
        process.send_signal(signal.SIGHUP)
        assert process.stdin is not None
        process.stdin.write(b"0.24\n")
        process.stdin.flush()
        hear(process, SECOND.encode())
        process.communicate(timeout=PATIENCE)
    finally:
        signal.signal(signal.SIGHUP, before)
    assert process.returncode == 0


@pytest.fixture
def saving(home: Path, page: Path) -> Iterator[Terminal]:
    """A quiz on a terminal that has one answer, and is asked to write its session."""
    terminal = Terminal(home, PROBLEM, "--save", str(page), rows=100)
    terminal.wait_line(FIRST)
    terminal.answer("0.24", "✓ Right.")
    terminal.wait_line(SECOND)
    yield terminal
    terminal.hang_up()


@pytest.mark.parametrize(("key", "code"), [(CTRL_C, 130), (CTRL_D, 0)], ids=["Ctrl-C", "Ctrl-D"])
def test_keys_that_stop(saving: Terminal, page: Path, key: str, code: int) -> None:
    saving.type(key)
    assert saving.ended() == code
    assert "- ✓ `0.24`: right" in page.read_text("utf-8")


def test_a_terminal_is_given_back_when_the_quiz_is_ended(saving: Terminal, page: Path) -> None:
    saving.type("0.4")
    saving.wait_line(f"{SECOND} 0.4")
    os.kill(saving.child.pid, signal.SIGTERM)
    assert saving.ended() == 128 + signal.SIGTERM
    saving.assert_summed_up(f"{SECOND} 0.4")
    assert "Traceback" not in str(saving)
    assert "- ✓ `0.24`: right" in page.read_text("utf-8")


def test_a_window_that_is_closed(saving: Terminal, home: Path, page: Path) -> None:
    saving.type("0.4")
    saving.wait_line(f"{SECOND} 0.4")
    assert saving.closed() == 128 + signal.SIGHUP
    assert "- ✓ `0.24`: right" in page.read_text("utf-8")
    assert given(home) == ["0.24"]


def test_what_is_remembered_is_raised_at_the_next_answer() -> None:
    stopping = Stopping()
    before = signal.getsignal(signal.SIGTERM)
    with stopping.heard():
        os.kill(os.getpid(), signal.SIGTERM)
        assert stopping.code == 128 + signal.SIGTERM
        with pytest.raises(StoppedError), stopping.reading():
            raise AssertionError
        # Once is enough: what comes afterwards tears nothing apart.
        os.kill(os.getpid(), signal.SIGHUP)
        assert stopping.code == 128 + signal.SIGTERM
    assert signal.getsignal(signal.SIGTERM) is before
    assert Stopping().code == 0
