"""Kinds of steps: what a learner can be good at, whatever the problem and its operations."""

from __future__ import annotations

from ..model.graph import Graph, Role
from ..model.lesson import Step, StepKind
from ..model.question import QuestionKind

SKILLS = {
    "weighted-sum": "Weighted sum",
    "activation": "Activation",
    "value": "Value of a formula",
    "loss": "Loss",
    "loss-slope": "Slope of the loss",
    "output-error-signal": "Error signal of an output",
    "activation-slope": "Slope of an activation",
    "local-slope": "Local slope",
    "error-signal": "Error signal of a hidden unit",
    "back-through-weights": "Back through the weights",
    "sum-over-paths": "Sum over paths",
    "weight-gradient": "Gradient of a weight",
    "bias-gradient": "Gradient of a bias",
    "input-gradient": "Gradient of an input",
    "gradient": "Chain rule",
    "update": "Update",
    "concept": "Ideas behind it",
    "counting": "Counting weights, units and paths",
    "notation": "Notation",
    "order": "Order of the steps",
}
"""Titles by key, in the order of a derivation."""

_FORWARD = {
    Role.PREACTIVATION: "weighted-sum",
    Role.ACTIVATION: "activation",
    Role.OUTPUT: "activation",
    Role.LOSS: "loss",
}
_GRADIENTS = {
    Role.OUTPUT: "loss-slope",
    Role.WEIGHT: "weight-gradient",
    Role.BIAS: "bias-gradient",
    Role.INPUT: "input-gradient",
    Role.ACTIVATION: "back-through-weights",
}
_QUESTIONS = {
    QuestionKind.COUNT: "counting",
    QuestionKind.NUMBER: "counting",
    QuestionKind.SYMBOL: "notation",
    QuestionKind.ORDER: "order",
}


def skill_of(step: Step, graph: Graph, paths: int) -> str:
    """The kind of a step; ``paths`` is how many shares its chain rule adds up."""
    if step.kind is StepKind.UPDATE:
        return "update"
    if step.kind is StepKind.FORWARD:
        return _FORWARD.get(graph.values[step.name].label.role, "value")
    of, _, by = step.name.removeprefix("d").partition("/d")
    objectives = {graph.objective, *graph.other_objectives}
    if by not in graph.values:
        return "gradient"
    value = graph.values[by]
    if of not in objectives:
        return "activation-slope" if value.label.role is Role.PREACTIVATION else "local-slope"
    if value.label.role is Role.PREACTIVATION:
        return "output-error-signal" if value.label.layer == len(graph.layers) else "error-signal"
    if paths > 1:
        return "sum-over-paths"
    return _GRADIENTS.get(value.label.role, "gradient")


def skill_of_question(kind: QuestionKind) -> str:
    """The kind of an author's question."""
    return _QUESTIONS.get(kind, "concept")
