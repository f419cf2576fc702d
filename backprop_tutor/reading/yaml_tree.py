"""YAML text as a tree of scalars, lists and mappings, each with its exact place.

One pass over the parser's events; nothing is constructed by the YAML library.  Scalars stay the text that
was written, so that ``on`` is a word and ``1e-3`` a number.  Anchors, aliases, tags, merge keys, keys that
stand twice and second documents are refused: a problem needs none of them, and they make small files explode.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

import yaml

from ..model.problem import Span
from .findings import BYTE_ORDER_MARK, LINE_BREAK, Findings, clean_line, shown
from .tree import Entry, Items, Mapping, Node, Scalar, cut_at_commas, is_nothing
from .yaml_errors import explain

DEPTH = 32
NODES = 50_000
CHARACTERS = 1 << 20
MOST_PARTS = 20
"""A formula that was cut at its commas is looked for this far."""

_UNREADABLE = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Stop(Exception):  # noqa: N818
    """The finding that was just noted ends the reading."""


def read_tree(text: str, source: str, findings: Findings) -> Node | None:
    """The tree of a YAML text; None when the text cannot be read to its end.  Everything wrong is noted."""
    text = text.removeprefix(BYTE_ORDER_MARK)
    try:
        return _Walk(text, source, findings).document()
    except _Stop:
        return None
    except yaml.YAMLError as error:
        message, repair, line, column = explain(error, LINE_BREAK.split(text))
        # What follows an alias or anchor that should have been in quotes is no second mistake.
        if not findings.on_line(line + 1):
            findings.add(message, Span(source, line + 1, column + 1, column + 2), repair)
        return None


class _Walk:
    """The state of one pass over the events."""

    def __init__(self, text: str, source: str, findings: Findings) -> None:
        self.lines = LINE_BREAK.split(text)
        self.source = source
        self.findings = findings
        self.nodes = 0
        if len(text) > CHARACTERS:
            self.stop(
                "the file is larger than 1 MiB", Span(source, 1, 1, 2), "A problem file is a page or two of text."
            )
        self.refuse_unreadable(text)
        self.events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)

    def stop(self, message: str, where: Span, repair: str) -> None:
        self.findings.add(message, where, repair)
        raise _Stop

    def refuse_unreadable(self, text: str) -> None:
        found = _UNREADABLE.search(text)
        if found:
            before = LINE_BREAK.split(text[: found.start()])
            column = len(before[-1]) + 1
            self.stop(
                f"character U+{ord(found.group()):04X} is not allowed in a file",
                Span(self.source, len(before), column, column + 1),
                "Delete it; it is invisible, and often comes along when text is copied from a web page or a PDF.",
            )

    def document(self) -> Node | None:
        tree: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if tree is not None:
                    self.stop("a second document starts here", self.span(event), "Keep one problem in one file.")
                tree = self.node(next(self.events), 1, flow=False)
        return tree

    def span(self, start: yaml.Event, end: yaml.Event | None = None) -> Span:
        """The place of an event, or from one event to another, as far as it reaches on its first line."""
        row, column, *_ = _marks(start)
        _, _, last_row, last = _marks(end or start)
        if row >= len(self.lines):
            # The parser may place what is missing at the end of the file on a line that does not exist.
            row = len(self.lines) - 1
            column = last = len(self.lines[row])
        elif last_row != row:
            last = len(self.lines[row].rstrip())
        return Span(self.source, row + 1, column + 1, max(last, column + 1) + 1)

    def node(self, event: yaml.Event, depth: int, flow: bool) -> Node:
        self.nodes += 1
        if self.nodes > NODES:
            self.stop(f"the file has more than {NODES:,} values", self.span(event), "Use a smaller problem.")
        if depth > DEPTH:
            self.stop(f"lists and mappings are nested more than {DEPTH} deep", self.span(event), "Close some brackets.")
        if isinstance(event, yaml.AliasEvent):
            return self.refused(
                event,
                f"'*{event.anchor}' is an alias in YAML, which problem files do not use",
                "Write the value itself",
            )
        assert isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent)
        marked = self.markers(event)
        if isinstance(event, yaml.ScalarEvent):
            return marked or self.scalar(event, flow)
        flow = flow or bool(event.flow_style)
        whole: Node
        if isinstance(event, yaml.SequenceStartEvent):
            whole = self.items(event, depth, flow)
        else:
            whole = self.mapping(event, depth, flow)
        return marked or whole

    def refused(self, event: yaml.Event, message: str, repair: str) -> Scalar:
        where = self.span(event)
        self.findings.add(message, where, f'{repair}, or, if it is part of a formula or text, quote it: "...".')
        return Scalar("", where, refused=True)

    def markers(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> Scalar | None:
        if event.anchor is not None:
            return self.refused(
                event, f"'&{event.anchor}' is an anchor in YAML, which problem files do not use", "Delete it"
            )
        if event.tag is not None:
            tag = shown(event.tag.replace("tag:yaml.org,2002:", "!!"))
            return self.refused(event, f"{tag} is a tag in YAML, which problem files do not use", "Delete it")
        return None

    def scalar(self, event: yaml.ScalarEvent, flow: bool) -> Scalar:
        plain = not event.style
        row, column, last_row, last = _marks(event)
        in_step = row == last_row < len(self.lines) and last - column == len(event.value) + (0 if plain else 2)
        first = column + (1 if plain else 2) if in_step else 0
        commented = plain and in_step and self.lines[row][last:].lstrip().startswith("#")
        return Scalar(event.value, self.span(event), plain, flow, first, commented)

    def items(self, start: yaml.Event, depth: int, flow: bool) -> Items:
        found: list[Node] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            found.append(self.node(event, depth + 1, flow))
        whole: list[Node] = []
        position = 0
        while position < len(found):
            parts = cut_at_commas(found[position : position + MOST_PARTS])
            whole.append(self.joined(parts))
            position += len(parts)
        return Items(tuple(whole), self.span(start, event))

    def mapping(self, start: yaml.Event, depth: int, flow: bool) -> Mapping:
        pairs: list[tuple[Node, Node]] = []
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.node(event, depth + 1, flow)
            pairs.append((key, self.node(next(self.events), depth + 1, flow)))
        found: dict[str, Entry] = {}
        complete = True
        position = 0
        while position < len(pairs):
            key, value = pairs[position]
            # The rest of a formula that was cut at its commas looks like keys without a value.
            rest = takewhile(lambda pair: is_nothing(pair[1]), pairs[position + 1 : position + MOST_PARTS])
            parts = cut_at_commas([value, *(key for key, _ in rest)])
            position += len(parts)
            if not isinstance(key, Scalar):
                self.findings.add("a key must be one word, not a list or mapping", key.where, "Give it a name.")
            elif self.usable(key, found):
                found[key.text] = Entry(key, self.joined(parts))
                continue
            complete = False
        return Mapping(tuple(found.values()), self.span(start, event), complete)

    def joined(self, parts: list[Node]) -> Node:
        first, last = parts[0], parts[-1]
        if len(parts) == 1:
            return first
        where = first.where
        if last.where.line == where.line:
            where = Span(where.source, where.line, where.column, last.where.end)
        whole = ", ".join(part.text for part in parts if isinstance(part, Scalar))
        message = "inside [ ] and { } a comma ends the value, which cuts this formula"
        self.findings.add(message, where, f'Quote it: "{clean_line(whole)[:80]}".')
        return Scalar("", where, refused=True)

    def usable(self, key: Scalar, found: dict[str, Entry]) -> bool:
        if key.refused:
            return False
        if key.plain and key.text == "<<":
            self.findings.add(
                "'<<' merges mappings in YAML, which problem files do not use", key.where, "Write the keys out."
            )
            return False
        if key.text in found:
            first = found[key.text].key.where
            self.findings.add(
                f"{shown(key.text)} stands here for the second time; the first is at line {first.line}, "
                f"column {first.column}",
                key.where,
                "Remove one of the two, or rename it.",
            )
            return False
        return True


def _marks(event: yaml.Event) -> tuple[int, int, int, int]:
    """Row and column, counted from 0, of the event's start and end."""
    start, end = event.start_mark, event.end_mark
    assert start is not None
    assert end is not None
    return start.line, start.column, end.line, end.column
