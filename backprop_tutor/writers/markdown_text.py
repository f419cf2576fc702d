"""Strangers' text inside a line of Markdown: nothing that an author writes may change the page around it.

Emphasis and code are let through where an author's text is Markdown; whatever else Markdown, HTML or GitHub
would act on (tags, links, images, headings, mentions, formulas) is shown as it was typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LONGEST_LINE = 300
LONGEST_TEXT = 20_000

# No "$" and no "|" may stand in the page as themselves: GitHub pairs dollars, and splits table rows at bars,
# before it looks at backslashes.
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "$": "&#36;", "|": "&#124;"}
_ESCAPED = "\\`*_[]#~"
_JOINERS = "\u200c\u200d"
# GitHub links addresses and people wherever they stand, escaped or not; only code is left alone.  The lengths
# are bounded so that a long run of letters is not searched anew from each of them.
_LINKED = r"""(?:[a-z][a-z0-9+.-]{0,30}://|www\.)[^\s<>`]*[^\s<>`.,;:!?()\[\]'"*_~\\]|[\w.+-]{0,64}@[\w-][\w.-]*\b"""
_PLAIN_TOKEN = re.compile(rf"(?P<linked>{_LINKED})|(?P<mark>.)", re.IGNORECASE | re.DOTALL)
_MARKDOWN_TOKEN = re.compile(
    rf"\\(?P<escaped>[!-/:-@\[-`{{-~])|(?P<ticks>`+)|(?P<linked>{_LINKED})|(?P<mark>.)", re.IGNORECASE | re.DOTALL
)
_TICKS = re.compile(r"`+")
# Without any of these nothing in a text is escaped or linked; most sentences hold none.
_SPECIAL = re.compile(r"[<>&$|\\`*_\[\]#~@]|://|www\.", re.IGNORECASE)


def clean(text: str) -> str:
    """The text without control, bidirectional and invisible characters; every kind of line end is one newline."""
    if text.isascii() and text.isprintable():
        return text
    text = re.sub("\r\n?|[\u2028\u2029\v\f\x85]", "\n", text).replace("\t", "    ")
    return "".join(mark for mark in text if mark == "\n" or mark in _JOINERS or not _hidden(mark))


def _hidden(mark: str) -> bool:
    # From U+E0000 on there are only tags, selectors and private characters, in which text can be hidden.
    return unicodedata.category(mark).startswith("C") or mark >= "\U000e0000"


def one_line(text: str, longest: int = LONGEST_LINE) -> str:
    """The cleaned text on one line, cut where it is longer than a line of a page may be."""
    line = " ".join(clean(text).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def code(text: str) -> str:
    """The text as a code span, whatever backticks it holds; nothing for no text."""
    text = one_line(text)
    if not text:
        return ""
    fence = "`" * (1 + max((len(run) for run in _TICKS.findall(text)), default=0))
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def plain(text: str, longest: int = LONGEST_LINE) -> str:
    """A line or paragraph of its own that shows the text as it was typed, on one line."""
    return at_line_start(_as_typed(one_line(text, longest)))


def piece(text: str) -> str:
    """Part of a sentence, shown as it was typed; one space at each end stays."""
    cleaned = clean(text)
    before = " " if cleaned[:1].isspace() else ""
    after = " " if cleaned[-1:].isspace() and cleaned.strip() else ""
    return before + _as_typed(one_line(text, LONGEST_TEXT)) + after


def _as_typed(text: str) -> str:
    if _SPECIAL.search(text) is None:
        return text
    parts = []
    for token in _PLAIN_TOKEN.finditer(text):
        mark = token["mark"]
        parts.append(code(token["linked"]) if mark is None else _shown(mark, text, token.start()))
    return joined(parts)


def _shown(mark: str, text: str, at: int) -> str:
    if mark in _ENTITIES:
        return _ENTITIES[mark]
    # An underscore inside a word is no emphasis, and names are full of them.
    if mark == "_" and text[at - 1 : at].isalnum() and text[at + 1 : at + 2].isalnum():
        return mark
    return "\\" + mark if mark in _ESCAPED else mark


def paragraph(text: str) -> list[str]:
    """The lines of one paragraph of an author's Markdown: emphasis, code and escapes act, all else is shown."""
    return [at_line_start(line) for line in _inline(text).split("\n")]


def _inline(text: str) -> str:
    parts = []
    at = 0
    while token := _MARKDOWN_TOKEN.match(text, at):
        at = token.end()
        if ticks := token["ticks"]:
            closing = re.compile(f"(?<!`){ticks}(?!`)").search(text, at)
            held = code(text[at : closing.start()]) if closing else ""
            parts.append(held or "\\`" * len(ticks))
            at = closing.end() if closing and held else at
        elif linked := token["linked"]:
            parts.append(code(linked))
        elif escaped := token["escaped"]:
            parts.append(_ENTITIES.get(escaped, "\\" + escaped))
        else:
            mark = token["mark"]
            parts.append(_ENTITIES.get(mark, "\\" + mark if mark in "\\[]#" else mark))
    return joined(parts)


def joined(parts: Iterable[str]) -> str:
    """The parts in one string; two spans of code that would touch, and be read as one, get a space between them."""
    spaced: list[str] = []
    for part in parts:
        if part.startswith("`") and spaced and spaced[-1].endswith("`"):
            spaced.append(" ")
        if part:
            spaced.append(part)
    return "".join(spaced)


def at_line_start(line: str) -> str:
    """The line, with a backslash where its beginning would make it a list, a heading, a rule or a fence."""
    line = line.strip()
    if re.match(r"[-+=]|~~~|[*_](?:\s|$|[*_\s]+$)", line):
        return "\\" + line
    return re.sub(r"^(\d{1,9})([.)])(?=\s|$)", r"\1\\\2", line)


def row(cells: Iterable[str]) -> str:
    """A row of a table, of cells that are Markdown already; a bar in code would split it and gets a backslash."""
    lines = (" ".join(cell.split()).replace("|", "\\|") for cell in cells)
    return "|" + "".join(f" {line} |" if line else " |" for line in lines)


def slug(heading: str) -> str:
    """The anchor that GitHub gives a heading with this (unescaped) text: https://docs.github.com, section links.

    Lower case, spaces to hyphens, and nothing but letters, marks, digits, underscores and hyphens.
    """
    kept = (mark for mark in heading.strip().lower() if mark in " -" or _is_word(mark))
    return "".join(kept).replace(" ", "-")


def _is_word(mark: str) -> bool:
    category = unicodedata.category(mark)
    return category[0] in "LM" or category in ("Nd", "Pc")
