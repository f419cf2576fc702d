"""Two kinds of numbers for the reference networks: NumPy arrays that autograd differentiates, and 120 digits."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import autograd.numpy as anp
import mpmath
import numpy as np
from autograd.extend import defvjp, primitive

Array = Any
Elementwise = Callable[[Array], Array]

DIGITS = 120
many = mpmath.mp.clone()
many.dps = DIGITS


@dataclass(frozen=True)
class Numbers:
    """The elementwise functions of one kind of number, on arrays."""

    number: Callable[[Any], Any]
    exp: Elementwise
    ln: Elementwise
    sqrt: Elementwise
    sin: Elementwise
    cos: Elementwise
    tan: Elementwise
    tanh: Elementwise
    erf: Elementwise
    pi: Any
    stack: Callable[[list[Any]], Array]

    def where(self, condition: Array, then: Array, otherwise: Array) -> Array:
        """Elementwise choice."""
        return anp.where(condition, then, otherwise) if self is FLOATS else np.where(condition, then, otherwise)


@primitive
def _erf(x: Array) -> Array:
    return np.vectorize(math.erf, otypes=[float])(x)


defvjp(_erf, lambda _, x: lambda g: g * 2 / np.sqrt(np.pi) * np.exp(-x * x))


def _over_arrays(function: Callable[[Any], Any]) -> Elementwise:
    over = np.frompyfunc(function, 1, 1)
    return lambda x: over(x)


FLOATS = Numbers(
    float, anp.exp, anp.log, anp.sqrt, anp.sin, anp.cos, anp.tan, anp.tanh, _erf, math.pi, lambda p: anp.array(p)
)
MANY_DIGITS = Numbers(
    lambda x: many.mpf(x.numerator) / x.denominator if isinstance(x, Fraction) else many.mpf(x),
    *(_over_arrays(f) for f in (many.exp, many.ln, many.sqrt, many.sin, many.cos, many.tan, many.tanh, many.erf)),
    +many.pi,
    lambda parts: np.array(parts, dtype=object),
)
