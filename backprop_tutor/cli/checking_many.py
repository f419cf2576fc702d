"""``check`` of many sheets: each marked, the report and the summary of the class, feedback for every learner."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import textwrap
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import TutorError
from ..reading.findings import counted
from . import exporting, screen
from .desk import OWN, Desk, Marked, Work
from .files import shown, shown_path
from .sheet_files import Shard, file_names

if TYPE_CHECKING:
    from ..model.class_report import ClassReport
    from .checking import Request

MOST_COLUMNS = 12
CLOSED_PIPE = 141
"""What a shell says of a program that a closed pipe ended."""


def works_of_class(text: str, name: str, desk: Desk) -> list[Work]:
    """The sheets of a class.  Columns that are no quantity are told of once, and not on every sheet."""
    from ..reading.sheets import read_class

    sheets, findings = read_class(text, name)
    if findings:
        from ..reading.findings import render

        screen.complain(render(findings, text))
    if not sheets:
        raise TutorError(f"{shown(name)} has no sheet in it.")
    names = dict.fromkeys(line.name for sheet in sheets for line in sheet.lines)
    unknown = {column for column in names if not desk.is_quantity(column)}
    if names and unknown == set(names):
        raise TutorError(wrapped(f"No column of {shown(name)} is a quantity of this problem: {_columns(names, desk)}."))
    if unknown:
        columns = _columns([column for column in names if column in unknown], desk)
        screen.complain(wrapped(f"Columns that are no quantity of this problem are left out: {columns}."))
    works = []
    for sheet in sheets:
        lines = tuple(line for line in sheet.lines if line.name not in unknown)
        works.append(Work(sheet.learner, sheet=replace(sheet, lines=lines)))
    return works


def _columns(names: Collection[str], desk: Desk) -> str:
    """The names of columns in their order, each with the quantity that may have been meant."""
    said = []
    for name in list(names)[:MOST_COLUMNS]:
        near = desk.marker.collector.names.suggestion(name)
        said.append(f"{shown(name)} (did you mean {near}?)" if near else shown(name))
    more = len(names) - len(said)
    return f"{', '.join(said)} and {more} more" if more else ", ".join(said)


def wrapped(text: str) -> str:
    """A long message on lines that fit the terminal, broken between words."""
    width = max(40, min(shutil.get_terminal_size().columns, 100))
    return "\n".join(textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False))


def check_many(request: Request, desk: Desk, shard: Shard, works: list[Work], ignored: int = 0) -> int:
    """Mark this part of the works, and write all that was asked for; the exit code: 0 all is right, 1 not.

    ``ignored`` files stand beside the sheets and are none.
    Raises TutorError when there is nothing to mark, or something cannot be written.
    """
    if not works:
        raise TutorError(
            f"There is no sheet in {shown_path(request.sheet)}: .yaml, .json, .csv, .md and .txt files are read."
        )
    pages = file_names([work.label for work in works])
    mine = shard.of(list(zip(works, pages, strict=True)))
    folder = _feedback_folder(request)
    outputs = [output for output in (request.report, request.output) if output is not None and output != "-"]
    if len(outputs) == 2 and outputs[0] == outputs[1]:
        raise TutorError("--report and -o name the same file: choose two names.")
    read = [request.problem, request.sheet, *(work.path for work in works)]
    exporting.allow(outputs, request.force, read)
    if folder is not None:
        _make_folder(folder)
        exporting.allow([str(folder / page) for _, page in mine], request.force, read)
    results = _mark(request, desk, mine, folder)
    from ..model.class_report import ClassReport

    report = ClassReport.of(desk.marker.setting.lesson, (marked.result for marked in results), ignored)
    if shard.parts > 1:
        report = replace(report, title=f"{report.title} (part {shard.part} of {shard.parts})")
        screen.complain(f"Part {shard.part} of {shard.parts}: {len(mine)} of {len(works)} sheets.")
    _write(request, desk, report)
    if folder is not None and mine:
        screen.complain(f"Wrote {counted(len(mine), 'file')} of feedback into {shown_path(folder)}.")
    return 0 if all(marked.is_right for marked in results) else 1


def _mark(request: Request, desk: Desk, mine: list[tuple[Work, str]], folder: Path | None) -> list[Marked]:
    """Every sheet's result; what is written of single sheets is written as it comes, and not kept."""
    from .marking_many import mark_all, progress

    results = []
    streaming = request.json and request.output == "-"
    silent = streaming and sys.stdout.isatty()
    lines = _lines_to_stdout() if streaming else _lines_to_file(request.output) if request.json else nullcontext(None)
    with (
        lines as write,
        progress(len(mine), silent) as advance,
        closing(mark_all(desk, [work for work, _ in mine], request.jobs)) as marks,
    ):
        for marked, (_, page) in zip(marks, mine, strict=True):
            if folder is not None:
                exporting.put(folder / page, marked.feedback)
            if write is not None:
                write(marked.json)
            results.append(replace(marked, json="", feedback=""))
            advance()
    return results


def _lines_to_file(output: str) -> AbstractContextManager[exporting.Write]:
    return exporting.growing(Path(output))


@contextmanager
def _lines_to_stdout() -> Iterator[exporting.Write]:
    """Lines for another program as they come; when it has had enough, this ends in silence like any other."""

    def write(text: str) -> None:
        screen.write_data(text)
        sys.stdout.flush()

    pipe = getattr(signal, "SIGPIPE", None)
    before = signal.signal(pipe, signal.SIG_IGN) if pipe else None
    try:
        yield write
    except BrokenPipeError:
        # What is left in the buffer has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(CLOSED_PIPE)
    finally:
        if pipe:
            signal.signal(pipe, before)


def _feedback_folder(request: Request) -> Path | None:
    if request.feedback is None:
        return None
    if not request.feedback or exporting.same(request.feedback, request.sheet):
        raise TutorError("Feedback beside the sheets would be taken for sheets: name another folder.")
    return Path(request.feedback)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "that is no name for a folder"
        raise TutorError(f"{shown_path(folder)} cannot be made a folder: {reason}.") from error


def _write(request: Request, desk: Desk, report: ClassReport) -> None:
    """The report as CSV, and the summary wherever it was asked for."""
    lesson = desk.marker.setting.lesson
    if request.report is not None:
        from ..writers.class_csv import write as write_csv

        exporting.save([(request.report, write_csv(report))], request.force)
    if request.markdown:
        from ..writers.class_markdown import write as write_markdown

        exporting.save([(request.output, OWN + write_markdown(report, lesson))], request.force)
    elif request.json:
        if request.output != "-":
            screen.complain(f"Wrote {shown_path(request.output)}.")
    elif request.report != "-":
        from ..writers.terminal_class import TerminalClass

        plain = request.ascii or screen.only_ascii(sys.stdout)
        screen.console().print(TerminalClass(report, lesson, ascii=plain).whole())
