"""What a command does not need is not imported: the tool answers at once."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

HEAVY = {"sympy", "numpy", "prompt_toolkit", "autograd", "scipy", "pydantic"}


@cache
def imported_by(*arguments: str, ends_with: int = 0) -> frozenset[str]:
    """The packages that a command imports, by the names of their top folders."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "backprop_tutor", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == ends_with, done.stderr[-500:]
    modules = (line.rsplit("|", 1)[1].strip() for line in done.stderr.splitlines() if line.startswith("import time:"))
    return frozenset(module.split(".")[0] for module in modules)


@pytest.mark.parametrize(
    ("arguments", "not_imported"),
    [
        (("--help",), HEAVY | {"rich", "yaml", "mpmath"}),
        (("--version",), HEAVY | {"rich", "yaml", "mpmath"}),
        (("solve", "--help"), HEAVY | {"rich", "yaml", "mpmath"}),
        (("problems",), HEAVY | {"rich", "mpmath"}),
        (("solve", "slides-example-3", "--json"), HEAVY - {"sympy"} | {"rich"}),
        (("export", "slides-example-3", "--to", "md"), HEAVY - {"sympy"} | {"rich"}),
        (("solve", "slides-example-3"), HEAVY - {"sympy"}),
    ],
    ids=lambda part: " ".join(part) if isinstance(part, tuple) else None,
)
def test_what_is_not_imported(arguments: tuple[str, ...], not_imported: set[str]) -> None:
    found = imported_by(*arguments)
    assert "typer" in found
    assert not found & not_imported


WRONG_SHEET = "z1_1: 0.25\na1_1: 0.562\ndL/dz2_1: 0.235\n"


def test_marking_a_sheet_of_numbers_needs_no_sympy(tmp_path: Path) -> None:
    """Not even when every misconception is tried on it."""
    sheet = tmp_path / "sheet.yaml"
    sheet.write_text(WRONG_SHEET, encoding="utf-8")
    for more in (("--json",), ()):
        found = imported_by("check", "slides-example-3", str(sheet), *more, ends_with=1)
        assert not found & HEAVY
        assert ("rich" in found) == (not more)


def test_the_test_sees_what_is_imported() -> None:
    assert {"yaml", "mpmath"} <= imported_by("solve", "slides-example-3", "--json")
