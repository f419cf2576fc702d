"""How a question of the author's own is answered: choices, a number, a count, a symbol, an order, key points."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..model.question import Choice, QuestionKind
from .findings import clean_line, nearest, shown
from .formula_error import FormulaError
from .numbers import read_number
from .reader import Fields, Reader, suggest
from .tree import Entry, Items, Mapping, Node, Scalar, is_nothing

MOST_ENTRIES = 9
"""As many as can be chosen by one digit."""
LONGEST_ENTRY = 300
LONGEST_WHY = 800
LONGEST_NAME = 64

COUNTED = ("weights", "biases", "parameters", "units", "paths")
PATHS_FROM = "paths from "

KINDS = {
    "choices": QuestionKind.CHOICE,
    "number": QuestionKind.NUMBER,
    "count": QuestionKind.COUNT,
    "symbol": QuestionKind.SYMBOL,
    "order": QuestionKind.ORDER,
    "key_points": QuestionKind.POINTS,
    "free": QuestionKind.FREE,
}
"""The key that says how a question is answered, and what it says."""

_OF_A_CHOICE = ("right", "wrong", "why")
_COLON = "Put it in quotes: a colon before a space, or a bracket, means something in YAML."
_QUOTES = "In braces a comma ends a text: put the text in quotes."
_CHOICES = "[{right: The first., why: Because.}, The second.]"


class QuestionAnswer:
    """What stands under the key that says how a question is answered."""

    def __init__(self, reader: Reader, node: Node) -> None:
        self.reader, self.node = reader, node
        self.choices: tuple[Choice, ...] = ()
        self.points: tuple[str, ...] = ()
        self.text = ""

    def read(self, key: str) -> bool:
        """Read it; whether it can be used."""
        match KINDS[key]:
            case QuestionKind.CHOICE:
                return self._read_choices()
            case QuestionKind.ORDER:
                steps = self._texts("order", 3, "a step", "[weighted sum, activation, next layer]")
                self.choices = tuple(Choice(step, True) for step in steps or ())
                return steps is not None
            case QuestionKind.POINTS:
                points = self._texts("key_points", 1, "a key point", "[It is local., It goes backward.]")
                self.points = points or ()
                return points is not None
            case QuestionKind.NUMBER:
                return self._read_number()
            case QuestionKind.COUNT:
                return self._read_count()
            case QuestionKind.SYMBOL:
                self.text = read_name(self.reader, self.node, "symbol")
                return bool(self.text)
        return self._read_free()

    def _read_choices(self) -> bool:
        items = self._items("choices", 2, _CHOICES)
        if items is None:
            return False
        read = [self._choice(item) for item in items]
        choices = [choice for choice in read if choice is not None]
        if len(choices) < len(read) or not self._differ([choice.text for choice in choices], items, "choice"):
            return False
        if not any(choice.right for choice in choices):
            self.reader.add("no choice is right", self.node.where, "Write it as {right: text}.")
            return False
        self.choices = tuple(choices)
        return True

    def _choice(self, node: Node) -> Choice | None:
        if not isinstance(node, Mapping):
            text = read_text(self.reader, node, "a choice", LONGEST_ENTRY)
            return None if text is None else Choice(text)
        entries = self.reader.entries(node, "a choice", "{wrong: text, why: reason}")
        if entries is None:
            return None
        if len(entries) == 1 and not nearest(entries[0].key.text, _OF_A_CHOICE) and not is_nothing(entries[0].value):
            self.reader.add("a choice is text, and this is a key with a value", node.where, _COLON)
            return None
        fields = known_texts(self.reader, entries, "a choice", _OF_A_CHOICE)
        if ("right" in fields) == ("wrong" in fields):
            repair = "Write one of right and wrong: {right: text} or {wrong: text, why: reason}."
            said = "is right and wrong" if "right" in fields else "is neither right nor wrong"
            if len(fields) == len(entries):
                self.reader.add(f"a choice {said}", node.where, repair)
            return None
        key = "right" if "right" in fields else "wrong"
        text = read_text(self.reader, fields[key].value, f"the {key} choice", LONGEST_ENTRY)
        why = read_optional(self.reader, fields, "why")
        return None if text is None else Choice(text, key == "right", why)

    def _texts(self, what: str, fewest: int, each: str, example: str) -> tuple[str, ...] | None:
        items = self._items(what, fewest, example)
        if items is None:
            return None
        read = [read_text(self.reader, item, each, LONGEST_ENTRY) for item in items]
        texts = tuple(text for text in read if text is not None)
        usable = len(texts) == len(read) and self._differ(texts, items, each.split(" ", 1)[1])
        return texts if usable else None

    def _items(self, what: str, fewest: int, example: str) -> tuple[Node, ...] | None:
        items = self.reader.items(self.node, what, example)
        if items is None:
            return None
        if not fewest <= len(items) <= MOST_ENTRIES:
            entries = "1 entry" if len(items) == 1 else f"{len(items)} entries"
            self.reader.add(f"{what} has {entries}", self.node.where, f"Write from {fewest} to {MOST_ENTRIES}.")
            return None
        return items

    def _differ(self, texts: Sequence[str], items: Sequence[Node], noun: str) -> bool:
        """Whether no two of the texts say the same."""
        # Case, and a point at the end, make no other answer.
        folded = [text.casefold().rstrip(" .!") for text in texts]
        for position, text in enumerate(folded):
            if text in folded[:position]:
                message = f"{shown(texts[position])} stands here twice"
                self.reader.add(message, items[position].where, f"Give every {noun} a text of its own.")
                return False
        return True

    def _read_number(self) -> bool:
        scalar = self.reader.scalar(self.node, "number", "17")
        if scalar is None:
            return False
        try:
            read_number(scalar.text)
        except FormulaError as error:
            self.reader.formula_error(error, scalar)
            return False
        self.text = clean_line(scalar.text)
        return True

    def _read_count(self) -> bool:
        scalar = self.reader.scalar(self.node, "count", "weights")
        if scalar is None:
            return False
        text = clean_line(scalar.text)
        if (text.startswith(PATHS_FROM) and len(text) <= len(PATHS_FROM) + LONGEST_NAME) or text in COUNTED:
            self.text = text
        else:
            repair = suggest(text, (*COUNTED, f"{PATHS_FROM}x1"))
            self.reader.add(f"count: {shown(text)} cannot be counted", scalar.where, repair)
        return bool(self.text)

    def _read_free(self) -> bool:
        flag = self.reader.flag(self.node, "free")
        if flag is False:
            self.reader.add("free is false", self.node.where, "Leave it out, and say how the question is answered.")
        return bool(flag)


def read_name(reader: Reader, node: Node, what: str) -> str:
    """The name of a quantity as it was typed, or an empty text after a finding."""
    scalar = reader.scalar(node, what, "z1_2")
    if scalar is None:
        return ""
    if len(scalar.text) > LONGEST_NAME or scalar.text != clean_line(scalar.text):
        reader.add(f"{shown(scalar.text)} is no name of a quantity", scalar.where, "Write one such as dL/dw1_21.")
        return ""
    return scalar.text


def read_text(reader: Reader, node: Node, what: str, most: int) -> str | None:
    """A text on one line with something in it, or None after a finding."""
    if isinstance(node, Scalar) and node.refused:
        return None
    if not isinstance(node, Scalar):
        kind = "a list" if isinstance(node, Items) else "a mapping"
        reader.add(f"{what} must be text, not {kind}", node.where, _COLON)
        return None
    text = "" if node.empty else clean_line(node.text)
    if not text:
        reader.add(f"{what} is empty", node.where, "Write something there.")
        return None
    if len(text) > most:
        reader.add(f"{what} has {len(text)} characters", node.where, f"Write at most {most}.")
        return None
    return text


def read_optional(reader: Reader, fields: Fields, key: str) -> str:
    """The text under a key that may be left out; empty without one."""
    return (read_text(reader, fields[key].value, key, LONGEST_WHY) or "") if key in fields else ""


def known_texts(reader: Reader, entries: Sequence[Entry], what: str, allowed: Collection[str]) -> Fields:
    """The entries by key, as ``Reader.known`` gives them.

    A key without a value inside braces is the rest of a text that a comma cut in two: ``{ask: Well, why?, …}``.
    """
    kept = []
    for entry in entries:
        key = entry.key
        if key.flow and key.plain and key.text not in allowed and is_nothing(entry.value):
            reader.add(f"{what} has no key {shown(key.text)}", key.where, _QUOTES)
        else:
            kept.append(entry)
    return reader.known(kept, what, allowed)
