"""The forward pass, told: one step for each computed value."""

from __future__ import annotations

from ..model.formula import Formula, Name, Number, names_in
from ..model.graph import Node
from ..model.lesson import Block, Equation, Prose, Step, StepKind
from .facts import Facts
from .phrases import Phrases


def step_id(name: str) -> str:
    """The id of the step that finds a forward value."""
    return f"forward/{name}"


def forward_steps(facts: Facts, phrases: Phrases, first: int) -> list[Step]:
    """Steps for every computed value, numbered from ``first``."""
    steps: list[Step] = []
    computed: set[str] = set()
    for node in facts.solution.graph.nodes:
        for k in range(len(node.outputs)):
            steps.append(_step(facts, phrases, node, k, first + len(steps), computed))
        computed.update(node.outputs)
    return steps


def _step(facts: Facts, phrases: Phrases, node: Node, k: int, number: int, computed: set[str]) -> Step:
    name = node.outputs[k]
    x = tuple(Name(source) for source in node.inputs)
    y = tuple(Name(output) for output in node.outputs)
    written_out = node.op.formula(x)[k]
    called = node.op.called(x)
    symbols: tuple[Formula, ...] = (
        (written_out,) if called is None or called[k] == written_out else (called[k], written_out)
    )
    exact = facts.exact_value(name)
    chosen, decided = facts.decided(written_out)
    if chosen != written_out:
        symbols = (*symbols, chosen)
    filled = facts.put_in(chosen)
    numbers = filled if filled != chosen or any(source in facts.figures for source in names_in(filled)) else None
    shown = facts.figures.get(name)
    composed = facts.shown_exact(name, exact)
    if shown is None and (composed in (numbers, symbols[-1]) or (numbers is None and not facts.has_numbers)):
        composed = None
    equation = Equation(
        Name(name),
        symbols,
        _informative(numbers, chosen),
        composed,
        shown,
        tuple(step_id(source) for source in dict.fromkeys(node.inputs) if source in computed),
        facts.finer(_informative(numbers, chosen), name),
    )
    blocks: list[Block] = []
    words = node.op.explain_value(x, y)
    if words:
        blocks.append(Prose(words))
    blocks += [Prose(says) for says in decided]
    blocks.append(equation)
    return Step(
        id=step_id(name),
        number=number,
        kind=StepKind.FORWARD,
        name=name,
        quantity=Name(name),
        title=phrases.value(name),
        rule=node.op.title,
        blocks=tuple(blocks),
        equation=equation,
        figure=shown,
        exact=exact,
        needs=equation.sources,
    )


def _informative(numbers: Formula | None, symbols: Formula) -> Formula | None:
    """Numbers put into a bare name are the result itself: no line of their own."""
    return None if numbers is None or isinstance(symbols, (Name, Number)) else numbers
