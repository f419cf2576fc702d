"""The notations there are, and what a person may type for a quantity in each of them."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import takewhile

from ..errors import TutorError
from ..model.graph import Graph, Role
from ..model.notation import Notation, Pattern, WrittenName
from .symbols import ASCII_OF, Symbols, letter_named

ONE_OF_A_UNIT = frozenset({Role.PREACTIVATION, Role.ACTIVATION, Role.BIAS})
"""What every unit has one of, so that the layer is name enough where it has one unit."""


def _folder() -> Traversable:
    return resources.files("backprop_tutor") / "notations"


@lru_cache(maxsize=1)
def notation_names() -> tuple[str, ...]:
    """The names of all presets, sorted."""
    return tuple(sorted(file.name.removesuffix(".toml") for file in _folder().iterdir() if file.name.endswith(".toml")))


@lru_cache
def load_notation(name: str) -> Notation:
    """The preset of that name.

    :raises TutorError: there is none.
    """
    if name not in notation_names():
        raise TutorError(f"There is no notation of that name; choose one of {', '.join(notation_names())}.")
    data = tomllib.loads((_folder() / f"{name}.toml").read_text(encoding="utf-8"))
    patterns = {case: _read_pattern(entry) for case, entry in data["patterns"].items()}
    return Notation(name, data["title"], patterns)


def with_delta(notation: Notation, wanted: bool) -> Notation:
    """The notation with a letter for ∂L/∂z (the slides' δ where it has none of its own), or without one."""
    patterns = {case: pattern for case, pattern in notation.patterns.items() if wanted or case.split(":")[0] != "delta"}
    if wanted and not notation.delta:
        slides = load_notation("slides").patterns
        patterns |= {case: pattern for case, pattern in slides.items() if case.split(":")[0] == "delta"}
    return replace(notation, patterns=patterns)


def _read_pattern(entry: dict[str, str | list[str]]) -> Pattern:
    given = entry["letters"] if "letters" in entry else [entry["letter"]]
    fields = {key: str(entry.get(key, "")) for key in ("below", "above", "wide")}
    return Pattern(tuple(letter_named(str(letter)) for letter in given), **fields)


def typed_names(graph: Graph, notation: Notation) -> dict[str, str]:
    """What may be typed for a value, or for the ∂L/∂z of a unit, and the plain name that it stands for.

    Plain names win over the notation's own names, and full names over short ones (without the superscript),
    which count only where they fit one quantity.  Spaces and braces are left out.
    """
    return dict(NameReader(graph, notation).table)


def resolve(typed: str, graph: Graph, notation: Notation) -> str | None:
    """The plain name of what was typed (``z1_2``, ``dL/dw1_21``, ``da1_2/dz1_2``, ``new_w1_21``), or None."""
    return NameReader(graph, notation).resolve(typed)


def nearest(typed: str, graph: Graph, notation: Notation) -> str | None:
    """The plain name of the quantity whose name is most like what was typed; None if none is like it."""
    return NameReader(graph, notation).nearest(typed)


class NameReader:
    """Reads what people type for the quantities of one graph; build it once to read many names."""

    LONGEST = 200

    def __init__(self, graph: Graph, notation: Notation) -> None:
        self._graph = graph
        self._symbols = Symbols(notation, graph)
        self._spelled: dict[str, set[str]] = {}
        self.table = self._make_table()

    def resolve(self, typed: str) -> str | None:
        """See ``resolve``."""
        if len(typed) > self.LONGEST:
            return None
        if typed.strip() in self._graph.values:
            return typed.strip()
        key = as_key(typed)
        return self.table.get(key) or self._derivative(key) or self._updated(key)

    def nearest(self, typed: str) -> str | None:
        """See ``nearest``."""
        key = as_key(typed[: self.LONGEST])
        of, slash, by = key.partition("/d")
        if slash and of.startswith("d"):
            upper, lower = self._like(of[1:]), self._like(by)
            return f"d{upper}/d{lower}" if upper and lower else None
        if key.startswith("new_"):
            parameter = self._like(key[4:])
            return f"new_{parameter}" if parameter else None
        return _closest(key, self.table)

    def suggestion(self, typed: str) -> str | None:
        """``nearest``, by its plain name or as a keyboard writes it in this notation: whichever is more like it."""
        near = self.nearest(typed)
        if near is None:
            return None
        return max(self.typed(near), near, key=lambda name: difflib.SequenceMatcher(None, name, typed).ratio())

    def typed(self, plain: str) -> str:
        """What a keyboard writes for a quantity as it is called here: the plain name where that has the same letters.

        Where z is what an author calls a, ``z1_1`` would be read as another quantity: it is ``a1`` then.
        """
        found = self._typed(plain)
        return found if found == plain or self.resolve(found) == plain else plain

    def _typed(self, plain: str) -> str:
        if plain in self._graph.values:
            return self._typed_value(plain)
        of, slash, by = plain.partition("/d")
        if slash:
            return f"d{self._typed_value(of[1:])}/d{self._typed_value(by)}"
        return f"new_{self._typed_value(plain[4:])}" if plain.startswith("new_") else plain

    def _typed_value(self, plain: str) -> str:
        name, value = self._symbols.names.get(plain), self._graph.values.get(plain)
        if name is None or value is None or value.label.role is Role.LOSS:
            return plain
        letter = name.letter.ascii
        if name.verbatim or letter == "".join(takewhile(str.isalpha, plain)):
            return plain
        short = letter + ("_" if len(letter) > 1 and name.below else "") + name.below
        above = "^" + name.above.strip("()") if name.above else ""
        return next((text for text in (short, short + above) if self.resolve(text) == plain), plain)

    def _like(self, key: str) -> str | None:
        return _closest(key, {typed: name for typed, name in self.table.items() if name in self._graph.values})

    def _value(self, key: str) -> str | None:
        found = self.table.get(key)
        return found if found in self._graph.values else None

    def _variable(self, key: str) -> str | None:
        """Nobody differentiates by a target: ∂L/∂y is meant where the notation writes y for the prediction."""
        found = self._value(key)
        if found and self._graph.values[found].label.role is Role.TARGET:
            return next(iter(self._spelled.get(key, ())), found)
        return found

    def _derivative(self, key: str) -> str | None:
        if not key.startswith("d"):
            return None
        for slash in re.finditer("/d", key):
            of, by = self._value(key[1 : slash.start()]), self._variable(key[slash.end() :])
            if of and by:
                return f"d{of}/d{by}"
        return None

    def _updated(self, key: str) -> str | None:
        rest, count = re.subn(r"^new_?|[_,]new(?=\^|$)", "", key, count=1)
        parameter = self._value(rest) if count else None
        return f"new_{parameter}" if parameter else None

    def _make_table(self) -> dict[str, str]:
        objective = self._graph.objective
        table = {key: name for name in self._graph.values for key in (as_key(name), name)}
        full = self._spelled
        short: dict[str, set[str]] = {}
        for plain, value in self._graph.values.items():
            _add_spellings(full, short, self._symbols.names[plain], plain)
            if value.label.role is Role.PREACTIVATION:
                gradient = f"d{objective}/d{plain}"
                table.setdefault("delta" + plain.removeprefix("z"), gradient)
                delta = self._symbols.delta(plain)
                if delta is not None:
                    _add_spellings(full, short, delta, gradient)
        for spellings in (full, short):
            for key, meant in spellings.items():
                if len(meant) == 1:
                    table.setdefault(key, *meant)
        self._add_only_units(table)
        loss = self._graph.values.get(objective)
        if loss is not None and loss.label.role is Role.LOSS:
            # Whatever its letter here, everybody knows what is meant.
            for key in ("L", "l", "ell", "loss"):
                table.setdefault(key, objective)
        return table

    def _add_only_units(self, table: dict[str, str]) -> None:
        """Add short names for the one unit of a layer, where they can be read in no other way.

        ``delta1``, ``z1`` and ``b1`` need no number of the unit, and ``w1_2`` only that of the unit it comes from.
        """
        values = self._graph.values
        layers = Counter(value.label.layer for value in values.values() if value.label.role is Role.PREACTIVATION)
        for plain, value in values.items():
            label = value.label
            if layers[label.layer] != 1 or label.own:
                continue
            if label.role is Role.WEIGHT:
                column = f"_{label.indices[-1]}"
                # In other letters, the layer could be the unit that a weight leads into.
                if table.get(f"w_{label.layer}{column}", plain) == plain:
                    table.setdefault(f"w{label.layer}{column}", plain)
            elif label.role in ONE_OF_A_UNIT:
                table.setdefault(plain.partition("_")[0], plain)
            if label.role is Role.PREACTIVATION:
                gradient = f"d{self._graph.objective}/d{plain}"
                table.setdefault(f"delta{label.layer}", gradient)
                # In a deeper network, an index below may be that of a unit.
                if len(layers) == 1:
                    table.setdefault(f"delta_{label.layer}", gradient)


def _closest(key: str, table: dict[str, str]) -> str | None:
    """What the most similar key stands for; among equals, the one that begins alike for longest."""
    # However large the network, a spelling error costs next to nothing.
    candidates = list(table)[:2000]
    close = difflib.get_close_matches(key, candidates, 8)

    def similarity(candidate: str) -> tuple[float, int]:
        ratio = difflib.SequenceMatcher(None, candidate, key).ratio()
        alike = takewhile(lambda pair: pair[0] == pair[1], zip(candidate, key, strict=False))
        return round(ratio, 6), len(list(alike))

    return table[max(close, key=similarity)] if close else None


def _add_spellings(full: dict[str, set[str]], short: dict[str, set[str]], name: WrittenName, plain: str) -> None:
    """Note every way of typing the name: ``alpha_2,1``, ``alpha_21``, ``alpha21``, ``alpha2,1``, ``alpha_2_1``."""
    letter = name.letter.ascii
    indices = name.below.split(",") if "," in name.below else list(name.below) if len(name.below) == 2 else [name.below]
    joined = {"".join(indices), ",".join(indices), name.below}
    belows = {"_" + text for text in (*joined, "_".join(indices))} | joined if name.below else {""}
    above = "^" + name.above.strip("()") if name.above else ""
    for below in belows:
        full.setdefault(letter + below + above, set()).add(plain)
        short.setdefault(letter + below, set()).add(plain)


_SUBSCRIPTS = {ord(small): digit for small, digit in zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True)}
_SUPERSCRIPTS = {ord(small): digit for small, digit in zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾", "0123456789()", strict=True)}
_LETTERS = {ord(letter): name for letter, name in ASCII_OF.items()} | {ord("∂"): "d", ord("⁄"): "/", ord("∕"): "/"}


def as_key(typed: str) -> str:
    """What was typed in Unicode, LaTeX or ASCII, in one spelling: ``w₂₁⁽¹⁾`` and ``w^(1)_{21}`` are ``w_21^1``."""
    text = typed.replace("\\hat{y}", "yhat").replace("y_hat", "yhat").replace("\\partial", "d")
    text = re.sub(r"\\[dt]?frac\{(.*)\}\{(.*)\}", r"\1/\2", text)
    text = re.sub(r"\\(?:text|mathrm|mathit)\b|[\\{}$\s]", "", re.sub(r"\bnew\s+", "new_", text))
    text = re.sub("[₀-₉]+(?:,[₀-₉]+)*", lambda run: "_" + run[0].translate(_SUBSCRIPTS), text)
    text = re.sub("[⁰¹²³⁴-⁹⁽⁾]+", lambda run: "^" + run[0].translate(_SUPERSCRIPTS), text)
    text = re.sub(r"\^\((\d+)\)", r"^\1", text.translate(_LETTERS))
    return re.sub(r"(\^\d+)(_\d+(?:[,_]\d+)*)", r"\2\1", text)
