"""Names of parameters: the plain ones, those that authors give, and what they must not collide with."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..model.formula import Name, names_in
from ..model.problem import Given, Span
from .reader import Reader

_RESERVED = re.compile(
    r"x\d+|y\d*|yhat\d*|L|[za]\d+_\d+|delta\d+_\d+|w\d+_\d{2,}|w\d+_\d+_\d+|b\d+_\d+|new_\w+|L_data|L_penalty",
)


def plain_weight(layer: int, unit: int, source: int, wide: bool) -> str:
    """``w1_21``: layer 1, into unit 2, from unit 1; with ten units or more ``w1_2_1``."""
    return f"w{layer}_{unit}_{source}" if wide else f"w{layer}_{unit}{source}"


def plain_bias(layer: int, unit: int) -> str:
    """``b1_2``: layer 1, unit 2."""
    return f"b{layer}_{unit}"


def plain_weights(layer: int, units: int, columns: int, bias: str) -> tuple[tuple[str, ...], ...]:
    """The plain names of a layer's weights; a folded bias comes from unit 0, or from the one after the last."""
    sources = range(columns) if bias == "first_column" else range(1, columns + 1)
    wide = units >= 10 or columns >= 10
    return tuple(tuple(plain_weight(layer, unit, source, wide) for source in sources) for unit in range(1, units + 1))


class Parameters:
    """The parameters of a network that have been read, by name."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.given: dict[str, tuple[Given, Span | None]] = {}

    def enter(
        self, givens: tuple[Given, ...], own: tuple[tuple[str, Span], ...], plain: tuple[str, ...], symbolic: bool
    ) -> tuple[Given, ...]:
        """Notes parameters under the author's ``own`` names, or the ``plain`` ones where there are none.

        Gives them back; ``symbolic`` ones are symbols of the notation, and take the author's names.
        """
        if symbolic and own:
            givens = tuple(Given(Name(name), name, place) for name, place in own)
        for position, (given, name) in enumerate(zip(givens, plain, strict=True)):
            called, place = own[position] if own else (name, given.where)
            self._note(called, name, given, place)
            self.symbols(given, (called, name))
        return givens

    def _note(self, name: str, plain: str, given: Given, where: Span | None) -> None:
        """One parameter; the same name twice is one parameter and must carry the same number."""
        if name != plain and _RESERVED.fullmatch(name):
            self.reader.add(f"'{name}' is the plain name of another quantity", where, "Choose another, such as w5.")
            return
        first, place = self.given.setdefault(name, (given, where))
        if not _same(first, given):
            at = f" at line {place.line}, column {place.column}" if place else ""
            self.reader.add(
                f"'{name}' is {given.written} here and {first.written}{at}",
                where,
                "The same name twice is one shared parameter: give it one number, or two names.",
            )

    def symbols(self, given: Given, own: Iterable[str]) -> None:
        """Refuses a symbol that is the plain name of another quantity."""
        for name in names_in(given.formula):
            if _RESERVED.fullmatch(name) and name not in own:
                self.reader.add(
                    f"'{name}' is the plain name of another quantity",
                    given.where,
                    "Use another letter for this symbol, such as t.",
                )


def _same(first: Given, second: Given) -> bool:
    if first.number is not None or second.number is not None:
        return first.number == second.number
    return first.formula == second.formula
