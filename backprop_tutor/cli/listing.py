"""``problems``: the list of what is bundled, read from the heads of the files alone."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from .files import bundled, shown

_KEY = re.compile(r"^([a-z_]+):[ \t]*(.*)$")
_HEADS = ("title", "tags", "difficulty")


@dataclass(frozen=True, slots=True)
class Head:
    """What the list shows of a problem."""

    name: str
    topic: str
    title: str
    kind: str
    tags: str
    difficulty: str

    @property
    def words(self) -> tuple[str, ...]:
        """Kind, difficulty and tags."""
        return (self.kind, self.difficulty, *self.tags.split(", "))


def problems(topic: str) -> None:
    """Print the bundled problems, those that match ``topic`` if it is given."""
    heads = [head for head in map(_head, bundled().values()) if _matches(head, topic)]
    if not heads:
        print(f"No bundled problem matches {shown(topic)}.", file=sys.stderr)
        return
    width = max(len(head.name) for head in heads)
    previous = ""
    for head in heads:
        if head.topic != previous:
            print(f"{'' if not previous else chr(10)}{head.topic}")
            previous = head.topic
        print(f"  {head.name.ljust(width)}  {head.title}")
        print(f"  {' ' * width}  {', '.join(dict.fromkeys(part for part in head.words if part))}")
    print(f"\n{len(heads)} problems. Next: backprop-tutor show NAME, backprop-tutor solve NAME")


def _matches(head: Head, topic: str) -> bool:
    wanted = topic.lower()
    return any(wanted in part.lower() for part in (head.name, head.topic, head.title, head.tags, head.kind))


def _head(path: Path) -> Head:
    """The head of one of our own files: plain one-line values, as all bundled files have them (tested)."""
    found: dict[str, str] = {}
    kind = "network"
    for line in path.read_text(encoding="utf-8").splitlines():
        match = _KEY.match(line)
        if match is None:
            continue
        if match[1] in _HEADS:
            found[match[1]] = match[2].strip().strip("'\"[]")
        elif match[1] == "expressions":
            kind = "expressions"
    title, tags, difficulty = (found.get(key, "") for key in _HEADS)
    return Head(path.stem, path.parent.name, title, kind, tags.replace("'", "").replace('"', ""), difficulty)
