"""A problem's statement, which is its author's Markdown, made safe to stand in a page.

Blocks are let through by name: paragraphs, lists, quotes, rules, tables and code.  Headings become bold lines,
so that the outline of the page stays ours; code is always closed and never a formula or a drawing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .markdown_text import LONGEST_TEXT, clean, one_line, paragraph, plain, row

_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_RULE = re.compile(r" {0,3}([-*_])(?: *\1){2,} *$")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+) *$")
_HEADING = re.compile(r" {0,3}#{1,6}(?: +(.*?))??(?: +#+)? *$")
_QUOTE = re.compile(r" {0,3}> ?(.*)$")
_ITEM = re.compile(r"( *)([-*+]|(\d{1,9})[.)]) +(.*)$")
_DELIMITER = re.compile(r" {0,3}\|?(?: *:?-+:? *\|)+(?: *:?-+:? *)?$")


def statement(text: str) -> str:
    """The statement as Markdown in which nothing can disturb the page; it may be empty."""
    text = clean(text)
    cut = len(text) > LONGEST_TEXT
    reader = _Reader(text[:LONGEST_TEXT].split("\n"))
    reader.read()
    return reader.page() + ("\n\n…" if cut else "")


@dataclass
class _Reader:
    """Reads the lines once; ``blocks`` are pairs of kind and text, ``waiting`` the lines of an open paragraph."""

    lines: list[str]
    at: int = 0
    blocks: list[tuple[str, str]] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    kind: str = "paragraph"
    prefix: str = ""
    indents: list[int] = field(default_factory=list)

    def page(self) -> str:
        parts: list[str] = []
        before = ""
        for kind, block in self.blocks:
            if parts:
                parts.append("\n" if kind == before == "item" else "\n\n")
            parts.append(block)
            before = kind
        return "".join(parts)

    def read(self) -> None:
        while self.at < len(self.lines):
            line = self.lines[self.at].rstrip()
            self.at += 1
            self._take(line)
        self._close()

    def _take(self, line: str) -> None:
        if not line:
            self._close()
        elif fence := _FENCE.match(line):
            self._close()
            self._code(self._until_closed(fence[1]))
        elif self.waiting and self.kind == "paragraph" and _UNDERLINE.match(line):
            self._heading(" ".join(self.waiting))
        elif _RULE.match(line):
            self._add("rule", "---")
        elif heading := _HEADING.match(line):
            self._close()
            self._heading(heading[1] or "")
        elif quote := _QUOTE.match(line):
            self._quote(quote[1].strip())
        elif (item := _ITEM.match(line)) and self._may_start(item):
            self._item(item)
        elif not self.waiting and line.startswith("    ") and self._last() != "item":
            self._code([line[4:], *self._indented()])
        elif not self.waiting and "|" in line and self.at < len(self.lines) and self._is_table(line):
            self._table(line)
        else:
            self.waiting.append(line.strip())

    def _last(self) -> str:
        return self.blocks[-1][0] if self.blocks else ""

    def _add(self, kind: str, block: str) -> None:
        self._close()
        self.blocks.append((kind, block))

    def _close(self) -> None:
        if self.waiting:
            lines = paragraph("\n".join(self.waiting))
            after = "> " if self.kind == "quote" else " " * len(self.prefix)
            text = "\n".join((after if number else self.prefix) + line for number, line in enumerate(lines))
            self.blocks.append((self.kind, text))
        self.waiting, self.kind, self.prefix = [], "paragraph", ""

    def _heading(self, text: str) -> None:
        self.waiting = []
        if text.strip():
            self._add("heading", f"**{plain(text)}**")

    def _quote(self, text: str) -> None:
        if self.kind != "quote" or not text:
            self._close()
        if text:
            self.kind, self.prefix = "quote", "> "
            self.waiting.append(text)

    def _may_start(self, item: re.Match[str]) -> bool:
        """A number other than 1 inside a paragraph is a year or a sum, not a list."""
        return bool(item[4]) and (not self.waiting or self.kind == "item" or item[3] in (None, "1"))

    def _item(self, item: re.Match[str]) -> None:
        self._close()
        if self._last() != "item":
            self.indents = []
        indent = len(item[1])
        while len(self.indents) > 1 and indent < self.indents[-1]:
            self.indents.pop()
        if not self.indents or indent > self.indents[-1] + 1:
            self.indents.append(indent)
        marker = f"{item[3]}." if item[3] else "-"
        self.kind, self.prefix = "item", "    " * (len(self.indents) - 1) + marker + " "
        self.waiting.append(item[4])

    def _until_closed(self, fence: str) -> Iterator[str]:
        closing = re.compile(rf" {{0,3}}{re.escape(fence[0])}{{{len(fence)},}} *$")
        while self.at < len(self.lines):
            line = self.lines[self.at]
            self.at += 1
            if closing.match(line):
                return
            yield line

    def _indented(self) -> Iterator[str]:
        while self.at < len(self.lines) and (self.lines[self.at].startswith("    ") or not self.lines[self.at].strip()):
            yield self.lines[self.at][4:]
            self.at += 1

    def _code(self, lines: Iterator[str] | list[str]) -> None:
        body = "\n".join(line.rstrip() for line in lines).strip("\n")
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", body)), default=0))
        self._add("code", f"{fence}text\n{body}\n{fence}")

    def _is_table(self, line: str) -> bool:
        delimiter = self.lines[self.at]
        return bool(_DELIMITER.match(delimiter)) and len(_cells(line)) == len(_cells(delimiter))

    def _table(self, header: str) -> None:
        columns = len(_cells(header))
        rows = [_row(_cells(header)), "|" + " --- |" * columns]
        self.at += 1
        while self.at < len(self.lines) and "|" in self.lines[self.at]:
            cells = (_cells(self.lines[self.at]) + [""] * columns)[:columns]
            rows.append(_row(cells))
            self.at += 1
        self._add("table", "\n".join(rows))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]


def _row(cells: list[str]) -> str:
    return row([" ".join(paragraph(one_line(cell))) for cell in cells])
