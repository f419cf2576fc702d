"""What many tests need: bundled problems solved once, problems from text, numbers as exact fractions."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from functools import cache
from types import FrameType

import pytest

from backprop_tutor.cli import app, session
from backprop_tutor.cli.files import Source, bundled
from backprop_tutor.engine.by_hand import exact_fraction
from backprop_tutor.engine.solve import Solution
from backprop_tutor.lessons.teach import teach
from backprop_tutor.model.lesson import Lesson
from backprop_tutor.model.problem import Problem

BUNDLED = tuple(bundled())


def from_text(text: str) -> Problem:
    """The problem of a file's text.  Raises ProblemError with its findings."""
    return session.read_source(Source(text, "test.yaml", "test"))


@cache
def problem(name: str) -> Problem:
    """A bundled problem."""
    return session.read(name)


@cache
def solutions(name: str, shortcut: bool = True) -> tuple[Solution, ...]:
    """The solutions of a bundled problem."""
    return session.solve(problem(name), shortcut=shortcut)


@cache
def lesson(name: str, shortcut: bool = True) -> Lesson:
    """The lesson of a bundled problem."""
    return teach(solutions(name, shortcut))


def exact(value: object) -> Fraction:
    """A number of the engine's as the fraction that it is."""
    return value if isinstance(value, Fraction) else exact_fraction(value)


class Terminal(io.TextIOWrapper):
    """A stream in UTF-8 that keeps what is written, as a pipe would."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", newline="")

    def text(self) -> str:
        self.flush()
        assert isinstance(self.buffer, io.BytesIO)
        return self.buffer.getvalue().decode("utf-8")


HANGS = 30.0


@contextmanager
def ends(what: object = "") -> Iterator[None]:
    """Fails where the body takes more than half a minute of this process's own time.

    Not a measure of speed, which stands in the benchmark: what is wrong here is what grows with the square of a
    text or faster, and that takes minutes.
    """
    start = time.process_time()
    yield
    assert time.process_time() - start < HANGS, ascii(what)[:80]


def calls(do: Callable[[], object]) -> int:
    """How many functions are called: a measure of work that is the same on every machine."""
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        do()
    finally:
        sys.setprofile(before)
    return count


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> tuple[int, str, str]:
    """The command in this process: exit code and both outputs.  Only SystemExit may come out of it, and it ends."""
    out, error = Terminal(), Terminal()
    monkeypatch.setattr(sys, "argv", ["backprop-tutor", *arguments])
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", error)
    code: object = 0
    try:
        with ends(arguments):
            app.main()
    except SystemExit as done:
        code = done.code
    finally:
        monkeypatch.undo()
    return (code if isinstance(code, int) else 0 if code is None else 1), out.text(), error.text()


SIMPLE = "inputs: {a: 2, b: 3}\nexpressions:\n  p: a*b\n  y: p + a\n"


def out(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str:
    """The output of a command that must succeed in silence."""
    text: str
    code, text, error = run(monkeypatch, *arguments)
    assert (code, error) == (0, ""), error
    assert text
    return text


def refusal(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str:
    """What stands on stderr when a command cannot be used; stdout stays empty."""
    error: str
    code, text, error = run(monkeypatch, *arguments)
    assert code == 2, error
    assert text == ""
    assert error.strip()
    assert "Traceback" not in error
    return error
