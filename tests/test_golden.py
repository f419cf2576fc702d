"""Transcripts of every bundled problem, as the terminal, Markdown and JSON give them.

``UPDATE_GOLDEN=1 pytest tests/test_golden.py`` rewrites them; read the difference before you commit it.
"""

from __future__ import annotations

import difflib
import json
import os
from pathlib import Path

import pytest
from support import BUNDLED, run

FOLDER = Path(__file__).parent / "golden"
COMMANDS = {
    "txt": ("solve", "{}"),
    "md": ("export", "{}", "--to", "md"),
    "json": ("solve", "{}", "--json"),
}
MOST_BYTES = 6_000_000
UPDATE = os.environ.get("UPDATE_GOLDEN") == "1"


def transcript(kind: str, name: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """What a command prints into a pipe of 80 columns."""
    for variable in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "TERM"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    code, out, error = run(monkeypatch, *(part.format(name) for part in COMMANDS[kind]))
    assert code == 0, error
    if kind == "json":
        # One step a line, so that a difference can be read.
        json.loads(out)
        out = out.replace('{"id": ', '\n{"id": ')
    return out


@pytest.mark.parametrize("kind", COMMANDS)
@pytest.mark.parametrize("name", BUNDLED)
def test_transcript(name: str, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = transcript(kind, name, monkeypatch)
    path = FOLDER / f"{name}.{kind}"
    if UPDATE:
        path.parent.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8", newline="\n")
        return
    assert path.is_file(), f"{path.name} is missing: run UPDATE_GOLDEN=1 pytest tests/test_golden.py"
    wanted = path.read_text(encoding="utf-8")
    if found != wanted:
        lines = difflib.unified_diff(wanted.splitlines(), found.splitlines(), "golden", "now", lineterm="", n=1)
        pytest.fail("\n".join([f"{path.name} differs:", *list(lines)[:40]]), pytrace=False)


@pytest.mark.parametrize("name", BUNDLED)
def test_the_terminal_keeps_to_its_80_columns(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from rich.cells import cell_len

    text = transcript("txt", name, monkeypatch)
    assert "\x1b" not in text
    assert max(cell_len(line) for line in text.splitlines()) <= 80


def test_no_transcript_is_left_over() -> None:
    expected = {f"{name}.{kind}" for name in BUNDLED for kind in COMMANDS}
    found = {path.name for path in FOLDER.glob("*") if path.suffix.lstrip(".") in COMMANDS}
    assert not found - expected
    assert sum(path.stat().st_size for path in FOLDER.glob("*")) <= MOST_BYTES
