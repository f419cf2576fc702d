"""Problems of the expressions kind: inputs, and lines that build on each other."""

from __future__ import annotations

from collections.abc import Collection

from ..model.problem import Assignment, Expressions, Span, Variable
from .findings import clean_line, shown
from .names import normal_name
from .reader import Fields, Reader, suggest
from .tree import Entry, Items, Mapping, Node, Scalar

KEYS = ("inputs", "expressions", "output", "constants")
_EXAMPLE = "{a: 2, b: [1, 3]}"


def read_expressions(reader: Reader, fields: Fields, where: Span) -> Expressions | None:
    """The expressions of a problem file, or None after a finding."""
    bound: dict[str, Span] = {}
    variables = _variables(reader, fields, where, bound)
    vectors = any(variable.vector for variable in variables or ())
    field = fields["expressions"]
    entries = reader.entries(field.value, "expressions", "{c: a + b, e: c*(b + 1)}")
    if entries is None:
        return None
    named = [(_bound(reader, entry.key, bound, "the name of a line"), entry) for entry in entries]
    # A line may use a later line, so every name is known before the first formula is read.  When a name
    # could not be read, nothing is said about unknown ones.
    unreadable = any(normal_name(entry.key.text) not in bound for entry in entries)
    incomplete = variables is None or unreadable or not _complete(fields["inputs"].value) or not _complete(field.value)
    names = None if incomplete else frozenset(bound)
    lines = [_line(reader, name, entry, names, vectors) for name, entry in named]
    output = None
    if "output" in fields:
        known = [name for name, _ in named if name is not None]
        output = _known_name(reader, fields["output"].value, "output", known)
    constants = known_names(reader, fields, "constants", [v.name for v in variables] if variables else None)
    if variables is None or None in lines:
        return None
    return Expressions(variables, tuple(line for line in lines if line is not None), output, constants)


def _complete(node: Node) -> bool:
    return not isinstance(node, Mapping) or node.complete


def _variables(reader: Reader, fields: Fields, where: Span, bound: dict[str, Span]) -> tuple[Variable, ...] | None:
    field = fields.get("inputs")
    if field is None:
        reader.missing("inputs", "the problem", where, "inputs: {a: 2, b: 1}\n  (or inputs: [a, b] for symbols)")
        return None
    if isinstance(field.value, Items):
        read = [_symbol(reader, item, bound) for item in field.value.items]
    else:
        entries = reader.entries(field.value, "inputs", _EXAMPLE)
        if entries is None:
            return None
        read = [_variable(reader, entry, bound) for entry in entries]
    return tuple(variable for variable in read if variable is not None) if None not in read else None


def _symbol(reader: Reader, node: Node, bound: dict[str, Span]) -> Variable | None:
    if isinstance(node, Mapping):
        reader.add("an input in a list is a name alone", node.where, f"For numbers write inputs: {_EXAMPLE}.")
        return None
    scalar = reader.scalar(node, "an input", "a")
    if scalar is None:
        return None
    name = _bound(reader, scalar, bound, "the name of an input")
    return None if name is None else Variable(name, where=scalar.where)


def _variable(reader: Reader, entry: Entry, bound: dict[str, Span]) -> Variable | None:
    name = _bound(reader, entry.key, bound, "the name of an input")
    node = entry.value
    if isinstance(node, Items):
        items = reader.items(node, f"the vector {shown(entry.key.text)}", "[1, 2]") or ()
        read = [reader.given(item, "an entry of a vector") for item in items]
        if name is None or not items or None in read:
            return None
        return Variable(name, tuple(given for given in read if given is not None), vector=True, where=entry.key.where)
    if isinstance(node, Scalar) and (node.empty or node.text == name):
        return None if name is None else Variable(name, where=entry.key.where)
    given = reader.given(node, f"the input {shown(entry.key.text)}")
    return None if name is None or given is None else Variable(name, (given,), where=entry.key.where)


def _bound(reader: Reader, key: Scalar, bound: dict[str, Span], what: str) -> str | None:
    """The name that is bound here; a name is bound once."""
    read = reader.own_name(key, what)
    if read is None:
        return None
    name, where = read
    first = bound.setdefault(name, where)
    if first is where:
        return name
    reader.add(
        f"'{name}' is bound twice: here, and at line {first.line}, column {first.column}",
        where,
        "Give one of the two another name.",
    )
    return None


def _line(
    reader: Reader, name: str | None, entry: Entry, names: Collection[str] | None, vectors: bool
) -> Assignment | None:
    # The formula is looked at even when its name was refused: all findings at once.
    read = reader.formula(entry.value, f"the formula of {shown(entry.key.text)}", names, "a + b", vectors)
    if read is None or name is None:
        return None
    formula, scalar = read
    return Assignment(name, formula, clean_line(scalar.text), scalar.where)


def _known_name(reader: Reader, node: Node, what: str, names: Collection[str]) -> str | None:
    read = reader.name(node, "a name", "v")
    if read is None:
        return None
    name, where = read
    if name in names:
        return name
    reader.add(f"{what}: there is no line or input '{name}'", where, suggest(name, names))
    return None


def known_names(reader: Reader, fields: Fields, key: str, names: Collection[str] | None) -> tuple[str, ...]:
    """The names in a list (or a single one); ``names`` are those that exist, None: not known."""
    field = fields.get(key)
    if field is None:
        return ()
    single = isinstance(field.value, Scalar)
    items = (field.value,) if single else reader.items(field.value, key, "[a, b]") or ()
    if names is None:
        read = [placed[0] if (placed := reader.name(item, "a name")) else None for item in items]
    else:
        read = [_known_name(reader, item, key, names) for item in items]
    return tuple(dict.fromkeys(name for name in read if name is not None))
