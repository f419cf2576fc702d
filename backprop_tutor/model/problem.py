"""A problem as its author wrote it: what stands in the file, checked for form but not yet wired."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from .formula import Formula, Number

if TYPE_CHECKING:
    from .question import Question


@dataclass(frozen=True, slots=True)
class Span:
    """A place in the author's text: line and columns count from 1, in characters; ``end`` is past the last."""

    source: str
    line: int
    column: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong in a file: where, what, and how to repair it.  Never raised, always collected."""

    message: str
    where: Span | None
    repair: str = ""
    severity: Literal["error", "warning"] = "error"


@dataclass(frozen=True, slots=True)
class Given:
    """A number, a formula of constants or a symbol, exactly as it was written.

    ``stands_for`` is the number in whose place there is a letter, where a problem is asked in letters.
    """

    formula: Formula
    written: str
    where: Span | None = None
    stands_for: Fraction | None = None

    @property
    def number(self) -> Fraction | None:
        """The exact value of a plain number (or fraction), else None."""
        return self.formula.value if isinstance(self.formula, Number) else None


@dataclass(frozen=True, slots=True)
class FunctionSpec:
    """An activation, loss or optimizer by name with its parameters, or an own ``formula``."""

    name: str
    parameters: dict[str, Given | bool | str] = field(default_factory=dict)
    formula: Formula | None = None
    where: Span | None = None


BiasKind = Literal["none", "list", "first_column", "last_column"]


@dataclass(frozen=True, slots=True)
class LayerSpec:
    """One layer of weights: rows are units led into, columns the units they come from.

    A folded bias (``first_column``, ``last_column``) stays among the weights; ``biases`` is then empty.
    ``activations`` has one entry for the whole layer, or one for each unit.  Names that the author gave to
    parameters stand in ``weight_names`` (the shape of ``weights``) and ``bias_names``; empty means none.
    """

    weights: tuple[tuple[Given, ...], ...]
    bias: BiasKind
    biases: tuple[Given, ...]
    activations: tuple[FunctionSpec, ...]
    weight_names: tuple[tuple[str, ...], ...] = ()
    bias_names: tuple[str, ...] = ()
    symbolic_weights: bool = False
    symbolic_biases: bool = False
    where: Span | None = None


@dataclass(frozen=True, slots=True)
class Regularization:
    """coefficient · Σ w² over the weights, or half of it."""

    coefficient: Given
    half: bool = False


@dataclass(frozen=True, slots=True)
class Network:
    """A fully connected network for one example.

    ``symbolic_inputs``/``symbolic_targets``: the values were not given and are symbols named by the notation.
    """

    inputs: tuple[Given, ...]
    targets: tuple[Given, ...]
    layers: tuple[LayerSpec, ...]
    loss: FunctionSpec
    regularization: Regularization | None = None
    frozen: tuple[str, ...] = ()
    symbolic_inputs: bool = False
    symbolic_targets: bool = False
    target_class: int | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """One line of an expression problem: ``name = formula``."""

    name: str
    formula: Formula
    written: str
    where: Span | None = None


@dataclass(frozen=True, slots=True)
class Variable:
    """An input of an expression problem: a number, a vector (several givens), or a symbol (no given)."""

    name: str
    givens: tuple[Given, ...] = ()
    vector: bool = False
    where: Span | None = None


@dataclass(frozen=True, slots=True)
class Expressions:
    """Lines that build on each other; ``constants`` are inputs that nobody differentiates by.

    ``split`` asks for one node per operation instead of one node per line.
    """

    variables: tuple[Variable, ...]
    lines: tuple[Assignment, ...]
    output: str | None = None
    constants: tuple[str, ...] = ()
    split: bool = False


@dataclass(frozen=True, slots=True)
class Expected:
    """A published number (or formula) for a quantity, right to the digits that are written."""

    name: str
    value: Given
    source: str = ""


@dataclass(frozen=True, slots=True)
class Rounding:
    """Rounding at every step, half up: to ``decimals`` or to ``digits`` (significant), one of them."""

    decimals: int | None = None
    digits: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything that a problem file says.  ``seed`` is the seed that the numbers of a variant were drawn with."""

    id: str
    body: Network | Expressions
    title: str = ""
    statement: str = ""
    source: str = ""
    notation: str = "slides"
    learning_rate: Given | None = None
    optimizer: FunctionSpec = field(default_factory=lambda: FunctionSpec("sgd"))
    rounding: Rounding | None = None
    differentiate: tuple[str, ...] = ()
    expected: tuple[Expected, ...] = ()
    questions: tuple[Question, ...] = ()
    tags: tuple[str, ...] = ()
    difficulty: str = ""
    text: str = ""
    seed: int | None = None


def numbers_behind(problem: Problem) -> dict[str, Fraction]:
    """The numbers of a problem in letters, by the letters that stand for them."""
    body = problem.body
    if isinstance(body, Network):
        layers = body.layers
        rows = [body.inputs, *(row for spec in layers for row in spec.weights), *(spec.biases for spec in layers)]
    else:
        rows = [variable.givens for variable in body.variables]
    return {given.written: given.stands_for for row in rows for given in row if given.stands_for is not None}
