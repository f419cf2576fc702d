"""The update, told: every parameter goes one step down its gradient, all from the same backward pass."""

from __future__ import annotations

from ..engine.update import RATE, TITLES, parameters_to_update, rule
from ..graphs.names import gradient, updated
from ..model.formula import Derivative, Formula, Name
from ..model.formula import replace as exchange
from ..model.lesson import Equation, Figure, Prose, Step, StepKind
from .chain import step_id as backward_id
from .facts import Facts
from .figures import given_figure
from .phrases import Phrases


def update_steps(facts: Facts, phrases: Phrases, first: int) -> list[Step]:
    """Steps for every parameter that is updated, numbered from ``first``."""
    problem = facts.solution.problem
    return [
        _step(facts, phrases, name, first + i)
        for i, name in enumerate(parameters_to_update(problem, facts.solution.graph))
    ]


def rate_figure(facts: Facts) -> Figure | None:
    """The learning rate as it was written."""
    rate = facts.solution.problem.learning_rate
    return given_figure(rate, rate.number) if rate is not None and rate.number is not None else None


def _step(facts: Facts, phrases: Phrases, name: str, number: int) -> Step:
    plain = updated(name)
    objective = facts.objective
    tree = rule(facts.solution.problem.optimizer, name, objective)
    shown = facts.figures.get(plain)
    symbolic = _symbolic(facts, tree) if shown is None else None
    if symbolic is not None:
        facts.symbolic[plain] = symbolic
    equation = Equation(Name(plain), (tree,), tree, symbolic, shown, (backward_id(gradient(objective, name)),))
    return Step(
        id=f"update/{plain}",
        number=number,
        kind=StepKind.UPDATE,
        name=plain,
        quantity=Name(plain),
        title=phrases.updated(name),
        rule=TITLES[facts.solution.problem.optimizer.name],
        blocks=(Prose(_words(facts, phrases, name)), equation),
        equation=equation,
        figure=shown,
        exact=symbolic,
        needs=equation.sources,
    )


_FIRST_STEP = {
    "momentum": "In the first step the velocity is the gradient itself; nesterov looks one step of it ahead.",
    "adam": (
        "In the first step the corrected averages are the gradient and its square, so the gradient is divided by its "
        "own size: the step is almost the learning rate itself, with the gradient's sign."
    ),
}
"""What an optimizer does in its first step, where it is not plain gradient descent."""


def _words(facts: Facts, phrases: Phrases, name: str) -> tuple[str | Formula, ...]:
    trace = facts.solution.trace
    slope = trace.gradients.get(name)
    derivative = Derivative(facts.objective, name)
    if slope is None:
        return ("Go against the gradient, by the learning rate ", Name(RATE), " times its size.")
    if facts.arithmetic.sign(slope) == 0:
        return (derivative, " is 0, so this parameter stays where it is.")
    sign, way = ("positive", "down") if facts.arithmetic.sign(slope) > 0 else ("negative", "up")
    optimizer = facts.solution.problem.optimizer
    if optimizer.name in _FIRST_STEP:
        said = _FIRST_STEP[optimizer.name]
        return (f"{said} ", derivative, f" is {sign}, so ", Name(name), f" goes {way}.")
    return (derivative, f" is {sign}: {phrases.noun(facts.objective)} falls when ", Name(name), f" goes {way}.")


def _symbolic(facts: Facts, tree: Formula) -> Formula | None:
    """The new value in the names of values, when it is no number."""

    def known(part: Formula) -> Formula | None:
        if isinstance(part, Derivative):
            composed = facts.exact_gradient(part.by) if facts.has_numbers else None
            return composed or facts.solution.between.gradient(part.by)
        if isinstance(part, Name) and part.name == RATE:
            rate = facts.solution.problem.learning_rate
            return rate.formula if rate is not None else None
        return facts.exact_value(part.name) if isinstance(part, Name) and facts.has_numbers else None

    return exchange(tree, known)
