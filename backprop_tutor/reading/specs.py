"""Activations, losses and optimizers: a name, a name with parameters, or an own formula."""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass

from ..model.problem import FunctionSpec, Given
from .findings import clean_line, shown
from .formula_error import FormulaError
from .formulas import read_formula
from .names import is_name
from .reader import Reader, suggest
from .tree import Entry, Mapping, Node, Scalar

Parameters = Dictionary[str, str]

OPTIMIZERS: Dictionary[str, Parameters] = {
    "sgd": {},
    "momentum": {"beta": "number", "nesterov": "flag", "dampening": "number"},
    "adam": {"beta1": "number", "beta2": "number", "epsilon": "number"},
}

# What the same function is called elsewhere; used only for "did you mean".
_ELSEWHERE = {
    "linear": "identity",
    "logistic": "sigmoid",
    "rectifier": "relu",
    "swish": "silu",
    "heaviside": "step",
    "mse": "mean_squared_error",
    "sse": "squared_error",
    "l2": "squared_error",
    "l1": "absolute_error",
    "mae": "absolute_error",
    "bce": "binary_cross_entropy",
    "logloss": "binary_cross_entropy",
    "crossentropy": "cross_entropy",
    "nll": "cross_entropy",
    "softmaxcrossentropy": "cross_entropy",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """What is read: the word for it in a sentence, the known names with their parameters, and examples.

    Own formulas are allowed when there is an example of one; ``names`` are what they are made of (None: any).
    """

    word: str
    known: Dictionary[str, Parameters]
    example: str
    names: tuple[str, ...] | None = None
    formula_example: str = ""


def read_spec(reader: Reader, node: Node, kind: Kind) -> FunctionSpec | None:
    """The function that stands here, or None after a finding."""
    if isinstance(node, Scalar):
        scalar = reader.scalar(node, f"the {kind.word}", kind.example)
        return None if scalar is None else _by_name(reader, scalar, kind)
    if isinstance(node, Mapping) and len(node.entries) == 1:
        return _with_parameters(reader, node.entries[0], kind)
    reader.add(
        f"the {kind.word} must be a name, or one name with its parameters",
        node.where,
        f"For example {kind.example}" + (f", or {{formula: {kind.formula_example}}}." if kind.formula_example else "."),
    )
    return None


def _by_name(reader: Reader, scalar: Scalar, kind: Kind) -> FunctionSpec | None:
    text = scalar.text
    if text in kind.known:
        return FunctionSpec(text, where=scalar.where)
    if kind.formula_example and not _looks_like_a_name(reader, text):
        return _own_formula(reader, scalar, kind)
    reader.add(f"{kind.word} {shown(text)} is not known", scalar.where, _meant(text, kind))
    return None


def _looks_like_a_name(reader: Reader, text: str) -> bool:
    """``half squared-error`` was meant as a name; ``yhat1 - y1`` is a formula."""
    if is_name(text):
        return True
    try:
        read_formula(text, reader.vocabulary.functions)
    except FormulaError:
        return all(c.isalnum() or c in "_- " for c in text)
    return False


def _meant(text: str, kind: Kind) -> str:
    elsewhere = _ELSEWHERE.get("".join(c for c in text[:64].casefold() if c.isalnum()))
    repair = f"Did you mean {elsewhere}?" if elsewhere in kind.known else suggest(text, kind.known)
    if kind.formula_example and not repair.startswith("Did"):
        repair += f" Or write a formula: {{formula: {kind.formula_example}}}."
    return repair


def _own_formula(reader: Reader, node: Node, kind: Kind) -> FunctionSpec | None:
    read = reader.formula(node, f"the formula of the {kind.word}", kind.names, kind.formula_example)
    if read is None:
        return None
    formula, scalar = read
    return FunctionSpec("formula", {}, formula, scalar.where)


def _with_parameters(reader: Reader, entry: Entry, kind: Kind) -> FunctionSpec | None:
    name = entry.key.text
    if name == "formula" and kind.formula_example:
        return _own_formula(reader, entry.value, kind)
    if name == "undefined":
        instead = 'Give it a formula, such as {formula: "z*sigmoid(z)"}.'
        reader.not_yet(f"an undefined {kind.word}", entry.key.where, instead)
        return None
    if name not in kind.known:
        reader.add(f"{kind.word} {shown(name)} is not known", entry.key.where, _meant(name, kind))
        return None
    nothing = entry.value.empty if isinstance(entry.value, Scalar) else entry.value == Mapping((), entry.value.where)
    if nothing:
        return FunctionSpec(name, where=entry.key.where)
    parameters = _parameters(reader, entry, kind.known[name])
    return None if parameters is None else FunctionSpec(name, parameters, where=entry.key.where)


def _parameters(reader: Reader, entry: Entry, known: Parameters) -> dict[str, Given | bool | str] | None:
    name = entry.key.text
    if not known:
        reader.add(f"{name} has no parameters", entry.value.where, f"Write {name} alone.")
        return None
    number = next((parameter for parameter, sort in known.items() if sort == "number"), None)
    example = f"{{{name}: {{{_sample(known)}}}}}"
    if isinstance(entry.value, Scalar) and number and len(entry.value.text) < 20:
        example = f"{{{name}: {{{number}: {clean_line(entry.value.text)}}}}}"
    fields = reader.fields(entry.value, name, known, example)
    if fields is None:
        return None
    read: dict[str, Given | bool | str] = {}
    for parameter, field in fields.items():
        value = _parameter(reader, field.value, f"{name}'s {parameter}", known[parameter])
        if value is None:
            return None
        read[parameter] = value
    return read


def _parameter(reader: Reader, node: Node, what: str, sort: str) -> Given | bool | str | None:
    if sort == "flag":
        return reader.flag(node, what)
    if sort == "reduction":
        return reader.choice(node, what, ("mean", "sum"))
    return reader.given(node, what)


def _sample(known: Parameters) -> str:
    values = {"flag": "true", "reduction": "mean"}
    return ", ".join(f"{name}: {values.get(sort, '1/2')}" for name, sort in list(known.items())[:2])
