"""``check``: one sheet, or a class of them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ..errors import TutorError
from . import exporting, screen, session
from .checking_many import check_many, works_of_class
from .desk import MAX_CLASS_BYTES, Desk, Setup, UnusableSheetError, Work, feedback, text_of
from .files import bundled, find, is_there, shown, shown_path
from .sheet_files import Shard, nearest_files, sheets_in

if TYPE_CHECKING:
    from ..model.marking import Report

STDIN = "standard input"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for on the command line of ``check``."""

    problem: str
    sheet: str
    ask: tuple[str, ...] = ()
    notation: str | None = None
    json: bool = False
    markdown: bool = False
    output: str = "-"
    report: str | None = None
    feedback: str | None = None
    shard: str | None = None
    jobs: int | None = None
    force: bool = False
    ascii: bool = False

    @property
    def of_many(self) -> bool:
        """Whether something was asked for that a class has and a single sheet has not."""
        return self.report is not None or self.feedback is not None or self.shard is not None


def check(request: Request) -> int:
    """Mark what was named; the exit code: 0 all is right, 1 something is not."""
    if request.problem == request.sheet == "-":
        raise TutorError("PROBLEM and SHEET cannot both be standard input: name a file for one of them.")
    request = _with_format(request)
    shard = Shard.read(request.shard)
    if request.report == "-" and request.output == "-" and (request.json or request.markdown):
        raise TutorError("Only one thing can go to standard output: name a file for --report or -o.")
    place = Path(request.sheet)
    folder = request.sheet != "-" and is_there(place, folder=True)
    if not folder and request.sheet != "-" and not _exists(place):
        raise TutorError(_no_sheet(request))
    with screen.working("Working the problem out …"):
        desk = _desk(request)
    if folder:
        files, ignored = sheets_in(place, {request.problem, request.report or "", request.output})
        works = [Work(name, str(path)) for name, path in files]
        return check_many(request, desk, shard, works, ignored)
    name = STDIN if request.sheet == "-" else request.sheet
    text = _text(request, name)
    from ..reading.sheets import is_class

    if is_class(text, name, desk.is_quantity):
        return check_many(request, desk, shard, works_of_class(text, name, desk))
    label = name if request.sheet == "-" else place.name
    if request.of_many:
        sheet = _named(name, lambda: desk.read(text, name, label))
        return check_many(request, desk, shard, [Work(label, sheet=sheet)])
    return _check_one(request, desk, text, name, label)


def _with_format(request: Request) -> Request:
    """The request with the format that the output's ending names, when no option does."""
    if request.json and request.markdown:
        raise TutorError("Choose one of --json and --markdown.")
    if not request.output:
        raise TutorError("Name the file to write: -o report.md, or - for standard output.")
    if request.output == "-" or request.json or request.markdown:
        return request
    ending = Path(request.output).suffix.lower()
    if ending not in {".md", ".markdown", ".json", ".jsonl"}:
        raise TutorError("-o writes a report as Markdown or JSON: add --markdown or --json.")
    return replace(request, json=ending in {".json", ".jsonl"}, markdown=ending in {".md", ".markdown"})


def _no_sheet(request: Request) -> str:
    """Why there is nothing to mark: problem and sheet have changed places, or the name is mistyped."""
    sheet = request.sheet
    if sheet in bundled():
        first = f"{sheet} is a problem, and the problem comes first"
        if request.problem in bundled():
            return f"{first}; what is missing is the sheet: backprop-tutor check {sheet} SHEET."
        return f"{first}: backprop-tutor check {sheet} {shown_path(request.problem)}."
    message = f"There is no sheet or folder called {shown_path(sheet)}."
    near = nearest_files(Path(sheet))
    return f"{message} Did you mean {' or '.join(map(shown_path, near))}?" if near else message


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _desk(request: Request) -> Desk:
    """The marker of the problem, with the quantities that count under their plain names."""
    setup = Setup(find(request.problem), request.notation, (), request.json, request.feedback is not None)
    desk = Desk(setup)
    names = session.quantities(desk.marker.setting.lesson, request.ask)
    desk.setup = replace(setup, ask=names)
    desk.marker.ask = frozenset(names)
    return desk


def _text(request: Request, name: str) -> str:
    path = None if request.sheet == "-" else Path(request.sheet)
    return _named(name, lambda: text_of(path, MAX_CLASS_BYTES))


def _named(name: str, make: Callable[[], T]) -> T:
    """What ``make`` makes; a sheet that cannot be used is an error that names it and shows what was found."""
    try:
        return make()
    except UnusableSheetError as error:
        from ..reading.findings import render

        said = f"{shown(name)}: {error}."
        raise TutorError("\n".join([said, render(error.findings, error.text)]).strip()) from error


# One sheet.


def _check_one(request: Request, desk: Desk, text: str, name: str, learner: str) -> int:
    if request.output != "-":
        exporting.allow([request.output], request.force, [request.problem, request.sheet])
    with screen.working("Marking …"):
        report = _named(name, lambda: desk.report(desk.read(text, name, learner)))
    if request.json:
        from ..writers.report_json import write

        exporting.save([(request.output, write(report))], request.force)
    elif request.markdown:
        exporting.save([(request.output, feedback(report))], request.force)
    else:
        _print(report, request.ascii)
    return 0 if report.is_right else 1


def _print(report: Report, ascii_only: bool) -> None:
    from ..writers.terminal_report import TerminalReport

    plain = ascii_only or screen.only_ascii(sys.stdout)
    screen.console().print(TerminalReport(report, ascii=plain).whole())
