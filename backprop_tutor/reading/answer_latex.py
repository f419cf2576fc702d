r"""Plain LaTeX in an answer (``\frac{1}{2}``, ``\sigma(z_1^{(2)})``, ``\cdot``) as the formula that it stands for.

Only what has one meaning is turned into plain writing; anything else is left as it is, and refused where it stands.
One pass from left to right, which never makes a text longer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from .characters import GREEK
from .formula_error import FormulaError

LONGEST_DERIVATIVE = 120

_COMMAND = re.compile(r"\\(?:[A-Za-z]+|[,;:! ()])")
_RAISED = re.compile(r"\^\{\s*(\(?[0-9]{1,2}\)?)\s*\}")
_INDEX = re.compile(r"_\{\s*[0-9]{1,4}(?:\s*,\s*[0-9]{1,4})?\s*\}")
_HAT = re.compile(r"\\(?:wide)?hat\s*(?:\{\s*y\s*\}|\s+y(?![A-Za-z]))")
_OPEN = re.compile(r"\s*\{")
_DIFFERENTIAL = re.compile(r"\s*(?:∂|d)\s*[^\W\d_]")

_FRACTIONS = frozenset({"frac", "dfrac", "tfrac"})
_AS_WRITTEN = frozenset({"mathrm", "mathit", "text", "operatorname"})
_FUNCTIONS = frozenset({"ln", "log", "exp", "sin", "cos", "tan", "tanh", "max", "min"})
_NOTHING = frozenset({"left", "right", "quad", "qquad", "displaystyle", ",", ";", ":", "!", " ", "(", ")"})
_SIGNS = {"cdot": "*", "times": "*", "ast": "*", "div": "/", "partial": "∂", "ell": "ℓ", "pi": "π"}
_LETTERS = {name: letter for letter, name in reversed(GREEK.items())} | {"varepsilon": "ε", "varphi": "φ"}


@dataclass
class Plain:
    """The plain text, and for each of its characters where in the LaTeX it comes from."""

    text: str = ""
    places: list[tuple[int, int]] = field(default_factory=list)

    def placed(self, error: FormulaError) -> FormulaError:
        """The same error with its place in the LaTeX."""
        if not self.places:
            return error
        last = len(self.places) - 1
        first, end = self.places[min(error.start, last)][0], self.places[max(0, min(error.end - 1, last))][1]
        return FormulaError(error.message, error.repair, first, max(first, end))


def has_latex(text: str) -> bool:
    """Whether there is anything to be turned into plain writing."""
    return "\\" in text or "{" in text


def as_plain(text: str, is_quantity: Callable[[str], bool]) -> Plain:
    """The text without LaTeX, as far as that has one meaning; ``is_quantity`` knows the names of the problem."""
    return _Writer(text, is_quantity).written()


class _Writer:
    """One pass over one text."""

    def __init__(self, text: str, is_quantity: Callable[[str], bool]) -> None:
        self.text = text
        self.is_quantity = is_quantity
        self.at = 0
        self.out: list[str] = []
        self.places: list[tuple[int, int]] = []
        self.closing: list[tuple[str, int]] = []
        """What every open brace is closed by, and where in the output its group begins."""

    def written(self) -> Plain:
        while self.at < len(self.text):
            char = self.text[self.at]
            if char == "\\":
                self._command()
            elif char == "^" and self.text[self.at + 1 : self.at + 2] == "{" and self._raised() is None:
                self._put("^", self.at + 1)
                self._open("(", ")")
            elif char == "}" and self.closing:
                self._close()
            elif (index := _INDEX.match(self.text, self.at)) is not None:
                self._put("".join(index[0].split()), index.end())
            elif (raised := self._raised()) is not None:
                self._put(f"^{raised[1]}", raised.end())
            else:
                self._put(char, self.at + 1)
        return Plain("".join(self.out), self.places)

    def _raised(self) -> re.Match[str] | None:
        """A layer or a whole exponent that stands here in braces; the name before it says which."""
        return _RAISED.match(self.text, self.at)

    def _put(self, plain: str, end: int) -> None:
        """Write this for everything up to the place."""
        self.out += plain
        self.places += [(self.at, end)] * len(plain)
        self.at = end

    def _open(self, plain: str, closing: str) -> None:
        self._put(plain, self.at + 1)
        self.closing.append((closing, len(self.out)))

    def _command(self) -> None:
        hat = _HAT.match(self.text, self.at)
        if hat is not None:
            self._put("ŷ", hat.end())
            return
        command = _COMMAND.match(self.text, self.at)
        name = command[0][1:] if command is not None else ""
        end = self.at + 1 + len(name)
        group = _OPEN.match(self.text, end)
        if name in _NOTHING:
            self._put(" ", end)
        elif name in _SIGNS or name in _LETTERS:
            self._put(_SIGNS.get(name) or _LETTERS[name], end)
        elif name in _FUNCTIONS:
            self._put(name, group.end() - 1 if group is not None else end)
            if group is not None:
                self._open("(", ")")
        elif group is not None and name in _FRACTIONS:
            self._put("(", group.end() - 1)
            self._open("(", "/")
        elif group is not None and name == "sqrt":
            self._put("sqrt", group.end() - 1)
            self._open("(", ")")
        elif group is not None and name in _AS_WRITTEN:
            self._put(" ", group.end() - 1)
            self._open("", "")
        else:
            self._put("\\", self.at + 1)

    def _close(self) -> None:
        closing, start = self.closing.pop()
        if closing == "/":
            below = _OPEN.match(self.text, self.at + 1)
            if below is None:
                # Half a fraction: the brace stays, and is refused where it stands.
                self._put("}", self.at + 1)
                return
            middle = len(self.out)
            self._put(")/(", below.end())
            self.closing.append((f"//{middle}", start))
        elif closing.startswith("//"):
            self._put("))", self.at + 1)
            self._as_derivative(start, int(closing[2:]))
        else:
            self._put(closing, self.at + 1)

    def _as_derivative(self, start: int, middle: int) -> None:
        """Take the brackets out of a fraction that is a derivative: the name of a quantity, and no quotient."""
        end = len(self.out) - 2
        if end - start > LONGEST_DERIVATIVE:
            return
        above, below = "".join(self.out[start:middle]).strip(), "".join(self.out[middle + 3 : end]).strip()
        if not (_DIFFERENTIAL.match(above) and _DIFFERENTIAL.match(below)):
            return
        if "∂" in above or self.is_quantity(f"{above}/{below}"):
            for place in (start - 1, middle, middle + 2, end):
                self.out[place] = " "
