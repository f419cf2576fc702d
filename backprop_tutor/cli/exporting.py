"""``export``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import TutorError
from . import screen, session
from .files import is_there, shown, shown_path

if TYPE_CHECKING:
    from ..model.lesson import Lesson

Write = Callable[[str], None]

FORMATS = {"md": "md", "markdown": "md", "json": "json"}


def export(problem: str, output: str, to: str | None, math: str, force: bool, **options: Any) -> None:
    """Write the worked solution to a file (or standard output) in the format that its ending names."""
    _check_math(math)
    kind = _format(output, to)
    with screen.working("Working the problem out …"):
        text = _write(kind, math, problem, options)
    save([(_named(output), text)], force)


def worksheet(
    problem: str, output: str, to: str | None, math: str, force: bool, parts: Sequence[bool], ask: Sequence[str],
    **options: Any,
) -> None:  # fmt: skip
    """Write the sheet with blanks, its key, or (to files) both: ``sheet.md`` and ``sheet-key.md`` beside it.

    ``parts`` says whether a key is meant, for each text to write; ``ask`` are the names of what is asked for.
    """
    _check_math(math)
    if _format(output, to) != "md":
        raise TutorError("A worksheet is Markdown: name a file that ends in .md, or leave --to out.")
    outputs = [_named(output)]
    if len(parts) > 1:
        if output == "-":
            raise TutorError("The worksheet and its key are two files: name the first one, as in -o sheet.md.")
        with _told(Path(output)):
            outputs.append(str(key_of(Path(output))))
    allow(outputs, force)
    with screen.working("Working the problem out …"):
        told = _lesson(problem, options)
        from ..writers.worksheet import write

        names = session.quantities(told, ask) if ask else None
        texts = [write(told, key=key, names=names, math="dollars" if math == "dollars" else "github") for key in parts]
    save(list(zip(outputs, texts, strict=True)), force)


def key_of(path: Path) -> Path:
    """Where the key of a worksheet stands: ``sheet-key.md`` beside ``sheet.md``."""
    return path.with_name(f"{path.stem}-key{path.suffix}")


def save(texts: Sequence[tuple[str, str]], force: bool = False) -> None:
    """Write each text to its file, or to standard output for ``-``; none is written when one is there already.

    Raises TutorError for a file that is there (without ``force``) or cannot be written.
    """
    allow([output for output, _ in texts], force)
    for output, text in texts:
        if output == "-":
            screen.write_data(text)
            continue
        put(Path(output), text)
        print(f"Wrote {shown_path(output)}.", file=sys.stderr)


def allow(outputs: Sequence[str], force: bool, inputs: Iterable[str] = ()) -> None:
    """Raise TutorError for the first file that cannot be written: before there is much work to lose.

    A file that is there may be written over with ``force``, but none of ``inputs`` ever.
    """
    read = {_resolved(name) for name in inputs if name != "-"}
    for output in outputs:
        path = Path(output)
        if output == "-":
            continue
        if is_there(path, folder=True):
            raise TutorError(f"{shown_path(output)} cannot be written: it is a folder. Name a file in it.")
        if not is_there(path.parent, folder=True):
            raise TutorError(f"{shown_path(output)} cannot be written: there is no folder {shown_path(path.parent)}.")
        if _resolved(output) in read:
            raise TutorError(f"{shown_path(output)} cannot be written: it is read here. Choose another name.")
        if is_there(path) and not force:
            message = f"{shown_path(output)} is there already: choose another name, or add --force to write over it."
            raise TutorError(message)


def same(one: str, other: str) -> bool:
    """Whether two names stand for the same place on the disk."""
    return "-" not in (one, other) and _resolved(one) == _resolved(other)


def _resolved(name: str) -> str:
    try:
        return os.path.realpath(name)
    except (OSError, ValueError):
        return name


def put(path: Path, text: str) -> None:
    """Write a file, beside it first, so that an interruption leaves no half of it.  Raises TutorError."""
    with _told(path):
        _replace(path, text)


@contextmanager
def growing(path: Path) -> Iterator[Write]:
    """A file to which texts are added, which comes into its place when all are written.  Raises TutorError."""
    with _told(path):
        beside = _beside(path)
        file = beside.open("w", encoding="utf-8", newline="\n")
    try:

        def write(text: str) -> None:
            with _told(path):
                file.write(text)

        with file:
            yield write
            with _told(path):
                file.close()
                beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turns what the disk refuses into a sentence."""
    try:
        yield
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "that is no name for a file"
        raise TutorError(f"{shown_path(path)} cannot be written: {reason}.") from error


def _check_math(math: str) -> None:
    if math not in {"github", "dollars"}:
        raise TutorError("--math takes github or dollars.")


def _named(output: str) -> str:
    if not output:
        raise TutorError("Name the file to write: -o solution.md, or - for standard output.")
    return output


def _format(output: str, to: str | None) -> str:
    wanted = (to or Path(output).suffix.lstrip(".") or "md").lower()
    if wanted not in FORMATS:
        raise TutorError(f"There is no format {shown(wanted)}: use one of {', '.join(sorted(set(FORMATS.values())))}.")
    return FORMATS[wanted]


def _write(kind: str, math: str, problem: str, options: dict[str, Any]) -> str:
    told = _lesson(problem, options)
    if kind == "json":
        from ..writers.json_text import write as write_json

        return write_json(told)
    from ..writers.markdown import write

    return write(told, math="dollars" if math == "dollars" else "github")


def _lesson(problem: str, options: dict[str, Any]) -> Lesson:
    return session.lesson(
        session.read(problem),
        notation=options["notation"],
        shortcut=options["shortcut"],
        rounded=session.rounding(options["decimals"], options["digits"]),
        exact=options["exact"],
    )


def _replace(path: Path, text: str) -> None:
    """Write beside the file first, so that an interruption leaves no half of it."""
    beside = _beside(path)
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.part")
