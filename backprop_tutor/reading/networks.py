"""Problems of the network kind: inputs, target, layers, loss."""

from __future__ import annotations

from collections import ChainMap
from fractions import Fraction

from ..model.formula import Name, Number
from ..model.problem import FunctionSpec, Given, LayerSpec, Network, Regularization, Span
from .findings import counted
from .layers import Stack, read_layers
from .reader import Fields, Reader, suggest
from .shapes import FOLDED
from .specs import Kind, Parameters, read_spec
from .tree import Items, Mapping, Node, Scalar

KEYS = ("inputs", "target", "layers", "loss", "regularization", "frozen", "data", "reduction")
_LOSS_EXAMPLE = "half_squared_error"


def read_network(reader: Reader, fields: Fields, where: Span) -> Network | None:
    """The network of a problem file, or None after a finding."""
    for key in ("data", "reduction"):
        if key in fields:
            instead = "Give one example: inputs: [1, 2] and target: 3."
            reader.not_yet(f"'{key}' (several examples)", fields[key].key.where, instead)
    inputs = _inputs(reader, fields, where)
    symbolic = _is_letter(fields, "inputs", "x")
    layers_field = fields.get("layers")
    if layers_field is None:
        reader.missing("layers", "the network", where, "layers:\n    - weights: [[1, 2]]")
        return None
    layers, stack = read_layers(reader, layers_field.value, _number_of_inputs(fields), symbolic)
    outputs = stack.previous
    loss = _loss(reader, fields, where, outputs)
    targets, target_class = _targets(reader, fields, where, outputs, loss)
    regularization = _regularization(reader, fields)
    frozen = _frozen(reader, fields, stack if layers is not None else None)
    if layers is None or inputs is None or loss is None or targets is None:
        return None
    if symbolic:
        inputs = _input_symbols(layers[0], fields["inputs"].value.where)
    _check_symbols(stack, inputs, targets)
    return Network(
        inputs=inputs,
        targets=targets,
        layers=layers,
        loss=loss,
        regularization=regularization,
        frozen=frozen,
        symbolic_inputs=_all_symbols(inputs, "x"),
        symbolic_targets=_all_symbols(targets, "y"),
        target_class=target_class,
    )


def _is_letter(fields: Fields, key: str, letter: str) -> bool:
    field = fields.get(key)
    return field is not None and isinstance(field.value, Scalar) and field.value.text in {letter, "symbols"}


def _number_of_inputs(fields: Fields) -> int | None:
    """How many inputs there are, right or wrong; None: not said."""
    field = fields.get("inputs")
    if field is None or isinstance(field.value, Mapping) or _is_letter(fields, "inputs", "x"):
        return None
    return len(field.value.items) or None if isinstance(field.value, Items) else 1


def _all_symbols(givens: tuple[Given, ...], letter: str) -> bool:
    """Whether every one is the symbol that the notation has for it."""
    names = [{f"{letter}{k}"} for k in range(1, len(givens) + 1)]
    if len(givens) == 1:
        names[0].add(letter)
    formulas = [given.formula for given in givens]
    pairs = zip(formulas, names, strict=True)
    return bool(givens) and all(isinstance(formula, Name) and formula.name in own for formula, own in pairs)


def _inputs(reader: Reader, fields: Fields, where: Span) -> tuple[Given, ...] | None:
    """The inputs; empty: symbols named by the notation, as many as the first layer has columns."""
    field = fields.get("inputs")
    if field is None:
        if "data" not in fields:
            reader.missing("inputs", "the network", where, "inputs: [1, 2]")
        return None
    if _is_letter(fields, "inputs", "x"):
        return ()
    return _givens(reader, field.value, "inputs", "an input", "[1, 2]")


def _givens(reader: Reader, node: Node, what: str, one: str, example: str) -> tuple[Given, ...] | None:
    if isinstance(node, Scalar):
        single = reader.given(node, what, example)
        return None if single is None else (single,)
    items = reader.items(node, what, example)
    if items is None:
        return None
    read = [reader.given(item, one) for item in items]
    return tuple(given for given in read if given is not None) if None not in read else None


def _input_symbols(first: LayerSpec, where: Span) -> tuple[Given, ...]:
    columns = len(first.weights[0]) - (1 if first.bias in FOLDED else 0)
    return tuple(Given(Name(f"x{i}"), f"x{i}", where) for i in range(1, columns + 1))


def _targets(
    reader: Reader, fields: Fields, where: Span, outputs: int | None, loss: FunctionSpec | None
) -> tuple[tuple[Given, ...] | None, int | None]:
    """The targets, and the class if that is how they were given."""
    field = fields.get("target")
    if field is None:
        if loss is not None and loss.name == "none":
            return (), None
        if "data" not in fields:
            reader.missing("target", "the network", where, "target: 1\n  (or loss: none to differentiate the output)")
        return None, None
    node = field.value
    if isinstance(node, Mapping):
        return _target_class(reader, node, outputs)
    if _is_letter(fields, "target", "y"):
        names = ["y"] if outputs == 1 else [f"y{k}" for k in range(1, (outputs or 0) + 1)]
        return tuple(Given(Name(name), name, node.where) for name in names), None
    targets = _givens(reader, node, "target", "a target", "1")
    have = len(node.items) if isinstance(node, Items) else 1
    if targets is None or outputs is None:
        return targets, None
    because = f"the network has {counted(outputs, 'output')}"
    if have == 1 and outputs > 1 and isinstance(node, Scalar):
        reader.add(f"target is one number, but {because}", node.where, "Write a list, or {class: 2} for a class.")
        return None, None
    fits = reader.same_length("target", have, outputs, "number", because, node.where)
    return (targets if fits else None), None


def _target_class(reader: Reader, node: Mapping, outputs: int | None) -> tuple[tuple[Given, ...] | None, int | None]:
    example = "target: {class: 2}"
    fields = reader.fields(node, "target", ("class",), example)
    if fields is None or "class" not in fields:
        return None, None
    value = fields["class"].value
    number = reader.count(value, "the class", 1, outputs or 1000)
    if number is None or outputs is None:
        return None, None
    if outputs == 1:
        reader.add("one output has no classes to choose from", value.where, "Write target: 0 or target: 1.")
        return None, None
    hot = ("1" if k == number else "0" for k in range(1, outputs + 1))
    return tuple(Given(Number(Fraction(digit), digit), digit, value.where) for digit in hot), number


def _loss(reader: Reader, fields: Fields, where: Span, outputs: int | None) -> FunctionSpec | None:
    field = fields.get("loss")
    if field is None:
        reader.missing("loss", "the network", where, f"loss: {_LOSS_EXAMPLE}\n  (or loss: none)")
        return None
    # A chain, and no dictionary, for the losses are loaded when they are asked for.
    known: ChainMap[str, Parameters] = ChainMap({"none": {}}, reader.vocabulary.losses)  # type: ignore[arg-type]
    return read_spec(reader, field.value, Kind("loss", known, _LOSS_EXAMPLE, _loss_names(outputs), '"(yhat1 - y1)^2"'))


def _loss_names(outputs: int | None) -> tuple[str, ...] | None:
    """What an own loss is a formula of; None: the number of outputs is not known."""
    if outputs is None:
        return None
    numbered = tuple(f"{letter}{k}" for k in range(1, outputs + 1) for letter in ("yhat", "y"))
    return ("yhat", "y", *numbered) if outputs == 1 else numbered


def _regularization(reader: Reader, fields: Fields) -> Regularization | None:
    field = fields.get("regularization")
    if field is None:
        return None
    keys = reader.fields(field.value, "regularization", ("l2", "half"), "regularization: {l2: 0.01}")
    if keys is None:
        return None
    half = reader.flag(keys["half"].value, "half") if "half" in keys else False
    if "l2" not in keys:
        reader.missing("l2", "regularization", field.value.where, "regularization: {l2: 0.01}")
        return None
    coefficient = reader.given(keys["l2"].value, "l2", "0.01")
    return None if coefficient is None else Regularization(coefficient, bool(half))


def _frozen(reader: Reader, fields: Fields, stack: Stack | None) -> tuple[str, ...]:
    field = fields.get("frozen")
    if field is None:
        return ()
    items = reader.items(field.value, "frozen", "[b1_1, b2_1]") or ()
    names = [reader.name(item, "the name of a parameter", "b1_1") for item in items]
    known = None if stack is None else stack.parameters.given
    for name, place in (read for read in names if read is not None):
        if known is not None and name not in known:
            reader.add(f"frozen: the network has no parameter '{name}'", place, suggest(name, known))
    return tuple(dict.fromkeys(read[0] for read in names if read is not None))


def _check_symbols(stack: Stack, inputs: tuple[Given, ...], targets: tuple[Given, ...]) -> None:
    for position, given in enumerate(inputs, start=1):
        stack.parameters.symbols(given, (f"x{position}",))
    for position, given in enumerate(targets, start=1):
        stack.parameters.symbols(given, (f"y{position}", "y") if len(targets) == 1 else (f"y{position}",))
