"""A tutor for back-propagation: worked solutions with every step shown and every number right.

From Python, a problem file's text becomes a lesson and its JSON in three calls::

    problem, findings = read_problem(text, "mine.yaml", vocabulary(()))
    lesson = teach(solve(problem))
    print(write_json(lesson))

The names below are imported when they are used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {
    "build_graph": "graphs.build",
    "read_problem": "reading.problems",
    "solve": "engine.solve",
    "teach": "lessons.teach",
    "vocabulary": "ops",
    "write_json": "writers.json_text",
    "write_markdown": "writers.markdown",
}

__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module(f".{_HOMES[name]}", __name__)
    return getattr(module, name.removesuffix("_json").removesuffix("_markdown") if name.startswith("write") else name)
