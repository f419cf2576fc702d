"""A problem as it is posed, in Markdown: its statement, its graph, and what is given."""

from __future__ import annotations

from collections.abc import Iterable

from ..model.graph import Role
from ..model.lesson import Diagram, Lesson
from ..model.problem import Expressions
from .markdown_maths import MarkdownMaths, table
from .markdown_statement import statement
from .markdown_text import code
from .maths import Maths
from .mermaid import mermaid
from .shown import Shown


def posed(lesson: Lesson, maths: MarkdownMaths) -> Iterable[str]:
    """Everything that must be known to work the problem, and no result."""
    yield statement(lesson.problem.statement)
    yield "## The network" if lesson.graph.layers else "## The graph"
    yield drawn(lesson, Diagram(lesson.graph, show_values=False, show_gradients=False))
    yield from _givens(lesson, maths)


def drawn(lesson: Lesson, diagram: Diagram) -> str:
    """A diagram of the lesson as a drawing, or why there is none."""
    shown = Shown(
        # δ stands for the gradients of one objective in the whole document, and not of another in each drawing.
        Maths(lesson.notation, lesson.graph, "text"),
        diagram.graph,
        lesson.figures,
        lesson.symbolic,
        values=diagram.show_values,
        gradients=diagram.show_gradients,
    )
    drawing = mermaid(shown)
    if drawing is None:
        return "*The graph has too many edges to be read as a drawing; the tables and steps below hold all of it.*"
    return f"```mermaid\n{drawing}\n```"


def _givens(lesson: Lesson, maths: MarkdownMaths) -> Iterable[str]:
    graph = lesson.graph
    computed = {name for node in graph.nodes for name in node.outputs}
    rows = []
    for name, value in graph.values.items():
        if name not in computed:
            kind = "input" if value.label.role is Role.VARIABLE else value.label.role.value
            kind = "constant" if name in graph.constants else kind
            kind += ", not updated" if name in graph.frozen else ""
            shown = maths.formula(value.given.formula) if value.given else "a symbol"
            rows.append([maths.inline(maths.maths.name(name)), code(name), kind, shown])
    body = lesson.problem.body
    for line in body.lines if isinstance(body, Expressions) else ():
        symbol = maths.inline(maths.maths.name(line.name))
        rows.append([symbol, code(line.name), "formula", maths.formula(line.formula)])
    rate = lesson.problem.learning_rate
    if rate is not None:
        symbol = maths.inline(maths.maths.name("learning_rate"))
        rows.append([symbol, code("learning_rate"), "learning rate", maths.formula(rate.formula)])
    if rows:
        yield "## What is given"
        yield table(["Quantity", "Name", "Kind", "Value"], rows)
