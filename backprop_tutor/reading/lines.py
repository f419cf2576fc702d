"""Expressions typed on the command line: ``c = a+b`` lines, and numbers for their inputs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..model.formula import Formula, names_in
from ..model.problem import Assignment, Expressions, Finding, Given, Problem, Span, Variable
from ..model.vocabulary import Vocabulary
from .findings import Findings, TooManyFindings, clean_line, shown
from .formula_error import FormulaError
from .names import normal_name
from .reader import Reader, read_given, suggest
from .tree import Scalar

SOURCE = "--expr"
_MOST_LINES = 1_000


@dataclass(frozen=True, slots=True)
class _Line:
    name: str | None
    """None: a bare formula."""
    formula: Formula
    scalar: Scalar


def problem_from_lines(
    lines: Sequence[str], at: Mapping[str, str], vocabulary: Vocabulary
) -> tuple[Problem | None, tuple[Finding, ...]]:
    """The problem of lines ``name = formula`` (or one bare formula, named ``f``), and all findings.

    The inputs are the names that no line binds, in the order of first use; ``at`` gives their numbers, and
    those without one are symbols.  A vector is written ``[3, 1]``.  One bare formula is split into operations.
    """
    findings = Findings()
    body = None
    try:
        body = _expressions(Reader(vocabulary, findings), lines, at)
    except TooManyFindings:
        body = None
    if findings or body is None:
        return None, findings.in_order()
    return Problem(id="", body=body, text="\n".join(lines)), ()


def _expressions(reader: Reader, lines: Sequence[str], at: Mapping[str, str]) -> Expressions | None:
    if len(lines) > _MOST_LINES or not any(line.strip() for line in lines):
        said = "there is no formula" if len(lines) <= _MOST_LINES else f"there are more than {_MOST_LINES:,} lines"
        reader.add(said, None, "Write, for example, --expr '(a+b)*(b+1)' --at a=2,b=1.")
        return None
    vectors = any(value.lstrip().startswith("[") for value in at.values())
    read = [_line(reader, line, row, vectors) for row, line in enumerate(lines, start=1) if line.strip()]
    good = [line for line in read if line is not None]
    assigned: dict[str, Span] = {}
    for line in good:
        if line.name is not None and line.name in assigned:
            reader.add(f"'{line.name}' is bound twice", line.scalar.where, "Give one of the two another name.")
        if line.name is not None:
            assigned.setdefault(line.name, line.scalar.where)
    used = list(dict.fromkeys(name for line in good for name in names_in(line.formula)))
    inputs = [name for name in used if name not in assigned]
    values = _values(reader, at, inputs, assigned) if len(good) == len(read) else {}
    taken = {*used, *assigned}
    assignments = []
    for line in good:
        name = line.name or _free_name(taken)
        taken.add(name)
        assignments.append(Assignment(name, line.formula, clean_line(line.scalar.text), line.scalar.where))
    variables = tuple(values.get(name, Variable(name)) for name in inputs)
    split = len(good) == 1 and good[0].name is None
    return Expressions(variables, tuple(assignments), split=split)


def _line(reader: Reader, text: str, row: int, vectors: bool) -> _Line | None:
    name_text, sign, formula_text = text.partition("=")
    if not sign:
        name_text, formula_text = "", text
    name = None
    if sign:
        placed = reader.own_name(_scalar(name_text, row, 0), "the name of a line")
        if placed is None:
            return None
        name = placed[0]
    scalar = _scalar(formula_text, row, len(text) - len(formula_text))
    read = reader.formula(scalar, "the formula", None, "a + b", vectors)
    return None if read is None else _Line(name, read[0], scalar)


def _scalar(text: str, row: int, offset: int) -> Scalar:
    stripped = text.strip()
    first = offset + len(text) - len(text.lstrip()) + 1
    return Scalar(stripped, Span(SOURCE, row, first, first + max(len(stripped), 1)), first=first)


def _free_name(taken: Iterable[str]) -> str:
    names = set(taken)
    return next(name for name in ("f", *(f"f{i}" for i in range(1, len(names) + 2))) if name not in names)


def _values(
    reader: Reader, at: Mapping[str, str], inputs: list[str], assigned: Mapping[str, Span]
) -> dict[str, Variable]:
    found = {}
    for key, text in at.items():
        name = normal_name(key.strip()) or key
        if name in assigned:
            reader.add(f"--at: '{name}' is computed by a line", None, "Remove it, or the line.")
        elif name not in inputs:
            repair = suggest(name, inputs) if inputs else "Remove it."
            reader.add(f"--at: no formula uses {shown(name)}", None, repair)
        else:
            variable = _variable(reader, name, text.strip())
            if variable is not None:
                found[name] = variable
    return found


def _variable(reader: Reader, name: str, text: str) -> Variable | None:
    vector = text.startswith("[") and text.endswith("]")
    parts = text[1:-1].split(",") if vector else [text]
    try:
        # A value of the command line has no place in a text.
        givens = [Given(read_given(part.strip(), reader.vocabulary), clean_line(part)) for part in parts]
    except FormulaError as error:
        reader.add(f"--at {name}={clean_line(text[:60])}: {error.message}", None, error.repair)
        return None
    return Variable(name, tuple(givens), vector)
