"""What stands at one place of a file: a number, a name, a text, a list, the keys of a mapping.

Every method takes a node of the located tree and what it is called in a sentence.  It gives the value, or None
after noting a finding; what was refused before is passed over in silence.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ..model.formula import Formula, Negative, Number, Quotient
from ..model.problem import Given, Span
from ..model.vocabulary import Vocabulary
from .findings import Findings, clean, clean_line, counted, listed, nearest, shown
from .formula_error import FormulaError
from .formulas import read_formula
from .names import normal_name
from .numbers import read_number
from .tree import Entry, Items, Mapping, Node, Scalar

Fields = dict[str, Entry]

NO_NUMBERS = frozenset({"true", "false", "none"})
"""Words that could be symbols, and hardly ever were meant as such."""

RESERVED_CONSTANTS = frozenset({"pi"})


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads values for one problem: the words that are known, and the findings so far."""

    vocabulary: Vocabulary
    findings: Findings

    def add(self, message: str, where: Span | None, repair: str = "") -> None:
        """Notes an error."""
        self.findings.add(message, where, repair)

    def scalar(self, node: Node, what: str, example: str) -> Scalar | None:
        """A single value: no list, no mapping, not nothing."""
        if isinstance(node, Scalar):
            if node.refused:
                return None
            if not node.empty:
                return node
            self.add(f"{what} is missing", node.where, f"Write a value, for example {example}.")
            return None
        kind = "a list" if isinstance(node, Items) else "a mapping"
        self.add(f"{what} must be a single value, not {kind}", node.where, f"For example {example}.")
        return None

    def items(self, node: Node, what: str, example: str) -> tuple[Node, ...] | None:
        """The entries of a list with at least one entry."""
        if isinstance(node, Items) and node.items:
            return node.items
        if not (isinstance(node, Scalar) and node.refused):
            said = "is an empty list" if isinstance(node, Items) else "must be a list"
            self.add(f"{what} {said}", node.where, f"For example {example}.")
        return None

    def entries(self, node: Node, what: str, example: str) -> tuple[Entry, ...] | None:
        """The entries of a mapping with at least one key."""
        if isinstance(node, Mapping) and node.entries:
            return node.entries
        if not (isinstance(node, Scalar) and node.refused):
            said = "is empty" if isinstance(node, Mapping) else "must be a mapping of keys and values"
            self.add(f"{what} {said}", node.where, f"For example {example}.")
        return None

    def fields(self, node: Node, what: str, allowed: Collection[str], example: str) -> Fields | None:
        """The entries of a mapping by key.  A key that is nearly right is noted and then taken for the right one."""
        entries = self.entries(node, what, example)
        return None if entries is None else self.known(entries, what, allowed)

    def known(self, entries: Sequence[Entry], what: str, allowed: Collection[str]) -> Fields:
        """The entries by key; see ``fields``."""
        found = {entry.key.text: entry for entry in entries if entry.key.text in allowed}
        for entry in entries:
            if entry.key.text in found:
                continue
            guess = nearest(entry.key.text, [key for key in allowed if key not in found])
            self.add(f"{what} has no key {shown(entry.key.text)}", entry.key.where, _key_repair(entry, guess, allowed))
            if guess:
                found[guess] = entry
        return found

    def given(self, node: Node, what: str, example: str = "0.5", names: Collection[str] | None = None) -> Given | None:
        """A number, a formula of constants, a symbol, or a formula of symbols (of ``names``, if given)."""
        scalar = self.scalar(node, what, example)
        return None if scalar is None else self.given_text(scalar, names)

    def given_text(self, scalar: Scalar, names: Collection[str] | None = None) -> Given | None:
        """The given that a scalar's text stands for."""
        if scalar.text.casefold() in NO_NUMBERS:
            self.add(f"{shown(scalar.text)} is not a number", scalar.where, "Write a number, a formula or a symbol.")
            return None
        try:
            return Given(read_given(scalar.text, self.vocabulary, names), clean_line(scalar.text), scalar.where)
        except FormulaError as error:
            self.formula_error(error, scalar)
            return None

    def formula(
        self, node: Node, what: str, names: Collection[str] | None, example: str, vectors: bool = False
    ) -> tuple[Formula, Scalar] | None:
        """A formula of the names (None: any names), with the scalar that it stands in."""
        scalar = self.scalar(node, what, example)
        if scalar is None:
            return None
        try:
            return read_formula(scalar.text, self.vocabulary.functions, names, vectors), scalar
        except FormulaError as error:
            self.formula_error(error, scalar)
            return None

    def formula_error(self, error: FormulaError, scalar: Scalar) -> None:
        """Notes what is wrong with a formula, at the characters at fault."""
        repair = error.repair
        if scalar.commented:
            repair = f'{repair} (From " #" on, the line is a comment.)'.strip()
        self.add(error.message, scalar.part(error.start, error.end), repair)

    def name(self, node: Node, what: str, example: str = "w1") -> tuple[str, Span] | None:
        """A name that an author may give: no function, no constant."""
        scalar = self.scalar(node, what, example)
        return None if scalar is None else self.own_name(scalar, what)

    def own_name(self, scalar: Scalar, what: str) -> tuple[str, Span] | None:
        """The plain form of a name, or None after a finding."""
        if scalar.refused:
            return None
        name = normal_name(scalar.text)
        if name is None:
            repair = "Start with a letter, then letters, digits and _, at most 32 in all: w1, x_a."
            if ":" in scalar.text and scalar.plain and scalar.flow:
                repair = "Put a space after the colon."
            self.add(f"{shown(scalar.text)} cannot be {what}", scalar.where, repair)
        elif name in self.vocabulary.functions or name in RESERVED_CONSTANTS:
            self.add(f"'{name}' is the name of a function or constant", scalar.where, "Choose another name.")
        else:
            return name, scalar.where
        return None

    def text(self, node: Node, what: str) -> str:
        """A text of any length, cleaned; empty when there is none."""
        if isinstance(node, Scalar):
            return "" if node.refused or node.empty else clean(node.text).strip()
        self.add(f"{what} must be text", node.where, f'Put it in quotes: {what}: "...".')
        return ""

    def flag(self, node: Node, what: str) -> bool | None:
        """``true`` or ``false``."""
        scalar = self.scalar(node, what, "true")
        if scalar is None:
            return None
        if scalar.text in {"true", "false"}:
            return scalar.text == "true"
        self.add(f"{what} is {shown(scalar.text)}", scalar.where, "Write true or false.")
        return None

    def count(self, node: Node, what: str, least: int, most: int) -> int | None:
        """A whole number from ``least`` to ``most``."""
        scalar = self.scalar(node, what, str(least + 1))
        if scalar is None:
            return None
        if scalar.text.isascii() and scalar.text.isdigit() and len(scalar.text) < 10:
            if least <= int(scalar.text) <= most:
                return int(scalar.text)
            self.add(f"{what} is {int(scalar.text)}", scalar.where, f"Choose a whole number from {least} to {most}.")
        else:
            self.add(f"{what} is {shown(scalar.text)}", scalar.where, f"Write a whole number from {least} to {most}.")
        return None

    def choice(self, node: Node, what: str, words: Collection[str]) -> str | None:
        """One of the words."""
        scalar = self.scalar(node, what, next(iter(words), ""))
        if scalar is None:
            return None
        if scalar.text in words:
            return scalar.text
        self.add(f"{what} {shown(scalar.text)} is not known", scalar.where, suggest(scalar.text, words))
        return None

    def texts(self, node: Node, what: str) -> tuple[str, ...]:
        """A list of short texts; a single one may stand without a list."""
        every = node.items if isinstance(node, Items) else (node,)
        return tuple(filter(None, (clean_line(self.text(item, what)) for item in every)))

    def missing(self, key: str, what: str, where: Span | None, example: str) -> None:
        """Notes a key that must stand in the file, and shows how."""
        self.add(f"{what} has no key '{key}'", where, f"Add, for example:\n  {example}")

    def not_yet(self, what: str, where: Span, instead: str = "Leave it out.") -> None:
        """Notes something that the format knows and this version does not, and what can be written instead."""
        self.add(f"{what} is not supported yet in this version", where, instead)

    def same_length(self, what: str, have: int, need: int, noun: str, because: str, where: Span) -> bool:
        """Whether a list has the length that something else asks for."""
        if have == need:
            return True
        change = counted(abs(need - have), noun)
        repair = f"Add {change}." if have < need else f"Remove {change}.{decimal_commas(have, need)}"
        self.add(f"{what} has {counted(have, noun)}, but {because}", where, repair)
        return False


def decimal_commas(have: int, need: int) -> str:
    """What to say of a list that is twice as long as it should be: [0,2, 0,4] may mean two numbers."""
    return " If these are decimal commas, write points: 0.2 instead of 0,2." if have == 2 * need else ""


def suggest(word: str, words: Collection[str]) -> str:
    """``Did you mean ...?``, or the words that are known."""
    guess = nearest(word, words)
    return f"Did you mean {guess}?" if guess else f"Known are {listed(words, 'and')}."


def _key_repair(entry: Entry, guess: str, allowed: Collection[str]) -> str:
    if entry.key.plain and entry.key.flow and ":" in entry.key.text:
        return "Put a space after the colon."
    return f"Did you mean {guess}?" if guess else f"Known keys are {listed(allowed, 'and', 25)}."


def read_given(text: str, vocabulary: Vocabulary, names: Collection[str] | None = None) -> Formula:
    """A number, a fraction, or a formula of constants and symbols.  Raises FormulaError.

    ``names`` are the symbols that may occur (an ``e`` among them is no Euler's number); None: any.
    """
    try:
        return read_number(text)
    except FormulaError as no_number:
        # Of the two refusals the formula's says more, but for a fraction that is none.
        tree = read_formula(text, vocabulary.functions, names)
        if isinstance(tree, Quotient) and isinstance(tree.denominator, Number) and tree.denominator.value == 0:
            raise no_number from None
    if isinstance(tree, Negative) and isinstance(tree.operand, Number):
        return Number(-tree.operand.value, f"-{tree.operand.written}")
    return tree
