"""Lines for a terminal as plain data: runs of text with the name of a style, measured in columns, and folded."""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import NamedTuple


class Run(NamedTuple):
    """A piece of a line and the name of its style; the empty name is plain text."""

    text: str
    style: str = ""


Line = tuple[Run, ...]

GLUE = "\N{NO-BREAK SPACE}"
"""A space at which no line is broken; printed as a space."""

_ASCII = {
    "‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "…": "...", "·": "*", "×": "x",
    "≈": "~", "≤": "<=", "≥": ">=", "≠": "!=", "→": "->", "←": "<-", "⇒": "=>", "∂": "d", "√": "sqrt", "∞": "inf",
    "Σ": "Sum", "∑": "Sum", "∏": "Prod", "ℓ": "l", "′": "'", "″": "''", "½": "1/2", "•": "*", "ß": "ss", "±": "+/-",
    "÷": "/", "⁄": "/", "∕": "/", "⋅": "*", "∗": "*", "∙": "*", "⊙": "*", "≃": "~", "≅": "~", "↦": "|->", "⊤": "T",
    "«": '"', "»": '"', "„": '"', "‐": "-", "‑": "-", "‒": "-", "―": "-", "∇": "grad ", "∈": "in", "‖": "||",
}  # fmt: skip
_MARKS = {"\u0302": "hat", "\u0303": "tilde", "\u0304": "bar", "\u0305": "bar", "\u0307": "dot"}
"""What a sign over a symbol is called: ŷ and y are two quantities."""
_AFTER_OPERATOR = re.compile(r"(?<=(?<=[ (])[-+−·*/=≈~⊙×]) ")
_OPERATORS = "+-−·*/=≈~⊙×"
_LONGEST_GROUP = 36


def columns(text: str) -> int:
    """How many columns a terminal gives to the text: wide characters two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(map(_columns_of, text))


@lru_cache(maxsize=4096)
def _columns_of(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def length(line: Iterable[Run]) -> int:
    """The columns of a whole line."""
    return sum(columns(run.text) for run in line)


def clean(text: str, *, ascii: bool = False) -> str:
    """A stranger's text made harmless: line breaks stay, tabs become spaces, every other control goes.

    Controls are the categories C* and the line separators of Unicode: escape sequences, bidirectional
    overrides, zero-width characters, lone surrogates, private use.
    """
    if text.isprintable():
        return to_ascii(text) if ascii else text
    kept = []
    for character in text.replace("\r\n", "\n"):
        category = unicodedata.category(character)
        if character in "\n\r\v\f" or category in ("Zl", "Zp"):
            kept.append("\n")
        elif character == "\t" or category == "Zs":
            kept.append(" ")
        elif not category.startswith("C"):
            kept.append(character)
    cleaned = "".join(kept)
    return to_ascii(cleaned) if ascii else cleaned


_RAISED = re.compile("[⁰¹²³⁴-⁹⁺⁻⁽⁾ⁿⁱ]+")


_MARKED = re.compile(f"(?<![^\\W\\d_])([^\\W\\d_])([{''.join(_MARKS)}])(?![A-Za-z\u0300-\u036f])")


def to_ascii(text: str) -> str:
    """The text without any character outside ASCII; Greek letters become their names, and ŷ is yhat.

    In a word of another language the marks go: fête is fete.
    """
    if text.isascii():
        return text
    marked = _MARKED.sub(lambda found: found[1] + _MARKS[found[2]], unicodedata.normalize("NFD", text))
    raised = _RAISED.sub(lambda run: "^" + run[0], unicodedata.normalize("NFC", marked))
    return "".join(_ascii_of(character) for character in raised)


def _ascii_of(character: str) -> str:
    if character.isascii():
        return character
    if character in _ASCII:
        return _ASCII[character]
    name = unicodedata.name(character, "")
    if name.startswith("GREEK") and " LETTER " in name:
        letter = name.split(" LETTER ")[1].split(" WITH ")[0].removeprefix("FINAL ").lower().replace("lamda", "lambda")
        return letter.capitalize() if "CAPITAL" in name else letter
    parts = unicodedata.normalize("NFKD", character)
    if len(parts) == 1 and parts != character:
        return _ascii_of(parts)
    plain = "".join(part for part in parts if part.isascii())
    return plain or ("" if _columns_of(character) == 0 else "?")


def unbroken(text: str) -> str:
    """A name in one piece, such as that of a new value."""
    return text.replace(" ", GLUE)


def glue(formula: str) -> str:
    """A formula that is broken only before an operator or relation, and not inside short brackets."""
    characters = list(_AFTER_OPERATOR.sub(GLUE, formula))
    opened: list[int] = []
    for place, character in enumerate(characters):
        if character == "(":
            opened.append(place)
        elif character == ")" and opened:
            start = opened.pop()
            if place - start <= _LONGEST_GROUP:
                characters[start:place] = [GLUE if inside == " " else inside for inside in characters[start:place]]
    return "".join(characters)


def fold(runs: Iterable[Run], width: int, first: Sequence[Run] = (), rest: Sequence[Run] = ()) -> list[Line]:
    """Runs folded at spaces into lines of at most ``width`` columns; ``first`` and ``rest`` lead the lines.

    A word that is too long for a line is cut, after an operator where it has one; nothing is lost.
    """
    first, rest = (start if length(start) + 2 <= width else () for start in (first, rest))
    lines: list[list[Run]] = []
    current = list(first)
    start = used = length(current)

    def next_line() -> None:
        nonlocal current, start, used
        lines.append(current)
        current = list(rest)
        start = used = length(current)

    for word in _words(runs):
        size = length(word)
        gap = 1 if used > start else 0
        if used + gap + size > width and used > start:
            next_line()
            gap = 0
        if gap:
            current.append(Run(" "))
            used += 1
        while used + size > width:
            head = _cut(word, max(1, width - used))
            size -= length(head)
            if word and word[0].text.startswith(GLUE):
                word[0] = Run(word[0].text[1:], word[0].style)
                size -= 1
            current.extend(head)
            next_line()
        current.extend(word)
        used += size
    lines.append(current)
    return [tuple(Run(run.text.replace(GLUE, " "), run.style) for run in _joined(line)) for line in lines]


def _words(runs: Iterable[Run]) -> list[deque[Run]]:
    words: list[deque[Run]] = [deque()]
    for run in runs:
        for position, part in enumerate(run.text.replace("\n", " ").split(" ")):
            if position:
                words.append(deque())
            if part:
                words[-1].append(Run(part, run.style))
    return [word for word in words if word]


def _cut(word: deque[Run], width: int) -> list[Run]:
    """Take the beginning of a word off it, at most so many columns: the time does not grow with what is left."""
    end = used = 0
    for character in _characters(word):
        used += _columns_of(character)
        if end and used > width:
            break
        end += 1
    # To choose the place, the next two characters are looked at too.
    end = _good_end("".join(islice(_characters(word), end + 2)), end)
    head: list[Run] = []
    while end > 0 and word:
        run = word.popleft()
        head.append(Run(run.text[:end], run.style))
        if len(run.text) > end:
            word.appendleft(Run(run.text[end:], run.style))
        end -= len(run.text)
    return head


def _characters(word: Iterable[Run]) -> Iterable[str]:
    return chain.from_iterable(run.text for run in word)


def _good_end(text: str, end: int) -> int:
    """The best place up to ``end`` to cut a long word: before an operator, else behind a sign."""
    before = (place for place in range(end, end // 3, -1) if text[place : place + 1] == GLUE)
    found = next((place for place in before if text[place + 1 : place + 2] in _OPERATORS), 0)
    if not found:
        found = max(text.rfind(sign, 1, end) + 1 for sign in "·*/,⁾)")
    return found if found > end // 3 else end


def _joined(line: Iterable[Run]) -> list[Run]:
    joined: list[Run] = []
    for run in line:
        if joined and joined[-1].style == run.style:
            joined[-1] = Run(joined[-1].text + run.text, run.style)
        elif run.text:
            joined.append(run)
    return joined


def spread(left: Line, right: Line, width: int) -> Line | None:
    """Both on one line, the second at the right margin; None when they need more than ``width`` columns."""
    gap = width - length(left) - length(right)
    return (*left, Run(" " * gap), *right) if gap >= 2 else None


def pad(line: Line, width: int) -> Line:
    """The line with spaces up to ``width`` columns."""
    missing = width - length(line)
    return (*line, Run(" " * missing)) if missing > 0 else line


def trimmed(line: Line) -> Line:
    """The line without spaces at its end."""
    runs = list(line)
    while runs and not runs[-1].text.rstrip(" "):
        runs.pop()
    return (*runs[:-1], Run(runs[-1].text.rstrip(" "), runs[-1].style)) if runs else ()


def plain(lines: Iterable[Line]) -> str:
    """The lines as text, without styles and without spaces at the ends."""
    return "\n".join("".join(run.text for run in line).rstrip() for line in lines)
