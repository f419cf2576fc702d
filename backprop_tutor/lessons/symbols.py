"""Symbols for plain names: which letter, with what below and above, stands for each quantity of a graph."""

from __future__ import annotations

import re
import unicodedata

from ..model.graph import Graph, Label, Role, Value
from ..model.notation import Letter, Notation, Pattern, WrittenName

_GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ",
    "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "rho": "ρ", "sigma": "σ",
    "tau": "τ", "upsilon": "υ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ",
    "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip

SPECIAL_LETTERS: dict[str, Letter] = {name: Letter(f"\\{name}", letter, name) for name, letter in _GREEK.items()} | {
    "epsilon": Letter("\\varepsilon", "ε", "epsilon"),
    "phi": Letter("\\varphi", "φ", "phi"),
    "ell": Letter("\\ell", "ℓ", "ell"),
    "yhat": Letter("\\hat{y}", "ŷ", "yhat"),
}
"""Letters that are written by a name on a keyboard."""

ASCII_OF = {letter.text: name for name, letter in SPECIAL_LETTERS.items()}

_UNITS = frozenset({Role.WEIGHT, Role.BIAS, Role.PREACTIVATION, Role.ACTIVATION, Role.OUTPUT})
_OWN_NAME = re.compile(r"([^\W\d_]+)(?:_?(\d+(?:_\d+)*))?|([^\W\d_]+)_(\w+)")
_FIELD = re.compile(r"\{(to|from|unit|layer|source|next)\}")


def letter_named(name: str) -> Letter:
    """The letter for a keyboard name: a Greek name, ``ell``, ``yhat``, or a letter or word itself."""
    name = ASCII_OF.get(name, name)
    special = SPECIAL_LETTERS.get(name)
    if special is not None:
        return special
    plain = to_ascii(name)
    return Letter(name if name.isascii() and len(name) == 1 else _upright(name), name, plain)


def to_ascii(text: str) -> str:
    """The text with every character spelled in plain ASCII."""
    if text.isascii():
        return text
    return "".join(_ascii_character(character) for character in text)


def _ascii_character(character: str) -> str:
    if character.isascii():
        return character
    closest = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
    return ASCII_OF.get(character) or closest or f"u{ord(character):x}"


def own_name(name: str) -> WrittenName:
    """The symbol of a name that an author gave: ``x1`` is x₁, ``theta`` θ, ``w_in`` w with "in" below."""
    verbatim = to_ascii(name)
    fitting = _OWN_NAME.fullmatch(name)
    if fitting is None:
        return verbatim_name(name)
    word, digits, stem, below = fitting.groups()
    if word is not None:
        return WrittenName(letter_named(word), (digits or "").replace("_", ","), verbatim=verbatim)
    if len(letter_named(stem).text) == 1 and "_" not in below:
        return WrittenName(letter_named(stem), below, verbatim=verbatim)
    return verbatim_name(name)


def verbatim_name(name: str) -> WrittenName:
    """The name as it is typed, upright: ``total_cost``."""
    return WrittenName(Letter(_upright(name), name, to_ascii(name)), verbatim=to_ascii(name))


def _upright(word: str) -> str:
    return "\\mathit{" + to_ascii(word).replace("_", "\\_") + "}"


class Symbols:
    """The symbols of a graph's quantities in one notation.

    Two quantities never share a symbol: the second one is written with its plain name.
    """

    def __init__(self, notation: Notation, graph: Graph) -> None:
        self.notation = notation
        self.graph = graph
        self._widths: dict[int, int] = {}
        self._counts = {Role.INPUT: 0, Role.TARGET: 0}
        self._large: dict[int, int] = {}
        for value in graph.values.values():
            self._measure(value.label)
        self.depth = max(self._widths, default=0)
        self._fitting: dict[tuple[str, int, frozenset[str]], Pattern | None] = {}
        self.names = self._all_names()

    def _measure(self, label: Label) -> None:
        """Take the value into account for the widths of the layers, from which special cases follow."""
        if label.role in self._counts:
            self._counts[label.role] += 1
        if label.role in _UNITS and label.layer and label.indices:
            self._widths[label.layer] = max(self._widths.get(label.layer, 0), label.indices[0])
            self._large[label.layer] = max(self._large.get(label.layer, 0), *label.indices)

    def _all_names(self) -> dict[str, WrittenName]:
        names: dict[str, WrittenName] = {}
        taken: set[tuple[str, str, str]] = set()
        for plain, value in self.graph.values.items():
            name = self._name(value)
            key = (name.letter.text, name.below, name.above)
            names[plain] = verbatim_name(value.label.own or plain) if key in taken else name
            taken.add(key)
        return names

    def _name(self, value: Value) -> WrittenName:
        label = value.label
        if label.own:
            return own_name(label.own)
        role: str = label.role
        if label.role is Role.CONSTANT:
            # The unit that is always 1 is written like the units it stands among.
            role = Role.ACTIVATION if label.layer else Role.INPUT
        return self._by_pattern(role, label) or own_name(value.name)

    def name(self, plain: str) -> WrittenName:
        """The symbol of a value; a name that is no value of the graph is taken as an author's own."""
        known = self.names.get(plain)
        if known is not None:
            return known
        return self.rate() if plain == "learning_rate" else own_name(plain)

    def delta(self, plain: str) -> WrittenName | None:
        """The symbol of ∂L/∂z for the pre-activation z, where the notation has one."""
        value = self.graph.values.get(plain)
        if value is None or value.label.role is not Role.PREACTIVATION:
            return None
        return self._by_pattern("delta", value.label)

    def rate(self) -> WrittenName:
        """The symbol of the learning rate."""
        return self._by_pattern("rate", Label(Role.VARIABLE)) or own_name("eta")

    def _by_pattern(self, role: str, label: Label) -> WrittenName | None:
        layer = label.layer
        pattern = self._pattern(role, layer, self._facts(label.role, layer))
        if pattern is None:
            return None
        # A single output carries no index, but some notations count it all the same.
        unit = str(label.indices[0]) if label.indices else "1"
        source = str(label.indices[1]) if len(label.indices) > 1 else ""
        fields = {"to": unit, "unit": unit, "from": source}
        fields |= {"layer": str(layer), "source": str(layer - 1), "next": str(layer + 1)}
        wide = pattern.wide and self._large.get(layer, 0) > 9
        letter = pattern.letters[min(max(layer, 1), len(pattern.letters)) - 1]
        return WrittenName(
            letter, _filled(pattern.wide if wide else pattern.below, fields), _filled(pattern.above, fields)
        )

    def _facts(self, role: Role, layer: int) -> frozenset[str]:
        width = self._counts.get(role, self._widths.get(layer, 0))
        holds = {"first": layer == 1, "last": layer == self.depth, "only": width <= 1, "deep": self.depth > 2}
        return frozenset(fact for fact, true in holds.items() if true)

    def _pattern(self, role: str, layer: int, facts: frozenset[str]) -> Pattern | None:
        key = (role, layer, facts)
        if key not in self._fitting:
            best: tuple[int, Pattern | None] = (-1, None)
            for case, pattern in self.notation.patterns.items():
                case_role, *conditions = case.split(":")
                if case_role == role and facts.issuperset(conditions) and len(conditions) >= best[0]:
                    best = (len(conditions), pattern)
            self._fitting[key] = best[1]
        return self._fitting[key]


def _filled(template: str, fields: dict[str, str]) -> str:
    return _FIELD.sub(lambda field: fields[field[1]], template)
