"""``quiz --save``: the session as a Markdown file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import TutorError
from ..model.quiz import State, Summary
from . import exporting
from .files import shown_path
from .quiz_request import Request

if TYPE_CHECKING:
    from ..quiz.tutor import Tutor

LONGEST_LINE = 1_000


def may_save(request: Request, problem: str, chosen: str) -> None:
    """Refuse at once what cannot be saved at the end; a page of the same quiz, as it was chosen, may be written over.

    ``problem`` is the id of the problem.
    """
    assert request.save is not None
    if request.save == "-" or Path(request.save).suffix.lower() not in {".md", ".markdown"}:
        raise TutorError("--save writes the session as Markdown: name a file that ends in .md.")
    exporting.allow([request.save], _may_replace(request, problem, chosen), [request.problem])


def save_session(request: Request, tutor: Tutor, state: State, complete: Callable[[Summary], Summary]) -> None:
    """Write the session; what an earlier one of the same quiz wrote there is written over.

    ``complete`` adds to the summary what only the command line knows.
    """
    from ..quiz.transcript import transcript
    from ..writers.quiz_markdown import write

    assert request.save is not None
    force = _may_replace(request, tutor.lesson.problem.id, tutor.choice.said())
    told = transcript(tutor, state)
    exporting.save([(request.save, write(replace(told, summary=complete(told.summary))))], force)


def _may_replace(request: Request, problem: str, chosen: str) -> bool:
    """Whether what is there may be written over.  Raises TutorError for the page of another quiz."""
    from ..writers.quiz_markdown import OWN, first_line

    assert request.save is not None
    if request.force:
        return True
    found, ours = _first_line(Path(request.save)), first_line(problem, chosen)
    if found.startswith(OWN) and found != ours:
        raise TutorError(
            f"{shown_path(request.save)} is the page of another quiz, or of other choices: "
            "choose another name, or add --force to write over it."
        )
    return found == ours


def _first_line(path: Path) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            return file.readline(LONGEST_LINE).rstrip("\n")
    except (OSError, ValueError):
        return ""
