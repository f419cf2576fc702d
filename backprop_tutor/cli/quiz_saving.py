"""``quiz --save``: the session as a Markdown file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import TutorError
from ..model.quiz import State
from . import exporting
from .quiz_request import Request

if TYPE_CHECKING:
    from ..quiz.tutor import Tutor


def may_save(request: Request) -> None:
    """Refuse at once what cannot be saved at the end; a page that an earlier session wrote may be written over."""
    assert request.save is not None
    if request.save == "-" or Path(request.save).suffix.lower() not in {".md", ".markdown"}:
        raise TutorError("--save writes the session as Markdown: name a file that ends in .md.")
    exporting.allow([request.save], request.force or _is_ours(Path(request.save)), [request.problem])


def save_session(request: Request, tutor: Tutor, state: State) -> None:
    """Write the session; what an earlier one of ours wrote there is written over."""
    from ..quiz.transcript import transcript
    from ..writers.quiz_markdown import write

    assert request.save is not None
    path = Path(request.save)
    exporting.save([(request.save, write(transcript(tutor, state)))], request.force or _is_ours(path))


def _is_ours(path: Path) -> bool:
    from ..writers.quiz_markdown import OWN

    try:
        with path.open(encoding="utf-8") as file:
            return file.readline(len(OWN) + 1).rstrip("\n") == OWN
    except (OSError, ValueError):
        return False
