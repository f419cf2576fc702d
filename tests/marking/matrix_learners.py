"""Learners who work a network of three square layers through in matrices, each with one idea of their own.

Nothing here knows the project's graph: it is plain NumPy, written from the textbook.
"""

from __future__ import annotations

from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[np.float64]]
Numbers = dict[str, float]

X = np.array([0.5, -1.0])
T = np.array([1.0, 0.0])
WEIGHTS = [
    np.array([[0.2, 0.4], [-0.3, 0.7]]),
    np.array([[0.6, 0.9], [-0.5, 0.8]]),
    np.array([[1.1, -0.2], [0.3, 0.5]]),
]
BIASES = [np.array([0.1, -0.2]), np.array([0.3, 0.4]), np.array([-0.6, 0.7])]
RATE = 0.5


class Learner:
    """Works the network of three square layers through in matrices; a subclass has an idea of its own."""

    def __init__(self, cross_entropy: bool = False, shortcut: bool = False) -> None:
        self.cross_entropy = cross_entropy
        self.shortcut = shortcut

    def weighted(self, layer: int, before: Array, sums: Array) -> Array:
        return WEIGHTS[layer] @ before + BIASES[layer]

    def activated(self, layer: int, z: Array) -> Array:
        return 1 / (1 + np.exp(-z)) if layer == 2 else np.tanh(z)

    def loss(self, y: Array) -> float:
        if self.cross_entropy:
            return float(-np.log(y[0]) - np.log(1 - y[1]))
        return float(((y - T) ** 2).sum() / 2)

    def start(self, y: Array) -> Array:
        return (y - T) / (y * (1 - y)) if self.cross_entropy else y - T

    def shortcut_start(self, y: Array, z: Array) -> Array:
        return y - T

    def delta(self, layer: int, by_a: Array, slope: Array) -> Array:
        return by_a * slope

    def back(self, layer: int, delta: Array, by_a: Array) -> Array:
        return WEIGHTS[layer].T @ delta

    def by_weights(self, layer: int, delta: Array, before: Array, sums: Array, own: Array) -> Array:
        return np.outer(delta, before)

    def by_bias(self, layer: int, delta: Array, by_a: Array) -> Array:
        return delta

    def new(self, old: Array, gradient: Array, bias: bool) -> Array:
        return old - RATE * gradient

    def sheet(self) -> Numbers:
        """Every quantity by its plain name."""
        found: Numbers = {}
        sums, outs = [], [X]
        for layer in range(3):
            # The inputs have no sum of their own.
            sums.append(self.weighted(layer, outs[-1], sums[-1] if sums else X))
            outs.append(self.activated(layer, sums[-1]))
        y = outs[3]
        found["L"] = self.loss(y)
        by_a = self.start(y)
        for layer in (2, 1, 0):
            z, own, number = sums[layer], outs[layer + 1], layer + 1
            slope = own * (1 - own) if layer == 2 else 1 - own**2
            melted = layer == 2 and self.shortcut
            delta = self.shortcut_start(y, z) if melted else self.delta(layer, by_a, slope)
            letters = ["yhat1", "yhat2"] if layer == 2 else [f"a{number}_1", f"a{number}_2"]
            before = sums[layer - 1] if layer else X
            weights = self.by_weights(layer, delta, outs[layer], before, own)
            biases = self.by_bias(layer, delta, by_a)
            for j in (0, 1):
                found |= {f"z{number}_{j + 1}": z[j], letters[j]: own[j], f"dL/d{letters[j]}": by_a[j]}
                found |= {f"dL/dz{number}_{j + 1}": delta[j], f"dL/db{number}_{j + 1}": biases[j]}
                if not melted:
                    found[f"d{letters[j]}/dz{number}_{j + 1}"] = slope[j]
                for i in (0, 1):
                    found[f"dL/dw{number}_{j + 1}{i + 1}"] = weights[j, i]
            new_weights = self.new(WEIGHTS[layer], weights, False)
            new_biases = self.new(BIASES[layer], biases, True)
            for j in (0, 1):
                found[f"new_b{number}_{j + 1}"] = new_biases[j]
                for i in (0, 1):
                    found[f"new_w{number}_{j + 1}{i + 1}"] = new_weights[j, i]
            self.new_weights = new_weights
            by_a = self.back(layer, delta, by_a)
        return found | {"dL/dx1": by_a[0], "dL/dx2": by_a[1]}


class Log10(Learner):
    def loss(self, y: Array) -> float:
        return float(-np.log10(y[0]) - np.log10(1 - y[1]))


class NoBias(Learner):
    def weighted(self, layer: int, before: Array, sums: Array) -> Array:
        return WEIGHTS[layer] @ before


class NoBiasInTheSecondLayer(Learner):
    def weighted(self, layer: int, before: Array, sums: Array) -> Array:
        return WEIGHTS[layer] @ before + (0 if layer == 1 else BIASES[layer])


class PassesOnSums(Learner):
    def weighted(self, layer: int, before: Array, sums: Array) -> Array:
        return WEIGHTS[layer] @ sums + BIASES[layer]


class SkipsTheSecondActivation(Learner):
    def activated(self, layer: int, z: Array) -> Array:
        return z if layer == 1 else super().activated(layer, z)


class TransposesForward(Learner):
    def weighted(self, layer: int, before: Array, sums: Array) -> Array:
        return WEIGHTS[layer].T @ before + BIASES[layer]


class DoesNotTransposeBackward(Learner):
    def back(self, layer: int, delta: Array, by_a: Array) -> Array:
        return WEIGHTS[layer] @ delta


class LeavesWeightsOut(Learner):
    def back(self, layer: int, delta: Array, by_a: Array) -> Array:
        return np.array([delta.sum(), delta.sum()])


class TakesWeightsBefore(Learner):
    def back(self, layer: int, delta: Array, by_a: Array) -> Array:
        return WEIGHTS[max(layer - 1, 0)].T @ delta


class TakesWeightsAfter(Learner):
    def back(self, layer: int, delta: Array, by_a: Array) -> Array:
        return WEIGHTS[min(layer + 1, 2)].T @ delta


class PassesBackByA(Learner):
    def back(self, layer: int, delta: Array, by_a: Array) -> Array:
        return WEIGHTS[layer].T @ by_a


class OwnActivation(Learner):
    def by_weights(self, layer: int, delta: Array, before: Array, sums: Array, own: Array) -> Array:
        return np.array([[delta[0] * own[0]] * 2, [delta[1] * own[1]] * 2])


class OwnActivationByColumn(Learner):
    def by_weights(self, layer: int, delta: Array, before: Array, sums: Array, own: Array) -> Array:
        return np.outer(delta, own)


class SumsInTheWeights(Learner):
    def by_weights(self, layer: int, delta: Array, before: Array, sums: Array, own: Array) -> Array:
        return np.outer(delta, sums)


class NoInput(Learner):
    def by_weights(self, layer: int, delta: Array, before: Array, sums: Array, own: Array) -> Array:
        return np.outer(delta, [1, 1])


class WeightForInput(Learner):
    def by_weights(self, layer: int, delta: Array, before: Array, sums: Array, own: Array) -> Array:
        return np.diag(delta) @ WEIGHTS[layer]


class TransposesTheGradient(Learner):
    def by_weights(self, layer: int, delta: Array, before: Array, sums: Array, own: Array) -> Array:
        return np.outer(before, delta)


class OnePath(Learner):
    which = 0

    def back(self, layer: int, delta: Array, by_a: Array) -> Array:
        return WEIGHTS[layer][self.which] * delta[self.which]


class LastPath(OnePath):
    which = 1


class MeanOfPaths(Learner):
    def back(self, layer: int, delta: Array, by_a: Array) -> Array:
        return WEIGHTS[layer].T @ delta / 2


class LargestPath(Learner):
    def back(self, layer: int, delta: Array, by_a: Array) -> Array:
        return (WEIGHTS[layer].T * delta).max(axis=1)


class StrongestPath(Learner):
    def back(self, layer: int, delta: Array, by_a: Array) -> Array:
        shares = WEIGHTS[layer].T * delta
        return np.array([row[np.abs(row).argmax()] for row in shares])


class ProductOfPaths(Learner):
    def back(self, layer: int, delta: Array, by_a: Array) -> Array:
        return (WEIGHTS[layer].T * delta).prod(axis=1)


class NoBiasGradient(Learner):
    def by_bias(self, layer: int, delta: Array, by_a: Array) -> Array:
        return 0 * delta


class KeepsTheBias(Learner):
    def by_weights(self, layer: int, delta: Array, before: Array, sums: Array, own: Array) -> Array:
        return np.array([[delta[j] * (before[i] + BIASES[layer][j]) for i in (0, 1)] for j in (0, 1)])


class BiasTimesBias(Learner):
    def by_bias(self, layer: int, delta: Array, by_a: Array) -> Array:
        return delta * BIASES[layer]


class BiasByA(Learner):
    def by_bias(self, layer: int, delta: Array, by_a: Array) -> Array:
        return by_a
