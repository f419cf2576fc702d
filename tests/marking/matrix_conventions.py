"""Learners who update in their own way, or work another loss through, or with other conventions."""

from __future__ import annotations

import numpy as np
from matrix_learners import BIASES, RATE, WEIGHTS, Array, Learner, T


class UpdatesFirst(Learner):
    def back(self, layer: int, delta: Array, by_a: Array) -> Array:
        return self.new_weights.T @ delta


class Climbs(Learner):
    def new(self, old: Array, gradient: Array, bias: bool) -> Array:
        return old + RATE * gradient


class NoRate(Learner):
    def new(self, old: Array, gradient: Array, bias: bool) -> Array:
        return old - gradient


class RateTwice(Learner):
    def new(self, old: Array, gradient: Array, bias: bool) -> Array:
        return old - RATE * RATE * gradient


class FixedBiases(Learner):
    def new(self, old: Array, gradient: Array, bias: bool) -> Array:
        return old if bias else super().new(old, gradient, bias)


class OutputForLoss(Learner):
    def start(self, y: Array) -> Array:
        return np.ones(2)

    def shortcut_start(self, y: Array, z: Array) -> Array:
        return y * (1 - y)


class NoHalf(Learner):
    def loss(self, y: Array) -> float:
        return float(((y - T) ** 2).sum())

    def start(self, y: Array) -> Array:
        return 2 * (y - T)


class TakesTheMean(Learner):
    def loss(self, y: Array) -> float:
        return super().loss(y) / 2

    def start(self, y: Array) -> Array:
        return super().start(y) / 2

    def shortcut_start(self, y: Array, z: Array) -> Array:
        return (y - T) / 2


class LossInBits(Learner):
    def loss(self, y: Array) -> float:
        return float(-np.log2(y[0]) - np.log2(1 - y[1]))

    def start(self, y: Array) -> Array:
        return super().start(y) / np.log(2)

    def shortcut_start(self, y: Array, z: Array) -> Array:
        return (y - T) / np.log(2)


class TurnedRound(Learner):
    """t − y everywhere, and w + η times that."""

    def start(self, y: Array) -> Array:
        return -super().start(y)

    def shortcut_start(self, y: Array, z: Array) -> Array:
        return T - y

    def new(self, old: Array, gradient: Array, bias: bool) -> Array:
        return old + RATE * gradient


class SignalsTurnedRound(TurnedRound):
    """t − y for all signals, and −δ a for the weights."""

    def by_weights(self, layer: int, delta: Array, before: Array, sums: Array, own: Array) -> Array:
        return -np.outer(delta, before)

    def by_bias(self, layer: int, delta: Array, by_a: Array) -> Array:
        return -delta

    def new(self, old: Array, gradient: Array, bias: bool) -> Array:
        return old - RATE * gradient


class DeltasTurnedRound(SignalsTurnedRound):
    """δ = −∂L/∂z, and every other gradient as it is."""

    def start(self, y: Array) -> Array:
        return -super().start(y)

    def delta(self, layer: int, by_a: Array, slope: Array) -> Array:
        return -by_a * slope

    def back(self, layer: int, delta: Array, by_a: Array) -> Array:
        return -WEIGHTS[layer].T @ delta


class ReadsFromRowToColumn(Learner):
    def weighted(self, layer: int, before: Array, sums: Array) -> Array:
        return before @ WEIGHTS[layer] + BIASES[layer]

    def back(self, layer: int, delta: Array, by_a: Array) -> Array:
        return WEIGHTS[layer] @ delta

    def by_weights(self, layer: int, delta: Array, before: Array, sums: Array, own: Array) -> Array:
        return np.outer(before, delta)
