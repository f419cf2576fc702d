"""What the evidence says: each kind of answer, each state, and simulated learners."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from learner import hold, right_text, tutor

from backprop_tutor.model.progress import IdeaSeen, Level, Outcome, Overview, Reason, SkillState
from backprop_tutor.model.quiz import Summary
from backprop_tutor.model.record import Idea, Record, Sitting, What
from backprop_tutor.quiz.evidence import evidence
from backprop_tutor.quiz.mastery import mastery
from backprop_tutor.quiz.undertakings import undertakings
from backprop_tutor.writers.progress import ProgressTelling
from backprop_tutor.writers.quiz_summary import ALREADY_SEEN, SEEN_COUNTS

DAY = 86_400.0
HINT, SHOW, SKIP, READ, MARK = What.HINTED, What.SHOWN, What.SKIPPED, What.READ, What.MARKED


def happened(*parts: What | str | tuple[What, str], item: str = "i", **more: object) -> list[Record]:
    """Records of one item: a verdict is an answer with it."""
    records = []
    for place, part in enumerate(parts):
        what, verdict = (What.ANSWERED, part) if isinstance(part, str) and part not in set(What) else (part, "")
        what, verdict = part if isinstance(part, tuple) else (what, verdict)
        records.append(Record("s", float(place), What(what), item, "k", "1", verdict, **more))  # type: ignore[arg-type]
    return records


@pytest.mark.parametrize(
    ("parts", "outcome"),
    [
        (("correct",), Outcome.RIGHT),
        (("imprecise",), Outcome.RIGHT),
        (("carried",), Outcome.RIGHT),
        (("other_convention",), Outcome.RIGHT),
        (("wrong",), Outcome.WRONG),
        (("wrong", "wrong"), Outcome.WRONG),
        (("wrong", "correct"), Outcome.REPAIRED),
        (("wrong", HINT, "correct"), Outcome.REPAIRED),
        (("correct", "wrong"), Outcome.RIGHT),
        (("correct", HINT, SHOW), Outcome.RIGHT),
        ((HINT, "correct"), Outcome.HINTED),
        ((READ, "correct"), Outcome.RIGHT),
        (("", What.MOVED, READ, (MARK, "correct")), Outcome.RIGHT),
        ((HINT, "wrong"), Outcome.WRONG),
        ((SHOW,), Outcome.SHOWN),
        (("wrong", SHOW, "correct"), Outcome.SHOWN),
        ((SHOW, "correct"), Outcome.SHOWN),
        (("unreadable", "undecided", "missing", "correct"), Outcome.RIGHT),
        (("unreadable",), None),
        (("",), None),
        ((HINT,), None),
        ((SKIP,), Outcome.SKIPPED),
        ((SKIP, What.MOVED, "correct"), Outcome.RIGHT),
        (("", "", (MARK, "correct")), Outcome.RIGHT),
        (("", (MARK, "wrong")), Outcome.WRONG),
        (((MARK, "missing"),), Outcome.SKIPPED),
        (((MARK, "undecided"),), None),
    ],
)
def test_how_something_came_out(parts: tuple[What | str, ...], outcome: Outcome | None) -> None:
    found = evidence(happened(*parts))
    assert [each.outcome for each in found] == ([] if outcome is None else [outcome])


def test_help_and_tries_count_although_their_records_are_gone() -> None:
    assert evidence(happened("correct", rung=1))[0].outcome is Outcome.HINTED
    assert evidence(happened("correct", tries=1))[0].outcome is Outcome.REPAIRED


def test_what_had_been_shown_before_is_told_from_what_was_hinted_and_counts_for_nothing() -> None:
    seen = happened("correct", item="step:a:1", rung=1)
    assert [each.outcome for each in evidence(seen)] == [Outcome.SEEN]
    assert evidence(happened(HINT, "correct", item="step:a:1", rung=1))[0].outcome is Outcome.HINTED
    [state] = mastery(seen, now=1.0)
    assert (state.level, state.count(Outcome.SEEN), state.missing) == (Level.LEARNING, 1, 4)
    own = [record for number in range(6) for record in happened("correct", item=f"step:{number}")]
    [before], [after] = mastery(own, now=1.0), mastery([*own, *seen], now=1.0)
    assert before.level is after.level is Level.MASTERED
    assert before.probability == after.probability


def test_the_summary_and_progress_say_the_same_of_answers_that_were_seen_in_the_example() -> None:
    sitting = hold(tutor("week05-xyz", mode="learn"), lambda teacher, state, ask, item: right_text(teacher, item))
    summary = next(part for part in sitting.said if isinstance(part, Summary))
    assert (summary.first, summary.seen, summary.strict) == (0, summary.out_of, summary.out_of)
    assert f"All {summary.out_of} right, with the answer already seen." in sitting.screen
    assert SEEN_COUNTS in " ".join(sitting.screen.split())
    [taken] = undertakings([Sitting("test", 0.0, "week05-xyz", "Product", "f", "learn")], sitting.records)
    assert (taken.right, taken.seen, taken.out_of) == (0, summary.out_of, summary.out_of)
    states = mastery(sitting.records, now=sitting.records[-1].at)
    overview = Overview(states, (taken,))
    telling = ProgressTelling(overview, {}, lambda at: "today", lambda each: "")
    told = " ".join("".join(run.text for run in line).strip() for line in telling.whole(80))
    assert SEEN_COUNTS in told
    assert f"0 of {summary.out_of} right at the first try and without help, {summary.out_of} {ALREADY_SEEN}" in told


def test_each_quiz_is_by_itself() -> None:
    first = happened("wrong")
    again = [replace(record, session="t") for record in happened("correct")]
    assert [each.outcome for each in evidence(first + again)] == [Outcome.WRONG, Outcome.RIGHT]


ONE, OTHER = Idea("M01", "Slope left out", "Multiply by it."), Idea("M27", "Only one path", "Add.")


def answers(*rights: bool, choices: int = 0, ideas: tuple[Idea, ...] = (), gap: float = 60.0) -> list[Record]:
    return [
        Record(
            "s", place * gap, What.ANSWERED, f"i{place}", "k", str(place), "correct" if right else "wrong",
            () if right else ideas, choices=choices,
        )
        for place, right in enumerate(rights)
    ]  # fmt: skip


def state(records: list[Record], after: float = 0.0) -> SkillState:
    [found] = mastery(records, max(record.at for record in records) + after)
    return found


# States.


def test_four_right_answers_are_mastery_and_three_are_not() -> None:
    assert [state(answers(*[True] * n)).level for n in (1, 3, 4)] == [Level.LEARNING, Level.LEARNING, Level.MASTERED]
    assert [state(answers(*[True] * n)).missing for n in (1, 3, 4)] == [3, 1, 0]


def test_chosen_answers_need_more() -> None:
    needed = [
        next(n for n in range(1, 20) if state(answers(*[True] * n, choices=c)).missing == 0) for c in (0, 4, 3, 2)
    ]
    assert needed == [4, 7, 7, 11]


def test_what_was_never_judged_is_new() -> None:
    found = state(happened(HINT, "unreadable"))
    assert (found.level, found.asked, found.last, found.missing) == (Level.NEW, 0, 0.0, 4)


def test_a_misconception_seen_twice_makes_it_shaky() -> None:
    once = state(answers(True, True, True, True, False, True, ideas=(ONE,)))
    twice = state(answers(True, True, True, False, True, False, True, ideas=(ONE,)))
    assert once.reason is Reason.SLIPPED
    assert (twice.level, twice.reason) == (Level.SHAKY, Reason.SAME_MISTAKE)
    assert twice.ideas == (IdeaSeen((ONE,), 2),)


def test_two_slips_of_operations_are_not_called_the_same_mistake() -> None:
    tanh, exp = Idea("op", "Slope of tanh", "1 - tanh^2."), Idea("op", "Slope of exp", "exp itself.")
    records = answers(False, ideas=(tanh,)) + [replace(r, item="j") for r in answers(False, ideas=(exp,))]
    assert state(records).reason is not Reason.SAME_MISTAKE
    assert state(records).ideas == (IdeaSeen((tanh,), 1), IdeaSeen((exp,), 1))
    again = [replace(r, item="k") for r in answers(False, ideas=(exp,))]
    assert state(records + again).reason is Reason.SAME_MISTAKE


def test_one_misconception_with_two_titles_is_the_same_mistake() -> None:
    faces = Idea("M45", "Rate left out", "Multiply by it."), Idea("M45", "Rate applied twice", "Once.")
    records = [replace(r, item=face.title) for face in faces for r in answers(False, ideas=(face,))]
    assert state(records).reason is Reason.SAME_MISTAKE
    assert [seen.ideas for seen in state(records).ideas] == [(faces[0],), (faces[1],)]


def test_the_same_misconception_twice_in_one_thing_is_once() -> None:
    records = happened("wrong", "wrong", "correct", ideas=(ONE,))
    assert state(records).ideas == (IdeaSeen((ONE,), 1),)
    assert state(records).level is Level.LEARNING


def test_ideas_that_are_tied_stay_alternatives() -> None:
    records = answers(False, ideas=(OTHER, ONE)) + [replace(r, item="j") for r in answers(False, ideas=(ONE,))]
    found = state(records)
    assert set(found.ideas) == {IdeaSeen((ONE, OTHER), 1), IdeaSeen((ONE,), 1)}
    assert found.reason is Reason.SAME_MISTAKE


def test_who_overcomes_a_misconception_recovers() -> None:
    found = [state(answers(*[False] * 6, *[True] * n, ideas=(ONE,))) for n in range(9)]
    assert found[0].level is found[4].level is Level.SHAKY
    assert Level.MASTERED in [each.level for each in found]
    assert found[0].missing <= 8


def test_missing_is_what_it_takes() -> None:
    for rights in ((False, False), (True, False, True), (True,) * 4 + (False,)):
        missing = state(answers(*rights, gap=1e-3)).missing
        for more, level in ((missing - 1, False), (missing, True)):
            found = state(answers(*rights, *[True] * more, gap=1e-3))
            assert (found.level is Level.MASTERED) is level


def test_mastery_fades_and_comes_back() -> None:
    records = answers(*[True] * 6)
    assert state(records, 10 * DAY).level is Level.MASTERED
    found = state(records, 90 * DAY)
    assert (found.level, found.reason) == (Level.SHAKY, Reason.FADED)
    assert 0 < found.missing <= 4
    assert state(records[:1], -DAY).probability == state(records[:1]).probability, "a clock that was set back"


def test_half_of_the_evidence_fades_in_thirty_days() -> None:
    [found] = mastery(answers(True), 30 * DAY)
    assert found.probability == pytest.approx(1 / (1 + 4 / math.sqrt(3)))


def test_right_again_on_the_same_numbers_tells_nothing() -> None:
    sittings = [Sitting(s, 0.0, "p", "t", "f", "plan") for s in ("s", "t")]
    first = answers(True, True)
    again = [replace(r, session="t", at=r.at + 600) for r in first]
    later = [replace(r, session="t", at=r.at + 2 * DAY) for r in first]
    fresh = [replace(r, session="t", at=r.at + 600, given=r.given + "9") for r in first]
    for second, asked in ((again, 2), (later, 4), (fresh, 4)):
        assert mastery(first + second, 3 * DAY, sittings)[0].asked == asked
    other = [sittings[0], replace(sittings[1], fingerprint="g")]
    assert mastery(first + again, 3 * DAY, other)[0].asked == 4


# Each threshold, from both of its sides.


@pytest.mark.parametrize(("more", "level"), [(2, Level.SHAKY), (3, Level.MASTERED)])
def test_after_a_slip_three_in_a_row_are_asked_again(more: int, level: Level) -> None:
    assert state(answers(*[True] * 10, False, *[True] * more)).level is level


@pytest.mark.parametrize(("days", "level"), [(28, Level.MASTERED), (32, Level.SHAKY)])
def test_what_was_mastered_stays_so_for_four_weeks(days: int, level: Level) -> None:
    found = state(answers(*[True] * 5), days * DAY)
    assert (found.level, found.probability < 0.8) == (level, level is Level.SHAKY)


@pytest.mark.parametrize(("rights", "reason"), [((0, 1, 0, 1), Reason.OFTEN_WRONG), ((0, 0, 1, 1, 1), None)])
def test_two_of_the_last_four_are_often(rights: tuple[int, ...], reason: Reason | None) -> None:
    assert state(answers(*map(bool, rights))).reason is reason


# Simulated learners.


def simulated(seed: int, choices: tuple[int, ...], knows: Callable[[int], float], hinted: bool = False) -> SkillState:
    dice = random.Random(seed)
    records, at = [], 0.0
    for place in range(dice.randint(4, 60)):
        at += dice.expovariate(1 / 60)
        of = dice.choice(choices)
        base = Record("s", at, What.ANSWERED, f"i{place}", "k", f"{place}", "correct", (), 0, 0, of)
        if hinted:
            records.append(replace(base, what=What.HINTED, verdict=""))
        if dice.random() >= knows(of):
            records.append(replace(base, verdict="wrong"))
        records.append(base)
    return state(records)


@pytest.mark.parametrize("choices", [(0,), (3,), (2,), (4,), (0, 3)])
def test_a_guesser_does_not_end_as_mastered(choices: tuple[int, ...]) -> None:
    """Numbers are always wrong, choices right by chance; what was wrong is tried until it is right."""
    runs = 800
    mastered = sum(
        simulated(seed, choices, lambda of: 1 / of if of else 0.0).level is Level.MASTERED for seed in range(runs)
    )
    assert mastered / runs < 0.01


def test_who_always_asks_for_hints_does_not_end_as_mastered() -> None:
    assert not any(simulated(seed, (0, 3), lambda of: 1.0, hinted=True).level is Level.MASTERED for seed in range(300))


def test_who_knows_it_ends_as_mastered() -> None:
    assert all(simulated(seed, (0,), lambda of: 1.0).level is Level.MASTERED for seed in range(300))
    assert sum(simulated(seed, (0,), lambda of: 0.95).level is Level.MASTERED for seed in range(300)) > 240


def test_a_quiz_and_its_progress_count_the_same() -> None:
    given = {"z1_1": "0.25", "a1_1": "0.5622", "z1_2": ":hint"}
    typed = set()

    def answer(tutor, state, ask, item):  # type: ignore[no-untyped-def]
        first = item.name not in typed
        typed.add(item.name)
        return given.get(item.name, "") if first and item.name in given else right_text(tutor, item)

    for mode in ("practice", "test"):
        typed.clear()
        sitting = hold(tutor("slides-example-3", mode=mode, questions=False), answer)
        [summary] = [part for part in sitting.said if isinstance(part, Summary)]
        kept = Sitting("test", 0.0, "slides-example-3", "", "f", mode)
        [found] = undertakings([kept], sitting.records)
        assert (found.right, found.out_of) == (summary.first, summary.out_of)
        assert summary.first < summary.out_of
