"""The tutor: from what was typed to what is said, and to what is kept; it has no clock, no dice and no screen."""

from __future__ import annotations

from dataclasses import replace

from ..model.quiz import Item, ItemKind, Mode, Part, Remark, Standing, State
from ..model.record import Record, What
from . import answering, asking, helping, testing
from .commands import COMMANDS, Command, meant_command, read_command
from .formula_sheet import formula_sheet
from .meaning import names_first
from .quiz import Quiz, Turn
from .state import after, is_in_rounds, is_needless, item_before
from .summary import summary

NOT_IN_A_TEST = "This is a test: there is no help until it is handed in. :skip leaves a question open."
VALUE_FOUND = "Its value is found, and so the choice of its formula is left out."
NOTHING_ASKED = "Nothing is asked here yet: Enter alone goes on."


class Tutor(Quiz):
    """Leads a quiz: asks, answers what is typed, and sums up."""

    def warm(self) -> None:
        """Prepare what the next answers need: to the problem, and to steps that come again with fresh numbers."""
        for venue in list(self.venues.values()):
            venue.examiner.warm()

    def opening(self, state: State) -> tuple[Part, ...]:
        """What is said before the first question of a sitting."""
        return asking.opening(self, state)

    def question(self, state: State) -> tuple[Part, ...]:
        """What is asked now; nothing at the end."""
        return asking.question(self, state)

    def advance(self, state: State, typed: str, now: float) -> Turn:
        """What comes of a line.  Never raises for anything that a learner types."""
        item = state.item
        if item is None:
            return Turn(state, stopped=True)
        command = read_command(typed)
        if command is not None:
            return self._obey(state, item, command, now)
        if (word := self._without_colon(item, typed)) is not None:
            return Turn(state, (word,))
        match item.kind:
            case ItemKind.WORKED if typed.strip():
                turn = self.kept(state, (), [Remark((NOTHING_ASKED,))])
            case ItemKind.WORKED:
                turn = self.kept(state, [self.record(state, item, What.READ, now)])
            case ItemKind.HAND_IN:
                turn = testing.at_hand_in(self, state, item, typed, now)
            case _ if self.choice.mode is Mode.TEST:
                turn = testing.keep(self, state, item, typed, now)
            case ItemKind.STEP:
                turn = answering.every(self, state, item, typed, now, answering.step)
            case _ if self._is_named(item, typed):
                turn = answering.every(self, state, item, typed, now, answering.by_name)
            case ItemKind.WHY:
                turn = answering.why(self, state, item, typed, now)
            case ItemKind.QUESTION:
                turn = answering.question(self, state, item, typed, now)
        return self.finished(turn, now, item)

    def _without_colon(self, item: Item, typed: str) -> Remark | None:
        """What is said of a command without its colon, where it can be no answer."""
        name = "" if self.takes_own_words(item) else meant_command(typed)
        if not name or self.venue(item).examiner.marker.collector.finder.knows(typed.strip()):
            return None
        return Remark((f"Did you mean :{name}? A command begins with a colon.",))

    def _is_named(self, item: Item, typed: str) -> bool:
        """Whether a line at a choice or a question is an answer to a step by its name."""
        return not self.takes_own_words(item) and names_first(self, item, typed)

    def finished(self, turn: Turn, now: float, item: Item | None = None) -> Turn:
        """The turn (at an item), with needless choices passed over, and the summary where nothing more is asked."""
        while (here := turn.state.item) is not None and is_needless(turn.state, here):
            record = self.record(turn.state, here, What.READ, now)
            # Of what has never been on the screen nothing is said.
            said = (Remark((VALUE_FOUND,)),) if here == item else ()
            passed = self.after(turn.state, [record])
            turn = replace(turn, state=passed, parts=(*turn.parts, *said), records=(*turn.records, record))
        state = turn.state
        if state.ended or state.here < len(state.agenda):
            return turn
        end = Record(self.session, now, What.ENDED)
        state = after(state, end)
        parts = (*turn.parts, summary(self, state))
        return replace(turn, state=state, parts=parts, records=(*turn.records, end))

    def _obey(self, state: State, item: Item, command: Command, now: float) -> Turn:
        match command.name:
            case "":
                near = f" Did you mean :{command.near}?" if command.near else " :help lists what there is."
                word = "".join(c if c.isprintable() else "?" for c in command.typed)
                return Turn(state, (Remark((f"There is no :{word}.{near}",)),))
            case "quit":
                return Turn(state, stopped=True)
            case "help":
                return Turn(state, (asking.commands(self),))
            case "score":
                return Turn(state, (summary(self, state),))
            case "picture":
                return Turn(state, (asking.picture(self, state, item),))
            case "back":
                return self._back(state, item, now)
            case "alone":
                return self._alone(state, now)
            case "skip" if item.kind is ItemKind.HAND_IN:
                return Turn(state, (Remark((testing.HANDS_IN,)),))
            case "skip" if item.kind is ItemKind.WORKED:
                return self.finished(self.kept(state, [self.record(state, item, What.READ, now)]), now)
            case "skip":
                said = Remark((_skipped(item, state.standing(item), self.choice.mode),))
                return self.finished(self.kept(state, [self.record(state, item, What.SKIPPED, now)], [said]), now)
        if self.choice.mode is Mode.TEST:
            return Turn(state, (Remark((NOT_IN_A_TEST,)),))
        if command.name == "formulas":
            return Turn(state, (formula_sheet(self, state),))
        if item.kind is ItemKind.WORKED:
            return Turn(state, (Remark((NOTHING_ASKED,)),))
        if command.name == "show":
            return self.finished(helping.show(self, state, item, now), now)
        return self.finished(helping.hint(self, state, item, now), now)

    def _back(self, state: State, item: Item, now: float) -> Turn:
        before = item_before(state)
        if before is None:
            return Turn(state, (Remark((_nothing_before(state, item),)),))
        return self.kept(state, [self.record(state, before, What.MOVED, now)])

    def _alone(self, state: State, now: float) -> Turn:
        rounds = [item for item in state.agenda if item.kind is ItemKind.WORKED]
        if self.choice.mode is not Mode.LEARN or not rounds:
            return Turn(state, (Remark((f":alone is for --mode {Mode.LEARN.value}: {COMMANDS['alone']}.",)),))
        return self.kept(state, [self.record(state, rounds[-1], What.MOVED, now)])


def _nothing_before(state: State, item: Item) -> str:
    """Why one cannot go back: each round of a worked example has its own numbers, and so none leads into another."""
    if item.kind is ItemKind.WORKED:
        return f"There is no question{' of this round' if item.round else ''} before this."
    if is_in_rounds(state):
        return f"This is the first {'question of this round' if item.round else 'of these questions'}."
    return "This is the first question."


def _skipped(item: Item, standing: Standing, mode: Mode) -> str:
    if standing.is_left or (standing.left and not standing.closed):
        # What is left for the second time is not asked once more.
        return "Left open."
    if standing.closed:
        return "It stays as it was."
    end = "the end of this round" if item.round and not item.is_again else "the end"
    if mode is Mode.TEST:
        return "Left open; :back goes back question by question, and at the end to what is open."
    return f"Left open; it comes once more at {end}, and :back goes back question by question."
