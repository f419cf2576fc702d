"""The names of quantities inside a learner's text, found before the text is taken apart at ``/ ^`` and commas.

A name may hold signs that are operations elsewhere: ``dL/dw1_21``, ``w_12^(2)``, ``alpha_2,1``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Set

from ..model.formula import Formula, Name, quantity, replace
from ..model.vocabulary import FunctionEntry
from .characters import GREEK, SUBSCRIPTS, SUPERSCRIPTS, fold
from .formula_error import FormulaError, quoted
from .lexer import Token
from .words import Words

Resolve = Callable[[str], str | None]

_LETTERS = "A-Za-zŷℓ" + "".join(GREEK)
_WORD = f"{_LETTERS}0-9_{SUBSCRIPTS}"
_POWER = rf"\^[0-9]{{1,2}}(?![0-9.])|[{SUPERSCRIPTS}]{{1,2}}"
_LAYER = rf"\^\([0-9]{{1,2}}\)|\^\{{\(?[0-9]{{1,2}}\)?\}}|⁽[{SUPERSCRIPTS}]{{1,2}}⁾"
_INDEX = rf"_\{{[0-9]{{1,4}}(?:,[0-9]{{1,4}})?\}}|_[0-9]{{1,4}}(?:,[0-9]{{1,4}})?|[{SUBSCRIPTS}]+(?:,[{SUBSCRIPTS}]+)?"


def _name(mark: str) -> str:
    """The pattern of one name; the names of its groups end with ``mark``."""
    return (
        rf"[{_LETTERS}][{_WORD}]{{0,60}}(?![{_WORD}])(?P<stem{mark}>)"
        rf"(?:(?<=_)\{{[0-9]{{1,4}}(?:,[0-9]{{1,4}})?\}}|,[0-9]{{1,4}}(?![0-9.])|,[{SUBSCRIPTS}]{{1,4}})?(?P<pair{mark}>)"
        rf"(?:(?P<power{mark}>{_POWER})|{_LAYER})?(?P<above{mark}>)"
        rf"(?:{_INDEX})?(?P<below{mark}>)"
        rf"(?:@[0-9]{{1,6}})?(?P<whole{mark}>)"
    )


_NAME = re.compile(rf"(?:new[ ]+)?{_name('')}")
_DERIVATIVE = re.compile(rf"(?P<top>(?:d|∂[ ]*){_name('_top')})[ ]*/[ ]*(?:d|∂[ ]*){_name('')}")
_ENDS = ("whole", "below", "above", "pair", "stem")
_NUMBER_BEFORE = re.compile(r"\s*[+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?\s*\(?")
_TEXT_BEHIND = re.compile(r"[^-+*/^0-9]*")
_NUMBER_AFTER = re.compile(r"[\s.:]+[+-]?\.?[0-9]")
_OF_VECTORS = frozenset({"dot", "sum"})


class NameFinder:
    """Finds the quantities of a problem in one text; ``resolve`` turns a typed name into a plain one."""

    def __init__(self, text: str, functions: Mapping[str, FunctionEntry], resolve: Resolve) -> None:
        self.text = text
        self.folded = fold(text)
        self.functions = functions
        self.found: set[str] = set()
        self._resolve = resolve
        self._known: dict[str, str | None] = {}

    def plain(self, typed: str) -> str | None:
        """The plain name of what was typed, or None."""
        if typed not in self._known:
            self._known[typed] = self._resolve(typed)
        return self._known[typed]

    def at(self, place: int, refuse_unknown: bool = True) -> Token | None:
        """The quantity whose name begins at this place, as long as possible; None if none does.

        Raises FormulaError for what could be a name or a calculation, and for a derivative that is none here
        (unless ``refuse_unknown`` is false).
        """
        char = self.folded[place]
        if not (char.isalpha() or char == "∂"):
            return None
        derivative = _DERIVATIVE.match(self.folded, place)
        if derivative is not None:
            token = self._derivative(derivative, refuse_unknown)
            if token is not None:
                return token
        name = _NAME.match(self.folded, place)
        if name is None or self._is_called(name):
            return None
        return self._longest(name)

    def _derivative(self, match: re.Match[str], refuse_unknown: bool) -> Token | None:
        token = self._longest(match)
        top = self.plain(match["top"])
        if token is None:
            if top is None and refuse_unknown:
                raise self._no_derivative(match)
            return None
        bottom = re.sub(r"^.*/\s*", "", self.folded[match.start() : token.end])
        if top is not None and self.plain(bottom) is not None:
            typed = quoted(self.text[token.start : token.end], 60)
            message = f"{typed} could be a derivative or a quotient"
            raise FormulaError(message, f"Write ({top})/({bottom}) for the quotient.", token.start, token.end)
        return token

    def _no_derivative(self, match: re.Match[str]) -> FormulaError:
        typed = quoted(self.text[match.start() : match.end()], 60)
        of = re.sub(r"^(?:d|∂\s*)", "", match["top"])
        by = re.sub(r"^(?:d|∂\s*)", "", re.sub(r"^.*/\s*", "", match[0]))
        missing = by if self.plain(of) is not None else of
        repair = f"{quoted(missing, 40)} is no quantity here: write names as the solution shows them."
        return FormulaError(f"there is no derivative {typed}", repair, *match.span())

    def _is_called(self, name: re.Match[str]) -> bool:
        word = self.folded[name.start() : name.end("stem")]
        return word in self.functions and self.folded[name.end("stem") :].lstrip().startswith("(")

    def _longest(self, match: re.Match[str]) -> Token | None:
        ends = list(dict.fromkeys(match.end(group) for group in _ENDS))
        names = {end: self.plain(self.text[match.start() : end]) for end in ends}
        end = next((end for end in ends if names[end] is not None), None)
        if end is None:
            return None
        plain = names[end]
        assert plain is not None
        if match.re is _NAME:
            self._refuse_two_readings(match, end, names)
        self.found.add(plain)
        return Token("name", plain, match.start(), end)

    def _refuse_two_readings(self, match: re.Match[str], end: int, names: dict[int, str | None]) -> None:
        """Refuse ``a_1^2`` where it is a quantity (layer 2) and ``a_1`` is one too, so that it may be a square."""
        start, typed = match.start(), self.text[match.start() : end]
        shorter = [other for other, name in names.items() if other < end and name is not None]
        power = match["power"]
        if power and end >= match.end("power") and match.start("power") in shorter:
            base, above = self.text[start : match.start("power")], match["power"].lstrip("^")
            digits = above.translate({ord(raised): str(digit) for digit, raised in enumerate(SUPERSCRIPTS)})
            repair = f"Write ({base})^{digits} for the power, or {names[end]} for the quantity."
            raise FormulaError(f"{quoted(typed)} could be a power or the name of a quantity", repair, start, end)
        comma = typed.find(",")
        if comma > 0 and start + comma in shorter:
            repair = f"Write a space behind the comma, or {names[end]} for the quantity."
            raise FormulaError(f"{quoted(typed)} could be a name or two entries", repair, start, end)


class Quantities(Set[str]):
    """The names that mean something in one text.  They cannot be listed: only asked for."""

    def __init__(self, finder: NameFinder) -> None:
        self._finder = finder

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and (name in self._finder.found or self._finder.plain(name) is not None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._finder.found)

    def __len__(self) -> int:
        return len(self._finder.found)


class AnswerWords(Words):
    """The words of an answer: as in any formula, with quantities for names."""

    def __init__(self, finder: NameFinder) -> None:
        super().__init__(finder.text, finder.functions, Quantities(finder))
        self._finder = finder

    def is_called(self, token: Token, operand: str) -> bool:
        if token.text in _OF_VECTORS and not self.is_name(token):
            message = f"{token.text} works on whole vectors, and an answer is written entry by entry"
            raise self.error(message, "Write the products and sums out.", token)
        return super().is_called(token, operand)

    def check_number(self, token: Token) -> None:
        """A number that is all of the answer is one, even where its e is also the name of a quantity."""
        alone = not self.text[: token.start].strip(" \n\t(+-−") and not self.text[token.end :].strip(" \n\t)")
        if not (alone and token.text.lower().partition("e")[2].startswith(("+", "-"))):
            super().check_number(token)

    def unknown(self, token: Token) -> FormulaError:
        message = f"there is no quantity called {quoted(self.shown(token), 40)}"
        before, after = self.text[: token.start], self.text[token.end :]
        unit = _NUMBER_BEFORE.fullmatch(before) and _TEXT_BEHIND.fullmatch(after)
        if unit or (not before.strip() and _NUMBER_AFTER.match(after)):
            return self.error(message, "Write the value alone, without a unit or text.", token)
        return self.error(message, self.name_repair(token.text), token)

    def name_repair(self, word: str) -> str:
        for other in (word.lower(), word.upper()):
            if other != word and self._finder.plain(other) is not None:
                return f"Did you mean {other}?"
        stem = word.rstrip("0123456789")
        # Neither a multiple nor a power of the unit that delta stands for is meant by delta2.
        if stem != word and self._finder.plain(stem) not in (None, stem):
            return self._known_names()
        return super().name_repair(word)

    def _known_names(self) -> str:
        return "Write names as the solution shows them, or the value itself."


def in_plain_names(tree: Formula, finder: NameFinder) -> Formula:
    """The formula with every leaf by its plain name, and derivatives as derivatives."""

    def named(part: Formula) -> Formula | None:
        if not isinstance(part, Name):
            return None
        plain = part.name if part.name in finder.found else (finder.plain(part.name) or part.name)
        return quantity(plain)

    return replace(tree, named)
