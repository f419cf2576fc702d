"""A problem's statement in the terminal: its author's Markdown as plain text, paragraphs folded to the width."""

from __future__ import annotations

import re

from .lines import Line, Run, columns, fold

_ITEM = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)]) +")
_ALONE = re.compile(r" {0,3}(?:#{1,6} |[|>]|([-*_=])(?: *\1)+ *$)| {4,}")
_FENCE = re.compile(r" {0,3}(?:`{3,}|~{3,})")


def statement_lines(text: str, width: int) -> list[Line]:
    """The lines of a cleaned statement.

    Lines of one paragraph are joined as Markdown does; items of lists hang, and what has a layout of its own
    (headings, quotes, tables, code) keeps its lines.
    """
    lines: list[Line] = []
    open_text, hang, code = "", 0, False

    def close() -> None:
        nonlocal open_text
        if open_text:
            lines.extend(fold([Run(open_text[hang:])], width, (Run(open_text[:hang]),), (Run(" " * hang),)))
        open_text = ""

    for line in text.split("\n"):
        item = _ITEM.match(line)
        fence = _FENCE.match(line) is not None
        if code or fence or _ALONE.match(line):
            close()
            lines.extend(_kept(line, width))
            code ^= fence
        elif not line.strip():
            close()
            lines.extend([()] if lines and lines[-1] else [])
        elif item or not open_text:
            close()
            hang = columns(item[0]) if item and columns(item[0]) < width // 2 else 0
            open_text = line.rstrip() if item else line.strip()
        else:
            open_text += " " + line.strip()
    close()
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _kept(line: str, width: int) -> list[Line]:
    """A line with its spaces, in pieces where it is too long."""
    if columns(line) <= width:
        return [(Run(line.rstrip()),)]
    indent = min(len(line) - len(line.lstrip(" ")), width // 2)
    return fold([Run(line.strip())], width, (Run(" " * indent),), (Run(" " * indent),))
