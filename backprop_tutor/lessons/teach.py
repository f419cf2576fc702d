"""A solved problem, told from beginning to end."""

from __future__ import annotations

from collections.abc import Mapping

from ..engine.closeness import is_close
from ..engine.solve import Solution
from ..engine.update import RATE
from ..graphs.build import build_graph
from ..graphs.names import gradient
from ..model.formula import Call, Derivative, Name, walk
from ..model.lesson import Aside, Block, Diagram, Figure, Lesson, Step, Table
from ..model.notation import Notation
from ..model.op import Words
from ..model.problem import Problem
from .backward import BackwardTeller
from .facts import Facts
from .figures import figure, given_figure
from .forward import forward_steps
from .notation import load_notation
from .phrases import Phrases, listed
from .updates import rate_figure, update_steps


def teach(solutions: tuple[Solution, ...], notation: Notation | str | None = None, *, exact: bool = False) -> Lesson:
    """The lesson of a problem: forward pass, backward pass, update, in this order.

    ``notation`` is a preset's name, or a notation of the caller's making; the problem's own without it.
    With several objectives the forward pass is told once and the backward pass for each of them.
    """
    main = solutions[0]
    written = notation if isinstance(notation, Notation) else load_notation(notation or main.problem.notation)
    phrases = Phrases(main.graph)
    facts = Facts(main, exact)
    steps: list[Step] = forward_steps(facts, phrases, 1)
    every = [facts]
    for solution in solutions:
        here = facts if solution is main else Facts(solution, exact)
        if here is not facts:
            every.append(here)
        teller = BackwardTeller(
            here, Phrases(solution.graph), len(steps) + 1, (step.id for step in steps), written.delta
        )
        steps += teller.tell()
    steps += update_steps(facts, phrases, len(steps) + 1)
    figures: dict[str, Figure] = {}
    symbolic = {}
    for here in reversed(every):
        figures.update(here.figures)
        symbolic.update(here.symbolic)
    rate = rate_figure(facts)
    if rate is not None:
        figures[RATE] = rate
    return Lesson(
        problem=main.problem,
        graph=main.graph,
        notation=written,
        steps=tuple(steps),
        figures=figures,
        symbolic=symbolic,
        opening=tuple(_opening(main)),
        closing=tuple(block for here in every for block in _closing(here, {step.name: step for step in steps})),
    )


def present(problem: Problem, notation: str | None = None) -> Lesson:
    """The problem by itself, as a lesson without steps: what is given, and nothing computed."""
    graph = build_graph(problem)
    figures = {
        name: given_figure(value.given, value.given.number)
        for name, value in graph.values.items()
        if value.given is not None and value.given.number is not None
    }
    return Lesson(problem, graph, load_notation(notation or problem.notation), (), figures)


def _opening(solution: Solution) -> list[Block]:
    """The conventions in force, those that make right solutions differ."""
    blocks: list[Block] = []
    for words in _conventions(solution):
        blocks.append(Aside("convention", words))
    return blocks


def _conventions(solution: Solution) -> list[Words]:
    found: list[Words] = []
    nodes = solution.graph.nodes
    for node in nodes:
        words = node.op.convention()
        if words and words not in found:
            found.append(words)
    formulas = (tree for node in nodes[-4:] for tree in node.op.formula(tuple(Name(n) for n in node.inputs)))
    has_ln = any(isinstance(part, Call) and part.function == "ln" for tree in formulas for part in walk(tree))
    if has_ln and not any("natural" in str(part) for words in found for part in words):
        found.append(("ln is the natural logarithm (log in many books).",))
    if any(edge.shortcut for edges in solution.plan.edges.values() for edge in edges):
        found.append(("The last activation and the loss are differentiated in one go: factors of the two cancel.",))
    if is_close(solution.trace):
        found.append(
            (
                f"Some numbers here lie so close to 0 or 1 that no six digits can show it; everything is computed "
                f"with {solution.trace.digits} digits, and a 1 − 1 that you see is not quite 0.",
            )
        )
    if solution.rounding is not None:
        found.append((_rounding_words(solution),))
    if solution.trace.updated:
        found.append(("All updates use the gradients of this one backward pass, taken at the old weights.",))
        optimizer = solution.problem.optimizer.name
        if optimizer == "momentum":
            found.append(("This is the first step: the velocity starts as the gradient itself, without dampening.",))
        if optimizer == "adam":
            found.append(
                ("This is the first step: after bias correction both averages are those of this one gradient.",)
            )
        if solution.graph.frozen:
            frozen = [Name(name) for name in solution.graph.parameters if name in solution.graph.frozen]
            found.append(("Not updated: ", *listed(tuple(frozen)), "."))
    return found


def _rounding_words(solution: Solution) -> str:
    rounding = solution.rounding
    assert rounding is not None
    if rounding.decimals is not None:
        places = f"{rounding.decimals} decimals"
    else:
        places = f"{rounding.digits} significant digits"
    return f"Every result is rounded to {places} (half up: ties away from zero) before it is used again."


def _closing(facts: Facts, steps: Mapping[str, Step]) -> list[Block]:
    solution = facts.solution
    blocks: list[Block] = []
    rows = []
    for name in solution.graph.parameters:
        if name not in solution.plan.edges:
            continue
        row: list[Words] = [(Name(name),), (Derivative(facts.objective, name),), _cell(facts, name, steps)]
        if solution.trace.updated:
            new = facts.figures.get(f"new_{name}")
            row.append((new.shown if new else "",))
        rows.append(tuple(row))
    if rows:
        header: list[Words] = [("parameter" if solution.graph.layers else "input",), ("gradient",), ("value",)]
        if solution.trace.updated:
            header.append(("after the update",))
        blocks.append(Table(tuple(header), tuple(rows)))
    if solution.loss_after is not None and solution.rounding is None:
        before = facts.figures.get(facts.objective)
        after = figure(solution.loss_after)
        if before is not None:
            blocks.append(Aside("check", _check(facts, before, after)))
    if any(name != facts.objective for name in solution.trace.gradients):
        blocks.append(Diagram(solution.graph))
    return blocks


def _cell(facts: Facts, name: str, steps: Mapping[str, Step]) -> Words:
    """The number of a gradient, or the last line of its step."""
    plain = gradient(facts.objective, name)
    shown = facts.figures.get(plain)
    if shown is not None:
        return (shown.shown,)
    step = steps.get(plain)
    if step is None:
        return ("",)
    return (step.equation.exact or step.equation.numbers or step.equation.symbols[-1],)


def _check(facts: Facts, before: Figure, after: Figure) -> Words:
    noun = Phrases(facts.solution.graph).noun(facts.objective).capitalize()
    old = facts.solution.trace.values[facts.objective]
    new = facts.solution.loss_after
    way = ("falls", "stays", "rises")[facts.arithmetic.compare(new, old) + 1]
    return (f"{noun} {way} from {before.shown} to {after.shown} with the new parameters.",)
