"""``quiz``: a sitting from the first question to the last, or to where the learner stops."""

from __future__ import annotations

import os
import shlex
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from threading import Thread
from typing import TYPE_CHECKING, Protocol

from ..errors import TutorError
from ..model.quiz import Ask, Item, Mode, Part, State, Summary
from ..model.record import Record, Sitting, What
from . import screen, session
from .conversation import Conversation
from .files import shown
from .quiz_log import Log, resume, with_next
from .quiz_request import Request
from .stopping import Stopping

if TYPE_CHECKING:
    from ..model.problem import Problem
    from ..quiz.plan import Choice
    from ..quiz.tutor import Tutor

LONGEST_COMMAND = 500
MOST_LEFT = 12
"""So many names a command to copy may have."""
INTERRUPTED = 130
FEW_TRIES = 150
"""Draws of fresh numbers after which there are none: nobody waits for more."""


def quiz(request: Request) -> int:
    """Hold the quiz; the exit code: 0, 130 when it was interrupted, or 128 and the number of a signal."""
    from ..quiz.fingerprint import fingerprint
    from .store import Store

    if request.problem == "-":
        raise TutorError("quiz reads your answers from standard input: name the problem's file instead of -.")
    problem, choice = session.read(request.problem), _choice(request)
    if request.save is not None:
        from .quiz_saving import may_save

        may_save(request, problem.id, choice.said())
    log, records, notes = resume(request, Store(), choice.said(), problem, fingerprint(problem))
    tutor = _tutor(request, problem, choice, log.sitting)
    return _hold(request, tutor, tutor.begin(records), log, notes)


def _choice(request: Request) -> Choice:
    from ..model.lesson import StepKind
    from ..quiz.plan import Choice

    if request.mode not in set(Mode):
        raise TutorError(f"--mode takes {', '.join(Mode)}.")
    if request.ask and (request.only or request.kinds):
        raise TutorError("--ask picks the questions one by one: leave --only and the parts out.")
    kinds = frozenset(map(StepKind, request.kinds))
    return Choice(Mode(request.mode), request.only, request.ask, kinds, request.symbolic, request.questions)


def _tutor(request: Request, problem: Problem, choice: Choice, sitting: Sitting) -> Tutor:
    from ..lessons.notation import load_notation
    from ..lessons.teach import teach
    from ..quiz.hints import DEFAULT, strategy, strategy_names
    from ..quiz.symbols import in_symbols
    from ..quiz.tutor import Tutor

    if request.hints and request.hints not in strategy_names():
        raise TutorError(f"--hints takes {' or '.join(strategy_names())}.")
    notation = load_notation(request.notation or problem.notation)
    posed = in_symbols(problem) if request.symbolic else replace(problem, rounding=None)
    told = teach(session.solve(posed, shortcut=request.shortcut), notation)
    return Tutor(
        posed, told, choice, sitting.session, sitting.seed, strategy(request.hints or DEFAULT),
        None if request.symbolic else _fresh(posed), request.shortcut,
    )  # fmt: skip


def _fresh(problem: Problem) -> Callable[[int], Problem | None]:
    """Where fresh numbers come from: variants of the problem, by seed."""

    def find(seed: int) -> Problem | None:
        from ..variants.variant import variant

        try:
            found = variant(problem, seed, certified=False, tries=FEW_TRIES)
        except TutorError:
            # Nothing in it can be changed.
            return None
        return None if found is None else found.problem

    return find


def _hold(request: Request, tutor: Tutor, state: State, log: Log, notes: Sequence[str]) -> int:
    from ..writers.terminal_quiz import TerminalQuiz

    is_terminal = sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    plain = request.plain or not is_terminal
    ascii_only = request.ascii or screen.only_ascii(sys.stdout)
    writer = TerminalQuiz(tutor.lesson, ascii=ascii_only, plain=plain)
    console = screen.console()

    def show(parts: Sequence[Part]) -> None:
        console.print(writer.parts(parts, 0 if plain else console.size.height))
        console.print()
        sys.stdout.flush()

    def say(parts: Sequence[Part]) -> None:
        last = parts[-1] if parts else None
        if not isinstance(last, Summary):
            # Where nothing is to be said, the answer and the next question still stand apart.
            show(parts) if parts else print(flush=True)
            return
        # The verdict does not wait until everything that was ever kept is read for the summary.
        if len(parts) > 1:
            show(parts[:-1])
        told = with_next(with_left(last, request), log)
        show([told])
        if told.left_command:
            # On a line of its own, whatever the width: so it can be copied.
            print(f"To practise what is still to be found:\n  {told.left_command}\n")

    for note in notes:
        console.print(note)
    warmed = Thread(target=tutor.warm, daemon=True)

    def keep(records: Iterable[Record]) -> None:
        found = tuple(records)
        log.keep(found)
        if any(record.what is What.SHOWN for record in found):
            # The fresh numbers with which it comes again are prepared while the learner goes on.
            Thread(target=tutor.warm, daemon=True).start()

    stopping = Stopping()
    reader = _Waiting(_reader(plain, ascii_only, tutor, state), warmed, writer.prompt, stopping)
    conversation = Conversation(tutor, reader, say, keep, time.time, warmed.start)
    code = 0
    with stopping.heard():
        try:
            with nullcontext() if plain else screen.keys_in_silence():
                state = conversation.hold(state)
        except KeyboardInterrupt:
            code = INTERRUPTED
        if conversation.state is not None:
            state = conversation.state
        try:
            if not state.ended:
                _goodbye(request, log, say, tutor, state)
            if log.lost:
                screen.complain(log.lost)
        finally:
            # The file is written whatever becomes of the screen.
            if request.save is not None:
                from .quiz_saving import save_session

                save_session(request, tutor, state, lambda part: with_left(part, request))
    return stopping.code or code


class LineReader(Protocol):
    """Where lines come from: a pipe, or a terminal with keys."""

    def read(self, prompt: str) -> str | None:
        """What is typed after the prompt; None at the end of input."""


@dataclass
class _Waiting:
    """A reader whose first answer waits until everything that it needs is there."""

    reader: Callable[[], LineReader]
    warmed: Thread
    prompt: Callable[[Ask], str]
    stopping: Stopping
    _made: LineReader | None = None

    def read(self, ask: Ask, item: Item) -> str | None:
        if self._made is None:
            self._made = self.reader()
        with self.stopping.reading():
            typed = self._made.read(self.prompt(ask))
        if typed is not None and not typed.lstrip().startswith(":") and self.warmed.is_alive():
            with screen.working("Preparing to mark your answers …"):
                self.warmed.join()
        return typed


def _reader(plain: bool, ascii: bool, tutor: Tutor, state: State) -> Callable[[], LineReader]:
    """Makes the reader when the first question is on the screen: what a terminal needs takes a moment to load."""

    def make() -> LineReader:
        from .plain_reader import PlainReader

        if plain:
            return PlainReader(ascii=ascii)
        from ..quiz.commands import hidden
        from .prompts import TerminalReader

        history = [attempt.given for standing in state.standings.values() for attempt in standing.attempts]
        colour = not os.environ.get("NO_COLOR")
        return TerminalReader(_names(tutor), history[-200:], colour=colour, without=hidden(tutor.choice.mode))

    return make


def _names(tutor: Tutor) -> list[str]:
    """What can be completed: the quantities of the problem, then the functions."""
    from ..ops import vocabulary

    steps = [step.name for step in tutor.lesson.steps]
    values = [name for name in tutor.lesson.graph.values if name not in steps]
    plain = [*steps, *values]
    own = [typed for name in plain if (typed := tutor.venues[0].typed(name)) != name]
    return [*own, *plain, *sorted(vocabulary(()).functions)]


def _goodbye(request: Request, log: Log, say: Callable[[Sequence[Part]], None], tutor: Tutor, state: State) -> None:
    from ..quiz.summary import summary

    # The question that was not answered is one thing, and what comes now another.
    print()
    say([summary(tutor, state)])
    log.secure()
    if log.begun and not log.broken:
        # On a line of its own, whatever the width: so it can be copied.
        print(f"Kept. To go on here:\n  {command_line(request)}")


def with_left(part: Summary, request: Request) -> Summary:
    """At the end: the command that asks for what is still to be found, in practice, which helps."""
    if not part.left:
        return part
    names = part.left[:MOST_LEFT]
    again = replace(request, mode=Mode.PRACTICE.value, ask=names, only=(), kinds=(), questions=True, save=None)
    return replace(part, left_command=command_line(again))


def command_line(request: Request) -> str:
    """The command that goes on with the same quiz: the problem, and what was chosen of it."""
    words = ["backprop-tutor", "quiz", request.problem]
    words += ["--mode", request.mode] if request.mode != Mode.PRACTICE else []
    words += ["--symbolic"] if request.symbolic else []
    words += [word for name in request.only for word in ("--only", name)]
    words += [word for name in request.ask for word in ("--ask", name)]
    words += [f"--{kind}" for kind in request.kinds]
    words += [] if request.questions else ["--no-questions"]
    words += [] if request.shortcut else ["--no-shortcut"]
    words += ["--notation", request.notation] if request.notation else []
    words += ["--hints", request.hints] if request.hints else []
    words += ["--save", request.save] if request.save is not None else []
    words += ["--plain"] * request.plain + ["--ascii"] * request.ascii
    return shown(shlex.join(words), LONGEST_COMMAND)
