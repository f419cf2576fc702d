"""What the commands share: from the words on the command line to a lesson."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..errors import ProblemError, TutorError
from .files import Source, find

if TYPE_CHECKING:
    from ..engine.solve import Solution
    from ..model.lesson import Lesson, Step
    from ..model.problem import Problem, Rounding


def read_source(source: Source) -> Problem:
    """The problem of a text.  Raises ProblemError with every finding."""
    from ..lessons.notation import notation_names
    from ..ops import vocabulary
    from ..reading.problems import read_problem

    problem, findings = read_problem(source.text, source.name, vocabulary(notation_names()), source.id)
    if problem is None:
        raise ProblemError(findings, source.text)
    return replace(problem, text=source.text)


def read(problem: str | None, expr: Sequence[str] = (), at: str = "") -> Problem:
    """The problem that the command line names: a bundled one, a file, or formulas."""
    if not expr:
        if problem is None:
            raise TutorError('Name a problem or a file, or give a formula: solve --expr "(a+b)*(b+1)" --at a=2,b=1')
        return read_source(find(problem))
    if problem is not None:
        raise TutorError("Give either a problem or --expr, not both.")
    from ..lessons.notation import notation_names
    from ..ops import vocabulary
    from ..reading.problems import problem_from_lines

    lines = [line.strip() for text in expr for line in text.split(";") if line.strip()]
    found, findings = problem_from_lines(lines, assignments(at), vocabulary(notation_names()))
    if found is None:
        raise ProblemError(findings, "\n".join(lines))
    return replace(found, text="\n".join(lines), title=found.title or "; ".join(lines)[:200])


def assignments(at: str) -> dict[str, str]:
    """``a=2,b=1`` as names and what is written for them.  Raises TutorError."""
    found = {}
    for part in at.split(",") if at.strip() else []:
        name, sign, value = part.partition("=")
        if not sign or not name.strip() or not value.strip():
            raise TutorError("--at takes names and numbers: --at a=2,b=1/2")
        if name.strip() in found:
            raise TutorError("--at gives the same name twice.")
        found[name.strip()] = value.strip()
    return found


def rounding(decimals: int | None, digits: int | None) -> Rounding | None:
    """The rounding that the options ask for."""
    from ..model.problem import Rounding

    if decimals is not None and digits is not None:
        raise TutorError("Choose one of --round (decimals) and --digits (significant digits).")
    if decimals is None and digits is None:
        return None
    return Rounding(decimals, digits)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which steps are told: parts of the solution, or single quantities with what they need."""

    only: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()


def solve(problem: Problem, *, shortcut: bool = True, rounded: Rounding | None = None) -> tuple[Solution, ...]:
    """The solutions of a problem."""
    from ..engine.solve import solve as run

    return run(problem, shortcut=shortcut, rounding=rounded)


def lesson(
    problem: Problem,
    *,
    notation: str | None = None,
    shortcut: bool = True,
    rounded: Rounding | None = None,
    exact: bool = False,
    choice: Choice | None = None,
    form: str | None = None,
) -> Lesson:
    """The lesson of a problem, with the steps that were chosen."""
    from ..lessons.brief import briefly
    from ..lessons.notation import load_notation, with_delta
    from ..lessons.teach import teach

    written = load_notation(notation or problem.notation)
    if form is not None:
        written = with_delta(written, form == "delta")
    told = teach(solve(problem, shortcut=shortcut, rounded=rounded), written, exact=exact)
    steps = told.steps if choice is None else chosen(told, choice)
    return replace(told, steps=briefly(steps))


def chosen(told: Lesson, choice: Choice) -> tuple[Step, ...]:
    """The steps of a choice, in the order of the solution, with their own numbers."""
    from ..lessons.quantities import with_needs

    steps = told.steps
    if choice.only:
        steps = with_needs(steps, quantities(told, choice.only))
    if choice.kinds:
        steps = tuple(step for step in steps if step.kind.value in choice.kinds)
        if not steps and choice.kinds == {"update"}:
            raise TutorError("There is nothing to update: the problem has no learning_rate, or all is frozen.")
    return steps


def quantities(told: Lesson, typed: Iterable[str]) -> tuple[str, ...]:
    """The plain names of what was typed, in the order of the solution: quantities, vectors and matrices.

    Raises UnknownQuantityError for a name that no step finds.
    """
    from ..lessons.quantities import QuantityFinder

    names = [step.name for step in told.steps]
    reader = QuantityFinder(told.graph, told.notation, names)
    wanted = {name for text in typed for name in reader.find(text)[1]}
    return tuple(name for name in names if name in wanted)
