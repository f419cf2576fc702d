"""The operations, one file each: what they are called, and how an author's words become one of them.

Pages are imported when they are asked for.  (An imported page is an attribute of this package: ``max`` and
``abs`` are therefore pages here, and not Python's functions.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import Field, fields, is_dataclass
from functools import cache
from typing import TypeVar

from ..model.formula import ONE, Formula
from ..model.op import Loss, Op
from ..model.vocabulary import FunctionEntry, Vocabulary
from ..registry import discover, find

T = TypeVar("T")

EXPANDED_BY_GRAPHS = {"dot": FunctionEntry(2, 2), "sum": FunctionEntry(1, 1)}
"""Functions of vectors that become sums and products before any operation is looked for."""

CONSTANTS = {"pi": FunctionEntry(0, 0)}


@cache
def operation(name: str) -> type[Op]:
    """The operation of this name; only its file is imported.  Raises LookupError for an unknown name."""
    return find(__name__, name, Op)  # type: ignore[type-abstract]


@cache
def operations() -> Mapping[str, type[Op]]:
    """All operations by name."""
    return discover(__name__, Op)  # type: ignore[type-abstract]


def one() -> Formula:
    """The value of a constant unit."""
    return ONE


@cache
def known_functions() -> frozenset[str]:
    """The names that may stand before brackets in a formula."""
    return frozenset(vocabulary(()).functions) | {"erf", "sign"}


def is_layer_wide(name: str) -> bool:
    """Whether the activation takes all units of its layer at once; an unknown name is not."""
    try:
        return operation(name).layer_wide
    except LookupError:
        return False


def parameters(page: type[Op]) -> Mapping[str, Field[object]]:
    """The fields of a page by the names under which authors know them."""
    if not is_dataclass(page):
        return {}
    known = [field for field in fields(page) if not field.metadata.get("internal")]
    return {field.metadata.get("called", field.name): field for field in known}


def from_call(function: str, arguments: tuple[Formula, ...]) -> tuple[Op, tuple[Formula, ...]]:
    """The operation that a call in a formula means, and its inputs.

    Arguments after the inputs are the operation's parameters: ``leaky_relu(z, 1/10)``.  Raises LookupError
    for an unknown function, ValueError for a wrong number of arguments.
    """
    page = operation(function)
    fewest, most = page.arity
    inputs = arguments[:most] if page.call_parameters else arguments
    given = arguments[len(inputs) :]
    too_many = most is not None and len(inputs) > most
    if len(inputs) < fewest or too_many or len(given) > len(page.call_parameters):
        raise ValueError(f"{function} cannot take {len(arguments)} arguments")
    known = parameters(page)
    return page(**{known[name].name: value for name, value in zip(page.call_parameters, given, strict=False)}), inputs


def from_spec(name: str, given: Mapping[str, Formula | bool | str]) -> Op:
    """The activation or loss of this name, with parameters as authors write them.

    ``outputs: mean`` takes the mean over the outputs, ``logits: true`` the loss of scores.  Raises
    LookupError for an unknown name or parameter.
    """
    page = operation(name)
    options = dict(given)
    if options.pop("logits", False):
        if not (issubclass(page, Loss) and page.with_logits):
            raise LookupError(f"{name} does not take logits")
        page = operation(page.with_logits)
    if "outputs" in options:
        options["mean"] = options.pop("outputs") == "mean"
    known = parameters(page)
    unknown = [option for option in options if option not in known]
    if unknown:
        raise LookupError(f"{name} has no parameter {unknown[0]!r}")
    return page(**{known[option].name: value for option, value in options.items()})


def vocabulary(notations: tuple[str, ...]) -> Vocabulary:
    """Everything that an author may name, as the readers need to know it; a page is imported when it is named."""
    return Vocabulary(
        functions=_Pages("function", _entry, {**EXPANDED_BY_GRAPHS, **CONSTANTS}),
        activations=_Pages("activation", _options),
        losses=_Pages("loss", _options),
        notations=notations,
        layer_wide=_LayerWide(),
    )


class _Pages(Mapping[str, T]):
    """What readers need to know of the pages of one kind, by name.  Looking one up imports that page alone."""

    def __init__(self, kind: str, describe: Callable[[type[Op]], T], others: Mapping[str, T] | None = None) -> None:
        self._kind = kind
        self._describe = describe
        self._others = others or {}

    def __getitem__(self, name: str) -> T:
        if name in self._others:
            return self._others[name]
        try:
            page = operation(name)
        except LookupError:
            raise KeyError(name) from None
        if self._kind not in page.kinds:
            raise KeyError(name)
        return self._describe(page)

    def __iter__(self) -> Iterator[str]:
        yield from (name for name, page in operations().items() if self._kind in page.kinds)
        yield from self._others

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _LayerWide(Set[str]):
    """The names of the activations that take all units of a layer at once."""

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and is_layer_wide(name)

    def __iter__(self) -> Iterator[str]:
        return (name for name, page in operations().items() if page.layer_wide)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _entry(page: type[Op]) -> FunctionEntry:
    fewest, most = page.arity
    return FunctionEntry(fewest, None if most is None else most + len(page.call_parameters))


def _options(page: type[Op]) -> Mapping[str, str]:
    """The parameters that an author may give, with what each of them is."""
    options = {}
    for name, field in parameters(page).items():
        if name == "mean":
            options["outputs"] = "reduction"
        else:
            options[name] = "flag" if isinstance(field.default, bool) else "number"
    if issubclass(page, Loss) and page.with_logits:
        options["logits"] = "flag"
    return options
