"""The problems that the simulated class works: worksheets with numbers of one or two decimals."""

from __future__ import annotations

import re
from random import Random

NETWORKS = {
    "sigmoid-bce": """
inputs: [0.5, -0.3]
target: 1
layers:
  - weights: [[0.2, 0.4], [-0.3, 0.7]]
    bias: [0.1, 0.25]
    activation: sigmoid
  - weights: [[0.6, -0.9]]
    bias: [0.3]
    activation: sigmoid
loss: binary_cross_entropy
learning_rate: 0.1
""",
    "sigmoid-squared": """
inputs: [0.35, 0.9]
target: [0.2, 0.8]
layers:
  - weights: [[0.1, 0.8], [0.4, -0.6]]
    bias: [0.25, -0.4]
    activation: sigmoid
  - weights: [[0.3, 0.9], [-0.7, 0.45]]
    bias: [0.15, 0.35]
    activation: sigmoid
loss: half_squared_error
learning_rate: 0.5
""",
    "three-two-one": """
inputs: [1.2, -0.4, 0.7]
target: 0
layers:
  - weights: [[0.2, -0.5, 0.3], [0.9, 0.4, -0.6]]
    bias: [0.1, -0.2]
    activation: tanh
  - weights: [[0.7, -1.1]]
    bias: [0.05]
    activation: sigmoid
loss: binary_cross_entropy
learning_rate: 0.2
""",
    "relu-softmax": """
inputs: [0.8, 1.5]
target: {class: 2}
layers:
  - weights: [[0.4, 0.3], [-0.6, 0.9], [0.7, -0.8]]
    bias: [0.1, -0.2, 0.3]
    activation: relu
  - weights: [[0.2, -0.5, 0.6], [0.7, 0.3, -0.4], [-0.1, 0.8, 0.5]]
    bias: [0.05, -0.1, 0.15]
    activation: softmax
loss: cross_entropy
learning_rate: 0.1
""",
    "tanh-identity": """
inputs: [0.6, -1.1]
target: 0.75
layers:
  - weights: [[0.5, -0.3], [0.8, 0.2]]
    bias: [0.1, -0.2]
    activation: tanh
  - weights: [[1.2, -0.7]]
    bias: [0.3]
    activation: identity
loss: half_squared_error
learning_rate: 0.1
""",
    "deep-mixed": """
inputs: [0.9, -0.4]
target: 1.5
layers:
  - weights: [[0.7, -0.2], [-0.5, 0.6]]
    bias: [0.2, 0.1]
    activation: {leaky_relu: {slope: 0.1}}
  - weights: [[0.8, 0.3], [-0.9, 0.4]]
    bias: [-0.1, 0.15]
    activation: elu
  - weights: [[0.6, -0.7]]
    bias: [0.25]
    activation: softplus
loss: squared_error
learning_rate: 0.05
""",
    "folded-bias": """
inputs: [1.5, 0.5]
target: 2
layers:
  - weights: [[0.1, 0.4, -0.2], [0.3, -0.6, 0.5], [-0.4, 0.25, 0.9]]
    bias: first_column
    activation: tanh
  - weights: [[0.2, 0.7, -0.3, 0.8]]
    bias: first_column
    activation: identity
loss: half_squared_error
learning_rate: 0.1
""",
    "weight-decay": """
inputs: [0.8, -0.6]
target: 0.5
layers:
  - weights: [[0.5, -0.3], [0.9, 0.4]]
    bias: [0.1, -0.2]
    activation: sigmoid
  - weights: [[1.2, -0.7]]
    bias: [0.3]
    activation: identity
loss: squared_error
regularization: {l2: 0.05}
learning_rate: 0.1
""",
    "huber": """
inputs: [1.4, 0.7]
target: [0.3, 2.5]
layers:
  - weights: [[0.6, 0.2], [0.3, 0.8]]
    bias: [0.1, -0.3]
    activation: relu
  - weights: [[0.4, 0.5], [-0.2, 0.7]]
    bias: [0.15, 0.2]
    activation: identity
loss: {huber: {delta: 1}}
learning_rate: 0.2
""",
    "shared-names": """
inputs: [0.25, 0.6]
target: [0.1, 0.9]
layers:
  - weights: [[0.15, 0.45], [0.35, 0.15]]
    weight_names: [[w1, w2], [w3, w1]]
    bias: [0.35, 0.35]
    bias_names: [b1, b1]
    activation: sigmoid
  - weights: [[0.4, 0.75], [0.5, 0.55]]
    weight_names: [[w5, w6], [w7, w8]]
    bias: [0.65, 0.65]
    bias_names: [b2, b2]
    activation: sigmoid
loss: half_squared_error
learning_rate: 0.5
frozen: [b1, b2]
""",
    "mean-of-two": """
inputs: [0.4, 1.3]
target: [0.7, 0.25]
layers:
  - weights: [[0.3, -0.8], [0.65, 0.2]]
    activation: tanh
  - weights: [[0.9, -0.4], [0.55, 0.6]]
    bias: [0.1, -0.15]
    activation: sigmoid
loss: mean_squared_error
learning_rate: 0.3
""",
    "relu-at-zero": """
inputs: [0.5, 1]
target: 1
layers:
  - weights: [[0.4, -0.2], [0.6, 0.3]]
    bias: [0, 0.2]
    activation: relu
  - weights: [[0.7, 0.9]]
    bias: [0.1]
    activation: identity
loss: half_squared_error
learning_rate: 0.1
""",
}
EXPRESSIONS = {
    "squares": """
inputs: {c: 2.5, w: 1.2, x: -0.7, y: 3.1, z: 2.4}
expressions:
  a: (w + x + y)^2
  b: (x - y - z)^2
  v: c*(a - b)^2
""",
    "gates": """
inputs: {w: 0.6, x: 1.4, b: -0.3, u: 0.9}
expressions:
  z: w*x + b
  s: sigmoid(z)
  t: tanh(u*x)
  p: s*t
  f: (p - w)^2 + u*s
""",
    "quotient": """
inputs: {p: 1.3, q: 0.8, r: 2.1}
expressions:
  m: exp(p*q)
  n: sqrt(m + r)
  k: ln(n + q)
  h: sin(k)*n
  g: h/(1 + q^2) - k*r
""",
    "ties": """
inputs: {a: 0.5, b: 1.5, c: -0.75}
expressions:
  p: a*b
  m: max(p, -c)
  q: relu(p + c)
  r: m^2 + 3*q + a*c
  f: exp(-r)
""",
}
TEXTS = {**NETWORKS, **EXPRESSIONS}

_NUMBERS = re.compile(r"-?\d+\.\d+")


def drawn(name: str, seed: int) -> str:
    """The problem with other inputs, weights and biases; seed 0 leaves it as it stands.

    Equal numbers stay equal, for shared parameters must be.
    """
    text = TEXTS[name]
    if not seed or name in {"relu-at-zero", "ties"}:
        return text
    random = Random(f"{name} {seed}")
    others: dict[str, str] = {}

    def other(found: re.Match[str]) -> str:
        places = len(found[0].partition(".")[2])
        while True:
            size = random.uniform(0.1, 1.6)
            sign = -1 if random.random() < 0.4 and name != "quotient" else 1
            text = f"{sign * size:.{places}f}"
            if float(text) and text not in others.values():
                return others.setdefault(found[0], text)

    lines = text.splitlines(keepends=True)
    is_given = re.compile(r"\s*(- )?(inputs|weights|bias):")
    return "".join(_NUMBERS.sub(other, line) if is_given.match(line) else line for line in lines)
