"""A quiz on a pseudo-terminal: keys in, a screen out.  Waited for is what stands on the screen, and never a time."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pexpect
import pyte

from backprop_tutor.cli.store import Store

ROOT = Path(__file__).parents[2]
PROBLEM = "slides-example-3"
FIRST = "z₁⁽¹⁾ ="
"""Its first prompt."""
ASCII_PROMPTS = ("z_1^(1) =", "z_2^(1) =")
"""The first two without any letter that a keyboard lacks."""
COMMAND = (sys.executable, "-m", "backprop_tutor", "quiz", "--no-questions")
PATIENCE = 60.0
"""Seconds after which something that does not come is a failure: many, for a slow machine that does much else."""
MOST_AT_ONCE = 1 << 16
ESCAPE = b"\x1b"

UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"
ENTER, TAB, HOME, BACKSPACE = "\r", "\t", "\x1b[H", "\x7f"
CTRL_C, CTRL_D, CTRL_U, CTRL_Z = "\x03", "\x04", "\x15", "\x1a"
F1, F2, F3 = "\x1bOP", "\x1bOQ", "\x1bOR"


def surroundings(home: Path, **more: str) -> dict[str, str]:
    """The environment of a quiz that keeps its answers in ``home``; nothing of this machine's own taste."""
    own = {"NO_COLOR", "COLUMNS", "LINES", "TERM", "PYTHONIOENCODING", "FORCE_COLOR", "COLORTERM", "LC_ALL", "LANG"}
    kept = {name: value for name, value in os.environ.items() if name not in own}
    taste = {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PROMPT_TOOLKIT_NO_CPR": "1"}
    return kept | taste | {"BACKPROP_TUTOR_HOME": str(home)} | more


class _Screen(pyte.Screen):  # type: ignore[misc]
    """A screen that answers a program's questions about it, where somebody listens."""

    answer: Callable[[str], object] = staticmethod(lambda text: None)
    broken = 0
    """How many lines were broken at the edge because what was printed was longer."""

    def draw(self, data: str) -> None:
        for character in data:
            if self.cursor.x == self.columns and character != " ":
                self.broken += 1
            super().draw(character)

    def resize(self, lines: int | None = None, columns: int | None = None) -> None:
        """As real ones do: a lower window loses its empty rows first, and then those at its top."""
        if lines is not None and lines < self.lines:
            place = self.cursor.y
            lost = max(0, place + 1 - lines)
            self.cursor.y = 0
            self.insert_lines(self.lines - lines - lost)
            super().resize(lines, columns)
            self.cursor.y = place - lost
        else:
            super().resize(lines, columns)
        self.cursor.x = min(self.cursor.x, self.columns - 1)

    def write_process_input(self, data: str) -> None:
        self.answer(data)


class Terminal:
    """A command on a terminal of its own.

    ``raw`` holds every byte that came, ``display`` what stands on the screen.  With ``answers_position`` the terminal
    says where its cursor is when it is asked, as real ones do.
    """

    def __init__(
        self,
        home: Path,
        *arguments: str,
        columns: int = 80,
        rows: int = 60,
        answers_position: bool = False,
        command: Sequence[str] = COMMAND,
        **environment: str,
    ) -> None:
        self.raw = b""
        self._display: list[str] = []
        self._screen = _Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        more = {"PROMPT_TOOLKIT_NO_CPR": ""} if answers_position else {}
        first, *rest = [*command, *arguments]
        self.child = pexpect.spawn(
            first,
            rest,
            env=surroundings(home, **(more | environment)),
            cwd=str(ROOT),
            dimensions=(rows, columns),
            timeout=PATIENCE,
        )
        # What is waited for stands on the screen already: a pause before every key is time lost.
        self.child.delaybeforesend = None
        if answers_position:
            self._screen.answer = self.child.send

    # The screen.

    def assert_summed_up(self, prompt: str, rule: str = "━━") -> None:
        """What was done stands below the prompt at which the learner stopped, and a blank line between them."""
        rows = self.display
        place = rows.index(prompt)
        assert rows[place + 1] == ""
        assert rows[place + 2].startswith(f"{rule} So far {rule[0]}")

    @property
    def display(self) -> list[str]:
        """The rows of the screen, without the blanks at their ends."""
        if not self._display:
            self._display = [row.rstrip() for row in self._screen.display]
        return self._display

    @property
    def line(self) -> str:
        """The row in which the cursor stands."""
        return self.display[self._screen.cursor.y]

    @property
    def broken_by_the_edge(self) -> int:
        """How many lines were longer than the screen is wide."""
        return self._screen.broken

    @property
    def column(self) -> int:
        """The column of the cursor."""
        return int(self._screen.cursor.x)

    def __str__(self) -> str:
        return "\n".join(self.display).rstrip()

    # Keys.

    def type(self, keys: str | bytes) -> None:
        """Type; nobody waits for what comes of it."""
        self.child.send(keys)

    def resize(self, rows: int, columns: int) -> None:
        """Make the window larger or smaller, as a window manager does."""
        self._screen.resize(rows, columns)
        self._display = []
        self.child.setwinsize(rows, columns)

    def answer(self, text: str, says: str) -> None:
        """Type a line, and wait until something is said (once more, where it was said before)."""
        before = str(self).count(says)
        self.type(text + ENTER)
        self.until(lambda: str(self).count(says) > before, f"{says!r} after {text!r}")

    # Waiting.

    def wait(self, *texts: str) -> None:
        """Until all these texts stand on the screen."""
        self.until(lambda: all(text in str(self) for text in texts), " and ".join(map(repr, texts)))

    def wait_line(self, text: str) -> None:
        """Until the cursor's row is just this."""
        self.until(lambda: self.line == text, f"the line {text!r}")

    def until(self, is_there: Callable[[], bool], what: str) -> None:
        """Until something holds of the screen.  Raises AssertionError with the screen when it never does."""
        end = time.monotonic() + PATIENCE
        while not is_there():
            assert time.monotonic() < end, f"waited for {what} in vain; the screen is\n{self}"
            try:
                self._take(0.2)
            except pexpect.EOF:
                assert is_there(), f"the command ended before {what} came; the screen is\n{self}"
                return

    def ended(self) -> int:
        """The exit code, when the command has ended by itself; minus the signal when one has ended it."""
        end = time.monotonic() + PATIENCE
        try:
            while True:
                assert time.monotonic() < end, f"the command does not end; the screen is\n{self}"
                self._take(0.5)
        except pexpect.EOF:
            self.child.close()
        return self.child.exitstatus if self.child.exitstatus is not None else -self.child.signalstatus

    def closed(self) -> int:
        """The exit code, when the window was closed: the command gets a SIGHUP and all the time that it needs."""
        self.child.ptyproc.fileobj.close()
        end = time.monotonic() + PATIENCE
        while self.child.isalive():
            assert time.monotonic() < end, "the command does not end"
            time.sleep(0.02)
        return self.child.exitstatus if self.child.exitstatus is not None else -self.child.signalstatus

    def hang_up(self) -> None:
        """Close the window: whoever is in it gets a SIGHUP, and nothing is left to write to."""
        self.child.close(force=True)

    def _take(self, seconds: float) -> None:
        try:
            data = self.child.read_nonblocking(MOST_AT_ONCE, timeout=seconds)
        except pexpect.TIMEOUT:
            return
        self.raw += data
        self._display = []
        self._stream.feed(data)


def piped(home: Path, *arguments: str, typed: bytes, **environment: str) -> tuple[int, bytes, bytes]:
    """A quiz with a pipe for a keyboard: exit code, and the bytes on both outputs."""
    done = subprocess.run(
        [*COMMAND, *arguments],
        input=typed,
        capture_output=True,
        cwd=ROOT,
        env=surroundings(home, **environment),
        timeout=PATIENCE,
    )
    return done.returncode, done.stdout, done.stderr


def given(home: Path) -> list[str]:
    """The answers that were kept, in their order."""
    return [record.given for record in Store(home).records() if record.given]


def escapes(raw: bytes) -> list[bytes]:
    """The escape sequences among what came, for a failure's message."""
    return re.findall(rb"\x1b(?:\[[0-9;?]*[A-Za-z]|.)", raw)
