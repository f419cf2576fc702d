"""From what an author wrote about a function to the operation."""

from __future__ import annotations

from collections.abc import Mapping

from .. import ops
from ..model.formula import Formula, Name, names_in, replace
from ..model.op import Op
from ..model.problem import Finding, FunctionSpec, Given
from .builder import Builder


def page(spec: FunctionSpec, builder: Builder) -> Op:
    """The operation that a specification names, with its parameters; parameters must be numbers."""
    parameters: dict[str, Formula | bool | str] = {}
    for name, value in spec.parameters.items():
        if not isinstance(value, Given):
            parameters[name] = value
        elif names_in(value.formula):
            builder.findings.append(
                Finding(f"the parameter {name} of {spec.name} must be a number", value.where, "Write a number there.")
            )
        else:
            parameters[name] = value.formula
    return ops.from_spec(spec.name, parameters)


def own_formula(tree: Formula, bound: Mapping[str, str]) -> Formula:
    """An author's formula in the names of the graph."""
    return replace(tree, lambda part: Name(bound.get(part.name, part.name)) if isinstance(part, Name) else None)
