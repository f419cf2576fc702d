"""From what happened to evidence: how each thing that was asked came out, in each quiz."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..model.marking import ACCEPTED, STRICT, Verdict
from ..model.progress import Evidence, Outcome
from ..model.record import Idea, Record, What


def evidence(records: Iterable[Record]) -> tuple[Evidence, ...]:
    """One piece of evidence for each thing that was asked in a quiz, in the order in which they came out.

    The first answer that was judged decides, with the hints before it; an answer without a verdict (in a test, before
    its end) tells nothing.  What was skipped and never answered stands at its place, too.
    """
    cases: dict[tuple[str, str], _Case] = {}
    for number, record in enumerate(records):
        if record.item:
            cases.setdefault((record.session, record.item), _Case()).take(record, number)
    done = sorted((case for case in cases.values() if case.outcome is not None), key=lambda case: case.number)
    return tuple(case.as_evidence() for case in done)


@dataclass(slots=True)
class _Case:
    """One thing that is asked in one quiz, as far as it has come."""

    outcome: Outcome | None = None
    helped: bool = False
    number: int = 0
    decided: Record | None = None
    given: str = ""
    ideas: dict[tuple[Idea, ...], None] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        return self.outcome is None or self.outcome is Outcome.SKIPPED

    def take(self, record: Record, number: int) -> None:
        if record.what is What.HINTED:
            self.helped = True
        elif record.what is What.SHOWN:
            if self.is_open:
                self._decide(Outcome.SHOWN, record, number)
            elif self.outcome is Outcome.WRONG:
                self.outcome = Outcome.SHOWN
        elif record.what is What.SKIPPED:
            if self.outcome is None:
                self._decide(Outcome.SKIPPED, record, number)
        elif record.what in (What.ANSWERED, What.MARKED):
            self.given = record.given if record.given and self.is_open else self.given
            self._judge(record, number)

    def _judge(self, record: Record, number: int) -> None:
        if record.verdict in ACCEPTED:
            if self.is_open:
                self._decide(self._right(record), record, number)
            elif self.outcome is Outcome.WRONG:
                self.outcome = Outcome.REPAIRED
        elif record.verdict == Verdict.WRONG:
            if record.ideas:
                self.ideas[tuple(sorted(set(record.ideas), key=lambda idea: (idea.id, idea.title)))] = None
            if self.is_open:
                self._decide(Outcome.WRONG, record, number)
        elif record.what is What.MARKED and record.verdict == Verdict.MISSING and self.outcome is None:
            self._decide(Outcome.SKIPPED, record, number)

    def _right(self, record: Record) -> Outcome:
        if record.tries:
            return Outcome.REPAIRED
        if self.helped or not record.rung:
            return Outcome.HINTED if self.helped else Outcome.RIGHT
        return Outcome.SEEN if _is_of_round(record.item) else Outcome.HINTED

    def _decide(self, outcome: Outcome, record: Record, number: int) -> None:
        self.outcome, self.decided, self.number = outcome, record, number

    def as_evidence(self) -> Evidence:
        record, outcome = self.decided, self.outcome
        assert record is not None
        assert outcome is not None
        return Evidence(
            record.session, record.item, record.skill, record.at, outcome, record.choices, tuple(self.ideas),
            self.given, record.verdict in STRICT,
        )  # fmt: skip


def _is_of_round(item: str) -> bool:
    """Whether an item is one of a round or comes again: its number stands behind its name.

    A rung there, and no hint, was kept because the same answer had been shown before.
    """
    return item.count(":") == 2
