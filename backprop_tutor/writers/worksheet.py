"""A lesson as a worksheet in Markdown: what is given, and a blank for every step; with its key, if wanted."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from ..model.formula import Derivative, Formula, Name
from ..model.graph import Role
from ..model.lesson import Aside, Lesson, Step, StepKind
from ..model.op import Words
from ..model.problem import Expressions
from ..reading.sheet_worksheet import ANSWERS
from .json_text import without_cases
from .markdown_maths import MarkdownMaths, MathStyle, table
from .markdown_statement import statement
from .markdown_text import code, one_line, plain
from .maths import Maths
from .mermaid import mermaid
from .shown import Shown

BLANK = "______"

_PLAIN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+-]{0,99}")
_PARTS = {StepKind.FORWARD: "Forward pass", StepKind.BACKWARD: "Backward pass", StepKind.UPDATE: "Update"}


def write(
    lesson: Lesson, *, key: bool = False, names: Collection[str] | None = None, math: MathStyle = "github"
) -> str:
    """One page with a row and a blank for every step (those called ``names``, where given), ending in one newline.

    Each row holds the plain name of its quantity, by which ``reading.sheets`` reads the filled-in page back.
    With ``key`` the answers stand in the blanks: figures with the digits of the telling, and formulas in the
    syntax of answers for what stays symbolic.  Without it no result is on the page.
    """
    page = _Page(lesson, key, names, MarkdownMaths(Maths(lesson.notation, lesson.graph, "latex"), {}, math))
    lines = "\n\n".join(part for part in page.parts() if part).split("\n")
    return "\n".join(line.rstrip() for line in lines) + "\n"


@dataclass(frozen=True)
class _Page:
    lesson: Lesson
    key: bool
    names: Collection[str] | None
    maths: MarkdownMaths

    def parts(self) -> Iterable[str]:
        """Blocks of Markdown, to be separated by empty lines; some may be empty."""
        problem = self.lesson.problem
        what = "key" if self.key else "worksheet"
        yield f"<!-- backprop-tutor: {what} for {_in_comment(problem.id)} -->"
        title = one_line(problem.title) or one_line(problem.id) or "Worksheet"
        yield "# " + plain(title + (" (key)" if self.key else ""))
        if not self.key:
            yield f"Name: {BLANK * 4}"
            yield self._how_to()
        yield statement(problem.statement)
        yield self._picture()
        yield from self._givens()
        yield from self._conventions()
        yield ANSWERS
        for kind, heading in _PARTS.items():
            rows = [self._row(step) for step in self._steps() if step.kind is kind]
            if rows:
                yield f"## {heading}"
                yield table(["Step", "What is asked", "Symbol", "Name", "Answer" if self.key else "Your answer"], rows)

    def _how_to(self) -> str:
        # The name of a file is its owner's; what is copied to a shell must be a plain word.
        id = self.lesson.problem.id
        check = code(f"backprop-tutor check {id if _PLAIN_ID.fullmatch(id) else 'PROBLEM'} sheet.md")
        return (
            "Write each answer over its blank, in the last column: a number (`0.25`, `1/4`, `2.5e-3`) or a formula in "
            "the names beside it. Leave blank what you do not know. Save the page as `sheet.md`, and have it marked: "
            + check
        )

    def _steps(self) -> Iterator[Step]:
        return (step for step in self.lesson.steps if self.names is None or step.name in self.names)

    def _row(self, step: Step) -> list[str]:
        symbol = self.maths.formula(step.quantity)
        answer = self._answer(step) if self.key else BLANK
        return [str(step.number), self.maths.sentence(self._asked(step)), symbol, code(step.name), answer]

    def _asked(self, step: Step) -> Words:
        """In words what is asked; a step about a parameter is told by the parameter alone."""
        graph, quantity = self.lesson.graph, step.quantity
        if step.title == (quantity,):
            return ("the value of ", quantity)
        if graph.layers and isinstance(quantity, Derivative) and quantity.by in graph.parameters:
            is_loss = graph.values[quantity.of].label.role is Role.LOSS
            return ("how ", "the loss" if is_loss else Name(quantity.of), " changes with ", *step.title)
        return step.title

    def _answer(self, step: Step) -> str:
        figure = self.lesson.figures.get(step.name)
        if figure is not None:
            return figure.shown
        tree = self.lesson.symbolic.get(step.name) or self._told(step)
        return code(Maths(self.lesson.notation, self.lesson.graph, "plain").formula(without_cases(tree)))

    @staticmethod
    def _told(step: Step) -> Formula:
        """The last line of a step whose formula in what is given would be pages long."""
        return step.equation.exact or step.equation.numbers or step.equation.symbols[-1]

    def _picture(self) -> str:
        lesson = self.lesson
        text = Maths(lesson.notation, lesson.graph, "text")
        drawing = mermaid(Shown(text, lesson.graph, lesson.figures, lesson.symbolic, values=False, gradients=False))
        return f"```mermaid\n{drawing}\n```" if drawing else ""

    def _givens(self) -> Iterable[str]:
        """What the file says; the names stand last, where a reader of answers looks for no name."""
        graph = self.lesson.graph
        computed = {name for node in graph.nodes for name in node.outputs}
        rows = []
        for name, value in graph.values.items():
            if name not in computed:
                kind = "input" if value.label.role is Role.VARIABLE else value.label.role.value
                kind = "constant" if name in graph.constants else kind
                kind += ", not updated" if name in graph.frozen else ""
                shown = self.maths.formula(value.given.formula) if value.given else "a symbol"
                rows.append([self.maths.formula(Name(name)), shown, kind, code(name)])
        body = self.lesson.problem.body
        for line in body.lines if isinstance(body, Expressions) else ():
            rows.append(
                [self.maths.formula(Name(line.name)), self.maths.formula(line.formula), "line", code(line.name)]
            )
        rate = self.lesson.problem.learning_rate
        if rate is not None:
            symbol = self.maths.formula(Name("learning_rate"))
            rows.append([symbol, self.maths.formula(rate.formula), "learning rate", code("learning_rate")])
        if rows:
            yield "## What is given"
            yield table(["Quantity", "Value", "Kind", "Name"], rows)

    def _conventions(self) -> Iterable[str]:
        remarks = [block.words for block in self.lesson.opening if isinstance(block, Aside)]
        if remarks:
            yield "## Conventions"
            yield "\n".join("- " + self.maths.paragraph(words) for words in remarks)


def _in_comment(id: str) -> str:
    """The problem's id with nothing in it that could end a comment."""
    return re.sub(r"-{2,}", "-", re.sub(r"[^\w.@+-]+", "_", one_line(id))).strip("-") or "PROBLEM"
