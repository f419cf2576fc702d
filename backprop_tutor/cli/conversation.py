"""The conversation of a quiz: the only loop that reads a line.  Its streams, its clock and its log are arguments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from ..model.quiz import Ask, Item, Listing, Part, State, Summary
from ..model.record import Record
from ..quiz.tutor import Tutor


class Reader(Protocol):
    """Where answers come from."""

    def read(self, ask: Ask, item: Item) -> str | None:
        """What is typed at a question; None at the end of input.  KeyboardInterrupt passes through."""


@dataclass
class Conversation:
    """One sitting: it says, reads, keeps, and says again.

    ``say`` prints parts, and of none an empty line; ``keep`` writes records down, and returns only when they are safe;
    ``clock`` gives the time in seconds since 1970; ``asked`` is called once, when the first question is on the screen.
    """

    tutor: Tutor
    reader: Reader
    say: Callable[[Sequence[Part]], None]
    keep: Callable[[Iterable[Record]], None]
    clock: Callable[[], float]
    asked: Callable[[], None] = lambda: None
    state: State | None = None
    """Where the conversation is, also when it is interrupted."""

    def hold(self, state: State) -> State:
        """From here to the end of the quiz, of the input, or until the learner stops; the state then."""
        self.state = state
        self.say(self.tutor.opening(state))
        before: object = None
        first, is_out_of_sight = True, False
        while (item := state.item) is not None:
            parts = self.tutor.question(state)
            ask = next(part for part in reversed(parts) if isinstance(part, Ask))
            # The question stands on the screen until it is done with: nobody wants to see it after every try.
            here = (item.id, ask.words, ask.prompt)
            if here != before:
                self.say(parts)
            elif is_out_of_sight:
                self.say([replace(ask, picture=None)])
            if first:
                self.asked()
            before, first = here, False
            typed = self.reader.read(ask, item)
            if typed is None:
                return state
            turn = self.tutor.advance(state, typed, self.clock())
            self.keep(turn.records)
            self.state = state = turn.state
            if turn.parts or not turn.stopped:
                self.say(turn.parts)
            # What is long has pushed the question away; :picture draws what belongs to it.
            is_out_of_sight = any(isinstance(part, Listing | Summary) for part in turn.parts)
            if turn.stopped:
                return state
        return state
