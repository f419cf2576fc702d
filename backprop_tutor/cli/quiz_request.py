"""What was asked for on the command line of ``quiz``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for on the command line of ``quiz``."""

    problem: str
    mode: str = "practice"
    symbolic: bool = False
    only: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    questions: bool = True
    notation: str | None = None
    shortcut: bool = True
    hints: str = ""
    restart: bool = False
    seed: int | None = None
    save: str | None = None
    force: bool = False
    plain: bool = False
    ascii: bool = False
