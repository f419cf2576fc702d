"""The solution as JSON, for other programs: numbers with 17 significant digits, symbols as formulas."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from ..model.formula import Call, Cases, Condition, Derivative, Formula, Name, Negative, Sum, call, replace
from ..model.graph import Graph
from ..model.lesson import Equation, Figure, Lesson, Step
from .maths import Maths


@dataclass(frozen=True, slots=True)
class _Raw:
    """A number that is written digit by digit, for no float holds it whole."""

    digits: str


Json = _Raw | str | None | list["Json"] | dict[str, "Json"]


def write(lesson: Lesson) -> str:
    """One JSON object, as the contract of ``solve --json`` has it, ending with a newline."""
    return _text(_Document(lesson).whole()) + "\n"


class _Document:
    def __init__(self, lesson: Lesson) -> None:
        self.lesson = lesson
        self.graph: Graph = lesson.graph
        self.plain = Maths(lesson.notation, lesson.graph, "plain")
        self.latex = Maths(lesson.notation, lesson.graph, "latex")

    def whole(self) -> Json:
        graph = self.graph
        found: dict[str, Json] = {
            "title": self.lesson.problem.title,
            "loss": self.number("L") if graph.layers and "L" in graph.values else None,
            "output": [self.number(name) for name in self.outputs()],
            "values": {name: self.number(name) for name in graph.values},
            "gradients": self.gradients(),
            "updated": self.updated(),
        }
        if graph.layers:
            objective = graph.objective
            found["layers"] = self.layers(lambda name: self.number(f"d{objective}/d{name}"))
            if found["updated"]:
                found["updated_layers"] = self.layers(self.new_or_old)
        found["steps"] = [self.step(step) for step in self.lesson.steps]
        return found

    def outputs(self) -> tuple[str, ...]:
        """The outputs of a network, the results of expressions."""
        if self.graph.layers or not self.graph.other_objectives:
            return self.graph.outputs
        return (self.graph.objective, *self.graph.other_objectives)

    def number(self, plain: str) -> Json:
        """The number of a quantity, its formula if it stays symbolic, or null."""
        figure = self.lesson.figures.get(plain)
        if figure is not None:
            return _Raw(figure.full)
        tree = self.lesson.symbolic.get(plain)
        if tree is None and plain in self.graph.values:
            given = self.graph.values[plain].given
            tree = Name(plain) if given is None else given.formula
        return None if tree is None else self.formula(tree)

    def gradients(self) -> Json:
        objectives = (self.graph.objective, *self.graph.other_objectives)
        if len(objectives) == 1:
            return self.gradients_of(objectives[0])
        return {objective: self.gradients_of(objective) for objective in objectives}

    def gradients_of(self, objective: str) -> dict[str, Json]:
        start = f"d{objective}/d"
        names = chain(self.lesson.figures, self.lesson.symbolic)
        known = {plain.removeprefix(start) for plain in names if plain.startswith(start)}
        known |= {step.name.removeprefix(start) for step in self.lesson.steps if step.name.startswith(start)}
        # A quantity whose formula would be pages long is null, never left out.
        return {name: self.number(start + name) for name in self.graph.values if name in known}

    def updated(self) -> Json:
        names = chain(self.lesson.figures, self.lesson.symbolic)
        return {plain.removeprefix("new_"): self.number(plain) for plain in names if plain.startswith("new_")}

    def new_or_old(self, name: str) -> Json:
        """A parameter after the update; a frozen one as it was."""
        known = f"new_{name}" in self.lesson.figures or f"new_{name}" in self.lesson.symbolic
        return self.number(f"new_{name}" if known else name)

    def layers(self, number) -> Json:  # type: ignore[no-untyped-def]
        return [
            {
                "weights": [[number(name) for name in row] for row in layer.weights],
                "bias": [number(name) for name in layer.biases] if layer.biases else None,
            }
            for layer in self.graph.layers
        ]

    def step(self, step: Step) -> Json:
        equation = step.equation
        figures = equation.put_in(self.lesson.figures)
        # δ = ∂L/∂z only says what the letter on the left means.
        symbols = tuple(tree for tree in equation.symbols if not _repeats(tree, equation.left))
        return {
            "id": step.id,
            "name": step.name,
            "kind": step.kind.value,
            "title": self.plain.words(step.title),
            "formula": " = ".join(self.formula(tree) for tree in symbols),
            "substituted": self.formula(equation.numbers, figures) if equation.numbers is not None else None,
            "value": self.number(step.name),
            "exact": self.exact(step),
            "latex": self.equation(equation),
            "needs": list(step.needs),
        }

    def exact(self, step: Step) -> Json:
        return None if step.exact is None else self.formula(step.exact)

    def formula(self, tree: Formula, figures: Mapping[str, Figure] | None = None) -> str:
        """A formula in the syntax of problem files, which has no cases but the step function."""
        return self.plain.formula(without_cases(tree), figures)

    def equation(self, equation: Equation) -> str:
        """The whole line in LaTeX."""
        parts = [self.latex.formula(equation.left), *(self.latex.formula(tree) for tree in equation.symbols)]
        text = " = ".join(parts)
        if equation.numbers is not None:
            text += f" = {self.latex.formula(equation.numbers, equation.put_in(self.lesson.figures))}"
        if equation.exact is not None:
            text += f" = {self.latex.formula(equation.exact)}"
        if equation.figure is not None:
            text += f" {self.latex.relation(equation.figure)} {self.latex.figure(equation.figure)}"
        return text


def _repeats(tree: Formula, left: Formula) -> bool:
    return isinstance(tree, Derivative) and isinstance(left, Derivative) and (tree.of, tree.by) == (left.of, left.by)


def without_cases(tree: Formula) -> Formula:
    """The formula with cases and signs written with ``step``, which is 1 for positive numbers and 0 otherwise."""

    def written(part: Formula) -> Formula | None:
        if isinstance(part, Call) and part.function == "sign":
            inside = without_cases(part.arguments[0])
            return call("step", inside) - call("step", -inside)
        if not isinstance(part, Cases):
            return None
        result = without_cases(part.otherwise)
        for condition, value in reversed(part.cases):
            holds = _indicator(condition)
            result = holds * without_cases(value) + (1 - holds) * result
        return result

    return replace(tree, written)


def _indicator(condition: Condition) -> Formula:
    left, right = without_cases(condition.left), without_cases(condition.right)
    above, below = call("step", Sum((left, Negative(right)))), call("step", Sum((right, Negative(left))))
    indicators: dict[str, Formula] = {">": above, ">=": 1 - below, "=": (1 - above) * (1 - below)}
    return indicators[condition.relation]


def _text(value: Json) -> str:
    match value:
        case _Raw(digits):
            return digits
        case dict():
            return "{" + ", ".join(f"{json.dumps(key)}: {_text(part)}" for key, part in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_text, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
