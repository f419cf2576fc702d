"""``validate``: the author's checker."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from ..errors import ProblemError, TutorError
from . import session
from .files import Source, bundled, find, is_there, read, shown_path


def validate(paths: Sequence[str]) -> int:
    """Check every file; the exit code: 0 all are right, 1 something is wrong."""
    files = [(name, read_it) for path in paths for name, read_it in _files(path)]
    wrong = 0
    for name, read_it in files:
        try:
            source = read_it()
            said = f"{shown_path(name)}: {check(source)}"
        except ProblemError as error:
            from ..reading.findings import render

            wrong += 1
            said = render(error.findings, error.text or source.text)
        except TutorError as error:
            wrong += 1
            said = str(error)
        print(said, flush=True)
    print(f"{len(files)} checked, {wrong} with errors.", file=sys.stderr)
    return 1 if wrong else 0


def _files(path: str) -> Iterator[tuple[str, Callable[[], Source]]]:
    """The name of each file that a path means, and how to read it; what cannot be read is one file's error."""
    place = Path(path)
    if not is_there(place, folder=True) or path in bundled():
        source = find(path)
        yield source.name, lambda: source
        return
    files = sorted(file for file in place.rglob("*") if file.suffix in {".yaml", ".yml"} and file.is_file())
    if not files:
        raise TutorError(f"{shown_path(path)} has no .yaml files in it.")
    for file in files:
        yield str(file), partial(_read, file)


def _read(file: Path) -> Source:
    return Source(read(file), str(file), file.stem)


def check(source: Source) -> str:
    """Check one file by every road; a line that says what was proved.  Raises ProblemError with findings."""
    from ..lessons.validate import validate_problem

    problem = session.read_source(source)
    report = validate_problem(problem)
    if report.findings:
        raise ProblemError(report.findings, problem.text)
    return report.summary
