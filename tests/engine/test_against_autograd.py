"""Networks and expressions at random, against NumPy formulas that the autograd package differentiates."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping
from random import Random

import numpy as np
import pytest
from autograd import grad
from reference.comparison import assert_same, floats
from reference.networks import Layer, Network, as_yaml, exact, random_network
from reference.numbers import FLOATS, MANY_DIGITS, Array, many
from support import exact as exact_number
from support import from_text

from backprop_tutor.engine.solve import Solution, solve
from backprop_tutor.lessons.teach import teach
from backprop_tutor.writers.json_text import write

NETWORKS = 260
IN_A_BATCH = 20


def reference(network: Network) -> tuple[dict[str, float], dict[str, float]]:
    """Values and gradients of a network by plain name, from NumPy and autograd."""
    theta, x, zeros = network.start(FLOATS)

    def objective(theta: Array, x: Array, dz: list[Array], da: list[Array]) -> Array:
        return network.forward(FLOATS, theta, x, dz, da)["objective"]

    found = network.forward(FLOATS, theta, x, zeros, zeros)
    with warnings.catch_warnings():
        # A frozen layer or a step leaves nothing to differentiate by: the gradient is 0, and autograd says so.
        warnings.simplefilter("ignore")
        d_theta, d_x, d_z, d_a = (grad(objective, position)(theta, x, zeros, zeros) for position in range(4))
    values: dict[str, float] = {"L": float(found["objective"])} if network.loss != "none" else {}
    gradients: dict[str, float] = {}
    gradients.update(zip(network.parameters, map(float, d_theta), strict=True))
    gradients.update((f"x{i}", float(slope)) for i, slope in enumerate(d_x, start=1))
    for number, layer in enumerate(network.layers, start=1):
        for letter, slopes in (("z", d_z[number - 1]), ("a", d_a[number - 1])):
            for name, value, slope in zip(
                unit_names(network, letter, number, layer), found[f"{letter}{number}"], slopes, strict=True
            ):
                values[name] = float(value)
                gradients[name] = float(slope)
    return values, gradients


def unit_names(network: Network, letter: str, number: int, layer: Layer) -> list[str]:
    count = len(layer.weights)
    if letter == "a" and number == len(network.layers):
        return ["yhat"] if count == 1 else [f"yhat{k}" for k in range(1, count + 1)]
    return [f"{letter}{number}_{j}" for j in range(1, count + 1)]


def assert_updates(network: Network, solution: Solution, gradients: Mapping[str, float]) -> None:
    rate = exact(network.rate)
    wanted = {
        name: exact(text) - rate * gradients[name]
        for name, text in network.parameters.items()
        if name not in network.frozen
    }
    assert solution.trace.updated.keys() == wanted.keys()
    assert_same(floats(solution.trace.updated), wanted, "new")


@pytest.mark.parametrize("batch", range(NETWORKS // IN_A_BATCH))
def test_networks(batch: int) -> None:
    for seed in range(batch * IN_A_BATCH, (batch + 1) * IN_A_BATCH):
        random = Random(f"network {seed}")
        network = random_network(random)
        text = as_yaml(network)
        values, gradients = reference(network)
        try:
            for shortcut in (True, False) if "cross_entropy" in network.loss else (True,):
                (solution,) = solve(from_text(text), shortcut=shortcut)
                assert_same(floats(solution.trace.values), values, "the value of")
                assert_same(floats(solution.trace.gradients), gradients, "the gradient of")
            if network.rate:
                assert_updates(network, solution, gradients)
            if seed % 10 == 0:
                printed = json.loads(write(teach((solution,))))
                assert_same(printed["values"], values, "in JSON, the value of")
                assert_same(printed["gradients"], gradients, "in JSON, the gradient of")
        except Exception as error:
            error.add_note(f"network {seed}:\n{text}")
            raise


def test_the_random_networks_cover_the_contract() -> None:
    from reference.functions import ACTIVATIONS, LOSSES

    networks = [random_network(Random(f"network {seed}")) for seed in range(NETWORKS)]
    activations = {name for net in networks for layer in net.layers for name, _ in layer.activations}
    assert activations == set(ACTIVATIONS)
    assert {net.loss for net in networks} == set(LOSSES)
    assert {len(net.layers) for net in networks} == {1, 2, 3, 4}
    assert {layer.column for net in networks for layer in net.layers} == {
        "list", "first_column", "last_column", "none",
    }  # fmt: skip
    assert any(len(layer.activations) > 1 for net in networks for layer in net.layers)
    assert any(net.penalty and net.penalty[1] for net in networks)
    assert any(net.frozen for net in networks)
    uses = [np.concatenate([layer.weights.ravel() for layer in net.layers]) for net in networks]
    assert sum(len(set(use)) < len(use) for use in uses) > 10, "shared weights"


def saturated_network(random: Random) -> Network:
    """Smooth hidden units with sums up to 60, where floats have lost every digit of the slopes."""
    smooth = [("sigmoid", ()), ("tanh", ()), ("softplus", ()), ("silu", ()), ("gelu", ())]
    while True:
        network = random_network(random)
        if len(network.parameters) > 16 or not network.loss.endswith(("squared_error", "cross_entropy")):
            continue
        for layer in network.layers[:-1]:
            layer.activations = [random.choice(smooth)]
        network.parameters = {name: f"{random.uniform(-20, 20):.2f}" for name in network.parameters}
        theta, x, zeros = network.start(FLOATS)
        with np.errstate(all="ignore"):
            found = network.forward(FLOATS, theta, x, zeros, zeros)
        sums = np.concatenate([found[f"z{number}"] for number in range(1, len(network.layers) + 1)])
        if 15 < max(abs(sums)) < 60:
            return network


@pytest.mark.parametrize("seed", range(8))
def test_saturated_networks_in_120_digits(seed: int) -> None:
    """Central differences with 120 digits; the slopes along the way are as small as 1e-50."""
    network = saturated_network(Random(f"saturated {seed}"))
    text = as_yaml(network)
    (solution,) = solve(from_text(text))
    theta, x, zeros = network.start(MANY_DIGITS)
    h = many.mpf(10) ** -40

    def objective(theta: Array) -> Array:
        return network.forward(MANY_DIGITS, theta, x, zeros, zeros)["objective"]

    for index, name in enumerate(network.parameters):
        up, down = theta.copy(), theta.copy()
        up[index], down[index] = up[index] + h, down[index] - h
        wanted = (objective(up) - objective(down)) / (2 * h)
        found = exact_number(solution.trace.gradients[name])
        difference = abs(many.mpf(found.numerator) / found.denominator - wanted)
        assert difference <= abs(wanted) * many.mpf(10) ** -17 + many.mpf(10) ** -60, f"{name} in\n{text}"
