"""Activations and losses as a few lines of vectorised NumPy each, under the names that authors use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .numbers import Array, Numbers

Activation = Callable[..., Array]
Loss = Callable[..., Any]


def _positive(n: Numbers, z: Array) -> Array:
    return n.where(z > 0, z, 0 * z)


def _sigmoid(n: Numbers, z: Array) -> Array:
    return 1 / (1 + n.exp(-z))


def _softplus(n: Numbers, z: Array) -> Array:
    return _positive(n, z) + n.ln(1 + n.exp(-n.where(z > 0, z, -z)))


def _softmax(n: Numbers, z: Array) -> Array:
    powers = n.exp(z - max(z.tolist() if n.number is not float else [float(_plain(v)) for v in z]))
    return powers / sum(powers)


def _plain(value: Any) -> Any:
    while hasattr(value, "_value"):
        value = value._value
    return value


ACTIVATIONS: dict[str, Activation] = {
    "identity": lambda n, z: z,
    "sigmoid": _sigmoid,
    "tanh": lambda n, z: n.tanh(z),
    "relu": _positive,
    "leaky_relu": lambda n, z, slope: n.where(z > 0, z, slope * z),
    "elu": lambda n, z, alpha: n.where(z > 0, z, alpha * (n.exp(n.where(z > 0, 0 * z, z)) - 1)),
    "softplus": _softplus,
    "gelu": lambda n, z: z * (1 + n.erf(z / n.sqrt(n.number(2)))) / 2,
    "silu": lambda n, z: z * _sigmoid(n, z),
    "step": lambda n, z: n.where(z > 0, 1 + 0 * z, 0 * z),
    "softmax": _softmax,
    "z*sigmoid(2*z)": lambda n, z: z * _sigmoid(n, 2 * z),
    "tanh(z)^3 + z/4": lambda n, z: n.tanh(z) ** 3 + z / 4,
    "exp(-z^2)*cos(z)": lambda n, z: n.exp(-z * z) * n.cos(z),
    "ln(1 + z^2)": lambda n, z: n.ln(1 + z * z),
}
KINKED = frozenset({"relu", "leaky_relu", "elu", "step"})


def _size(n: Numbers, x: Array) -> Array:
    return n.where(x > 0, x, -x)


def _huber(n: Numbers, o: Array, y: Array, delta: Any) -> Any:
    size = _size(n, o - y)
    return sum(n.where(size > delta, delta * (size - delta / 2), (o - y) ** 2 / 2))


def _multiclass_hinge(n: Numbers, o: Array, y: Array, margin: Any) -> Any:
    right = next(k for k in range(len(y)) if y[k] == 1)
    return sum(_positive(n, o - o[right] + margin)) - margin


def _binary_cross_entropy(n: Numbers, o: Array, y: Array) -> Any:
    loss = 0
    for k in range(len(y)):
        loss = loss - (y[k] * n.ln(o[k]) if y[k] != 0 else 0) - ((1 - y[k]) * n.ln(1 - o[k]) if y[k] != 1 else 0)
    return loss


def _cross_entropy(n: Numbers, o: Array, y: Array) -> Any:
    return -sum(y[k] * n.ln(o[k]) for k in range(len(y)) if y[k] != 0)


LOSSES: dict[str, Loss] = {
    "squared_error": lambda n, o, y: sum((o - y) ** 2),
    "half_squared_error": lambda n, o, y: sum((o - y) ** 2) / 2,
    "absolute_error": lambda n, o, y: sum(_size(n, o - y)),
    "huber": _huber,
    "hinge": lambda n, o, y: sum(_positive(n, 1 - y * o)),
    "multiclass_hinge": _multiclass_hinge,
    "binary_cross_entropy": _binary_cross_entropy,
    "binary_cross_entropy logits": lambda n, o, y: sum(_softplus(n, o) - y * o),
    "cross_entropy": _cross_entropy,
    "cross_entropy logits": lambda n, o, y: n.ln(sum(n.exp(o))) * sum(y) - sum(y * o),
    "mean_squared_error": lambda n, o, y: sum((o - y) ** 2) / len(y),
    "none": lambda n, o, y: o[0],
    "ln(1 + (yhat1 - y1)^2)": lambda n, o, y: n.ln(1 + (o[0] - y[0]) ** 2),
    "(yhat1*yhat2 - y1)^2 + exp(y2 - yhat2)": lambda n, o, y: (o[0] * o[1] - y[0]) ** 2 + n.exp(y[1] - o[1]),
}
