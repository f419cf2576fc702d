"""``export``."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from ..errors import TutorError
from . import screen, session
from .files import is_there, shown

FORMATS = {"md": "md", "markdown": "md", "json": "json"}


def export(problem: str, output: str, to: str | None, math: str, force: bool, **options: Any) -> None:
    """Write the worked solution to a file (or standard output) in the format that its ending names."""
    if math not in {"github", "dollars"}:
        raise TutorError("--math takes github or dollars.")
    kind = _format(output, to)
    with screen.working("Working the problem out …"):
        text = _write(kind, math, problem, options)
    if not output:
        raise TutorError("Name the file to write: -o solution.md, or - for standard output.")
    if output == "-":
        screen.write_data(text)
        return
    path = Path(output)
    if is_there(path) and not force:
        raise TutorError(f"{shown(output)} is there already: choose another name, or add --force to write over it.")
    try:
        _replace(path, text)
    except OSError as error:
        raise TutorError(f"{shown(output)} cannot be written: {error.strerror}.") from error
    print(f"Wrote {shown(output)}.", file=sys.stderr)


def _format(output: str, to: str | None) -> str:
    wanted = (to or Path(output).suffix.lstrip(".") or "md").lower()
    if wanted not in FORMATS:
        raise TutorError(f"There is no format {shown(wanted)}: use one of {', '.join(sorted(set(FORMATS.values())))}.")
    return FORMATS[wanted]


def _write(kind: str, math: str, problem: str, options: dict[str, Any]) -> str:
    told = session.lesson(
        session.read(problem),
        notation=options["notation"],
        shortcut=options["shortcut"],
        rounded=session.rounding(options["decimals"], options["digits"]),
        exact=options["exact"],
    )
    if kind == "json":
        from ..writers.json_text import write as write_json

        return write_json(told)
    from ..writers.markdown import write

    return write(told, math="dollars" if math == "dollars" else "github")


def _replace(path: Path, text: str) -> None:
    """Write beside the file first, so that an interruption leaves no half of it."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
