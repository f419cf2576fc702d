"""A lesson as Markdown that GitHub renders: formulas in fences, a Mermaid graph, tables, links between steps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import assert_never

from ..model.formula import Derivative, Name
from ..model.lesson import Aside, AsideKind, Block, Diagram, Equation, Lesson, Prose, Step, StepKind, Table
from ..model.op import Words
from .markdown_maths import MarkdownMaths, MathStyle, table
from .markdown_posed import drawn, posed
from .markdown_text import code, one_line, piece, plain, slug
from .maths import Maths

STEPS_WITHOUT_CONTENTS = 12
LONGEST_SYMBOLIC = 200

_SECTIONS = {StepKind.FORWARD: "Forward pass", StepKind.BACKWARD: "Backward pass", StepKind.UPDATE: "Update"}
_ALERTS = {"pitfall": "WARNING", "convention": "NOTE", "check": "TIP"}


def write(lesson: Lesson, *, math: MathStyle = "github") -> str:
    """The whole worked solution as one Markdown page, ending in one newline.

    ``math="dollars"`` marks formulas as ``$…$`` and ``$$…$$`` for viewers other than GitHub.
    """
    page = _Page(lesson, MarkdownMaths(Maths(lesson.notation, lesson.graph, "latex"), lesson.figures, math))
    lines = "\n\n".join(part for part in page.parts() if part).split("\n")
    return "\n".join(line.rstrip() for line in lines) + "\n"


@dataclass
class _Page:
    """The parts of the page in order; ``anchors`` are those of the steps, by id; ``finders`` the steps by name."""

    lesson: Lesson
    maths: MarkdownMaths
    anchors: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    sections: list[tuple[str, str, tuple[Step, ...]]] = field(default_factory=list)
    finders: dict[str, Step] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Give every heading that is linked to its anchor, as GitHub does: the second of two alike gets ``-1``."""
        seen: dict[str, int] = {}
        self._anchor(self._title(), seen)
        for kind, group in groupby(self.lesson.steps, key=lambda step: step.kind):
            steps = tuple(group)
            self.sections.append((_SECTIONS[kind], self._anchor(_SECTIONS[kind], seen), steps))
            for step in steps:
                self.anchors[step.id] = self._anchor(f"Step {step.number}: {one_line(step.name)}", seen)
                self.numbers[step.id] = step.number
                self.finders.setdefault(step.name, step)

    @staticmethod
    def _anchor(heading: str, seen: dict[str, int]) -> str:
        anchor = slug(heading)
        count = seen.get(anchor, 0)
        seen[anchor] = count + 1
        return f"{anchor}-{count}" if count else anchor

    def _title(self) -> str:
        return one_line(self.lesson.problem.title) or one_line(self.lesson.problem.id) or "Worked solution"

    def parts(self) -> Iterable[str]:
        """Blocks of Markdown, to be separated by empty lines; some may be empty."""
        yield "# " + plain(self._title())
        yield self._about()
        yield from posed(self.lesson, self.maths)
        if self.lesson.opening:
            yield "## How it is computed"
            yield from self._blocks(self.lesson.opening)
        if len(self.lesson.steps) > STEPS_WITHOUT_CONTENTS:
            yield "## Contents"
            yield self._contents()
        for title, _, steps in self.sections:
            yield f"## {title}"
            for step in steps:
                yield from self._step(step)
        yield from self._summary()

    def _about(self) -> str:
        problem = self.lesson.problem
        parts = [f"Source: {piece(one_line(problem.source))}"] if one_line(problem.source) else []
        if tags := [code(tag) for tag in problem.tags if one_line(tag)]:
            parts.append("Tags: " + ", ".join(tags))
        if one_line(problem.difficulty):
            parts.append(f"Difficulty: {piece(one_line(problem.difficulty))}")
        return "\n\n".join(parts)

    def _contents(self) -> str:
        lines = []
        for title, anchor, steps in self.sections:
            lines.append(f"- [{title}](#{anchor})")
            lines.extend(f"  - [Step {step.number}: {code(step.name)}](#{self.anchors[step.id]})" for step in steps)
        return "\n".join(lines)

    def _step(self, step: Step) -> Iterable[str]:
        yield f"### Step {step.number}: {code(step.name)}"
        title = self.maths.sentence(step.title) if step.title != (step.quantity,) else ""
        about = [self.maths.formula(step.quantity) + (f": **{title}**" if title else ""), piece(one_line(step.rule))]
        yield " · ".join(part for part in about if part)
        blocks = step.blocks if step.equation in step.blocks else (*step.blocks, step.equation)
        for block in blocks:
            yield self._block(block)
            if isinstance(block, Equation):
                yield self._sources(block.sources or (step.needs if block == step.equation else ()))

    def _sources(self, sources: tuple[str, ...]) -> str:
        links = [
            f"[step {self.numbers[id]}](#{self.anchors[id]})"
            if id in self.anchors
            else code(id.partition("/")[2] or id)
            for id in sources
        ]
        if not links:
            return ""
        return "From " + (", ".join(links[:-1]) + " and " + links[-1] if len(links) > 1 else links[0]) + "."

    def _blocks(self, blocks: Iterable[Block]) -> Iterable[str]:
        """The blocks in order; remarks of one kind that follow each other share a frame."""
        for kind, group in groupby(blocks, key=lambda block: block.kind if isinstance(block, Aside) else None):
            if kind is None:
                yield from (self._block(block) for block in group)
            else:
                yield self._asides(kind, [block.words for block in group if isinstance(block, Aside)])

    def _asides(self, kind: AsideKind, remarks: list[Words]) -> str:
        start = "> - " if len(remarks) > 1 else "> "
        return "\n".join([f"> [!{_ALERTS[kind]}]", *(start + self.maths.paragraph(words) for words in remarks)])

    def _block(self, block: Block) -> str:
        match block:
            case Prose(words):
                return self.maths.paragraph(words)
            case Equation():
                return self.maths.equation(block)
            case Table(header, rows):
                cells = [[self.maths.sentence(cell) for cell in row] for row in rows]
                return table([self.maths.sentence(cell) for cell in header], cells)
            case Diagram():
                return drawn(self.lesson, block)
            case Aside(kind, words):
                return self._asides(kind, [words])
            case _:
                assert_never(block)

    def _summary(self) -> Iterable[str]:
        graph = self.lesson.graph
        gradients = [
            row
            for objective in (graph.objective, *graph.other_objectives)
            for name in graph.parameters or graph.values
            if name != objective
            for row in self._result(self.maths.formula(Derivative(objective, name)), f"d{objective}/d{name}")
        ]
        updates = [
            [self.maths.inline(self.maths.maths.name(name)), self._value(name), *row]
            for name in graph.parameters
            for row in self._result(self.maths.inline(self.maths.maths.name(f"new_{name}")), f"new_{name}")
        ]
        if gradients or updates or self.lesson.closing:
            yield "## Summary"
        if gradients:
            yield "### Gradients"
            yield table(["Gradient", "Name", "Value"], gradients)
        if updates:
            yield "### Updated parameters"
            yield table(["Parameter", "Before", "Updated", "Name", "After"], updates)
        yield from self._blocks(block for block in self.lesson.closing if not self._lists_parameters(block))

    def _lists_parameters(self, block: Block) -> bool:
        """Whether a table holds a row for each parameter: the tables above say the same with plain names."""
        if not isinstance(block, Table) or not block.rows:
            return False
        parameters = {(Name(name),) for name in self.lesson.graph.parameters}
        return all(row[0] in parameters for row in block.rows)

    def _result(self, symbol: str, name: str) -> list[list[str]]:
        value = self._value(name)
        return [[symbol, code(name), value]] if value else []

    def _value(self, name: str) -> str:
        """A quantity's figure or short formula; empty when the lesson holds none."""
        if name in self.lesson.figures:
            return self.maths.figure(self.lesson.figures[name])
        if name in self.lesson.symbolic:
            latex = self.maths.maths.formula(self.lesson.symbolic[name])
            if len(latex) <= LONGEST_SYMBOLIC:
                return self.maths.inline(latex)
            step = self.finders.get(name)
            return f"see [step {step.number}](#{self.anchors[step.id]})" if step else "a long formula"
        given = self.lesson.graph.values[name].given if name in self.lesson.graph.values else None
        return self.maths.formula(given.formula) if given else ""
