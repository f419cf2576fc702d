"""A lesson as lines of text with styles: everything that the terminal shows, before any colour."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from ..graphs import counting
from ..model.graph import Graph
from ..model.lesson import Aside, Block, Diagram, Equation, Figure, Lesson, Prose, Step, StepKind, Table
from ..model.op import Words
from .equations import equation_lines
from .lines import GLUE, Line, Run, clean, columns, fold, glue, length, spread
from .picture import network_in_pieces
from .rails import trace_table
from .shown import Printer, Shown, differentiated
from .statements import statement_lines
from .tables import table

_INDENT = 3
_LEAST_HEADING = 26
_HEADINGS = {StepKind.FORWARD: "Forward pass", StepKind.BACKWARD: "Backward pass", StepKind.UPDATE: "Update"}
_STYLES = {StepKind.FORWARD: "value", StepKind.BACKWARD: "gradient", StepKind.UPDATE: "update"}
_SIGNS = {"convention": ("§", "Convention: "), "pitfall": ("!", "Pitfall: "), "check": ("✓", "Check: ")}
_ASCII_SIGNS = {"convention": "*", "pitfall": "!", "check": "+"}
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?(e-?[0-9]+)?")
LONGEST_STATEMENT = 20_000


@dataclass
class Telling:
    """Lines of every part of a lesson for a given width."""

    lesson: Lesson
    maths: Printer
    ascii: bool = False
    split: set[int] | None = None
    """The widths at which the picture was split into pieces, and stays so, where that is to be remembered."""
    _numbers: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self._numbers = {step.id: step.number for step in self.lesson.steps}
        for step in self.lesson.steps:
            self._numbers.setdefault(step.name, step.number)

    def opening(self, width: int) -> list[Line]:
        """Title, statement, the blocks before the steps, and the picture with what is given."""
        lines = self.title(width)
        if self.lesson.opening:
            lines.extend([(), *self.conventions(width)])
        if not any(isinstance(block, Diagram) for block in self.lesson.opening):
            lines.extend([(), *self.picture(width, values=False, gradients=False)])
        return lines

    def conventions(self, width: int) -> list[Line]:
        """The blocks before the steps."""
        return [line for block in self.lesson.opening for line in self.block(block, width)]

    def problem(self, width: int) -> list[Line]:
        """The problem by itself: title, statement, picture of what is given, and the counts."""
        lines = [*self.title(width), (), *self.picture(width, values=False, gradients=False), ()]
        return lines + fold([Run(self._counts(), "dim")], width)

    def closing(self, width: int) -> list[Line]:
        """The blocks after the steps, and the picture with values and gradients."""
        lines = self.heading("Summary", width)
        for block in self.lesson.closing:
            lines.extend([(), *self.block(block, width)])
        if not any(isinstance(block, Diagram) for block in self.lesson.closing):
            lines.extend([(), *self.picture(width)])
        return lines

    def section(self, kind: StepKind, width: int) -> list[Line]:
        """The heading of one of the three parts."""
        return self.heading(_HEADINGS[kind], width)

    def heading(self, text: str, width: int) -> list[Line]:
        """A heading with a rule to the right margin; folded where it is too long for a line."""
        edge = "=" if self.ascii else "━"
        start = Run(f"{edge}{edge} ", "rule")
        room = width - length((start,)) - columns(text)
        if room < 0:
            return fold([Run(text, "heading")], width, (start,), (Run("   "),))
        return [(start, Run(text, "heading"), Run(f" {edge * (room - 1)}"[:room], "rule"))]

    def step(self, step: Step, width: int) -> list[Line]:
        """One quantity found: what it is, why, and the equation down to its number."""
        lines = self._step_heading(step, width)
        inner = width - _INDENT
        blocks = list(step.blocks)
        if step.equation not in blocks:
            place = next((index for index, block in enumerate(blocks) if isinstance(block, Aside)), len(blocks))
            blocks.insert(place, step.equation)
        rule: list[Run] = [Run(f"{self._text(step.rule)}.", "step-rule")] if step.rule else []
        if rule and not isinstance(blocks[0], Prose):
            lines.extend(_indented(fold(rule, inner)))
        for index, block in enumerate(blocks):
            if index == 0 and rule and isinstance(block, Prose):
                words = [*rule, Run(" "), *self.words(block.words)]
                lines.extend(_indented(fold(words, inner)))
            else:
                lines.extend(_indented(self.block(block, inner, _STYLES[step.kind])))
        return lines

    def _step_heading(self, step: Step, width: int) -> list[Line]:
        """Number, symbol and title on the left, and the plain name in the right corner where it has room."""
        quantity = glue(self.maths.formula(step.quantity))
        start = [Run(f"Step {step.number}{GLUE}", "step"), Run(f" {quantity}{GLUE}", "quantity"), Run(" ")]
        title = self.words(step.title, "title")
        repeated = "".join(run.text for run in title) == quantity
        runs = [*start, *([] if repeated else title)]
        rest = (Run(" " * _INDENT),)
        if quantity == step.name:
            return fold(runs, width, rest=rest)
        plain: Line = (Run(step.name, "plain"),)
        room = width - length(plain) - 2
        if room >= _LEAST_HEADING:
            first, *others = fold(runs, room, rest=rest)
            return [spread(first, plain, width) or first, *others]
        return [*fold(runs, width, rest=rest), *fold(plain, width, rest, rest)]

    def block(self, block: Block, width: int, style: str = "value") -> list[Line]:
        """The lines of any block."""
        match block:
            case Prose(words):
                return fold(self.words(words), width)
            case Aside(kind, words):
                sign, caption = _SIGNS[kind]
                sign = _ASCII_SIGNS[kind] if self.ascii else sign
                runs = [Run(caption, kind), *self.words(words, f"{kind}-words")]
                return fold(runs, width, (Run(f"{sign} ", kind),), (Run("  "),))
            case Equation():
                return self._equation(block, width, style)
            case Table(header, rows):
                cells = [[tuple(self._cell(cell)) for cell in row] for row in rows]
                return table([tuple(self.words(cell)) for cell in header], cells, width, ascii=self.ascii)
            case Diagram():
                return self.picture(width, block.graph, values=block.show_values, gradients=block.show_gradients)

    def picture(
        self,
        width: int,
        graph: Graph | None = None,
        *,
        known: Collection[str] | None = None,
        asked: Collection[str] = (),
        values: bool = True,
        gradients: bool = True,
    ) -> list[Line]:
        """The network, or the trace of an expression graph; ``known`` limits the figures that are seen.

        Where something is ``asked``, it alone stands as a question mark, and what is still to come is left blank.
        The gradients are those of the objective of the ``graph``; without one, of the objective that is asked about.
        """
        graph = graph or differentiated(self.lesson.graph, asked)
        shown = Shown(
            self.maths, graph, self.lesson.figures, self.lesson.symbolic, known,
            values=values, gradients=gradients, ascii=self.ascii, asked=asked,
        )  # fmt: skip
        if not graph.layers:
            return trace_table(shown, width)
        lines, is_split = network_in_pieces(shown, width, is_split=width in (self.split or ()))
        if is_split and self.split is not None:
            self.split.add(width)
        return lines

    def words(self, words: Words, style: str = "") -> list[Run]:
        """A sentence as runs; formulas in it are broken only before operators."""
        runs = []
        for is_formula, text in self.maths.pieces(words):
            kept = glue(text) if is_formula else self._text(text)
            runs.append(Run(kept, style or ("formula" if is_formula else "")))
        return runs

    def _cell(self, words: Words) -> list[Run]:
        """A table's cell; one that is only a number is printed as this notation prints numbers."""
        if len(words) == 1 and isinstance(words[0], str) and _NUMBER.fullmatch(words[0]):
            return [Run(self.maths.figure(Figure(words[0], words[0])), "figure")]
        return self.words(words)

    def _equation(self, equation: Equation, width: int, style: str) -> list[Line]:
        numbers = sorted({self._numbers[source] for source in equation.sources if source in self._numbers})
        lesson = self.lesson
        return equation_lines(
            equation, self.maths, lesson.figures, objective=lesson.graph.objective, width=width, style=style,
            source_note=_from_steps(numbers),
        )  # fmt: skip

    def title(self, width: int, *, statement: bool = True) -> list[Line]:
        """Title, source and statement."""
        problem = self.lesson.problem
        lines = fold([Run(self._text(problem.title or problem.id), "heading")], width)
        if problem.source:
            lines.extend(fold([Run(self._text(problem.source), "dim")], width))
        text = problem.statement[:LONGEST_STATEMENT] if statement else ""
        told = statement_lines(self._text(text), width)
        lines.extend([(), *told] if told else [])
        return lines

    def _text(self, text: str) -> str:
        return clean(text, ascii=self.ascii)

    def _counts(self) -> str:
        graph = self.lesson.graph
        if not graph.layers:
            given = len(graph.values) - sum(len(node.outputs) for node in graph.nodes)
            return f"{given} given, {len(graph.nodes)} computed"
        parts = [
            (counting.weights(graph), "weight"),
            (counting.biases(graph), "bias"),
            (counting.units(graph), "unit"),
            (counting.paths(graph), "path"),
        ]
        words = [f"{count} {_plural(noun, count)}" for count, noun in parts]
        return f"{words[0]}, {words[1]}, {words[2]}, {words[3]} from an input to an output"


def _plural(noun: str, count: int) -> str:
    if count == 1:
        return noun
    return "biases" if noun == "bias" else f"{noun}s"


def _from_steps(numbers: Sequence[int]) -> str:
    if not numbers:
        return ""
    if len(numbers) == 1:
        return f"from step {numbers[0]}"
    return f"from steps {', '.join(str(number) for number in numbers[:-1])} and {numbers[-1]}"


def _indented(lines: list[Line]) -> list[Line]:
    return [(Run(" " * _INDENT), *line) if line else line for line in lines]
