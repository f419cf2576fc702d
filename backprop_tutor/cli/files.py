"""The bundled problems, and how a name or path on the command line becomes a file."""

from __future__ import annotations

import difflib
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ..errors import TutorError

MAX_BYTES = 1_048_576


@lru_cache(maxsize=1)
def folder() -> Path:
    """The folder of bundled problems: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "problems"
    return inside if inside.is_dir() else package.parent / "problems"


@lru_cache(maxsize=1)
def bundled() -> dict[str, Path]:
    """Bundled problems by name (the file's name without its ending), in the order of their folders."""
    return {path.stem: path for path in sorted(folder().rglob("*.yaml"))}


@dataclass(frozen=True, slots=True)
class Source:
    """A problem file's text, what to call it in messages, and its id."""

    text: str
    name: str
    id: str


def find(problem: str) -> Source:
    """The file that a bundled name, a path or ``-`` (standard input) stands for.

    Raises TutorError with the nearest names when there is none.
    """
    if problem == "-":
        return Source(_decoded(sys.stdin.buffer.read(MAX_BYTES + 1), "standard input"), "standard input", "stdin")
    known = bundled()
    path = Path(problem)
    if problem in known and not is_there(path):
        path = known[problem]
        return Source(read(path), f"{path.parent.name}/{path.name}", problem)
    if is_there(path):
        return Source(read(path), problem, path.stem)
    if is_there(path, folder=True):
        raise TutorError(f"{shown_path(problem)} is a folder: name one problem file in it.")
    near = difflib.get_close_matches(problem, known, 3)
    hint = f" Did you mean {' or '.join(near)}?" if near else " See `backprop-tutor problems` for the bundled ones."
    raise TutorError(f"There is no problem or file called {shown(problem)}.{hint}")


def is_there(path: Path, folder: bool = False) -> bool:
    """Whether there is a file (or folder) at the path; what can be no path at all is none."""
    try:
        return path.is_dir() if folder else path.is_file()
    except OSError:
        return False


def read(path: Path) -> str:
    """The text of a file.  Raises TutorError when it cannot be read, is too large or is no text."""
    try:
        with path.open("rb") as file:
            return _decoded(file.read(MAX_BYTES + 1), str(path))
    except OSError as error:
        raise TutorError(f"{shown_path(path)} cannot be read: {error.strerror}.") from error


def _decoded(data: bytes, name: str) -> str:
    if len(data) > MAX_BYTES:
        raise TutorError(f"{shown_path(name)} is larger than 1 MiB, which no problem file needs to be.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TutorError(f"{shown_path(name)} is no UTF-8 text (byte {error.start}): save it as UTF-8.") from error


LONGEST_PATH = 500


def shown_path(path: object) -> str:
    """A path for a message: people need the whole of it, to its ending."""
    return shown(str(path), LONGEST_PATH)


def shown(text: str, most: int = 80) -> str:
    """A stranger's text for a message: bounded, without control characters."""
    visible = "".join(character if character.isprintable() else "?" for character in text)
    return visible if len(visible) <= most else f"{visible[: most - 3]}..."
