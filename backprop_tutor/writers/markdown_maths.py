"""Sentences, formulas and tables of a lesson as Markdown: formulas where GitHub, or other viewers, look for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ..model.formula import Formula
from ..model.lesson import Equation, Figure
from ..model.op import Words
from .markdown_text import at_line_start, joined, piece, row
from .maths import Maths

MathStyle = Literal["github", "dollars"]


@dataclass(frozen=True)
class MarkdownMaths:
    """Prints the parts of one lesson; ``style`` says how formulas are marked.

    ``github`` uses fences and dollars with backticks, between which no Markdown acts; ``dollars`` is what most
    other viewers know.
    """

    maths: Maths
    figures: Mapping[str, Figure]
    style: MathStyle

    def inline(self, latex: str) -> str:
        """A formula within a line, or within a table's cell."""
        latex = _without_bars(latex)
        return f"$`{latex}`$" if self.style == "github" else f"${latex}$"

    def display(self, latex: str) -> str:
        """A formula on lines of its own."""
        return f"```math\n{latex}\n```" if self.style == "github" else f"$$\n{latex}\n$$"

    def formula(self, tree: Formula) -> str:
        """A formula tree within a line."""
        return self.inline(self.maths.formula(tree))

    def figure(self, figure: Figure) -> str:
        """A number within a line; one that is not whole says so."""
        about = "" if self.maths.relation(figure) == "=" else self.maths.relation(figure) + " "
        return self.inline(about + self.maths.figure(figure))

    def sentence(self, words: Words) -> str:
        """A sentence with its formulas, for a place inside a line."""
        line = ""
        for is_formula, text in self.maths.pieces(words):
            part = self.inline(text) if is_formula else piece(text)
            # A dollar that touches another dollar or a digit ends no formula.
            touching = line.endswith("$") and (part[:1] == "$" or part[:1].isdigit())
            touching = touching or (line[-1:].isdigit() and part[:1] == "$")
            line = joined([line, " " + part if touching else part])
        return line.strip()

    def paragraph(self, words: Words) -> str:
        """A sentence as a paragraph of its own."""
        return at_line_start(self.sentence(words))

    def equation(self, equation: Equation) -> str:
        """From the symbols to the number, one line for each form; what would repeat the line before is left out."""
        left = self.maths.formula(equation.left)
        forms = [("=", self.maths.formula(tree)) for tree in equation.symbols]
        if equation.numbers is not None:
            forms.append(("=", self.maths.formula(equation.numbers, equation.put_in(self.figures))))
        if equation.exact is not None:
            forms.append(("=", self.maths.formula(equation.exact)))
        if equation.figure is not None:
            forms.append((self.maths.relation(equation.figure), self.maths.figure(equation.figure)))
        rows: list[str] = []
        last = left
        for relation, form in forms:
            if form != last:
                rows.append(f"{relation} {form}")
            last = form
        if len(rows) < 2:
            return self.display(" ".join([left, *rows]))
        lines = [f"{left} &{rows[0]} \\\\", *(f"&{row} \\\\" for row in rows[1:-1]), f"&{rows[-1]}"]
        return self.display("\n".join(["\\begin{aligned}", *lines, "\\end{aligned}"]))


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are Markdown already; every row has as many cells as the header."""
    columns = len(header)
    lines = [row(header), "|" + " --- |" * columns]
    lines.extend(row([*cells, *[""] * columns][:columns]) for cells in rows)
    return "\n".join(lines)


_COMMANDS = (("\\|", "\\Vert "), ("|", "\\vert "), ("<", "\\lt "), (">", "\\gt "))


def _without_bars(latex: str) -> str:
    """The same formula without the characters at which Markdown splits a table or begins a tag."""
    for mark, command in _COMMANDS:
        latex = latex.replace(mark, command)
    return " ".join(latex.split())
