"""The tutor: from what was typed to what is said, and to what is kept; it has no clock, no dice and no screen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from ..model.lesson import Lesson
from ..model.problem import Problem
from ..model.quiz import Item, ItemKind, Mode, Part, Remark, State
from ..model.record import Record, What
from . import answering, asking, helping, testing
from .commands import COMMANDS, Command, read_command
from .hint import HintStrategy
from .hints import strategy
from .plan import Choice, agenda, skills
from .questions import questions_of
from .reasons import Reason, reasons
from .state import after, at_open
from .summary import summary
from .venue import Fresh, Venue, make_venue

MOST_ROUNDS = 100
"""Seeds of a quiz's fresh numbers lie so far apart from those of the next quiz."""
NOT_IN_A_TEST = "This is a test: there is no help until it is handed in. :skip leaves a question open."


@dataclass(frozen=True, slots=True)
class Turn:
    """What comes of one line: the state after it, what is said, and what is to be kept before anything is said."""

    state: State
    parts: tuple[Part, ...] = ()
    records: tuple[Record, ...] = ()
    stopped: bool = False
    """Whether the learner wants to stop here."""


@dataclass
class Tutor:
    """One quiz of one problem.

    ``lesson`` is the lesson of the problem as it is asked (in letters for formulas); ``seed`` makes the order of
    choices and the fresh numbers that ``fresh`` finds.  ``session`` is the id under which everything is kept.
    """

    problem: Problem
    lesson: Lesson
    choice: Choice
    session: str = ""
    seed: int = 0
    hints: HintStrategy = field(default_factory=strategy)
    fresh: Fresh | None = None
    shortcut: bool = True

    def __post_init__(self) -> None:
        self.venues: dict[int, Venue] = {
            0: make_venue(self.problem, self.lesson.notation, self.lesson, shortcut=self.shortcut)
        }
        self.questions = questions_of(self.lesson)
        self.skills = skills(self.lesson)
        self._reasons: dict[str, tuple[Reason, ...]] = {}

    # Where we are.

    def begin(self, records: Iterable[Record] = ()) -> State:
        """The state after what was kept, at the item that is asked next."""
        records = tuple(records)
        known = {record.item for record in records}
        return self.after(State(agenda(self.lesson, self.choice, self.questions)), records, known)

    def after(self, state: State, records: Iterable[Record], known: Collection[str] = ()) -> State:
        """The state after these records, settled before each of them: live and gone on with, it is the same.

        An item that is ``known`` to have been answered had something to ask, which need not be looked for again.
        """
        for record in records:
            if (item := state.item) is not None and item.id not in known:
                state = self.settled(state)
            state = after(state, record)
        return self.settled(state)

    def settled(self, state: State) -> State:
        """The state with items passed over that have nothing to ask: a choice of formulas without wrong ones."""
        while (item := state.item) is not None and item.kind is ItemKind.WHY and not self.reasons(item):
            left = replace(state, agenda=tuple(other for other in state.agenda if other.id != item.id))
            # What follows may have been answered ahead.
            state = at_open(left, state.here)
        return state

    def venue(self, item: Item) -> Venue:
        """The version of the problem in which an item is asked."""
        if item.round not in self.venues:
            problem = self.fresh(self.seed * MOST_ROUNDS + item.round) if self.fresh is not None else None
            base = self.venues[0]
            self.venues[item.round] = (
                make_venue(problem, self.lesson.notation, shortcut=self.shortcut) if problem is not None else base
            )
        return self.venues[item.round]

    def is_fresh(self, item: Item) -> bool:
        """Whether an item has other numbers than the problem."""
        return item.round > 0 and self.venue(item) is not self.venues[0]

    def reasons(self, item: Item) -> tuple[Reason, ...]:
        """The formulas to choose from before a step."""
        if item.id not in self._reasons:
            setting = self.venue(item).examiner.marker.setting
            self._reasons[item.id] = reasons(setting, item.name, self.seed)
        return self._reasons[item.id]

    def warm(self) -> None:
        """Prepare what the next answers need: to the problem, and to steps that come again with fresh numbers."""
        for venue in list(self.venues.values()):
            venue.examiner.warm()

    # What is asked.

    def opening(self, state: State) -> tuple[Part, ...]:
        """What is said before the first question of a sitting."""
        return asking.opening(self, state)

    def question(self, state: State) -> tuple[Part, ...]:
        """What is asked now; nothing at the end."""
        return asking.question(self, state)

    # What is said.

    def advance(self, state: State, typed: str, now: float) -> Turn:
        """What comes of a line.  Never raises for anything that a learner types."""
        item = state.item
        if item is None:
            return Turn(state, stopped=True)
        command = read_command(typed)
        if command is not None:
            return self._obey(state, item, command, now)
        match item.kind:
            case ItemKind.WORKED:
                turn = self.kept(state, [self.record(state, item, What.READ, now)])
            case ItemKind.HAND_IN:
                turn = testing.hand_in(self, state, now)
            case _ if self.choice.mode is Mode.TEST:
                turn = testing.keep(self, state, item, typed, now)
            case ItemKind.STEP:
                turn = answering.step(self, state, item, typed, now)
            case ItemKind.WHY:
                turn = answering.why(self, state, item, typed, now)
            case ItemKind.QUESTION:
                turn = answering.question(self, state, item, typed, now)
        return self.finished(turn, now)

    def finished(self, turn: Turn, now: float) -> Turn:
        """The turn, with the summary where nothing more is to be asked."""
        state = turn.state
        if state.ended or state.here < len(state.agenda):
            return replace(turn, state=state)
        end = Record(self.session, now, What.ENDED)
        state = after(state, end)
        parts = (*turn.parts, summary(self, state))
        return replace(turn, state=state, parts=parts, records=(*turn.records, end))

    def record(self, state: State, item: Item, what: What, now: float, **said: object) -> Record:
        """A record about an item as it stands."""
        standing = state.standing(item)
        # Whoever has just been shown the same numbers has had more than a hint.
        rung = max(standing.rung, 1) if item.round and not self.is_fresh(item) else standing.rung
        return Record(
            self.session,
            now,
            what,
            item.id,
            item.skill,
            tries=standing.wrong,
            rung=rung,
            **said,  # type: ignore[arg-type]
        )

    def kept(self, state: State, records: Sequence[Record], parts: Sequence[Part] = ()) -> Turn:
        """The turn in which these records are kept and these parts said."""
        return Turn(self.after(state, records), tuple(parts), tuple(records))

    # Commands.

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
                return self._back(state, now)
            case "alone":
                return self._alone(state, now)
            case "skip" if item.kind is ItemKind.HAND_IN:
                return Turn(state, (Remark(("Enter hands the test in; :quit leaves it for later.",)),))
            case "skip":
                kept = state.standing(item).closed
                said = Remark(("It stays as it was." if kept else "Left open; :back returns to it.",))
                return self.finished(self.kept(state, [self.record(state, item, What.SKIPPED, now)], [said]), now)
        if self.choice.mode is Mode.TEST:
            return Turn(state, (Remark((NOT_IN_A_TEST,)),))
        if command.name == "formulas":
            return Turn(state, (asking.formula_sheet(self),))
        if item.kind is ItemKind.WORKED:
            return Turn(state, (Remark(("There is nothing to answer here: Enter goes on.",)),))
        if command.name == "show":
            return self.finished(helping.show(self, state, item, now), now)
        return self.finished(helping.hint(self, state, item, now), now)

    def _back(self, state: State, now: float) -> Turn:
        before = [item for item in state.agenda[: state.here] if item.kind is not ItemKind.WORKED]
        if not before:
            return Turn(state, (Remark(("This is the first question.",)),))
        return self.kept(state, [self.record(state, before[-1], What.MOVED, now)])

    def _alone(self, state: State, now: float) -> Turn:
        rounds = [item for item in state.agenda if item.kind is ItemKind.WORKED]
        if self.choice.mode is not Mode.LEARN or not rounds:
            return Turn(state, (Remark((f":alone is for --mode {Mode.LEARN.value}: {COMMANDS['alone']}.",)),))
        return self.kept(state, [self.record(state, rounds[-1], What.MOVED, now)])
