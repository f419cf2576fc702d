"""Random expression problems: the lines that an author would write, and the same lines as NumPy functions."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from .functions import ACTIVATIONS
from .numbers import FLOATS as N
from .numbers import Array

Values = dict[str, Array]
Part = tuple[str, Callable[[Values], Any]]
"""A formula as text, and what it computes."""


def _one(text: str, function: Callable[[Any], Any], inner: Part) -> Part:
    return text.format(inner[0]), lambda v: function(inner[1](v))


def _two(text: str, function: Callable[[Any, Any], Any], a: Part, b: Part) -> Part:
    return text.format(a[0], b[0]), lambda v: function(a[1](v), b[1](v))


UNARY: tuple[tuple[str, Callable[[Any], Any]], ...] = (
    ("sin({})", N.sin),
    ("cos({})", N.cos),
    ("tanh({})", N.tanh),
    ("sigmoid({})", lambda u: ACTIVATIONS["sigmoid"](N, u)),
    ("exp(sin({}))", lambda u: N.exp(N.sin(u))),
    ("exp(-({})^2)", lambda u: N.exp(-u * u)),
    ("ln(1 + ({})^2)", lambda u: N.ln(1 + u * u)),
    ("log(2 + cos({}))", lambda u: N.ln(2 + N.cos(u))),
    ("sqrt(1/2 + ({})^2)", lambda u: N.sqrt(0.5 + u * u)),
    ("tan(tanh({}))", lambda u: N.tan(N.tanh(u))),
    ("abs({})", lambda u: N.where(u > 0, u, -u)),
    ("relu({})", lambda u: N.where(u > 0, u, 0 * u)),
    ("leaky_relu({}, 1/10)", lambda u: N.where(u > 0, u, u / 10)),
    ("elu({}, 2)", lambda u: N.where(u > 0, u, 2 * (N.exp(N.where(u > 0, 0 * u, u)) - 1))),
    ("softplus({})", lambda u: ACTIVATIONS["softplus"](N, u)),
    ("step({})", lambda u: N.where(u > 0, 1 + 0 * u, 0 * u)),
    ("-({})", lambda u: -u),
    ("({})^2", lambda u: u * u),
    ("({})^3/4", lambda u: u**3 / 4),
    ("1/(2 + ({})^2)", lambda u: 1 / (2 + u * u)),
    ("(1 + ({})^2)^(-1/3)", lambda u: (1 + u * u) ** (-1 / 3)),
    ("pi*{}", lambda u: N.pi * u),
    ("({})/exp(1)", lambda u: u / N.exp(1.0)),
)
BINARY: tuple[tuple[str, Callable[[Any, Any], Any]], ...] = (
    ("({} + {})", lambda a, b: a + b),
    ("({} - {})", lambda a, b: a - b),
    ("({})*({})", lambda a, b: a * b),
    ("({})*({})", lambda a, b: a * b),
    ("({})/(3 + cos({}))", lambda a, b: a / (3 + N.cos(b))),
    ("max({}, {})", lambda a, b: N.where(a > b, a, b)),
    ("min({}, {})", lambda a, b: N.where(a < b, a, b)),
    ("logsumexp({}, {})", lambda a, b: N.ln(N.exp(a) + N.exp(b))),
    ("(1 + ({})^2)^sin({})", lambda a, b: (1 + a * a) ** N.sin(b)),
)
KINKED = ("abs", "relu", "elu", "step", "max", "min")
ELEMENTWISE = ("sin({})", "tanh({})", "({})^2", "sigmoid({})", "-({})", "({})^3/4")


@dataclass
class Lines:
    """Inputs (numbers or vectors) and lines in the order in which they were made; ``vectors`` have lengths."""

    inputs: dict[str, str | list[str]] = field(default_factory=dict)
    lines: dict[str, Part] = field(default_factory=dict)
    vectors: dict[str, int] = field(default_factory=dict)

    def plain_names(self, name: str) -> list[str]:
        """The plain names of a quantity: one, or one for each element of a vector."""
        return [f"{name}{i}" for i in range(1, self.vectors[name] + 1)] if name in self.vectors else [name]

    def start(self) -> Values:
        """The inputs as NumPy arrays."""
        return {
            name: N.stack([float(t) for t in text]) if isinstance(text, list) else N.stack(float(text))
            for name, text in self.inputs.items()
        }

    def forward(self, inputs: Values, added: Values) -> Values:
        """The value of every line; ``added`` is added to each line, so that one can differentiate by it."""
        found = dict(inputs)
        for name, (_, compute) in self.lines.items():
            found[name] = compute(found) + added[name]
        return found

    def without_a_path(self) -> set[str]:
        """The lines that the output does not hang on."""
        used = {"out"}
        for name, (text, _) in reversed(self.lines.items()):
            if name in used:
                used.update(re.findall(r"[a-z]+", text))
        return set(self.lines) - used

    def as_yaml(self, random: Random) -> str:
        """The problem file, its lines in any order."""
        inputs = [
            f"  {name}: {text if isinstance(text, str) else '[' + ', '.join(text) + ']'}"
            for name, text in self.inputs.items()
        ]
        lines = [f'  {name}: "{text}"' for name, (text, _) in self.lines.items()]
        random.shuffle(lines)
        return "\n".join(["inputs:", *inputs, "expressions:", *lines, f"output: {list(self.lines)[-1]}", ""])


def _number(random: Random) -> str:
    return f"{random.uniform(-2, 2):.{random.randint(1, 3)}f}"


def random_lines(random: Random) -> Lines:
    """Two to five inputs, three to seven lines, each of which may use everything before it."""
    made = Lines()
    for k in range(random.randint(1, 3)):
        made.inputs["abc"[k]] = _number(random)
    length = random.randint(2, 4)
    for k in range(random.randint(0, 2)):
        made.inputs["xw"[k]] = [_number(random) for _ in range(length)]
        made.vectors["xw"[k]] = length
    for k in range(random.randint(3, 7)):
        name = "pqrstuv"[k]
        if made.vectors and random.random() < 0.35:
            _vector_line(random, made, name, length)
        else:
            made.lines[name] = _scalar(random, made, random.randint(1, 3))
    made.lines["out"] = _last_line(random, made)
    return made


def _last_line(random: Random, made: Lines) -> Part:
    """A sum that uses most of the lines, so that many paths lead to it."""
    parts: list[Part] = []
    for name in made.lines:
        if random.random() < 0.8 or not parts:
            parts.append(_total(name) if name in made.vectors else (name, lambda v, name=name: v[name]))
    text = " + ".join(f"{text}*{k}/2" for k, (text, _) in enumerate(parts, start=1))
    return text, lambda v: sum(compute(v) * k / 2 for k, (_, compute) in enumerate(parts, start=1))


def _total(name: str) -> Part:
    return f"sum({name})", lambda v: sum(v[name])


def _vector_line(random: Random, made: Lines, name: str, length: int) -> None:
    known = sorted(made.vectors)
    inner: Part = _named(random.choice(known))
    if random.random() < 0.5:
        other: Part = _named(random.choice(known)) if random.random() < 0.6 else _leaf(random, made)
        inner = _two(*random.choice(BINARY[:4]), inner, other)
    text, function = random.choice([pair for pair in UNARY if pair[0] in ELEMENTWISE])
    made.lines[name] = _one(text, function, inner)
    made.vectors[name] = length


def _named(name: str) -> Part:
    return name, lambda v: v[name]


def _leaf(random: Random, made: Lines) -> Part:
    """A scalar that is known already, or a number of a formula's own."""
    scalars = [name for name in (*made.inputs, *made.lines) if name not in made.vectors]
    if random.random() < 0.15:
        number = random.randint(1, 9)
        return f"{number}/4", lambda v: number / 4
    return _named(random.choice(scalars))


def _scalar(random: Random, made: Lines, depth: int) -> Part:
    if depth == 0:
        return _of_vectors(random, made) if made.vectors and random.random() < 0.3 else _leaf(random, made)
    if random.random() < 0.45:
        text, function = random.choice(BINARY)
        return _two(text, function, *(_scalar(random, made, depth - 1) for _ in range(2)))
    text, function = random.choice(UNARY)
    return _one(text, function, _scalar(random, made, depth - 1))


def _of_vectors(random: Random, made: Lines) -> Part:
    a, b = (random.choice(sorted(made.vectors)) for _ in range(2))
    return random.choice(
        (
            (f"dot({a}, {b})", lambda v: sum(v[a] * v[b])),
            _total(a),
            (f"logsumexp({a})", lambda v: N.ln(sum(N.exp(v[a])))),
            (f"sum({a}*{b})/2", lambda v: sum(v[a] * v[b]) / 2),
        )
    )
