"""Whole processes: what starting takes beside the imports that cannot be spared."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from measure import interleaved

PROJECT = Path(__file__).resolve().parents[2]
COMMAND = "from backprop_tutor.cli.app import main; main()"
TARGETS = (
    ("solve cmu-tanh", ("solve", "cmu-tanh"), "typer, rich, sympy, yaml", 1.3),
    ("solve cmu-tanh --json", ("solve", "cmu-tanh", "--json"), "typer, rich, sympy, yaml", 1.3),
    ("--help", ("--help",), "typer", 2.0),
    ("problems", ("problems",), "typer", 2.0),
)


def processes(rounds: int) -> list[tuple[str, float, float, str]]:
    """For each command: the ratio to a process that only imports, the target, and the times in words."""
    with tempfile.TemporaryDirectory() as cache:
        actions: dict[str, Callable[[], object]] = {}
        for name, arguments, imports, _ in TARGETS:
            actions[name] = _process(("-c", COMMAND, *arguments), cache)
            actions[imports] = _process(("-c", f"import {imports}"), cache)
        seconds = interleaved(actions, rounds)
    return [
        (name, seconds[name] / seconds[imports], target, f"{seconds[name]:.3f} s against {seconds[imports]:.3f} s")
        for name, _, imports, target in TARGETS
    ]


def _process(arguments: tuple[str, ...], cache: str) -> Callable[[], object]:
    """A run of Python in which every module is compiled already, as after an installation."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": cache, "COLUMNS": "100"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return lambda: subprocess.run(
        [sys.executable, *arguments], cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL, check=True
    )
