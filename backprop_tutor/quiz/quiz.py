"""One quiz of one problem: its versions, its choices of formulas, and how what is kept changes where it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from ..model.lesson import Lesson, StepKind
from ..model.problem import Problem
from ..model.question import QuestionKind
from ..model.quiz import Item, ItemKind, Mode, Part, State
from ..model.record import Record, What
from .fingerprint import fingerprint
from .hint import HintStrategy
from .hints import strategy
from .plan import Choice, agenda, lines_as_given, skills
from .questions import questions_of
from .reasons import Reason, reasons
from .rounds import left_between
from .state import LAST_RUNG, after, at_open
from .venue import Fresh, Venue, make_venue

MOST_ROUNDS = 100
"""Seeds of a quiz's fresh numbers lie so far apart from those of the next quiz."""


OWN_WORDS = frozenset({QuestionKind.FREE, QuestionKind.POINTS})
MOST_LEFT = 20
"""The rounds of a quiz have lower numbers: seeds above them are for numbers that have come before."""
FRESH_TRIES = 4


@dataclass(frozen=True, slots=True)
class Turn:
    """What comes of one line: the state after it, what is said, and what is to be kept before anything is said."""

    state: State
    parts: tuple[Part, ...] = ()
    records: tuple[Record, ...] = ()
    stopped: bool = False
    """Whether the learner wants to stop here."""


@dataclass
class Quiz:
    """One quiz of one problem, as it was chosen.

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
        self._fresh: dict[int, Problem | None] = {}
        self._reasons: dict[str, tuple[Reason, ...]] = {}

    @cached_property
    def lines_as_given(self) -> frozenset[str]:
        """The names of the author's own lines that are known from the start."""
        return lines_as_given(self.lesson, self.choice)

    def begin(self, records: Iterable[Record] = ()) -> State:
        """The state after what was kept, at the item that is asked next.

        Raises UnknownQuantityError where something was chosen by a name that is no step.
        """
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
            problem = self._fresh_problem(item.round)
            base = self.venues[0]
            self.venues[item.round] = (
                make_venue(problem, self.lesson.notation, shortcut=self.shortcut) if problem is not None else base
            )
        return self.venues[item.round]

    def _fresh_problem(self, number: int) -> Problem | None:
        """The problem with the numbers of a round, which no round before it has had; None where there are none left.

        It follows from the seed alone, so that a quiz that goes on has the same numbers.
        """
        if self.fresh is None:
            return None
        if number not in self._fresh:
            seen = {_numbers(self.problem), *(_numbers(p) for n in range(1, number) if (p := self._fresh_problem(n)))}
            seeds = (self.seed * MOST_ROUNDS + number + MOST_LEFT * again for again in range(FRESH_TRIES))
            found = (problem for seed in seeds if (problem := self.fresh(seed)) is not None)
            self._fresh[number] = next((problem for problem in found if _numbers(problem) not in seen), None)
        return self._fresh[number]

    def known(self, state: State, item: Item) -> tuple[str, ...]:
        """The plain names of what is known when an item is asked, in the order of the derivation."""
        venue = self.venue(item)
        if item.is_again:
            return venue.known(state, item, (), ())
        return venue.known(state, item, self.known_from_start, self._between(state, item))

    def before(self, state: State, item: Item, *, own: bool = False) -> list[tuple[str, str]]:
        """What stands beside an answer that is judged (``Venue.before``)."""
        return self.venue(item).before(state, item, self.known(state, item), own=own)

    def _between(self, state: State, item: Item) -> tuple[str, ...]:
        """What is not asked: in a round between steps that are alike, or where a few steps were chosen by name."""
        if item.round:
            return left_between(state.agenda, item.round)
        if not self.choice.ask or self.choice.mode is Mode.LEARN:
            return ()
        asked = {name for other in state.agenda if other.kind is ItemKind.STEP for name in other.steps}
        return tuple(step.name for step in self.lesson.steps if step.name not in asked)

    @cached_property
    def known_from_start(self) -> tuple[str, ...]:
        """What is known and not asked: lines as they were given, and the parts before the one that was chosen."""
        kinds, known = self.choice.kinds, set(self.lines_as_given)
        if kinds and not self.choice.only and not self.choice.ask:
            order = list(StepKind)
            last = max(order.index(kind) for kind in kinds)
            known |= {s.name for s in self.lesson.steps if order.index(s.kind) < last and s.kind not in kinds}
        return tuple(step.name for step in self.lesson.steps if step.name in known)

    def is_fresh(self, item: Item) -> bool:
        """Whether an item has other numbers than the problem."""
        return item.round > 0 and self.venue(item) is not self.venues[0]

    def is_seen(self, item: Item) -> bool:
        """Whether the answer has been shown before: of a round or a repetition without numbers of its own."""
        return item.round > 0 and not self.is_fresh(item)

    def takes_own_words(self, item: Item) -> bool:
        """Whether an item is a question to be answered in own words, in which anything may stand."""
        return item.kind is ItemKind.QUESTION and self.questions[item.number].kind in OWN_WORDS

    def reasons(self, item: Item) -> tuple[Reason, ...]:
        """The formulas to choose from before a step."""
        if item.id not in self._reasons:
            setting = self.venue(item).examiner.marker.setting
            self._reasons[item.id] = reasons(setting, item.name, self.seed)
        return self._reasons[item.id]

    def record(self, state: State, item: Item, what: What, now: float, **said: object) -> Record:
        """A record about an item as it stands."""
        standing = state.standing(item)
        # Whoever has just been shown the same answer has had more than a hint.
        rung = max(standing.rung, 1) if self.is_seen(item) else standing.rung
        rung = LAST_RUNG if standing.shown else rung
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


def _numbers(problem: Problem) -> str:
    """What tells the numbers of a problem from others, whatever seed they were drawn with."""
    return fingerprint(replace(problem, seed=None))
