"""What a learner has done of each problem, from what is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from ..model.progress import Evidence, Outcome, Undertaking
from ..model.record import Record, Sitting, What
from .evidence import evidence
from .plan import WHY


def undertakings(
    sittings: Iterable[Sitting], records: Iterable[Record], is_whole: Callable[[Sitting], bool] = lambda sitting: True
) -> tuple[Undertaking, ...]:
    """One for each problem, the one that was taken last first.

    ``is_whole`` tells a quiz on the whole problem from one on a part of it: only the former makes a problem done.
    A quiz in which nothing happened is none.
    """
    records = tuple(records)
    ended = {record.session for record in records if record.what is What.ENDED}
    last = {record.session: record.at for record in records}
    by_session: dict[str, list[Evidence]] = {session: [] for session in last}
    for each in evidence(records):
        by_session[each.session].append(each)

    found: dict[str, Undertaking] = {}
    for sitting in sittings:
        if sitting.session not in last:
            continue
        before = found.pop(sitting.problem, Undertaking(sitting.problem, sitting.title, 0.0))
        now = replace(before, title=sitting.title, last=max(before.last, last[sitting.session]))
        asked = by_session[sitting.session]
        if sitting.session not in ended:
            answered = sum(each.outcome is not Outcome.SKIPPED for each in asked)
            now = replace(now, begun=True, answered=answered, plan=sitting.plan)
        elif is_whole(sitting):
            now = _with_marks(replace(now, done=True), asked)
        found[sitting.problem] = now
    return tuple(sorted(found.values(), key=lambda each: -each.last))


def _with_marks(undertaking: Undertaking, asked: list[Evidence]) -> Undertaking:
    """With the better marks: more right, and of fewer; what is counted is what the summary of a quiz counts."""
    asked = [each for each in asked if not each.item.startswith(WHY)]
    right = sum(each.outcome is Outcome.RIGHT and each.strict for each in asked)
    seen = sum(each.outcome is Outcome.SEEN and each.strict for each in asked)
    out_of = len(asked)
    if undertaking.out_of and (undertaking.right, -undertaking.out_of) >= (right, -out_of):
        return undertaking
    return replace(undertaking, right=right, out_of=out_of, seen=seen)
