"""Time per edge of the graph as problems grow, for deriving and for every way of telling."""

from __future__ import annotations

import gc
import io
import time
from collections import defaultdict
from statistics import median

from families import FAMILIES, problem
from rich.console import Console

from backprop_tutor.engine.solve import solve
from backprop_tutor.lessons.teach import teach
from backprop_tutor.model.lesson import Lesson
from backprop_tutor.writers import json_text, markdown
from backprop_tutor.writers.terminal import TerminalWriter

STAGES = ("deriving", "telling", "terminal", "JSON", "Markdown")
_SHORTEST = 0.05
"""Small problems are run again and again until a measurement takes so many seconds."""


def edges(family: str, rounds: int, largest: int) -> tuple[list[int], dict[tuple[str, int], float]]:
    """The numbers of edges, and the median seconds per edge by stage and number of edges."""
    problems = [problem(FAMILIES[family](size)) for size in (10, 100, 1_000, 10_000) if size <= largest]
    counts = [sum(map(len, solve(read)[0].plan.edges.values())) for read in problems]
    found: dict[tuple[str, int], list[float]] = defaultdict(list)
    for turn in range(rounds + 1):
        for read, count in zip(problems, counts, strict=True):
            # The large ones are long enough to be measured well in few rounds, and the first round only warms up.
            if count > 5_000 and turn not in (1, 2, 3):
                continue
            for stage, seconds in _measured(read).items():
                if turn:
                    found[stage, count].append(seconds / count)
    return counts, {key: median(times) for key, times in found.items()}


def _measured(read: object) -> dict[str, float]:
    """Seconds for each stage, one after the other, on average of as many runs as a measurement needs."""
    spent: dict[str, float] = defaultdict(float)
    runs = 0
    gc.collect()
    while not runs or spent["deriving"] + spent["telling"] < _SHORTEST:
        runs += 1
        clock = time.perf_counter()

        def lap(stage: str) -> None:
            nonlocal clock
            now = time.perf_counter()
            spent[stage] += now - clock
            clock = now

        solutions = solve(read)  # type: ignore[arg-type]
        lap("deriving")
        lesson = teach(solutions)
        lap("telling")
        _terminal(lesson)
        lap("terminal")
        json_text.write(lesson)
        lap("JSON")
        markdown.write(lesson)
        lap("Markdown")
    return {stage: seconds / runs for stage, seconds in spent.items()}


def _terminal(lesson: Lesson) -> None:
    """Everything that ``solve`` prints."""
    console = Console(file=io.StringIO(), width=100, markup=False, emoji=False, highlight=False)
    writer = TerminalWriter(lesson)
    console.print(writer.opening())
    for step in lesson.steps:
        console.print(writer.step(step))
    console.print(writer.closing())
