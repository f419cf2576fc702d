"""A network's layers as a graph of weighted sums, activations and a loss."""

from __future__ import annotations

from dataclasses import dataclass, field

from .. import ops
from ..model.formula import Formula, Name
from ..model.graph import Graph, Label, Layer, Role
from ..model.op import Loss, Op
from ..model.problem import Finding, FunctionSpec, Given, LayerSpec, Network
from ..symbolic.expression import Expression
from . import names
from .builder import Builder
from .functions import own_formula, page


@dataclass
class _Wiring:
    """What grows while the layers are wired one after the other."""

    builder: Builder
    sources: list[str]
    layers: list[Layer] = field(default_factory=list)
    parameters: list[str] = field(default_factory=list)
    penalized: list[str] = field(default_factory=list)


def build(network: Network, builder: Builder, differentiate: tuple[str, ...]) -> Graph:
    """The graph of a network; what the author got wrong is left in ``builder.findings``."""
    wiring = _Wiring(builder, [])
    for i, given in enumerate(network.inputs, start=1):
        wiring.sources.append(builder.given(f"x{i}", Label(Role.INPUT, 0, (i,)), _number(given, f"x{i}")))
    last = len(network.layers)
    for index, spec in enumerate(network.layers, start=1):
        _wire_layer(wiring, spec, index, is_last=index == last)
    outputs = tuple(wiring.sources)
    objective = _wire_loss(wiring, network, outputs)
    wanted = differentiate or ((objective,) if objective else outputs)
    return builder.finish(
        wanted[0],
        outputs=outputs,
        parameters=tuple(dict.fromkeys(wiring.parameters)),
        frozen=frozenset(network.frozen),
        layers=tuple(wiring.layers),
        other_objectives=tuple(wanted[1:]),
    )


def _number(given: Given, name: str) -> Given | None:
    """A symbol that is only named after itself is no given: it stays a symbol."""
    return None if given.formula == Name(name) else given


def _wire_layer(wiring: _Wiring, spec: LayerSpec, index: int, is_last: bool) -> None:
    builder = wiring.builder
    sources, column = _with_constant_unit(wiring, spec, index)
    wide = len(spec.weights) >= 10 or len(sources) >= 10
    weights, biases, sums = [], [], []
    for j, row in enumerate(spec.weights, start=1):
        row_names: list[str] = []
        for position, given in enumerate(row):
            i = _unit_number(position, column, len(sources))
            own = spec.weight_names[j - 1][position] if spec.weight_names else ""
            name = own or names.weight(index, j, i, wide)
            label = Label(Role.WEIGHT, index, (j, i), own)
            row_names.append(builder.given(name, label, _number(given, name)))
            if position != column:
                wiring.penalized.append(name)
        weights.append(tuple(row_names))
    for j, given in enumerate(spec.biases, start=1):
        own = spec.bias_names[j - 1] if spec.bias_names else ""
        name = own or names.unit("b", index, j)
        biases.append(builder.given(name, Label(Role.BIAS, index, (j,), own), _number(given, name)))
    for j, into in enumerate(weights, start=1):
        bias = biases[j - 1 : j]
        inputs = [name for pair in zip(into, sources, strict=True) for name in pair] + bias
        name = names.unit("z", index, j)
        sums.append(name)
        operation = ops.from_spec("weighted_sum", {"bias": bool(bias)})
        builder.node(operation, inputs, {name: Label(Role.PREACTIVATION, index, (j,))}, spec.where)
    wiring.parameters += [name for row in weights for name in row] + biases
    activations, titles = _wire_activations(wiring, spec, index, sums, is_last)
    wiring.layers.append(
        Layer(
            index,
            tuple(weights),
            tuple(biases),
            tuple(sources),
            tuple(sums),
            tuple(activations),
            tuple(titles),
            column,
        )
    )
    wiring.sources = activations


def _with_constant_unit(wiring: _Wiring, spec: LayerSpec, index: int) -> tuple[list[str], int | None]:
    """The units that feed the layer, with the constant 1 in its column when the bias is folded in."""
    sources = wiring.sources
    if spec.bias not in {"first_column", "last_column"}:
        return sources, None
    first = spec.bias == "first_column"
    number = 0 if first else len(sources) + 1
    name = f"x{number}" if index == 1 else names.unit("a", index - 1, number)
    one = Given(ops.one(), "1")
    wiring.builder.given(name, Label(Role.CONSTANT, index - 1, (number,)), one)
    return ([name, *sources], 0) if first else ([*sources, name], len(sources))


def _unit_number(position: int, column: int | None, count: int) -> int:
    """The number of the unit that a column of weights comes from: a folded first column is unit 0."""
    return position if column == 0 else position + 1


def _wire_activations(
    wiring: _Wiring, spec: LayerSpec, index: int, sums: list[str], is_last: bool
) -> tuple[list[str], list[str]]:
    """Activation nodes, the names of their outputs, and a title for each unit."""
    count = len(sums)
    role = Role.OUTPUT if is_last else Role.ACTIVATION
    found, titles = [], []
    for j in range(1, count + 1):
        found.append(names.numbered("yhat", j, count) if is_last else names.unit("a", index, j))
    labels = {name: Label(role, index, (j,) if not is_last or count > 1 else ()) for j, name in enumerate(found, 1)}
    specs = spec.activations if len(spec.activations) == count else spec.activations * count
    if ops.is_layer_wide(specs[0].name):
        operation = page(specs[0], wiring.builder)
        wiring.builder.node(operation, sums, labels, specs[0].where or spec.where)
        return found, [operation.title] * count
    for name, source, activation in zip(found, sums, specs, strict=True):
        operation = _activation(activation, source, wiring.builder)
        titles.append(operation.title)
        wiring.builder.node(operation, [source], {name: labels[name]}, activation.where or spec.where)
    return found, titles


def _activation(spec: FunctionSpec, source: str, builder: Builder) -> Op:
    if spec.formula is None:
        return page(spec, builder)
    return Expression(own_formula(spec.formula, {"z": source}), (source,))


def _wire_loss(wiring: _Wiring, network: Network, outputs: tuple[str, ...]) -> str | None:
    """The loss, with its penalty if there is one; the name of what is differentiated, None without a loss."""
    spec = network.loss
    if spec.name == "none":
        return None
    builder = wiring.builder
    targets = []
    count = len(network.targets)
    for k, given in enumerate(network.targets, start=1):
        name = names.numbered("y", k, count)
        label = Label(Role.TARGET, len(network.layers), (k,) if count > 1 else ())
        targets.append(builder.given(name, label, _number(given, name)))
    data_loss = "L_data" if network.regularization else "L"
    label = Label(Role.LOSS, own="" if data_loss == "L" else data_loss)
    if spec.name == "cross_entropy" and len(outputs) == 1 and not spec.parameters.get("logits"):
        builder.findings.append(
            Finding(
                "cross_entropy compares the probabilities of several classes, but there is one output",
                spec.where,
                "For one sigmoid output write loss: binary_cross_entropy.",
            )
        )
    operation, inputs = _loss(network, outputs, tuple(targets), builder)
    builder.node(operation, inputs, {data_loss: label}, spec.where)
    if network.regularization is None:
        return "L"
    penalty = network.regularization
    coefficient: Formula = penalty.coefficient.formula
    weights = list(dict.fromkeys(wiring.penalized))
    builder.node(
        ops.from_spec("l2_penalty", {"coefficient": coefficient, "half": penalty.half}),
        weights,
        {"L_penalty": Label(Role.LOSS, own="L_penalty")},
        penalty.coefficient.where,
    )
    builder.node(ops.operation("add")(), [data_loss, "L_penalty"], {"L": Label(Role.LOSS)}, spec.where)
    return "L"


def _loss(
    network: Network, outputs: tuple[str, ...], targets: tuple[str, ...], builder: Builder
) -> tuple[Op, tuple[str, ...]]:
    spec = network.loss
    if spec.formula is None:
        operation = page(spec, builder)
        assert isinstance(operation, Loss)
        return operation.for_targets(tuple(target.number for target in network.targets)), (*outputs, *targets)
    bound = {}
    for letter, found in (("yhat", outputs), ("y", targets)):
        for k, name in enumerate(found, start=1):
            bound[f"{letter}{k}"] = name
        if len(found) == 1:
            bound[letter] = found[0]
    return Expression(own_formula(spec.formula, bound), (*outputs, *targets)), (*outputs, *targets)
