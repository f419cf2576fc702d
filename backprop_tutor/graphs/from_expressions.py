"""Lines of formulas as a graph: one line of the author's is one node of ours."""

from __future__ import annotations

from collections.abc import Mapping

from ..model.formula import Name, names_in
from ..model.graph import Graph, Label, Role
from ..model.problem import Assignment, Expressions, Finding
from .builder import Builder
from .operations import recognise, split
from .vectors import ShapeError, unfold


def build(body: Expressions, builder: Builder, differentiate: tuple[str, ...]) -> Graph:
    """The graph of an expression problem; what the author got wrong is left in ``builder.findings``."""
    vectors: dict[str, tuple[str, ...]] = {}
    for variable in body.variables:
        if variable.vector:
            vectors[variable.name] = tuple(f"{variable.name}{i}" for i in range(1, len(variable.givens) + 1))
            for name, element in zip(vectors[variable.name], variable.givens, strict=True):
                _claim(builder, name, variable.name, body)
                builder.given(name, Label(Role.VARIABLE, own=name), element)
        else:
            given = variable.givens[0] if variable.givens else None
            if given is not None and given.formula == Name(variable.name):
                given = None
            builder.given(variable.name, Label(Role.VARIABLE, own=variable.name), given, variable.where)
    for line in _in_order(body.lines):
        _wire(line, body, builder, vectors)
    output = _output(body, builder, differentiate, vectors)
    wanted = tuple(part for name in (differentiate or (output,)) for part in vectors.get(name, (name,)))
    constants = frozenset(part for name in body.constants for part in vectors.get(name, (name,)))
    parameters = tuple(part for v in body.variables for part in vectors.get(v.name, (v.name,)) if part not in constants)
    return builder.finish(
        wanted[0],
        outputs=vectors.get(output, (output,)),
        parameters=parameters,
        constants=constants,
        other_objectives=wanted[1:],
    )


def _in_order(lines: tuple[Assignment, ...]) -> tuple[Assignment, ...]:
    """Lines as written: which of them is a vector is known only when the lines that it uses are read first."""
    by_name = {line.name: line for line in lines}
    done: dict[str, Assignment] = {}
    for start in lines:
        stack = [start.name]
        visited: set[str] = set()
        while stack:
            name = stack[-1]
            visited.add(name)
            later = [
                used
                for used in names_in(by_name[name].formula)
                if used in by_name and used not in done and used not in visited
            ]
            if later and name not in done:
                stack.append(later[0])
                continue
            done.setdefault(name, by_name[name])
            stack.pop()
    return tuple(done.values())


def _wire(line: Assignment, body: Expressions, builder: Builder, vectors: dict[str, tuple[str, ...]]) -> None:
    try:
        tree = unfold(line.formula, vectors)
    except ShapeError as error:
        builder.findings.append(Finding(f"{line.name}: {error}", line.where, "Make the shapes fit."))
        return
    if isinstance(tree, tuple):
        vectors[line.name] = tuple(f"{line.name}{i}" for i in range(1, len(tree) + 1))
        for name in vectors[line.name]:
            _claim(builder, name, line.name, body)
        pairs = list(zip(vectors[line.name], tree, strict=True))
    else:
        pairs = [(line.name, tree)]
    if body.split:
        taken = {*builder.values, *(other.name for other in body.lines)}
        pairs = [(name or whole, part) for whole, formula in pairs for name, part in split(formula, taken)]
    for name, part in pairs:
        operation, inputs = recognise(part)
        builder.node(operation, inputs, {name: Label(Role.VARIABLE, own=name)}, line.where)


def _claim(builder: Builder, name: str, vector: str, body: Expressions) -> None:
    """An element's name must not be a name of the author's."""
    taken = {variable.name for variable in body.variables} | {line.name for line in body.lines}
    if name in taken:
        builder.findings.append(
            Finding(
                f"{name} is a name of its own, but it is also what an element of the vector {vector} is called",
                None,
                f"Give the vector {vector}, or {name}, another name.",
            )
        )


def _output(
    body: Expressions, builder: Builder, differentiate: tuple[str, ...], vectors: Mapping[str, tuple[str, ...]]
) -> str:
    if body.output is not None:
        return body.output
    used = {name for node in builder.nodes for name in node.inputs}
    ends = [line for line in body.lines if not used.intersection(vectors.get(line.name, (line.name,)))]
    if len(ends) == 1:
        return ends[0].name
    if differentiate:
        return differentiate[0]
    if ends and not builder.findings:
        several = ", ".join(line.name for line in ends[:8])
        builder.findings.append(
            Finding(
                f"several lines have no use, so the output is not clear: {several}",
                ends[-1].where,
                f"Say which one is meant: output: {ends[-1].name}",
            )
        )
    return (ends or list(body.lines))[-1].name
