"""A session of the quiz as Markdown that GitHub renders."""

from __future__ import annotations

from collections.abc import Iterable

from ..model.marking import Verdict
from ..model.transcript import Answered, Idea, Transcript, Tried
from .markdown_maths import MarkdownMaths, MathStyle
from .markdown_text import at_line_start, code, one_line, piece, plain
from .maths import Maths
from .quiz_summary import sentences
from .report_table import sign
from .report_words import VERDICTS

OWN = "<!-- backprop-tutor: a quiz, not a sheet -->"
"""The first line of every page, by which it is known as ours: a later session may write over it."""


def write(transcript: Transcript, *, math: MathStyle = "github") -> str:
    """The whole session as one Markdown page, ending in one newline."""
    parts = _Page(transcript, math).parts()
    lines = "\n\n".join(part for part in parts if part).split("\n")
    return "\n".join(line.rstrip() for line in lines) + "\n"


class _Page:
    def __init__(self, transcript: Transcript, math: MathStyle) -> None:
        self.transcript = transcript
        self.math = math
        lesson = transcript.lesson
        self.maths = MarkdownMaths(Maths(lesson.notation, lesson.graph, "latex"), lesson.figures, math)

    def parts(self) -> Iterable[str]:
        """Blocks of Markdown, to be separated by empty lines."""
        problem = self.transcript.lesson.problem
        yield OWN
        yield "# Quiz: " + (plain(one_line(problem.title)) or plain(one_line(problem.id)))
        yield from self._summary()
        yield "## Answers"
        if not self.transcript.answered:
            yield "Nothing is answered yet."
        for number, answered in enumerate(self.transcript.answered, start=1):
            yield from self._answered(number, answered)

    def _summary(self) -> Iterable[str]:
        summary = self.transcript.summary
        if not summary.out_of:
            return
        yield "\n".join(f"- {plain(sentence)}" for sentence in sentences(summary))
        for trouble in summary.troubles:
            where = ", ".join(code(name) for name in trouble.names)
            yield f"**{piece(trouble.title)}** ({code(trouble.id)}; {where}). {self.maths.sentence((trouble.repair,))}"
        if summary.again:
            yield f"Practise: {plain(', '.join(summary.again).lower())}."

    def _answered(self, number: int, answered: Answered) -> Iterable[str]:
        yield f"### {number}. {code(answered.name) or 'A question'}"
        yield at_line_start(self.maths.sentence(answered.words))
        choices = enumerate(answered.choices, start=1)
        yield "\n".join(f"{number}. {at_line_start(self.maths.sentence(choice))}" for number, choice in choices)
        lines = [self._attempt(attempt) for attempt in answered.attempts]
        if answered.hints:
            lines.append(f"- hints: {answered.hints}")
        if answered.shown:
            lines.append("- the answer was shown")
        if answered.skipped:
            lines.append("- left open")
        yield "\n".join(lines)
        if answered.equation is not None:
            lesson = answered.lesson
            maths = MarkdownMaths(Maths(lesson.notation, lesson.graph, "latex"), lesson.figures, self.math)
            yield maths.equation(answered.equation)
        elif answered.right:
            yield f"Right: {self.maths.sentence(answered.right)}"

    def _attempt(self, attempt: Tried) -> str:
        typed = code(one_line(attempt.given)) or "(nothing)"
        if attempt.verdict is None:
            return f"- {typed}"
        ideas = " or: ".join(_idea(idea) for idea in attempt.ideas)
        loud = attempt.verdict is Verdict.WRONG
        word = VERDICTS[attempt.verdict]
        return f"- {sign(attempt.verdict)} {typed}: {f'**{word}**' if loud else word}{'. ' if ideas else ''}{ideas}"


def _idea(idea: Idea) -> str:
    title = piece(one_line(idea.title))
    return f"{title} ({code(idea.id)})" if title else code(idea.id)
