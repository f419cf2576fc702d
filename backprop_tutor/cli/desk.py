"""Where sheets are read and marked, one after the other, in this process or in another."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..errors import TutorError
from ..marking.mark import Marker
from ..model.learner_result import LearnerResult
from ..model.marking import Report
from ..model.problem import Finding
from ..model.sheet import Sheet
from . import session
from .files import Source, bundled, shown

MAX_BYTES = 1 << 20
MAX_CLASS_BYTES = 1 << 25
UNNAMED = frozenset({"stdin", "problem"})
"""What a worksheet of a problem from standard input, or of one without a name, is for."""
OWN = "<!-- backprop-tutor: feedback, not a sheet -->\n\n"
"""The first line of every Markdown report, by which a folder's sheets are told from reports among them."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What any process needs to mark sheets of a problem, and which texts are wanted of each."""

    source: Source
    notation: str | None = None
    ask: tuple[str, ...] = ()
    json: bool = False
    feedback: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """A sheet to mark: a file that is still to be read, or what was read already."""

    label: str
    path: str = ""
    sheet: Sheet | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """What is kept of a sheet; ``ended`` says that marking it ended the process."""

    result: LearnerResult
    is_right: bool = False
    json: str = ""
    feedback: str = ""
    ended: bool = False


class UnusableSheetError(TutorError):
    """A sheet that cannot be used: why, and what was found on it."""

    def __init__(self, message: str, findings: Sequence[Finding] = (), text: str = "") -> None:
        super().__init__(message)
        self.findings = tuple(findings)
        self.text = text


class Desk:
    """A problem's marker and what it writes.  Raises ProblemError for a problem that cannot be solved."""

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self.marker = Marker(session.read_source(setup.source), setup.notation, setup.ask)

    def is_quantity(self, name: str) -> bool:
        """Whether a name stands for something of the problem: one quantity, or a whole matrix."""
        return self.marker.collector.finder.knows(name)

    def read(self, text: str, source: str, learner: str = "") -> Sheet:
        """The sheet of a text.  Raises UnusableSheetError for one on which nothing can be read."""
        from ..reading.sheets import read_sheet, worksheet_problem

        meant = worksheet_problem(text)
        if meant is not None and not self._is_for_this(meant):
            raise UnusableSheetError(_of_another(meant))
        sheet = read_sheet(text, source, learner, is_quantity=self.is_quantity)
        if not sheet.lines:
            raise UnusableSheetError("nothing on it could be read as an answer", sheet.findings, text)
        return sheet

    def _is_for_this(self, id: str) -> bool:
        """Whether a worksheet's problem may be this one; one from standard input has no name to go by."""
        own = self.marker.setting.lesson.problem.id
        return _bare(id) == _bare(own) or bool({_bare(id), _bare(own)} & UNNAMED)

    def report(self, sheet: Sheet) -> Report:
        """The report on a sheet.  Raises UnusableSheetError when none of its lines is about this problem."""
        report = self.marker.mark(sheet)
        if all(entry.given is None for entry in report.entries):
            # A blank is an answer to come; without any, this is another problem's sheet.
            blanks = any(self.marker.collector.quantities(line.name) for line in sheet.lines)
            if not blanks:
                raise _elsewhere(report, sheet)
        return report

    def mark(self, work: Work) -> Marked:
        """A sheet's marks.  Never raises: a sheet that cannot be used is a result that says why."""
        try:
            report = self.report(work.sheet or self._read_file(work))
            report = replace(report, learner=_both(work.label, report.learner))
            return Marked(
                LearnerResult.from_report(report), report.is_right, self._json(report), self._feedback(report)
            )
        except UnusableSheetError as error:
            return self._unused(work, str(error), error.findings, error.text)
        except Exception as error:
            # A fault of ours must not cost the others their marks.
            return self._unused(work, f"marking it failed ({type(error).__name__}): please report this")

    def ended(self, work: Work) -> Marked:
        """The result of a sheet that ended the process in which it was marked."""
        return replace(self._unused(work, "the process that marked it was ended"), ended=True)

    def _read_file(self, work: Work) -> Sheet:
        from ..reading.sheets import is_class

        text = text_of(Path(work.path))
        if is_class(text, work.path, self.is_quantity):
            raise UnusableSheetError("holds a whole class, one learner a row: check this file by itself")
        return self.read(text, work.label, work.label)

    def _json(self, report: Report) -> str:
        if not self.setup.json:
            return ""
        from ..writers.report_json import write

        return write(report, compact=True)

    def _feedback(self, report: Report) -> str:
        return feedback(report) if self.setup.feedback else ""

    def _unused(self, work: Work, trouble: str, findings: Sequence[Finding] = (), text: str = "") -> Marked:
        label = work.label
        more = [_sentence(finding) for finding in findings]
        json = page = ""
        if self.setup.json:
            from ..writers.report_json import write_unread

            json = write_unread(label, [trouble, *more], compact=True)
        if self.setup.feedback:
            page = _page_of_trouble(self.marker.setting.lesson.problem.title, label, trouble, findings, text)
        told = f"{trouble}: {more[0]}" if more else trouble
        return Marked(LearnerResult(label, trouble=told), json=json, feedback=page)


def _bare(id: str) -> str:
    """A problem's id without what a file's name or a comment cannot hold."""
    return re.sub(r"[\W_]+", "", id).casefold()


def _of_another(id: str) -> str:
    if id in bundled():
        return f"this worksheet is for {id}: check it with `backprop-tutor check {id} FILE`"
    return f"this worksheet is for the problem {shown(id)}: check it with the file of that problem"


def _elsewhere(report: Report, sheet: Sheet) -> UnusableSheetError:
    """The error of a sheet without a line about this problem; many unknown names are told in one sentence."""
    from ..writers.report_unread import FEWEST_ELSEWHERE, unknown_names

    message = "no line of it is about a quantity that this problem asks for"
    names = [finding for finding in report.unknown if unknown_names([finding])]
    if len(names) < FEWEST_ELSEWHERE:
        return UnusableSheetError(message, report.unknown, sheet.text)
    others = [finding for finding in report.unknown if finding not in names]
    message = f"it seems to be for another problem: {message} ({unknown_names(names)})"
    return UnusableSheetError(message, others, sheet.text)


def text_of(path: Path | None, most: int = MAX_BYTES) -> str:
    """The text of a sheet's file (None: of standard input).  Raises UnusableSheetError without the file's name."""
    try:
        if path is None:
            data = sys.stdin.buffer.read(most + 1)
        else:
            with path.open("rb") as file:
                data = file.read(most + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "that is no name for a file"
        raise UnusableSheetError(f"cannot be read: {reason}") from error
    if len(data) > most:
        raise UnusableSheetError(f"is larger than {most >> 20} MiB, which no sheet needs to be")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnusableSheetError(f"is no UTF-8 text (byte {error.start}): save it as UTF-8") from error


def feedback(report: Report) -> str:
    """The report as Markdown, marked as ours."""
    from ..writers.report_markdown import write

    return OWN + write(report)


def _both(label: str, learner: str) -> str:
    """A file's name, and the learner's where the sheet gives it."""
    return label if learner in {"", label} else f"{label} ({learner})"


def _sentence(finding: Finding) -> str:
    line = f"line {finding.where.line}: " if finding.where is not None else ""
    return f"{line}{finding.message}. {finding.repair}".strip()


def _page_of_trouble(title: str, label: str, trouble: str, findings: Sequence[Finding], text: str) -> str:
    from ..reading.findings import render
    from ..writers.markdown_text import one_line, piece, plain

    shown = "\n".join(f"    {line}" for line in render(findings, text).split("\n") if line)
    parts = [
        f"# {plain(one_line(title)) or 'Marked sheet'}",
        f"Sheet: {piece(one_line(label))}",
        f"**This sheet could not be marked:** {plain(trouble)}.",
        shown,
    ]
    return OWN + "\n\n".join(part for part in parts if part.strip()) + "\n"
