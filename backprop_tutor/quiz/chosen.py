"""Lines that are shown with numbers: their order, and which of them a learner's text means."""

from __future__ import annotations

import hashlib
import re

from ..reading.characters import fold
from ..reading.findings import shown

LONGEST = 200
_PART = re.compile(r"[0-9]+|[^\W\d_]+|[^\w\s]|_")
_DECIMAL = re.compile(r"(?<![.,\d])(?:\d*\.|0,)\d+(?![.,]?\d)")
_NEGATIVE = re.compile(r"\s*[-−]\s*\d")
_BETWEEN = frozenset(",;.:()[]&+>→-–/")
_JOINTS = frozenset({"and", "then"})


class UnreadableError(Exception):
    """What was typed is no answer of this kind: what is wrong, what to type instead, and where it stands."""

    def __init__(self, trouble: str, repair: str, place: tuple[int, int]) -> None:
        super().__init__(trouble)
        self.trouble, self.repair, self.place = trouble, repair, place


def shuffled(count: int, salt: str) -> tuple[int, ...]:
    """The positions from 0 in an order that the salt decides, on every machine and every Python the same."""

    def rank(position: int) -> bytes:
        return hashlib.sha256(f"{position}:{salt}".encode()).digest()

    return tuple(sorted(range(count), key=rank))


def out_of_order(count: int, salt: str) -> tuple[int, ...]:
    """The same, but never 0, 1, 2, …: there are at least two positions."""
    tries = (shuffled(count, f"{attempt}:{salt}") for attempt in range(1000))
    right = tuple(range(count))
    return next(order for order in tries if order != right)


def read_chosen(typed: str, count: int, *, every: bool = False, several: bool = True) -> tuple[int, ...]:
    """The numbers that were typed, in that order and each once: ``2``, ``1,3``, ``b``, ``(1) and (3)``.

    ``count`` is how many lines there are.  With ``every`` it is an order: each number must be there once, and
    ``312`` is one, too.  ``several`` says whether more than one may be wanted.  Raises UnreadableError.
    """
    if len(typed) > LONGEST:
        raise UnreadableError("this is too long for a choice", _repair(count, every, several), (0, LONGEST))
    if _NEGATIVE.match(typed):
        raise UnreadableError("this is a number, and no line", _repair(count, every, several), (0, len(typed)))
    found: list[int] = []
    folded = fold(typed)
    for part in _PART.finditer(folded):
        if part[0] in _BETWEEN or part[0].lower() in _JOINTS:
            continue
        numbers = _numbers(part, folded, count, every, several)
        twice = [number for number in numbers if number in found]
        if every and twice:
            raise UnreadableError(f"{twice[0]} stands here twice", _repair(count, every, several), part.span())
        found.extend(number for number in numbers if number not in found)
    whole = (0, max(len(typed), 1))
    if not found:
        raise UnreadableError("there is no number here yet", _repair(count, every, several), whole)
    if every and len(found) < count:
        missing = [str(number) for number in range(1, count + 1) if number not in found]
        trouble = f"{_listed(missing)} {'is' if len(missing) == 1 else 'are'} not there"
        raise UnreadableError(trouble, _repair(count, every, several), whole)
    return tuple(found)


def _numbers(part: re.Match[str], typed: str, count: int, every: bool, several: bool) -> list[int]:
    """The numbers of one word or number: usually one."""
    text = part[0].lower()
    spelled = [_number(char) for char in text]
    if len(text) == 1:
        numbers = spelled
    elif every and len(text) == count and set(spelled) == set(range(1, count + 1)):
        return spelled
    else:
        numbers = [int(text) if text.isdigit() and len(text) < 6 else -1]
    if not 1 <= numbers[0] <= count:
        # Of 0.1, nobody has typed a 0.
        whole = next((each for each in _DECIMAL.finditer(typed) if each.start() <= part.start() < each.end()), part)
        raise UnreadableError(f"there is no line {shown(whole[0])}", _repair(count, every, several), whole.span())
    return numbers


def _number(char: str) -> int:
    """``1`` and ``a`` are the first line."""
    if char.isascii() and char.isdigit():
        return int(char)
    return ord(char) - ord("a") + 1 if "a" <= char <= "z" else -1


def _repair(count: int, every: bool, several: bool) -> str:
    if every:
        return f"Type each number from 1 to {count} once, with spaces between them."
    more = "; several with spaces between them" if several else ""
    return f"Type the number of a line, 1 to {count}{more}." if count > 1 else "Type 1."


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
