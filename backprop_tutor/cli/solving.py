"""``solve`` and ``show``."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import TutorError
from . import screen, session

if TYPE_CHECKING:
    from ..model.lesson import Lesson
    from ..model.problem import Problem
    from ..writers.terminal import TerminalWriter

CLOSED_FORM_OPERATIONS = 150


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for on the command line of ``solve``."""

    problem: str | None
    expr: tuple[str, ...] = ()
    at: str = ""
    only: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    form: str | None = None
    notation: str | None = None
    exact: bool = False
    decimals: int | None = None
    digits: int | None = None
    shortcut: bool = True
    closed_form: str | None = None
    steps: bool = False
    json: bool = False
    ascii: bool = False


def solve(request: Request) -> None:
    """Print the solution that was asked for."""
    if request.form not in {None, "scalar", "delta"}:
        raise TutorError("--form takes scalar or delta (the matrix form is not there yet).")
    problem = session.read(request.problem, request.expr, request.at)
    if request.closed_form is not None:
        _closed_form(request, problem)
        return
    with screen.working("Working the problem out …"):
        told = session.lesson(
            problem,
            notation=request.notation,
            shortcut=request.shortcut,
            rounded=session.rounding(request.decimals, request.digits),
            exact=request.exact,
            choice=session.Choice(request.only, frozenset(request.kinds)),
            form=request.form,
        )
    if request.json:
        from ..writers.json_text import write

        screen.write_data(write(told))
        return
    whole = not request.only and not request.kinds
    _print(request, told, whole)


def _writer(told: Lesson, ascii_only: bool) -> TerminalWriter:
    from ..writers.terminal import TerminalWriter

    return TerminalWriter(told, ascii=ascii_only or screen.only_ascii(sys.stdout))


def _print(request: Request, told: Lesson, whole: bool) -> None:
    """The opening, the steps under their headings, and the closing when the whole solution is told."""
    writer = _writer(told, request.ascii)
    console = screen.console()
    console.print(writer.opening() if whole else writer.conventions())
    kind = None
    for step in told.steps:
        if step.kind is not kind:
            if kind is None:
                console.print()
            kind = step.kind
            console.print(writer.section(kind))
        console.print(writer.step(step))
        console.print()
        if request.steps and step is not told.steps[-1] and not _go_on():
            return
    if whole:
        console.print(writer.closing())


def _go_on() -> bool:
    """Wait for Enter; q or the end of input stops the telling."""
    sys.stdout.flush()
    print("-- Enter: next step, q: stop -- ", end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    if not sys.stdin.isatty():
        print(file=sys.stderr)
    return bool(line) and line.strip().lower() != "q"


def _closed_form(request: Request, problem: Problem) -> None:
    """One gradient as one formula of what was given."""
    from ..lessons.notation import load_notation
    from ..lessons.quantities import QuantityFinder
    from ..writers.maths import Maths

    assert request.closed_form is not None
    solution = session.solve(problem, shortcut=request.shortcut)[0]
    notation = load_notation(request.notation or problem.notation)
    names = {f"d{solution.plan.objective}/d{name}": name for name in solution.plan.order}
    names |= {name: name for name in solution.plan.order}
    plain = QuantityFinder(solution.graph, notation, names).one(request.closed_form)
    found = solution.closed_form(names[plain], CLOSED_FORM_OPERATIONS)
    derivative = f"d{solution.plan.objective}/d{names[plain]}"
    if found is None:
        raise TutorError(
            f"{derivative} as one formula has more than {CLOSED_FORM_OPERATIONS} operations, pages that nobody reads: "
            f"composed gradients grow with every layer. `solve --only {derivative}` tells it step by step."
        )
    ascii_only = request.ascii or screen.only_ascii(sys.stdout)
    maths = Maths(notation, solution.graph, "ascii" if ascii_only else "text")
    print(f"{maths.spelled(derivative)} = {maths.formula(found)}")
    print(f"{derivative} = {Maths(notation, solution.graph, 'plain').formula(found)}")


def show(name: str, notation: str | None, ascii_only: bool) -> None:
    """Print the problem itself."""
    from ..lessons.teach import present

    told = present(session.read(name), notation)
    screen.console().print(_writer(told, ascii_only).problem())
