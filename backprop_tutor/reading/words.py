"""What the words of a formula mean: functions, names, and the few that need a rule of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from itertools import chain

from ..model.formula import Call, Formula
from ..model.vocabulary import FunctionEntry
from .formula_error import FormulaError, quoted
from .lexer import Token
from .names import nearest

_SAME = {"log": "ln", "sigma": "sigmoid"}
"""Other ways of writing a function; σ reaches here as ``sigma``."""

_NOT_NUMBERS = frozenset({"nan", "inf", "infinity"})
_OTHER_FUNCTIONS = {
    "log2": "Write ln(x)/ln(2).",
    "log10": "Write ln(x)/ln(10).",
    "lg": "Write ln(x)/ln(10).",
    "sec": "Write 1/cos(x).",
    "cot": "Write 1/tan(x).",
    "sinh": "Write (exp(x) - exp(-x))/2.",
    "cosh": "Write (exp(x) + exp(-x))/2.",
    "pow": "Write x^n.",
}
_SCIENTIFIC = re.compile(r"(?P<mantissa>[0-9.]+)(?P<letter>[eE])(?P<exponent>[+-]?[0-9]+)")


class Words:
    """The functions and names that may occur in one formula (``names`` None: any name)."""

    def __init__(
        self, text: str, functions: Mapping[str, FunctionEntry], names: Set[str] | Mapping[str, object] | None
    ) -> None:
        self.text = text
        self.functions = functions
        self.names = names

    def is_name(self, token: Token) -> bool:
        """Whether a word that is not called is a name."""
        if self.names is not None:
            return token.text in self.names
        special = token.text in ("e", "pi") or token.text.casefold() in _NOT_NUMBERS
        return not special and token.text not in self.functions

    def may_stand(self, token: Token) -> bool:
        """Whether a word means anything here: a name, a function or a constant."""
        return self.is_name(token) or token.text in ("e", "pi") or self.function_named(token.text) is not None

    def is_euler(self, token: Token) -> bool:
        """Whether a word is Euler's number."""
        return token.text == "e" and not self.is_name(token)

    def function_named(self, word: str) -> str | None:
        """The function that is meant by a word, or None."""
        if word in self.functions:
            return word
        other = _SAME.get(word)
        return other if other in self.functions and (self.names is None or word not in self.names) else None

    def is_called(self, token: Token, operand: str) -> bool:
        """True for a function before a bracket (``operand``); any other word there is refused."""
        word = token.text
        if self.function_named(word) is not None:
            return True
        if self.is_euler(token):
            raise self.error(
                f"e is not a function in {quoted(self.shown(token) + operand)}", f"Write exp{operand}.", token
            )
        if word == "pi" or (self.names is not None and word in self.names):
            message = f"{quoted(self.shown(token) + operand)} could be a call or a product"
            raise self.error(message, f"Write {self.shown(token)}*{operand} for a product.", token)
        repair = _OTHER_FUNCTIONS.get(word) or self._nearest(word, self.functions)
        if not repair and self.names is not None:
            repair = f"The functions are {', '.join(self.functions)}." if self.functions else "Write no functions here."
        message = f"{quoted(self.shown(token), 40)} is not a known function"
        raise self.error(message, repair or f"Write {self.shown(token)}*{operand} for a product.", token)

    def call(self, word: str, arguments: tuple[Formula, ...], first: Token, last: Token) -> Call:
        """A call with the right number of arguments."""
        name = self.function_named(word)
        if name is None:
            raise self.error(f"the function {word} is not known here", "Write the formula without it.", first)
        entry = self.functions[name]
        count = len(arguments)
        if count < entry.fewest or (entry.most is not None and count > entry.most):
            message = f"{name} takes {_how_many(entry)}, not {count}"
            raise FormulaError(message, self._arity_repair(word, entry, first, last), first.start, last.end)
        return Call(name, arguments)

    def _arity_repair(self, word: str, entry: FunctionEntry, first: Token, last: Token) -> str:
        inside = self.text[first.start : last.end]
        comma = re.search(r"[0-9],[0-9]", inside)
        if word == "log":
            return "Write ln(x)/ln(2) for the logarithm to base 2."
        if comma is not None:
            return f"Write a decimal point if {quoted(comma[0])} is one number."
        return f"Write {word}({', '.join('xyzuvw'[: max(1, min(entry.fewest, 6))])})."

    def refuse(self, token: Token, repair: str) -> FormulaError:
        """The error for a word that is no name; ``repair`` is how to mend a function that has no argument."""
        word, shown = token.text, quoted(self.shown(token), 40)
        if self.names is None or word not in self.names:
            if word == "e":
                return self.error("e is not a name here", "Write exp(1) for Euler's number.", token)
            if word.casefold() in _NOT_NUMBERS:
                return self.error(f"{shown} is not a number", "Write a finite number.", token)
        if self.function_named(word) is not None:
            return self.error(f"the function {shown} has no argument", repair, token)
        return self.unknown(token)

    def unknown(self, token: Token) -> FormulaError:
        """The error for a word that means nothing here."""
        return self.error(f"{quoted(self.shown(token), 40)} is not a known name", self.name_repair(token.text), token)

    def name_repair(self, word: str) -> str:
        """How to mend a word that means nothing here."""
        assert self.names is not None
        for split in range(1, len(word)):
            left, right = word[:split], word[split:]
            if right in self.names and self.function_named(left) is not None:
                return f"Write {left}({right})."
            if left in self.names and right in self.names:
                return f"Write {left}*{right}."
            if left in self.names and right.isdigit():
                return f"Write {left}*{right} or {left}^{right}."
        return self._nearest(word, chain(self.names, self.functions)) or self._known_names()

    def _nearest(self, word: str, candidates: Mapping[str, object] | Iterator[str]) -> str:
        near = nearest(word, candidates)
        return f"Did you mean {near}?" if near is not None else ""

    def _known_names(self) -> str:
        assert self.names is not None
        if not self.names:
            return "Write numbers and functions of numbers only."
        if len(self.names) > 8:
            return "Write one of the names of this problem."
        return f"The names here are {', '.join(sorted(self.names))}."

    def check_number(self, token: Token) -> None:
        """Refuse ``2e1`` where ``e1`` is a name, and ``2e-3`` where ``e`` is one: it could mean either."""
        scientific = _SCIENTIFIC.fullmatch(token.text)
        if scientific is None or self.names is None:
            return
        mantissa, letter, exponent = scientific.groups()
        signed = exponent[0] in "+-"
        if (letter if signed else f"{letter}{exponent}") in self.names:
            other = f"{mantissa}*{letter} {exponent[0]} {exponent[1:]}" if signed else f"{mantissa}*{letter}{exponent}"
            message = f"{quoted(token.text)} could be {mantissa}*10^{exponent} or {other}"
            raise self.error(message, "Write one of the two.", token)

    def shown(self, token: Token) -> str:
        """A token as it was typed."""
        return self.text[token.start : token.end]

    def error(self, message: str, repair: str, token: Token) -> FormulaError:
        """An error at one token."""
        return FormulaError(message, repair, token.start, token.end)


def _how_many(entry: FunctionEntry) -> str:
    few, most = entry.fewest, entry.most
    if most == few:
        return "no arguments" if few == 0 else f"{few} argument{'s' if few != 1 else ''}"
    if most is None:
        return f"at least {few} argument{'s' if few != 1 else ''}"
    return f"{few} to {most} arguments"
