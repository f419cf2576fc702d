"""``problems``: the list of what is bundled, read from the heads of the files alone, and what was done of it."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from ..errors import TutorError
from . import screen
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
    matching = [head for head in heads() if _matches(head, topic)]
    if not matching:
        print(f"No bundled problem matches {shown(topic)}.", file=sys.stderr)
        return
    width = max(len(head.name) for head in matching)
    done = _done()
    previous = ""
    for head in matching:
        if head.topic != previous:
            print(f"{'' if not previous else chr(10)}{head.topic}")
            previous = head.topic
        print(f"  {head.name.ljust(width)}  {head.title}")
        print(f"  {' ' * width}  {', '.join(dict.fromkeys(part for part in head.words if part))}")
        if head.name in done:
            print(f"  {' ' * width}  {done[head.name]}")
    print(f"\n{len(matching)} problems. Next: backprop-tutor show NAME, backprop-tutor solve NAME")


def heads() -> list[Head]:
    """The heads of all bundled problems."""
    return [_head(path) for path in bundled().values()]


def _done() -> dict[str, str]:
    """What the learner has done of each problem, in words; nothing is imported where nothing is kept."""
    from .store import Store

    store = Store()
    try:
        sittings = store.sittings()
        records = store.records() if sittings else ()
    except TutorError as error:
        screen.complain(str(error))
        return {}
    if not sittings:
        return {}
    from ..quiz.undertakings import undertakings
    from ..writers.progress import best
    from .progressing import command, is_whole

    said = {}
    for each in undertakings(sittings, records, is_whole):
        parts = [f"done: {best(each)}"] if each.done else []
        parts += [f"begun: {command(each)} goes on"] if each.begun else []
        if parts:
            said[each.problem] = "; ".join(parts)
    return said


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
