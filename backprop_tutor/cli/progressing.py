"""``progress``: what the kept answers say, and what is done with them."""

from __future__ import annotations

import shlex
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ..errors import TutorError
from . import screen
from .files import shown_path

if TYPE_CHECKING:
    from ..model.progress import Overview, Undertaking
    from ..model.record import Record, Sitting
    from .store import Store

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
PARTS = ("forward", "backward", "update")
"""The parts of a solution, as options of ``quiz`` and as words in what was chosen."""


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for on the command line of ``progress``."""

    json: bool = False
    export: bool = False
    output: str = "-"
    force: bool = False
    forget: bool = False
    yes: bool = False
    ascii: bool = False


def progress(request: Request, titles: Mapping[str, str] | None = None) -> None:
    """Show, export or forget what is kept; ``titles`` are those of kinds of steps, by their keys."""
    from .store import Store

    if request.json + request.export + request.forget > 1:
        raise TutorError("Choose one of --json, --export and --forget.")
    if request.output != "-" and not (request.json or request.export):
        raise TutorError("-o names the file for --export or --json: add one of them.")
    if request.yes and not request.forget:
        raise TutorError("--yes answers the question of --forget: add --forget.")
    store = Store()
    if request.forget:
        _forget(store, request.yes)
    elif request.export:
        _export(store, request)
    else:
        _show(store, request, titles or {})


def overview(
    sittings: Sequence[Sitting], records: Sequence[Record], now: float, hard: Mapping[str, int] | None = None
) -> Overview:
    """All that is told, from what is kept; ``hard`` is what was so in the quiz that has just ended."""
    from ..model.progress import Level, Overview
    from ..quiz.mastery import mastery
    from ..quiz.next_problem import next_problem
    from ..quiz.undertakings import undertakings
    from ..writers.progress import sorted_states
    from .listing import heads

    skills = sorted_states(mastery(records, now, sittings))
    taken = undertakings(sittings, records, is_whole)
    shaky = [state.skill for state in skills if state.level is Level.SHAKY]
    done = [each.problem for each in reversed(taken) if each.done]
    begun = {each.problem for each in taken if each.begun}
    fresh = [head for head in heads() if head.name not in begun]
    return Overview(skills, taken, next_problem(fresh, done, shaky, hard=hard) or "")


def _show(store: Store, request: Request, titles: Mapping[str, str]) -> None:
    found = overview(store.sittings(), store.records(), time.time())
    if request.json:
        from ..writers.progress_json import write
        from .exporting import save

        save([(request.output, write(found, titles, moment))], request.force)
        return
    if not found.skills and not found.undertakings:
        where = f" It will be in {shown_path(store.path)}, and nowhere else."
        print(f"Nothing is kept yet: answer some questions first.{where}")
        print(f"Begin with: backprop-tutor quiz {found.next_problem}")
        return
    from ..writers.progress import ProgressTelling
    from ..writers.terminal import Lines

    plain = request.ascii or screen.only_ascii(sys.stdout)
    telling = ProgressTelling(found, titles, day, command, plain)
    screen.console().print(Lines(telling.whole), end="")


def _export(store: Store, request: Request) -> None:
    from ..writers.progress_json import export
    from .exporting import allow, save

    allow([request.output], request.force, [str(store.path)])
    text = export(store.sittings(), store.records(), moment)
    if not text and request.output == "-":
        screen.complain("Nothing is kept yet.")
    save([(request.output, text)], request.force)


def _forget(store: Store, yes: bool) -> None:
    if not yes:
        if not sys.stdin.isatty():
            raise TutorError("--forget deletes everything that is kept, for good: add --yes if you mean it.")
        print(f"This deletes all that is kept of your quizzes in {shown_path(store.path)}, for good.")
        try:
            answer = input("Delete it? Type yes: ")
        except EOFError:
            answer = ""
        if answer.strip().lower() not in {"yes", "y"}:
            print("Nothing was deleted.")
            return
    there = store.path.exists()
    count = store.forget()
    print(f"Deleted {shown_path(store.path)}: {count} {'record' if count == 1 else 'records'}." if there
          else f"There was nothing to delete in {shown_path(store.folder)}.")  # fmt: skip


# What was chosen, and how to go on with it.


def is_whole(sitting: Sitting) -> bool:
    """Whether a quiz asked for the whole problem, and not for some quantities or a part of it."""
    return not any(part.startswith(("only ", "ask ")) or _parts(part) for part in sitting.plan.split("; "))


def command(undertaking: Undertaking) -> str:
    """The command that goes on with a quiz: the same problem and the same choices."""
    words = ["quiz", undertaking.problem]
    for place, part in enumerate(undertaking.plan.split("; ")):
        kind, _, names = part.partition(" ")
        if place == 0 and part not in {"", "practice"}:
            words += ["--mode", part]
        elif part == "symbolic":
            words.append("--symbolic")
        elif part == "no questions":
            words.append("--no-questions")
        elif kind in {"only", "ask"} and names:
            words += [word for name in names.split(",") for word in (f"--{kind}", name)]
        words += [f"--{name}" for name in _parts(part)]
    return f"backprop-tutor {shlex.join(words)}"


def _parts(chosen: str) -> list[str]:
    names = chosen.split("+")
    return names if all(name in PARTS for name in names) else []


# Words.


def moment(at: float) -> str:
    """A time in UTC as ISO 8601 writes it, to the second."""
    try:
        return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OverflowError, OSError, ValueError):
        return ""


def day(at: float) -> str:
    """A day where the learner is: ``24 Nov``, with the year where it is not this one."""
    try:
        then, now = datetime.fromtimestamp(at), datetime.fromtimestamp(time.time())
    except (OverflowError, OSError, ValueError):
        return "an unknown day"
    year = f" {then.year}" if then.year != now.year else ""
    return f"{then.day} {MONTHS[then.month - 1]}{year}"
