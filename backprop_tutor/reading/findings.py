"""Findings about a file: collecting them, naming the nearest right word, and showing them with a caret.

Everything an author wrote passes through ``clean`` or ``shown`` before it stands in a sentence of ours.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable

from ..model.problem import Finding, Span

COLLECTED = 100
"""A file with more findings than this is given up: nobody reads them, and each costs time."""

SHOWN = 25
"""How many findings are printed; the rest are counted."""

WINDOW = 72
"""Cells of the author's line that are shown around the caret."""

LINE_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
"""What ends a line in YAML, which decides how lines are counted."""

BYTE_ORDER_MARK = "\ufeff"
JOINERS = "\u200c\u200d"
_COMMON = {"a", "an", "the", "this", "that", "there", "it"}
STARTS = _COMMON | {"only", "no", "write", "type", "after", "between", "digits", "nothing", "something", "one", "two"}
"""Words with which a sentence begins; anything else may be a name."""
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


class TooManyFindings(Exception):  # noqa: N818 - it ends the reading, it is no error of its own
    """There are so many findings that reading on helps nobody."""


class Findings:
    """What was found so far in one file."""

    def __init__(self) -> None:
        self._found: list[Finding] = []

    def add(self, message: str, where: Span | None, repair: str = "") -> None:
        """Notes an error.  Raises ``TooManyFindings`` when there are enough of them."""
        self._found.append(Finding(message, where, repair))
        if len(self._found) >= COLLECTED:
            raise TooManyFindings

    def in_order(self) -> tuple[Finding, ...]:
        """All findings by place (those without one first), none of them twice."""
        return tuple(sorted(dict.fromkeys(self._found), key=_place))

    def on_line(self, line: int) -> bool:
        """Whether something was found on this line."""
        return any(finding.where is not None and finding.where.line == line for finding in self._found)

    def __bool__(self) -> bool:
        return bool(self._found)


def _place(finding: Finding) -> tuple[int, int]:
    return (finding.where.line, finding.where.column) if finding.where else (0, 0)


def hidden(character: str) -> bool:
    """Whether a character is invisible or steers the terminal: control, direction, half a surrogate pair."""
    return unicodedata.category(character) in HIDDEN and character not in JOINERS


def clean(text: str) -> str:
    """The text without control and direction characters; line breaks become plain ones and tabs stay."""
    lines = LINE_BREAK.split(text)
    return "\n".join("".join(c for c in line if c == "\t" or not hidden(c)) for line in lines)


def clean_line(text: str) -> str:
    """The cleaned text on one line, with single spaces."""
    return " ".join(clean(text).split())


def sentence(text: str) -> str:
    """What was found as a sentence, without its end: a name at the beginning keeps its small letter."""
    first, _, rest = text.partition(" ")
    is_name = first not in STARTS or (first == "a" and rest.startswith("is "))
    return text if is_name else f"{text[:1].upper()}{text[1:]}"


def shown(text: str, most: int = 40) -> str:
    """An author's words inside a sentence of ours: cleaned, in quotes, cut when long."""
    line = clean_line(text[: 4 * most])
    return f"'{line}'" if len(line) <= most else f"'{line[: most - 3]}...'"


def nearest(word: str, words: Iterable[str]) -> str:
    """The known word that is most like this one, or an empty string; case and separators do not count."""
    wanted = _folded(word[:64])
    known = {_folded(candidate): candidate for candidate in words if abs(len(candidate) - len(word)) <= 8}
    if wanted in known:
        return known[wanted]
    # Comparing is slow; a file with thousands of names gets its suggestions from the first thousand.
    close = difflib.get_close_matches(wanted, list(known)[:1000], n=1, cutoff=0.6)
    return known[close[0]] if close else ""


def _folded(word: str) -> str:
    return re.sub(r"[\s_-]", "", word).casefold()


def listed(words: Iterable[str], joint: str = "or", most: int = 15) -> str:
    """``a, b or c``; a long list is cut."""
    every = list(words)
    if len(every) > most:
        return ", ".join(every[:most]) + ", ..."
    return every[0] if len(every) == 1 else ", ".join(every[:-1]) + f" {joint} {every[-1]}" if every else ""


def counted(number: int, noun: str) -> str:
    """``1 row``, ``2 rows``; a noun in two words takes its plural in the last one."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def render(findings: Iterable[Finding], text: str) -> str:
    """The findings as plain text: ``file:line:column: message``, the line, a caret and the repair for each.

    ``text`` is the file's text.  The result holds no control characters but line breaks and the tabs that
    keep the caret below its place.
    """
    every = tuple(findings)
    lines = LINE_BREAK.split(text.removeprefix(BYTE_ORDER_MARK))
    blocks = [_block(finding, lines) for finding in every[:SHOWN]]
    if len(every) > SHOWN:
        blocks.append(f"... and {len(every) - SHOWN} more.")
    return "\n".join(blocks)


def _block(finding: Finding, lines: list[str]) -> str:
    message = ("warning: " if finding.severity == "warning" else "") + clean_line(finding.message)
    repair = [f"   {line}".rstrip() for line in clean(finding.repair).split("\n")] if finding.repair else []
    where = finding.where
    if where is None:
        return "\n".join([message, *repair])
    head = f"{clean_line(where.source)}:{where.line}:{where.column}: {message}"
    if not 1 <= where.line <= len(lines):
        return "\n".join([head, *repair])
    margin = f"{where.line:>5} | "
    line, below = _pointed(lines[where.line - 1], where.column - 1, where.end - 1)
    return "\n".join([head, (margin + line).rstrip(), " " * len(margin) + below, *repair])


def _pointed(line: str, start: int, end: int) -> tuple[str, str]:
    """The part of the line around ``start`` that fits the window, and the carets below it."""
    # Character by character, so that places stay what they are; a hidden character shows as a mark.
    characters = ["\ufffd" if hidden(c) and c != "\t" else c for c in line]
    start = min(max(start, 0), len(characters))
    end = min(max(end, start + 1), len(characters))
    first, last = _window(characters, start)
    before = ("..." if first else "") + "".join(characters[first:start])
    text = ("..." if first else "") + "".join(characters[first:last]) + ("..." if last < len(characters) else "")
    marked = sum(cells(c) for c in characters[start : min(end, last)])
    below = "".join("\t" if c == "\t" else " " * cells(c) for c in before)
    return text, below + "^" * max(marked, 1)


def _window(characters: list[str], start: int) -> tuple[int, int]:
    if sum(map(cells, characters)) <= WINDOW:
        return 0, len(characters)
    first = start
    room = WINDOW // 2
    while first > 0 and room > 0:
        first -= 1
        room -= cells(characters[first])
    last = first
    room = WINDOW
    while last < len(characters) and room > 0:
        room -= cells(characters[last])
        last += 1
    return first, last


def cells(character: str) -> int:
    """How many columns of a terminal a character takes: 0, 1 or 2."""
    if unicodedata.category(character) in {"Mn", "Me"} or character in JOINERS:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
