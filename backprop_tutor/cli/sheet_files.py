"""Which files of a folder are sheets, which of them one machine marks, and what feedback files are called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from typing import TypeVar

from ..errors import TutorError
from .desk import OWN
from .files import is_there, shown_path

ENDINGS = frozenset({".yaml", ".yml", ".json", ".csv", ".tsv", ".md", ".markdown", ".txt"})
HEAD = 16_384
LONGEST_NAME = 120
MOST_PARTS = 1_000_000
MOST_LOOKED_AT = 2_000
"""So many files of a folder are compared with a mistyped name: comparing is slow."""

T = TypeVar("T")

_REPORT_IN_JSON = re.compile(r'\s*\{\s*"sheet":\s*"(?:[^"\\]|\\.)*",\s*"first_error":')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
"""Names that are devices on Windows, whatever their ending."""


@dataclass(frozen=True, slots=True)
class Shard:
    """Part ``part`` of ``parts``: sheets number part, part + parts, part + 2 · parts, …, counted from 1."""

    part: int = 1
    parts: int = 1

    @classmethod
    def read(cls, text: str | None) -> Shard:
        """The part that was typed: ``2/4``.  Raises TutorError."""
        if text is None:
            return cls()
        found = re.fullmatch(r"\s*(\d{1,7})\s*/\s*(\d{1,7})\s*", text, re.ASCII)
        if found is None or not 1 <= int(found[1]) <= int(found[2]) <= MOST_PARTS:
            raise TutorError("--shard takes part/parts, counted from 1: 1/4, 2/4, 3/4, 4/4.")
        return cls(int(found[1]), int(found[2]))

    def of(self, every: Sequence[T]) -> list[T]:
        """This part of the whole."""
        return list(every[self.part - 1 :: self.parts])


def sheets_in(folder: Path, others: Iterable[str] = ()) -> tuple[list[tuple[str, Path]], int]:
    """The sheets of a folder, by name: what to call each, and its path; and how many files beside them are no sheets.

    Where no sheet stands in the folder itself, those of the folders in it are taken, which is how learning
    platforms hand sheets out: one folder a learner.  Hidden files are left out, reports of ours, and ``others``; and
    links, which would hand in somebody else's file, or show one of the machine's in the feedback.
    Raises TutorError for a folder that cannot be read.
    """
    away = {_resolved(Path(other)) for other in others if other not in {"", "-"}}
    try:
        entries = sorted(folder.iterdir(), key=lambda path: path.name)
        found = [path for path in entries if _is_sheet(path, away)]
        if not found:
            inside = [path for path in entries if _is_folder(path)]
            entries = [path for each in inside for path in sorted(each.iterdir(), key=lambda path: path.name)]
            found = [path for path in entries if _is_sheet(path, away)]
        ignored = sum(_is_foreign(path, away) for path in entries if path not in set(found))
    except OSError as error:
        raise TutorError(f"The folder {shown_path(folder)} cannot be read: {error.strerror}.") from error
    return [(path.relative_to(folder).as_posix(), path) for path in found], ignored


def nearest_files(path: Path, most: int = 2) -> list[Path]:
    """The sheets and folders beside a path that does not exist whose names are most like its name."""
    try:
        beside = [each for each in islice(path.parent.iterdir(), MOST_LOOKED_AT) if not each.name.startswith(".")]
    except (OSError, ValueError):
        return []
    names = {each.name: each for each in sorted(beside) if each.suffix.lower() in ENDINGS or not each.suffix}
    by_stem = [each for each in names.values() if path.name and each.stem == path.stem]
    near = [names[name] for name in get_close_matches(path.name[:LONGEST_NAME], names, most)]
    return list(dict.fromkeys([*by_stem, *near]))[:most]


def _is_sheet(path: Path, away: set[Path]) -> bool:
    if path.name.startswith((".", "~$")) or path.suffix.lower() not in ENDINGS or path.is_symlink():
        return False
    return is_there(path) and _resolved(path) not in away and not _is_report(path)


def _is_folder(path: Path) -> bool:
    return not path.name.startswith(".") and not path.is_symlink() and is_there(path, folder=True)


def _is_foreign(path: Path, away: set[Path]) -> bool:
    """Whether somebody may take a file that is left out for a sheet: another ending, a link, a report of ours."""
    hidden = path.name.startswith((".", "~$"))
    return not hidden and not is_there(path, folder=True) and _resolved(path) not in away


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, ValueError, RuntimeError):
        return path


def _is_report(path: Path) -> bool:
    """Whether a file was written by ``check``: then it is a report, and no sheet."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD).decode("utf-8-sig", errors="replace")
    except OSError:
        # A file that cannot be read is a sheet that could not be marked, and is told of.
        return False
    from ..writers.class_csv import HEADER

    return head.startswith((OWN.strip(), ",".join(HEADER))) or _REPORT_IN_JSON.match(head) is not None


def file_names(labels: Sequence[str], ending: str = ".md") -> list[str]:
    """A file's name for each label, all different (also where capitals do not count), none of them a path."""
    taken: set[str] = set()
    names = []
    for number, label in enumerate(labels, start=1):
        stem = _stem(label) or f"sheet-{number}"
        name, again = stem, 1
        while name.casefold() in taken:
            again += 1
            name = f"{stem}-{again}"
        taken.add(name.casefold())
        names.append(name + ending)
    return names


def _stem(label: str) -> str:
    """Letters, digits, dots, spaces and hyphens of a label, without the ending of a sheet's file."""
    path, dot, ending = label.rpartition(".")
    text = path if dot and f".{ending.lower()}" in ENDINGS else label
    text = "".join(mark if _is_harmless(mark) else "-" for mark in unicodedata.normalize("NFC", text))
    text = re.sub(r" *-[ -]*", "-", text).strip(" .-")
    # A name may take 255 bytes, its ending and a number included.
    text = text.encode()[:LONGEST_NAME].decode(errors="ignore").strip(" .-")
    return f"{text}-" if _RESERVED.fullmatch(text) else text


def _is_harmless(mark: str) -> bool:
    return mark in " ._-" or unicodedata.category(mark)[0] in "LMN"
