"""A sheet in YAML: ``z1_1: 0.24``, one quantity a line, vectors and matrices as lists.

People who write answers are no programmers.  Where the file as a whole is no YAML, each line is read by
itself, and what stands behind a name is its answer as typed: whoever reads answers says best what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..model.problem import Finding, Span
from ..model.sheet import Written
from .findings import BYTE_ORDER_MARK, LINE_BREAK, Findings, TooManyFindings, shown
from .sheet_lines import EXAMPLE, Lines
from .tree import Items, Mapping, Node, Scalar
from .yaml_tree import read_tree

NO_NAME = "no name stands here with an answer"
NESTED = "Write one line for each quantity: its name, a colon and the answer."

_GAP = re.compile(r"[;\s]")
_SEPARATOR = re.compile("[:=：＝]")
_COMMENT = re.compile(r"(?:^|\s)#.*")
_PLAIN = re.compile(r"[ \t]*[\w.+(−-][\w.+*/^() \t×·−-]*")
"""An answer in which nothing can have a meaning in YAML."""
_OF_SHEETS = (
    ("A problem file is", "A sheet is"),
    ("which problem files do not use", "which sheets do not use"),
    ("Keep one problem in one file", "Keep one sheet in one file"),
    ("Use a smaller problem", "Write fewer answers"),
    ("after the end of the problem", "after the end of the sheet"),
)
"""The tree's reader speaks of problem files."""


def read(text: str, source: str, lines: Lines) -> None:
    """Notes every line of the sheet."""
    text = text.removeprefix(BYTE_ORDER_MARK)
    tree, findings = _tree(text, source)
    if tree is None and not findings:
        return
    rows = LINE_BREAK.split(text)
    start = next((row.strip() for row in rows if row.strip() and row.strip()[0] not in "#%-"), "")
    if start.startswith("{") or (isinstance(tree, Mapping | Items) and not findings):
        lines.take(findings)
        if tree is not None:
            _Notes(lines).whole(tree)
    else:
        _read_line_by_line(rows, source, lines)


def _tree(text: str, source: str) -> tuple[Node | None, tuple[Finding, ...]]:
    findings = Findings()
    try:
        tree = read_tree(text, source, findings)
    except TooManyFindings:
        tree = None
    return tree, tuple(map(_of_sheet, findings.in_order()))


def _of_sheet(finding: Finding) -> Finding:
    message, repair = finding.message, finding.repair
    for old, new in _OF_SHEETS:
        message, repair = message.replace(old, new), repair.replace(old, new)
    if "stands here for the second time" in message:
        repair = "The first one counts: remove one of the two."
    return replace(finding, message=message, repair=repair)


class _Notes:
    """Notes what stands in a tree; ``rows`` are the lines of the file above it."""

    def __init__(self, lines: Lines, rows: int = 0) -> None:
        self.lines = lines
        self.rows = rows

    def moved(self, where: Span) -> Span:
        return replace(where, line=where.line + self.rows)

    def whole(self, tree: Node) -> None:
        """A mapping, or a list of mappings."""
        if isinstance(tree, Mapping):
            self.entries(tree)
            return
        for item in tree.items if isinstance(tree, Items) else (tree,):
            typed = _typed(item.text) if isinstance(item, Scalar) else None
            if typed:
                self.lines.add(*typed, self.moved(item.where))
            elif isinstance(item, Mapping):
                self.entries(item)
            else:
                self.lines.find(NO_NAME, self.moved(item.where), EXAMPLE)

    def entries(self, tree: Mapping) -> None:
        for entry in tree.entries:
            name, where = entry.key.text, entry.key.where
            if isinstance(entry.value, Mapping):
                if name.strip().casefold() == "answers":
                    self.entries(entry.value)
                else:
                    message = f"names stand below {shown(name)}, where its answer is expected"
                    self.lines.find(message, self.moved(where), NESTED)
                continue
            value = self.written(entry.value)
            if value is not None:
                end = entry.value.where.end if entry.value.where.line == where.line else 0
                self.lines.add(name, value, self.moved(replace(where, end=max(end, where.end))))

    def written(self, node: Node) -> Written | None:
        """What stands beside a name; None where that was found wrong already."""
        if isinstance(node, Scalar):
            return None if node.refused else "" if node.empty else node.text
        if isinstance(node, Mapping):
            message = "names stand inside a list, where answers are expected"
            self.lines.find(message, self.moved(node.where), NESTED)
            return None
        only = node.items[0] if len(node.items) == 1 else None
        # [1 2; 3 4] is a matrix on paper, and a list of one text in YAML.
        if isinstance(only, Scalar) and only.plain and only.flow and len(_GAP.split(only.text, 1)) > 1:
            return f"[{only.text}]"
        cells = []
        for item in node.items:
            cell = self.written(item)
            if cell is None:
                return None
            cells.append(cell)
        return tuple(cells)


def _read_line_by_line(rows: list[str], source: str, lines: Lines) -> None:
    for above, block in _blocks(rows):
        line = block[0].rstrip()
        where = Span(source, above + 1, len(line) - len(line.lstrip()) + 1, len(line) + 1)
        typed = _typed(line)
        if typed and len(block) == 1 and _PLAIN.fullmatch(typed[1]):
            lines.add(*typed, where)
            continue
        tree, findings = _tree("\n".join(block), source)
        notes = _Notes(lines, above)
        if isinstance(tree, Mapping | Items) and not findings:
            notes.whole(tree)
        elif typed is None:
            lines.find(NO_NAME, where, EXAMPLE)
        elif len(block) == 1:
            lines.add(*typed, where)
        else:
            for finding in findings:
                lines.find(finding.message, finding.where and notes.moved(finding.where), finding.repair)


def _typed(line: str) -> tuple[str, str] | None:
    """Name and answer as people type them: with an equals sign, or without a space behind the colon."""
    separator = _SEPARATOR.search(line)
    name = line[: separator.start()].strip() if separator else ""
    return (name, _COMMENT.sub("", line[separator.end() :])) if separator and name else None


def _blocks(rows: list[str]) -> Iterator[tuple[int, list[str]]]:
    """A name's line with what is indented (or listed) below it, and the number of lines above."""
    block: list[str] = []
    start = opened = 0
    margin = next((_indent(row) for row in rows if row.strip() and row.lstrip()[0] != "#"), 0)
    for number, row in enumerate(rows):
        if not row.strip() or row.lstrip().startswith("#") or re.fullmatch(r"(?:---|\.\.\.)\s*", row):
            continue
        # A bracket that is never closed must not swallow the names below it.
        inside = opened > 0 and not _typed(row)
        belongs = block and (inside or _indent(row) > margin or re.match(r"\s*-(?:\s|$)", row))
        if not belongs:
            if block:
                yield start, block
            block, start, opened = [], number, 0
        block.extend([""] * (number - start - len(block)))
        block.append(row)
        opened += sum(row.count(mark) for mark in "[{") - sum(row.count(mark) for mark in "]}")
    if block:
        yield start, block


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip())
