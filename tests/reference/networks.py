"""Random networks: the file that an author would write, and the same network as a few matrix products."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np

from .functions import ACTIVATIONS, KINKED, LOSSES
from .numbers import FLOATS, Array, Numbers, many

CONSTANTS = {"sqrt(2)/2": lambda m: m.sqrt(2) / 2, "ln(2)": lambda m: m.log(2), "pi/4": lambda m: m.pi / 4}


def exact(text: str, n: Numbers = FLOATS) -> Any:
    """The number that an author wrote, in numbers of this kind."""
    if text in CONSTANTS:
        return CONSTANTS[text](math if n is FLOATS else many)
    return n.number(Fraction(text))


@dataclass
class Layer:
    """``weights`` and ``biases`` point into the network's parameters; one activation for all, or one a unit."""

    weights: Array
    biases: Array | None
    activations: list[tuple[str, tuple[str, ...]]]
    column: str


@dataclass
class Network:
    """A network as an author gives it.  ``parameters`` maps plain names to numbers as they are written."""

    inputs: list[str]
    targets: list[str]
    layers: list[Layer] = field(default_factory=list)
    parameters: dict[str, str] = field(default_factory=dict)
    penalized: list[int] = field(default_factory=list)
    loss: str = "none"
    loss_parameters: dict[str, str] = field(default_factory=dict)
    penalty: tuple[str, bool] | None = None
    rate: str = ""
    frozen: list[str] = field(default_factory=list)
    class_target: bool = False
    named: bool = False

    @property
    def outputs(self) -> int:
        """How many outputs the network has."""
        return len(self.layers[-1].weights)

    def forward(self, n: Numbers, theta: Array, x: Array, dz: list[Array], da: list[Array]) -> dict[str, Array]:
        """Everything on the way to the objective; ``dz`` and ``da`` are added to the sums and the activations."""
        found: dict[str, Array] = {}
        a = x
        for number, layer in enumerate(self.layers, start=1):
            z = theta[layer.weights] @ a + dz[number - 1]
            if layer.biases is not None:
                z = z + theta[layer.biases]
            a = _activated(n, layer, z) + da[number - 1]
            found[f"z{number}"], found[f"a{number}"] = z, a
        found["objective"] = self._loss(n, a, theta)
        return found

    def _loss(self, n: Numbers, o: Array, theta: Array) -> Any:
        y = n.stack([exact(text, n) for text in self.targets]) if self.targets else None
        options = [exact(value, n) for name, value in self.loss_parameters.items() if name != "outputs"]
        loss = LOSSES[self.loss](n, o, y, *options)
        if self.loss_parameters.get("outputs") == "mean":
            loss = loss / self.outputs
        if self.penalty is not None:
            coefficient, half = self.penalty
            loss = loss + exact(coefficient, n) * sum(theta[self.penalized] ** 2) / (2 if half else 1)
        return loss

    def near_a_kink(self) -> bool:
        """Whether a slope is a convention at this point, or nearly so."""
        theta, x, zeros = self.start(FLOATS)
        found = self.forward(FLOATS, theta, x, zeros, zeros)
        for number, layer in enumerate(self.layers, start=1):
            names = [name for name, _ in layer.activations] * len(found[f"z{number}"])
            for name, z in zip(names, found[f"z{number}"], strict=False):
                if name in KINKED and abs(z) < 1e-6:
                    return True
        o = found[f"a{len(self.layers)}"]
        y = np.array([exact(text) for text in self.targets])
        if self.loss == "absolute_error":
            return bool(min(abs(o - y)) < 1e-6)
        if self.loss == "hinge":
            return bool(min(abs(1 - y * o)) < 1e-6)
        if self.loss == "multiclass_hinge":
            right = int(np.argmax(y))
            margin = exact(self.loss_parameters["margin"])
            return any(abs(o[k] - o[right] + margin) < 1e-6 for k in range(len(o)) if k != right)
        return False

    def start(self, n: Numbers) -> tuple[Array, Array, list[Array]]:
        """The parameters, the inputs, and a zero for every unit."""
        theta = n.stack([exact(text, n) for text in self.parameters.values()])
        x = n.stack([exact(text, n) for text in self.inputs])
        zeros = [n.stack([n.number(0)] * len(layer.weights)) for layer in self.layers]
        return theta, x, zeros


def _activated(n: Numbers, layer: Layer, z: Array) -> Array:
    if len(layer.activations) == 1:
        name, options = layer.activations[0]
        return ACTIVATIONS[name](n, z, *(exact(option, n) for option in options))
    parts = []
    for k, (name, options) in enumerate(layer.activations):
        parts.append(ACTIVATIONS[name](n, z[k : k + 1], *(exact(option, n) for option in options))[0])
    return n.stack(parts)


def random_number(random: Random, size: float = 1.5) -> str:
    """A number as authors write them: decimals mostly, some fractions, some constants."""
    kind = random.random()
    if kind < 0.04:
        return random.choice(sorted(CONSTANTS))
    if kind < 0.15:
        return f"{random.choice((-1, 1)) * random.randint(1, 9)}/{random.randint(7, 19)}"
    digits = random.randint(1, 3)
    return f"{random.uniform(-size, size):.{digits}f}"


def random_network(random: Random) -> Network:
    """A network of depth 1 to 4 and widths 1 to 5 in which every option of a problem file may occur."""
    while True:
        network = _random_network(random)
        if not network.near_a_kink():
            return network


def _random_network(random: Random) -> Network:
    depth = random.choice((1, 2, 2, 3, 3, 4))
    widths = [random.randint(1, 5 if depth < 4 else 3) for _ in range(depth + 1)]
    network = Network([random_number(random, 2) for _ in range(widths[0])], [])
    _random_loss(random, network, widths)
    network.named = random.random() < 0.3
    shared = {f"p{k}": random_number(random) for k in range(1, 4)}
    for number in range(1, depth + 1):
        _random_layer(random, network, number, widths, shared)
    _fit_last_layer(random, network)
    if network.loss != "none" and random.random() < 0.25:
        network.penalty = (random.choice(("0.01", "1/20", "0.3")), random.random() < 0.5)
    if random.random() < 0.5:
        network.rate = random.choice(("0.1", "0.01", "1/3"))
        names = list(network.parameters)
        network.frozen = random.sample(names, min(len(names), random.randint(0, 3)))
    return network


def _random_layer(random: Random, network: Network, number: int, widths: list[int], shared: dict[str, str]) -> None:
    units, sources = widths[number], widths[number - 1]
    column = random.choice(("list", "list", "first_column", "last_column", "none"))

    def parameter(plain: str, own: str, may_share: bool) -> int:
        name = own if network.named else plain
        value = random_number(random)
        if network.named and may_share and random.random() < 0.4:
            name = random.choice(sorted(shared))
            value = shared[name]
        network.parameters.setdefault(name, value)
        return list(network.parameters).index(name)

    rows, biases = [], []
    for j in range(1, units + 1):
        if column == "first_column":
            biases.append(parameter(f"w{number}_{j}0", f"c{number}{j}", False))
        row = [parameter(f"w{number}_{j}{i}", f"q{number}{j}{i}", True) for i in range(1, sources + 1)]
        if column == "last_column":
            biases.append(parameter(f"w{number}_{j}{sources + 1}", f"c{number}{j}", False))
        rows.append(row)
    if column == "list":
        biases = [parameter(f"b{number}_{j}", f"c{number}{j}", False) for j in range(1, units + 1)]
    network.penalized = list(dict.fromkeys([*network.penalized, *(index for row in rows for index in row)]))
    mixed = random.random() < 0.35 and units > 1
    activations = [_random_activation(random) for _ in range(units if mixed else 1)]
    if not mixed and units > 1 and random.random() < 0.1:
        activations = [("softmax", ())]
    network.layers.append(Layer(np.array(rows), np.array(biases) if biases else None, activations, column))


def _random_activation(random: Random) -> tuple[str, tuple[str, ...]]:
    name = random.choice([name for name in ACTIVATIONS if name != "softmax"])
    options = {"leaky_relu": ("1/100", "0.2"), "elu": ("1", "0.7")}.get(name)
    return name, (random.choice(options),) if options else ()


def _random_loss(random: Random, network: Network, widths: list[int]) -> None:
    network.loss = loss = random.choice(list(LOSSES))
    if loss == "none":
        widths[-1] = 1
    elif loss == "(yhat1*yhat2 - y1)^2 + exp(y2 - yhat2)":
        widths[-1] = 2
    elif loss == "ln(1 + (yhat1 - y1)^2)":
        widths[-1] = 1
    elif loss in {"multiclass_hinge", "cross_entropy", "cross_entropy logits"}:
        widths[-1] = max(widths[-1], 2)
    if loss == "huber":
        network.loss_parameters["delta"] = random.choice(("1/2", "1", "0.3"))
    if loss == "multiclass_hinge":
        network.loss_parameters["margin"] = random.choice(("1", "1/2"))
    if loss in LOSSES and loss.isidentifier() and loss not in {"none", "mean_squared_error"} and random.random() < 0.2:
        network.loss_parameters["outputs"] = "mean"
    network.targets = _random_targets(random, network, widths[-1])


def _random_targets(random: Random, network: Network, count: int) -> list[str]:
    loss = network.loss
    if loss == "none":
        return []
    if loss == "hinge":
        return [random.choice(("-1", "1")) for _ in range(count)]
    if loss.startswith("binary_cross_entropy"):
        return [random.choice(("0", "1", "0.25")) for _ in range(count)]
    if loss == "multiclass_hinge" or (loss.startswith("cross_entropy") and random.random() < 0.7):
        network.class_target = random.random() < 0.5
        right = random.randrange(count)
        return ["1" if k == right else "0" for k in range(count)]
    if loss.startswith("cross_entropy"):
        shares = [random.randint(1, 5) for _ in range(count)]
        return [str(Fraction(share, sum(shares))) for share in shares]
    return [random_number(random) for _ in range(count)]


def _fit_last_layer(random: Random, network: Network) -> None:
    if network.loss == "cross_entropy":
        network.layers[-1].activations = [("softmax", ())]
    elif network.loss == "binary_cross_entropy":
        network.layers[-1].activations = [("sigmoid", ())]


def as_yaml(network: Network) -> str:
    """The problem file of a network."""
    lines = [f"inputs: [{', '.join(network.inputs)}]"]
    if network.class_target:
        lines.append(f"target: {{class: {network.targets.index('1') + 1}}}")
    elif network.targets:
        lines.append(f"target: [{', '.join(network.targets)}]")
    lines.append("layers:")
    for layer in network.layers:
        lines += _layer_lines(network, layer)
    lines.append(f"loss: {_loss_text(network)}")
    if network.penalty is not None:
        coefficient, half = network.penalty
        lines.append(f"regularization: {{l2: {coefficient}{', half: true' if half else ''}}}")
    if network.rate:
        lines.append(f"learning_rate: {network.rate}")
        lines.append(f"frozen: [{', '.join(network.frozen)}]" if network.frozen else "")
    return "\n".join(line for line in lines if line) + "\n"


def _layer_lines(network: Network, layer: Layer) -> list[str]:
    values, names = list(network.parameters.values()), list(network.parameters)
    rows = [list(row) for row in layer.weights]
    biases = [] if layer.biases is None else list(layer.biases)
    if layer.column == "first_column":
        rows = [[bias, *row] for bias, row in zip(biases, rows, strict=True)]
    if layer.column == "last_column":
        rows = [[*row, bias] for bias, row in zip(biases, rows, strict=True)]

    def matrix(texts: list[str]) -> str:
        return "[" + ", ".join("[" + ", ".join(texts[index] for index in row) + "]" for row in rows) + "]"

    lines = [f"  - weights: {matrix(values)}"]
    if network.named:
        lines.append(f"    weight_names: {matrix(names)}")
    if layer.column == "list":
        lines.append(f"    bias: [{', '.join(values[index] for index in biases)}]")
        if network.named:
            lines.append(f"    bias_names: [{', '.join(names[index] for index in biases)}]")
    elif layer.column != "none":
        lines.append(f"    bias: {layer.column}")
    texts = [_activation_text(*activation) for activation in layer.activations]
    lines.append(f"    activation: {texts[0] if len(texts) == 1 else '[' + ', '.join(texts) + ']'}")
    return lines


def _activation_text(name: str, options: tuple[str, ...]) -> str:
    if not name.isidentifier():
        return f'{{formula: "{name}"}}'
    parameter = {"leaky_relu": "slope", "elu": "alpha"}.get(name)
    return f"{{{name}: {{{parameter}: {options[0]}}}}}" if parameter else name


def _loss_text(network: Network) -> str:
    name = network.loss.removesuffix(" logits")
    if not name.isidentifier():
        return f'{{formula: "{name}"}}'
    options = [f"{key}: {value}" for key, value in network.loss_parameters.items()]
    if network.loss.endswith("logits"):
        options.append("logits: true")
    return f"{{{name}: {{{', '.join(options)}}}}}" if options else name
