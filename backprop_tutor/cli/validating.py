"""``validate``: the author's checker."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..errors import ProblemError, TutorError
from ..model.problem import Finding
from . import session
from .library import Source, bundled, find, folder, is_there, read, shown


def validate(paths: Sequence[str]) -> int:
    """Check every file; the exit code: 0 all are right, 1 something is wrong."""
    sources = [source for path in paths for source in _sources(path)]
    wrong = 0
    for source in sources:
        try:
            count = check(source)
        except ProblemError as error:
            from ..reading.findings import render

            wrong += 1
            print(render(error.findings, error.text or source.text))
        else:
            print(f"{shown(source.name)}: {count}")
    print(f"{len(sources)} checked, {wrong} with errors.", file=sys.stderr)
    return 1 if wrong else 0


def _sources(path: str) -> Iterator[Source]:
    place = Path(path)
    if not is_there(place, folder=True) or path in bundled():
        yield find(path)
        return
    files = sorted(file for file in place.rglob("*") if file.suffix in {".yaml", ".yml"})
    if not files:
        raise TutorError(f"{shown(path)} has no .yaml files in it.")
    for file in files:
        yield Source(read(file), str(file), file.stem)


def check(source: Source) -> str:
    """Check one file by every road; a line that says what was proved.  Raises ProblemError with findings."""
    from ..lessons.validate import validate_problem

    problem = session.read_source(source)
    report = validate_problem(problem)
    if report.findings:
        raise ProblemError(report.findings, problem.text)
    return report.summary


__all__ = ["Finding", "check", "folder", "validate"]
