"""The prompt on a real terminal: history, editing, completion, keys for commands, matrices over several lines."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Sequence

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.output.color_depth import ColorDepth

from ..quiz.commands import COMMANDS
from ..writers.lines import clean, columns
from .plain_reader import goes_on, with_command

KEYS = {"f1": "hint", "f2": "skip", "f3": "show", "f4": "back", "f5": "formulas", "f6": "picture"}
MOST_ANSWER = 20_000
_WORD = re.compile(r"[\w/∂^(),]+$")


class Names(Completer):
    """Completes commands after a colon, and elsewhere the names of quantities and functions."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """The commands or names that begin like what stands before the cursor."""
        before = document.text_before_cursor
        if before.lstrip().startswith(":"):
            word = before.lstrip()[1:]
            for command, says in COMMANDS.items():
                if command.startswith(word):
                    yield Completion(command, -len(word), display_meta=says)
            return
        found = _WORD.search(before)
        word = found[0].lstrip("(,") if found else ""
        if word:
            for name in self._names:
                if name.startswith(word) and name != word:
                    yield Completion(name, -len(word))


class TerminalReader:
    """Reads answers on a real terminal."""

    def __init__(
        self,
        names: Sequence[str],
        history: Iterable[str] = (),
        *,
        colour: bool = True,
        without: Collection[str] = (),
    ) -> None:
        """``names`` can be completed; no keys are offered for commands that there are not (``without``)."""
        self._kept = ""
        self._keys = {key: command for key, command in KEYS.items() if command not in without}
        self._prompt: PromptSession[str] = PromptSession(
            history=_history(history),
            completer=Names(names),
            complete_while_typing=False,
            key_bindings=self._bindings(),
            multiline=Condition(lambda: goes_on(self._prompt.default_buffer.text)),
            prompt_continuation=lambda width, number, soft: " " * max(0, width - 4) + "... ",
            bottom_toolbar=self._toolbar,
            color_depth=None if colour else ColorDepth.DEPTH_1_BIT,
            enable_history_search=False,
            enable_suspend=os.name == "posix",
        )

    def read(self, prompt: str) -> str | None:
        """What is typed; None at the end of input.  Raises KeyboardInterrupt."""
        kept, self._kept = self._kept, ""
        try:
            typed = self._prompt.prompt(prompt, default=kept)[:MOST_ANSWER]
        except EOFError:
            return None
        rows, typed = with_command(typed.rstrip("\n"))
        self._kept = rows or self._kept
        return typed

    def _bindings(self) -> KeyBindings:
        bindings = KeyBindings()
        for key, command in self._keys.items():
            bindings.add(key)(self._press(command))
        bindings.add(Keys.BracketedPaste)(_paste)
        # Coloured text that is typed looks like the report of a mouse, of which the library's own reading fails.
        bindings.add(Keys.Vt100MouseEvent, eager=True)(_ignore)
        return bindings

    def _press(self, command: str) -> Callable[[KeyPressEvent], None]:
        def pressed(event: KeyPressEvent) -> None:
            # What stands on the line comes back after the command: nothing typed is lost.
            self._kept = event.app.current_buffer.text
            # Left on the screen, it would look like an answer that was given.
            event.app.current_buffer.text = f":{command}"
            event.app.exit(result=f":{command}")

        return pressed

    def _toolbar(self) -> StyleAndTextTuples:
        width = self._prompt.app.output.get_size().columns
        keys = [f"{key.upper()} {command}" for key, command in self._keys.items()]
        return [("", fitting([":help", *keys, "Ctrl-D stops", "Tab completes"], width))]


def fitting(entries: Sequence[str], width: int) -> str:
    """As many entries in a line as have room; none is cut, and the last ones are left out first."""
    found = ""
    for entry in entries:
        longer = f"{found}  {entry}" if found else entry
        if columns(longer) > width:
            break
        found = longer
    return found


def _ignore(event: KeyPressEvent) -> None:
    """Nothing follows from it."""


def _paste(event: KeyPressEvent) -> None:
    """What is pasted may come from anywhere: no control characters, and no Enter at its end."""
    event.current_buffer.insert_text(clean(event.data[:MOST_ANSWER]).rstrip("\n"))


def _history(earlier: Iterable[str]) -> InMemoryHistory:
    history = InMemoryHistory()
    for text in earlier:
        history.append_string(clean(text))
    return history
