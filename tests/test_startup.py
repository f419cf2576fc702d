"""What a command does not need is not imported: the tool answers at once."""

from __future__ import annotations

import subprocess
import sys
from functools import cache

import pytest

HEAVY = {"sympy", "numpy", "prompt_toolkit", "autograd", "scipy", "pydantic"}


@cache
def imported_by(*arguments: str) -> frozenset[str]:
    """The packages that a command imports, by the names of their top folders."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "backprop_tutor", *arguments],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
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


def test_the_test_sees_what_is_imported() -> None:
    assert {"yaml", "mpmath"} <= imported_by("solve", "slides-example-3", "--json")
