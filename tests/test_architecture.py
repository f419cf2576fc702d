"""Who may import whom, who may import what from outside, and the shape of every file: read from the source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from backprop_tutor.ops import operations

ROOT = Path(__file__).parents[1]
PACKAGE = "backprop_tutor"

ROWS = (
    {"model", "errors", "registry"},
    {"ops", "reading"},
    {"symbolic"},
    {"graphs", "engine"},
    {"lessons"},
    {"writers", "marking"},
    {"variants"},
    {"quiz"},
    {"cli"},
)
ENGINE_USES_GRAPHS = {"engine/solve.py"}
"""The one neighbour that is asked: from a problem to its solution leads through its graph."""

OUTSIDE = {
    "yaml": {"reading/yaml_tree.py", "reading/yaml_errors.py"},
    "rich": {
        "cli",
        "writers/terminal.py",
        "writers/terminal_class.py",
        "writers/terminal_quiz.py",
        "writers/terminal_report.py",
        "writers/terminal_svg.py",
    },
    "typer": {"cli"},
    "sympy": {"symbolic", "engine/exact.py"},
    "mpmath": {"engine"},
    "prompt_toolkit": {"cli/prompts.py"},
    "sqlite3": {"cli/store.py"},
    "platformdirs": {"cli/store.py"},
}
"""Where a library may be imported: by folder or by file."""
SYMPY_IN_FUNCTIONS_ONLY = {"engine/exact.py", "symbolic/expression.py"}
STANDARD_FOR_THE_SHELL = {"subprocess", "socket", "urllib", "http", "time", "datetime", "random", "os", "tempfile"}
FORBIDDEN_CALLS = {"eval", "exec", "compile", "sympify", "parse_expr", "lambdify", "parse_latex", "__import__"}
FORBIDDEN_MODULES = {"pickle", "marshal", "shelve", "dill", "numpy"}
MOST_LINES = 300

LANGUAGE = {"exp", "ln", "sin", "cos", "tan", "tanh", "sqrt", "abs", "max", "min", "sign", "erf", "pi"}
"""The primitives of the formula language; a printer may know how these are written."""
WORDS = {"step"}
"""Operations whose name is also an everyday word: a step of a solution."""
WIRING = {"graphs/from_layers.py", "graphs/operations.py", "graphs/vectors.py"}
"""Where problems become graphs: what the arithmetic of a line or a layer is called stands here."""
READERS_WORDS = {"reading/specs.py", "reading/layers.py", "reading/networks.py", "reading/words.py"}
"""The default activation, examples in repairs, and what strangers call a function elsewhere ("did you mean")."""


def sources() -> dict[str, str]:
    """The text of every file of the package, by its path inside it."""
    folder = ROOT / PACKAGE
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in sorted(folder.rglob("*.py"))}


SOURCES = sources()


def row_of(part: str) -> int:
    for number, row in enumerate(ROWS):
        if part in row:
            return number
    raise AssertionError(f"{part} stands in no row of the architecture")


def part_of(path: str) -> str:
    """The part of the package that a file belongs to: its folder, or its own name."""
    return path.split("/")[0].removesuffix(".py")


def imported(path: str, text: str) -> Iterator[tuple[str, ast.AST]]:
    """Every module that a file imports, absolute, and the statement."""
    folder = path.split("/")[:-1]
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level == 0:
                yield node.module or "", node
                continue
            above = [PACKAGE, *folder][: len(folder) + 2 - node.level]
            inside = [*above, *(node.module.split(".") if node.module else [])]
            for alias in node.names:
                yield ".".join([*inside, alias.name] if len(inside) == 1 else inside), node


def rows_broken(files: dict[str, str]) -> list[str]:
    broken = []
    for path, text in files.items():
        here = part_of(path)
        if here in {"__init__", "__main__"}:
            continue
        for module, _ in imported(path, text):
            parts = module.split(".")
            if parts[0] != PACKAGE or len(parts) < 2 or parts[1] == here:
                continue
            above = row_of(parts[1]) < row_of(here)
            asked = path in ENGINE_USES_GRAPHS and parts[1] == "graphs"
            same_top_row = row_of(parts[1]) == row_of(here) == 0
            if not above and not asked and not same_top_row:
                broken.append(f"{path} imports {module}")
    return broken


def outsiders(files: dict[str, str]) -> list[str]:
    broken = []
    for path, text in files.items():
        for module, _ in imported(path, text):
            top = module.split(".")[0]
            places = OUTSIDE.get(top)
            if places is not None and path not in places and path.split("/")[0] not in places:
                broken.append(f"{path} imports {top}")
            if top in FORBIDDEN_MODULES:
                broken.append(f"{path} imports {top}")
            if top in STANDARD_FOR_THE_SHELL and part_of(path) != "cli" and not harmless(module, text):
                broken.append(f"{path} imports {top}")
    return broken


def harmless(module: str, text: str) -> bool:
    """A generator with a seed of the caller's is no dice."""
    return module == "random" and "from random import Random" in text and "import random" not in text


def top_level_sympy(files: dict[str, str]) -> list[str]:
    """Files that import SymPy when they are imported, where only a function of theirs may."""
    broken = []
    for path in SYMPY_IN_FUNCTIONS_ONLY & files.keys():
        for statement in ast.parse(files[path]).body:
            modules = [statement] if isinstance(statement, (ast.Import, ast.ImportFrom)) else []
            for module in modules:
                names = [alias.name for alias in module.names] if isinstance(module, ast.Import) else [module.module]
                if any(name and name.split(".")[0] == "sympy" for name in names):
                    broken.append(path)
                if isinstance(module, ast.ImportFrom) and module.module and module.module.endswith("bridge"):
                    broken.append(path)
    return broken


def forbidden_calls(files: dict[str, str]) -> list[str]:
    broken = []
    for path, text in files.items():
        for node in ast.walk(ast.parse(text)):
            name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
            is_regex = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "re"
            if name in FORBIDDEN_CALLS and not is_regex:
                broken.append(f"{path}:{node.lineno} uses {name}")
    return broken


def operations_by_name(files: dict[str, str]) -> list[str]:
    """Names of operations in strings of the rows that must not know any."""
    known = set(operations()) - LANGUAGE - WORDS
    broken = []
    for path, text in files.items():
        if part_of(path) not in {"writers", "cli"}:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in known:
                broken.append(f"{path}:{node.lineno} knows {node.value!r}")
    return broken


def shapes_broken(files: dict[str, str]) -> list[str]:
    broken = []
    for path, text in files.items():
        lines = text.count("\n")
        if lines > MOST_LINES:
            broken.append(f"{path} has {lines} lines")
        tree = ast.parse(text)
        if not ast.get_docstring(tree) and text.strip():
            broken.append(f"{path} has no docstring")
        for node in tree.body:
            if not isinstance(node, (ast.FunctionDef, ast.ClassDef)) or node.name.startswith("_"):
                continue
            if not ast.get_docstring(node):
                broken.append(f"{path}:{node.lineno} {node.name} has no docstring")
    return broken


CHECKS = [rows_broken, outsiders, top_level_sympy, forbidden_calls, operations_by_name, shapes_broken]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_architecture(check) -> None:  # type: ignore[no-untyped-def]
    assert not check(SOURCES)


PLANTED = [
    (rows_broken, "ops/sigmoid.py", "from ..engine.solve import solve"),
    (rows_broken, "ops/sigmoid.py", "from ..reading import numbers"),
    (rows_broken, "model/formula.py", "def f():\n    from backprop_tutor.writers.maths import Maths"),
    (rows_broken, "graphs/build.py", "from ..engine import plan"),
    (rows_broken, "engine/run.py", "from ..graphs.build import build_graph"),
    (rows_broken, "writers/lines.py", "import backprop_tutor.cli.app"),
    (rows_broken, "lessons/teach.py", "from .. import cli"),
    (rows_broken, "lessons/teach.py", "from ..marking.mark import Marker"),
    (rows_broken, "writers/lines.py", "from ..marking.mark import Marker"),
    (rows_broken, "marking/mark.py", "from ..writers.lines import Line"),
    (rows_broken, "marking/mark.py", "from ..quiz.tutor import Tutor"),
    (outsiders, "writers/lines.py", "import sqlite3"),
    (outsiders, "reading/problems.py", "import yaml"),
    (outsiders, "writers/markdown.py", "from rich.text import Text"),
    (outsiders, "lessons/teach.py", "import sympy"),
    (outsiders, "reading/lexer.py", "import mpmath"),
    (outsiders, "engine/run.py", "def f():\n    import numpy as np"),
    (outsiders, "writers/lines.py", "import pickle"),
    (outsiders, "lessons/teach.py", "import time"),
    (top_level_sympy, "engine/exact.py", "import sympy"),
    (top_level_sympy, "symbolic/expression.py", "from .bridge import Bridge"),
    (forbidden_calls, "reading/numbers.py", "x = eval('1')"),
    (forbidden_calls, "symbolic/bridge.py", "import sympy\nx = sympy.sympify('1')"),
    (forbidden_calls, "cli/app.py", "import builtins\nbuiltins.exec('1')"),
    (operations_by_name, "writers/lines.py", "x = 'sigmoid'"),
    (operations_by_name, "cli/session.py", "def f(op):\n    return op.name == 'half_squared_error'"),
    (shapes_broken, "cli/session.py", '"""Doc."""\n' + "x = 1\n" * 300),
    (shapes_broken, "cli/session.py", '"""Doc."""\n\n\ndef public():\n    pass'),
    (shapes_broken, "cli/session.py", "x = 1"),
]


@pytest.mark.parametrize(("check", "path", "text"), PLANTED, ids=lambda part: getattr(part, "__name__", str(part)[:30]))
def test_a_planted_breach_is_caught(check, path: str, text: str) -> None:  # type: ignore[no-untyped-def]
    assert path in SOURCES
    assert check({path: text})


def test_the_top_level_is_closed() -> None:
    allowed = {"pyproject.toml", PACKAGE, "problems", "tests", "README.md", "LICENSE"}
    ignored = {"build", "dist", "__pycache__"}
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")} - ignored
    assert {name for name in found if not name.endswith(".egg-info")} <= allowed


def test_adding_a_page_needs_no_other_file() -> None:
    """No file names an operation but its own, those beside it, and those that wire the graph."""
    known = set(operations()) - LANGUAGE - WORDS
    found = []
    for path, text in SOURCES.items():
        if path in WIRING | READERS_WORDS or part_of(path) == "ops":
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in known:
                found.append(f"{path}:{node.lineno} {node.value!r}")
    assert not found
