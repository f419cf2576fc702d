"""What may be typed instead of an answer."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from ..model.quiz import Mode

COMMANDS = {
    "hint": "a little help, and a little more every time",
    "show": "the answer, with the whole line",
    "skip": "go on without an answer",
    "back": "to the question before",
    "formulas": "the formula sheet of this problem",
    "picture": "the picture, with everything that you have found",
    "score": "how you are doing",
    "alone": "in the rounds of a worked example: do all of it from here on",
    "quit": "stop; the quiz goes on here the next time",
    "help": "this list",
}
"""By name, with what it does."""
OTHER_WORDS = {
    "hints": "hint", "?": "help", "commands": "help", "answer": "show", "solution": "show", "next": "skip",
    "previous": "back", "prev": "back", "exit": "quit", "q": "quit", "known": "picture", "sheet": "formulas",
    "formula": "formulas", "marks": "score", "give up": "show", "all": "alone",
}  # fmt: skip
LONGEST = 40


@dataclass(frozen=True, slots=True)
class Command:
    """What was typed after the colon: the command, or what may have been meant."""

    name: str = ""
    typed: str = ""
    near: str = ""


def hidden(mode: Mode) -> frozenset[str]:
    """The commands that there are not: no help in a test, and no rounds to leave but in learn mode."""
    without = {"hint", "show", "formulas"} if mode is Mode.TEST else set()
    return frozenset(without if mode is Mode.LEARN else without | {"alone"})


def meant_command(typed: str) -> str:
    """The command whose colon was forgotten, or empty."""
    word = typed.strip().casefold()
    return word if word in COMMANDS else OTHER_WORDS.get(word, "") if len(word) > 1 else ""


def read_command(typed: str) -> Command | None:
    """The command in a line that starts with a colon (or is a lone question mark); None for an answer."""
    text = typed.strip()
    if text == "?":
        return Command("help", text)
    if not text.startswith(":"):
        return None
    word = " ".join(text[1:].casefold().split())[:LONGEST]
    name = word if word in COMMANDS else OTHER_WORDS.get(word, "")
    if not name and word:
        fitting = [command for command in COMMANDS if command.startswith(word)]
        # A lone :h is a hint, which is wanted more often than help; nobody is shown an answer by a lone :s.
        name = "hint" if word == "h" else fitting[0] if len(fitting) == 1 else ""
    if name:
        return Command(name, word)
    near = get_close_matches(word, [*COMMANDS, *OTHER_WORDS], 1)
    return Command("", word, OTHER_WORDS.get(near[0], near[0]) if near else "")
