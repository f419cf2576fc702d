"""Mastery: what the evidence says of each kind of step.

The odds that a kind of step is known start at 1 to 4.  Every piece of evidence multiplies them, and what was learned
fades: half of it (of the logarithm) in thirty days.  So much is needed to be called mastered that nobody gets there by
guessing or by hints (measured in the tests), and somebody who knows it gets there in four answers.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ..model.progress import Evidence, IdeaSeen, Level, Outcome, Reason, SkillState
from ..model.record import Record, Sitting
from .evidence import evidence

START = math.log(1 / 4)
RIGHT = math.log(3)
CHOSEN = math.log(2)
"""A right choice among three or more."""
CHOSEN_OF_TWO = math.log(1.5)
WRONG = math.log(0.4)
LEAST, MOST = math.log(1 / 19), math.log(99)
"""Beyond these odds (5 % and 99 %) nothing is certain, and the way back stays short."""
HALF_LIFE = 30 * 86_400.0
"""Seconds in which half of the evidence fades."""
MASTERED = 0.95
STILL_MASTERED = 0.8
"""What was mastered stays so until, with time alone, its probability is lower than this."""
IN_A_ROW = 3
LATELY = 6
"""So many last answers are looked at for a misconception that comes again."""
LAST_FEW = 4
OFTEN = 2
RECENT = 100
"""Of older answers than so many, nothing is left to be seen."""
SHOWN_LATELY = 8
MOST_MISSING = 20
SAME_NUMBERS = 86_400.0
"""Right answers to the same numbers tell nothing again within so many seconds."""

FAILED = frozenset({Outcome.WRONG, Outcome.REPAIRED, Outcome.SHOWN})


def mastery(records: Iterable[Record], now: float, sittings: Iterable[Sitting] = ()) -> tuple[SkillState, ...]:
    """The state of every kind of step that occurs, in the order in which they were met.

    ``now`` is the time in seconds since 1970.  With the ``sittings``, a right answer is not counted again when less
    than a day before, in another quiz on the same problem, the same answer was right or was shown.
    """
    records = tuple(records)
    by_skill: dict[str, list[Evidence]] = {record.skill: [] for record in records if record.skill}
    for each in _without_repetitions(evidence(records), sittings):
        if each.skill and each.outcome is not Outcome.SKIPPED:
            by_skill[each.skill].append(each)
    return tuple(_state(skill, found, now) for skill, found in by_skill.items())


def _without_repetitions(found: Iterable[Evidence], sittings: Iterable[Sitting]) -> list[Evidence]:
    problems = {sitting.session: sitting.fingerprint for sitting in sittings}
    known: dict[tuple[str, str], Evidence] = {}
    kept = []
    for each in found:
        key = (problems.get(each.session, each.session), each.item)
        if not _is_repetition(each, known.get(key)):
            kept.append(each)
        if each.outcome not in (Outcome.WRONG, Outcome.SKIPPED):
            known[key] = each
    return kept


def _is_repetition(each: Evidence, before: Evidence | None) -> bool:
    """Whether the answer could be remembered; on fresh numbers it is another one."""
    if before is None or before.session == each.session or each.outcome not in (Outcome.RIGHT, Outcome.HINTED):
        return False
    same = bool(each.choices) or before.outcome is Outcome.SHOWN or before.given == each.given
    return same and each.at - before.at < SAME_NUMBERS


@dataclass(frozen=True, slots=True)
class _Standing:
    """Where the evidence up to now leaves a kind of step."""

    level: Level
    probability: float
    reason: Reason | None = None


def _state(skill: str, found: Sequence[Evidence], now: float) -> SkillState:
    # An answer that had been shown before tells nothing, neither for nor against.
    recent = [each for each in found if each.outcome is not Outcome.SEEN][-RECENT:]
    standing = _standing(recent, now) if recent or not found else _Standing(Level.LEARNING, _probability(START))
    counts = Counter(each.outcome for each in found)
    ideas = Counter(tied for each in found for tied in each.ideas)
    return SkillState(
        skill,
        standing.level,
        standing.probability,
        tuple((outcome, counts[outcome]) for outcome in Outcome if counts[outcome]),
        tuple(each.outcome for each in found[-SHOWN_LATELY:]),
        tuple(IdeaSeen(tied, times) for tied, times in ideas.most_common()),
        max((each.at for each in found), default=0.0),
        _missing(recent, now) if standing.level is not Level.MASTERED else 0,
        standing.reason,
    )


def _standing(found: Sequence[Evidence], now: float) -> _Standing:
    if not found:
        return _Standing(Level.NEW, _probability(START))
    odds, at, row, was_mastered, is_mastered = START, found[0].at, 0, False, False
    for number, each in enumerate(found, start=1):
        odds = min(MOST, max(LEAST, _faded(odds, each.at - at) + _weight(each)))
        at = max(at, each.at)
        row = row + 1 if each.outcome is Outcome.RIGHT else 0
        enough = _probability(odds) >= MASTERED and row >= IN_A_ROW
        is_mastered = enough and not _comes_again(found[max(0, number - LATELY) : number])
        was_mastered = was_mastered or is_mastered
    probability = _probability(_faded(odds, now - at))
    if is_mastered:
        if probability >= STILL_MASTERED:
            return _Standing(Level.MASTERED, probability)
        return _Standing(Level.SHAKY, probability, Reason.FADED)
    return _Standing(*_not_mastered(found, was_mastered, probability))


def _not_mastered(
    found: Sequence[Evidence], was_mastered: bool, probability: float
) -> tuple[Level, float, Reason | None]:
    if _comes_again(found[-LATELY:]):
        return Level.SHAKY, probability, Reason.SAME_MISTAKE
    if was_mastered and any(each.outcome in FAILED for each in found[-IN_A_ROW:]):
        return Level.SHAKY, probability, Reason.SLIPPED
    if sum(each.outcome in FAILED for each in found[-LAST_FEW:]) >= OFTEN:
        return Level.SHAKY, probability, Reason.OFTEN_WRONG
    return Level.LEARNING, probability, None


def _comes_again(lately: Iterable[Evidence]) -> bool:
    """Whether one misconception explains wrong answers to two things that were asked."""
    seen = Counter(key for each in lately for key in {idea.key for tied in each.ideas for idea in tied})
    return any(times >= 2 for times in seen.values())


def _missing(found: Sequence[Evidence], now: float) -> int:
    """How many right answers of the last kind (free, or by choice) would be enough today."""
    example = found[-1] if found else Evidence("", "", "", now, Outcome.RIGHT)
    right = replace(example, at=now, outcome=Outcome.RIGHT, ideas=())
    longer = list(found)
    for number in range(1, MOST_MISSING):
        longer.append(right)
        if _standing(longer, now).level is Level.MASTERED:
            return number
    return MOST_MISSING


def _weight(each: Evidence) -> float:
    if each.outcome is Outcome.RIGHT:
        return RIGHT if not each.choices else CHOSEN_OF_TWO if each.choices <= 2 else CHOSEN
    return WRONG if each.outcome in FAILED else 0.0


def _faded(odds: float, seconds: float) -> float:
    """The logarithm of the odds after this time; a clock that was set back takes nothing away."""
    return START + (odds - START) * math.exp2(-max(0.0, seconds) / HALF_LIFE)


def _probability(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))
