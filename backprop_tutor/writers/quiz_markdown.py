"""A session of the quiz as Markdown that GitHub renders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from zlib import crc32

from ..model.lesson import Lesson
from ..model.marking import Entry, Verdict
from ..model.record import Idea
from ..model.transcript import Answered, Transcript, Tried
from .markdown_maths import MarkdownMaths, MathStyle
from .markdown_posed import posed
from .markdown_text import at_line_start, code, one_line, piece, plain
from .maths import Maths
from .quiz_summary import more_troubles, sentences
from .report_answers import leads_elsewhere
from .report_markdown import ReportPage
from .report_table import sign
from .report_words import VERDICTS, step_marks

OWN = "<!-- backprop-tutor: a quiz, not a sheet"
"""How the first line of every page begins."""
LONGEST_OWN = 200


def first_line(problem: str, chosen: str) -> str:
    """The first line of a page, by which it is known as ours: a later session of the same quiz may write over it.

    It names the problem and what was ``chosen`` of it, and can be nothing but a comment.
    """
    whole = f"{problem}, {chosen}"
    said = re.sub("[<>]|-(?=-)", "", one_line(whole, LONGEST_OWN))
    # What was left out must not make two quizzes the same.
    number = "" if said == whole else f" #{crc32(whole.encode('utf-8', errors='replace')):08x}"
    return f"{OWN} ({said}{number}) -->"


def write(transcript: Transcript, *, math: MathStyle = "github") -> str:
    """The whole session as one Markdown page, ending in one newline."""
    parts = _Page(transcript, math).parts()
    lines = "\n\n".join(part for part in parts if part).split("\n")
    return "\n".join(line.rstrip() for line in lines) + "\n"


class _Page:
    def __init__(self, transcript: Transcript, math: MathStyle) -> None:
        self.transcript = transcript
        self.math = math
        self.report = None if transcript.report is None else ReportPage(transcript.report, math)
        self.maths = self._maths(transcript.lesson)

    def parts(self) -> Iterable[str]:
        """Blocks of Markdown, to be separated by empty lines."""
        problem = self.transcript.lesson.problem
        yield first_line(problem.id, self.transcript.chosen)
        yield "# Quiz: " + (plain(one_line(problem.title)) or plain(one_line(problem.id)))
        yield from posed(self.transcript.lesson, self.maths)
        yield from self._summary()
        yield from self._marks()
        yield "## Answers"
        if not self.transcript.answered:
            yield "Nothing is answered yet."
        last = None
        for number, answered in enumerate(self.transcript.answered, start=1):
            is_new = answered.is_fresh and answered.lesson is not last
            last = answered.lesson
            yield from self._answered(number, answered, self._given(answered.lesson) if is_new else "")

    def _summary(self) -> Iterable[str]:
        summary = self.transcript.summary
        if not summary.out_of:
            return
        yield "## How it went"
        yield "\n".join(f"- {plain(sentence)}" for sentence in sentences(summary))
        if summary.left_command:
            yield f"To practise what is still to be found: {code(summary.left_command)}"
        # Of a test, the ideas stand in its marks.
        for trouble in summary.troubles if self.report is None else ():
            where = ", ".join(code(name) for name in trouble.names)
            title, number = piece(one_line(trouble.idea.title or trouble.idea.id)), trouble.idea.id
            where = f"{code(number)}; {where}" if trouble.idea.is_numbered else where
            yield f"**{title}** ({where}). {self.maths.sentence((trouble.idea.repair,))}"
        if summary.more_troubles and self.report is None:
            yield plain(more_troubles(summary))
        if summary.again:
            yield f"Practise: {plain(', '.join(summary.again).lower())}."

    def _marks(self) -> Iterable[str]:
        """The marks of a test's steps, and the ideas behind what went wrong; the reasons stand at the steps."""
        if self.report is None:
            return
        yield "## Marks of the steps"
        yield from self.report.verdict()
        yield self.report.marks()
        yield from self.report.ideas()

    def _maths(self, lesson: Lesson) -> MarkdownMaths:
        return MarkdownMaths(Maths(lesson.notation, lesson.graph, "latex"), lesson.figures, self.math)

    def _given(self, lesson: Lesson) -> str:
        """What is given in a lesson with fresh numbers."""
        maths = self._maths(lesson)
        given = [
            maths.inline(f"{maths.maths.name(name)} {maths.maths.relation(figure)} {maths.maths.figure(figure)}")
            for name, value in lesson.graph.values.items()
            if value.given is not None and (figure := lesson.figures.get(name)) is not None
        ]
        return f"Given here: {', '.join(given)}."

    def _answered(self, number: int, answered: Answered, given: str) -> Iterable[str]:
        yield f"### {number}. {code(answered.name) or 'A question'}"
        yield at_line_start(self.maths.sentence(answered.words))
        yield given
        choices = enumerate(answered.choices, start=1)
        yield "\n".join(f"{number}. {at_line_start(self.maths.sentence(choice))}" for number, choice in choices)
        lines = [self._attempt(attempt) for attempt in answered.attempts]
        if answered.hints:
            lines.append(f"- hints: {answered.hints}")
        if answered.shown:
            lines.append("- the answer was shown")
        if answered.skipped:
            lines.append("- left open")
        entries = self._entries(answered)
        if entries:
            lines.append(f"- {step_marks(entries)}")
        yield "\n".join(lines)
        yield at_line_start(self.maths.sentence(answered.said))
        yield from self._reasons(entries)
        if any(entry.verdict is Verdict.WRONG for entry in entries) and len(entries) == 1:
            # The right line stands beside the learner's, unless that begins with the learner's own values.
            if not leads_elsewhere(entries[0]):
                return
            yield "Right, with the right numbers before it:"
        elif len(entries) == 1 and entries[0].verdict is Verdict.CARRIED:
            yield "With the right numbers before it:"
        if answered.equation is not None:
            yield self._maths(answered.lesson).equation(answered.equation)
        elif answered.right:
            yield f"Right: {self.maths.sentence(answered.right)}"

    def _entries(self, answered: Answered) -> list[Entry]:
        """The marked entries that an answer holds; none before marks are told."""
        report = self.transcript.report
        return [] if report is None else [entry for entry in report.entries if entry.name in answered.steps]

    def _reasons(self, entries: Sequence[Entry]) -> Iterable[str]:
        """What is said of marked entries: of each wrong one, and of the others together."""
        if self.report is None:
            return
        for entry in entries:
            if entry.verdict is Verdict.WRONG:
                yield self.report.about(entry) if len(entries) > 1 else ""
                yield from self.report.mistake(entry)
        yield from self.report.remarks_on(entries)

    def _attempt(self, attempt: Tried) -> str:
        typed = code(one_line(attempt.given)) or "(nothing)"
        if attempt.verdict is None:
            instead = code(one_line(attempt.replaced_by))
            return f"- {typed}, replaced by {instead}" if instead else f"- {typed}"
        ideas = " or: ".join(_idea(idea) for idea in attempt.ideas)
        loud = attempt.verdict is Verdict.WRONG
        word = VERDICTS[attempt.verdict]
        return f"- {sign(attempt.verdict)} {typed}: {f'**{word}**' if loud else word}{'. ' if ideas else ''}{ideas}"


def _idea(idea: Idea) -> str:
    title = piece(one_line(idea.title))
    if not title:
        return code(idea.id)
    return f"{title} ({code(idea.id)})" if idea.is_numbered else title
