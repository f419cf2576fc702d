"""What the rule of a step is called beside an answer."""

from __future__ import annotations

from ..model.lesson import Step, StepKind
from ..symbolic.expression import Expression


def rule_of(step: Step) -> str:
    """The rule in words: that an author's own line is a formula says nothing to anybody."""
    if step.rule and step.rule != Expression.title:
        return step.rule
    return "Slope of the line" if step.kind is StepKind.BACKWARD else "The line as it is given"
