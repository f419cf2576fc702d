"""The speed of the quiz: how soon the first question stands there, and how soon an answer has its verdict."""

from __future__ import annotations

import gc
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from io import StringIO
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles

from processes import COMMAND, PROJECT
from rich.console import Console

sys.path += [str(PROJECT / "tests"), str(PROJECT / "tests" / "quiz")]

from learner import right_text, tutor

from backprop_tutor.cli.store import Store
from backprop_tutor.model.quiz import Item, ItemKind, State
from backprop_tutor.model.record import Sitting
from backprop_tutor.quiz.tutor import Tutor
from backprop_tutor.writers.terminal_quiz import TerminalQuiz

FIRST = ("slides-example-3", "cmu-tanh", "uw-chain-rule")
ANSWERED = (
    "slides-example-3",
    "cmu-tanh",
    "two-by-two",
    "softmax-three-classes",
    "slides-deep-sigmoid",
    "deep-network",
)
IN_LETTERS = ("slides-example-3", "cmu-tanh", "uw-chain-rule")
FIRST_QUESTION = 1.3
"""At most so many times what ``solve`` takes."""
MEDIAN, MOST = 50.0, 150.0
"""Milliseconds from Enter to the verdict: at the median, and for 99 of 100 answers."""
_PROMPT = re.compile(rb"(?:^|\n)[^\n]{1,40}(?: = |: )$")


@dataclass
class Times:
    """How long answers took, in milliseconds, by what they came to."""

    right: list[float] = field(default_factory=list)
    wrong: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    """What the processor had to do for both: on a machine that others use too, all else is waiting."""
    questions: list[float] = field(default_factory=list)
    """The next question, from the verdict to the screen."""

    @property
    def both(self) -> list[float]:
        """Right and wrong answers together."""
        return self.right + self.wrong


def first_questions(rounds: int) -> Iterator[tuple[str, float, str]]:
    """For each problem: the time to the first question as a multiple of ``solve``, and the times in words."""
    seconds: dict[tuple[str, str], list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(rounds + 1):
            for name in FIRST:
                for command in ("solve", "quiz"):
                    gc.collect()
                    with Talk(folder, command, name) as talk:
                        spent = talk.to_the_prompt() if command == "quiz" else talk.to_the_end()
                    if turn:
                        seconds.setdefault((name, command), []).append(spent)
    for name in FIRST:
        solve, quiz = (median(seconds[name, command]) for command in ("solve", "quiz"))
        yield name, quiz / solve, f"{quiz:.3f} s against {solve:.3f} s"


class Talk:
    """A process with a pipe for a keyboard and one for a screen."""

    def __init__(self, folder: str, *arguments: str) -> None:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": f"{folder}/cache", "COLUMNS": "100"}
        environment["BACKPROP_TUTOR_HOME"] = f"{folder}/home"
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        self.start = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, "-c", COMMAND, *arguments],
            cwd=PROJECT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def __enter__(self) -> Talk:
        return self

    def __exit__(self, *error: object) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.stdout.read()
        self.process.wait()
        self.process.stdout.close()

    def to_the_end(self) -> float:
        """Seconds until everything is printed and the process is over."""
        assert self.process.stdout is not None
        self.process.stdout.read()
        self.process.wait()
        return time.perf_counter() - self.start

    def to_the_prompt(self) -> float:
        """Seconds from the start, or from the last line that was typed, until something is asked (or all is over)."""
        assert self.process.stdout is not None
        said = b""
        while more := os.read(self.process.stdout.fileno(), 65536):
            said = (said + more)[-200:]
            if _PROMPT.search(said):
                break
        return time.perf_counter() - self.start

    def type(self, line: str) -> None:
        """One line, with Enter; the clock begins anew."""
        assert self.process.stdin is not None
        self.start = time.perf_counter()
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()


def in_processes(cases: Sequence[tuple[str, bool]]) -> Iterator[Times]:
    """A whole quiz for each problem and form of answers, each in a process of its own, as a learner holds it."""
    spawn = get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn, max_tasks_per_child=1) as pool:
        yield from pool.map(verdicts, *zip(*cases, strict=True))


def verdicts(name: str, symbolic: bool = False) -> Times:
    """A whole quiz in this process: every step answered wrongly and then rightly, kept in a store, and printed."""
    teacher = tutor(name, symbolic=symbolic)
    teacher.session = "benchmark"
    teacher.warm()
    writer = TerminalQuiz(teacher.lesson)
    console = Console(file=StringIO(), width=100, force_terminal=True, markup=False, emoji=False, highlight=False)
    times = Times()
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        store.begin(Sitting("benchmark", time.time(), name, name, "", "", 1))
        state = teacher.begin()
        while (item := state.item) is not None:
            start = time.perf_counter()
            console.print(writer.parts(teacher.question(state), 40))
            times.questions.append(1000 * (time.perf_counter() - start))
            typed = wrong_text(teacher, state, item)
            start, begun = time.perf_counter(), time.process_time()
            turn = teacher.advance(state, typed or right_text(teacher, item), time.time())
            store.append(turn.records)
            console.print(writer.parts(turn.parts, 40))
            (times.wrong if typed else times.right).append(1000 * (time.perf_counter() - start))
            times.busy.append(1000 * (time.process_time() - begun))
            state = turn.state
    return times


def wrong_text(teacher: Tutor, state: State, item: Item) -> str:
    """A wrong first answer to a step: another number, or twice the formula with a minus; empty for the second."""
    if item.kind is not ItemKind.STEP or state.standing(item).attempts:
        return ""
    figure = teacher.venue(item).steps[item.name].figure
    if figure is None:
        return f"-2*({right_text(teacher, item)})"
    return f"{float(figure.shown) * 1.37 + 0.1:.4g}"


def over_a_pipe(name: str) -> list[float]:
    """Milliseconds from Enter to the next prompt, over a pipe: the answers of a whole quiz, without its end."""
    teacher = tutor(name, questions=False)
    found = []
    with tempfile.TemporaryDirectory() as folder, Talk(folder, "quiz", name, "--no-questions") as talk:
        talk.to_the_prompt()
        # Nobody answers before the question is read; the first answer would wait for what is prepared meanwhile.
        time.sleep(1.5)
        state = teacher.begin()
        while (item := state.item) is not None:
            typed = wrong_text(teacher, state, item) or right_text(teacher, item)
            talk.type(typed)
            found.append(1000 * talk.to_the_prompt())
            state = teacher.advance(state, typed, time.time()).state
    # After the last answer there is no prompt: the summary follows, and the process ends.
    return found[:-1]


def percentile(times: list[float], percent: int) -> float:
    """So many percent of the times are not longer."""
    return quantiles(times, n=100)[percent - 1]
