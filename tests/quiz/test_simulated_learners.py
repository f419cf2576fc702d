"""Whole quizzes by simulated learners: who knows it is never told anything wrong, and who does not is found out.

Small classes with the targets of the large ones (``tests/benchmark/run.py learners``).
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from random import Random

import pytest
from learner import tutor
from learners import (
    START,
    STYLES,
    Believer,
    Careless,
    Guesser,
    Held,
    Perfect,
    asks_for_help,
    believed,
    believers,
    random_line,
    rivals,
    sit,
)
from support import BUNDLED, lesson

from backprop_tutor.model.marking import Verdict
from backprop_tutor.model.progress import Level, Outcome
from backprop_tutor.model.quiz import ItemKind, Remark, State, Summary
from backprop_tutor.model.record import Record, What
from backprop_tutor.quiz.evidence import evidence
from backprop_tutor.quiz.mastery import mastery

NAMES = tuple(sorted(BUNDLED))
FREE = {"", Verdict.UNDECIDED, Verdict.UNREADABLE}
"""Verdicts that cost nothing: nothing was judged, or too few digits."""
IN_LETTERS = tuple(name for name in NAMES if len(lesson(name).steps) < 45)
SHORT = tuple(name for name in NAMES if len(lesson(name).steps) < 32)


def in_numbers(name: str) -> bool:
    """Whether every step has a number, and one that can be worked out by hand: ln 0 has none."""
    return name != "saturated-logistic" and all(step.figure is not None for step in lesson(name).steps)


# The perfect learner


def told_something_wrong(held: Held) -> list[tuple[str, str, str]]:
    """The answers that were not accepted at once, or behind which an idea was seen."""
    return [
        (said.item.id, said.typed, said.verdict)
        for said in held.said
        if said.ideas or said.verdict not in {Verdict.CORRECT, Verdict.IMPRECISE, *FREE}
    ]


def is_praised(held: Held) -> bool:
    """Whether the summary says that everything was right at the first try."""
    (told,) = [part for part in held.said[-1].turn.parts if isinstance(part, Summary)]
    everything = told.out_of
    assert everything >= len({said.item.id for said in held.said if said.item.kind is ItemKind.STEP})
    nothing = (told.wrong, told.open, told.shown, told.troubles, told.again)
    return (told.strict, told.first) == (everything, everything) and nothing == (0, 0, 0, (), ())


@pytest.mark.parametrize(("place", "name"), list(enumerate(SHORT)))
def test_who_knows_it_is_never_told_anything_wrong(place: int, name: str) -> None:
    styles = ("shown", STYLES[1 + place % (len(STYLES) - 1)]) if in_numbers(name) else ("shown",)
    for style in dict.fromkeys(styles):
        held = sit(tutor(name), Perfect(style))
        assert held.state.ended
        assert not told_something_wrong(held), style
        assert is_praised(held), style


@pytest.mark.parametrize("name", IN_LETTERS[::4])
def test_who_knows_the_formulas_is_never_told_anything_wrong(name: str) -> None:
    held = sit(tutor(name, symbolic=True), Perfect("shown"))
    assert held.state.ended
    assert not told_something_wrong(held)
    assert is_praised(held)


def test_what_was_right_often_enough_is_mastered() -> None:
    """Four right answers of one kind are enough, in whatever problems they were given."""
    records: list[Record] = []
    for name in ("slides-saturation", "logistic-regression", "week05-small-net"):
        teacher = tutor(name)
        teacher.session = name
        records += sit(teacher, Perfect("four decimals")).records
    free = Counter(each.skill for each in evidence(records) if each.outcome is Outcome.RIGHT and not each.choices)
    levels = {found.skill: found.level for found in mastery(records, START)}
    assert sum(number >= 4 for number in free.values()) >= 6
    for skill, number in free.items():
        assert levels[skill] is (Level.MASTERED if number >= 4 else levels[skill]), skill


# One wrong idea

BELIEVED_IN = ("cmu-tanh", "week05-small-net", "exact-roots", "gelu-and-silu", "shared-subexpression", "hinge-svm")
EVERY = 3
"""Of the learners with an idea in a larger problem, every third is heard."""


def of_the_catalogue(name: str) -> tuple[Believer, ...]:
    """Everybody with an idea of the catalogue in a problem; typical slopes of one operation have no id of their own."""
    steps = [item.name for item in tutor(name, questions=False).begin().agenda]
    return tuple(believer for believer in believers(name, steps) if believer.rule.id != "op")


@cache
def named(name: str) -> Counter[str]:
    """How often ideas were named in a problem: at the first wrong answer, alone within two, and wrongly."""
    counts: Counter[str] = Counter()
    teacher = tutor(name, questions=False)
    everyone = of_the_catalogue(name)
    for believer in everyone[::EVERY] if len(everyone) > 20 else everyone:
        if believer.rule.id == "M25":
            # One number by transposed weights is right under another convention, and is called so.
            continue
        heard = believed(teacher, believer)
        counts["all"] += 1
        counts["at once"] += believer.rule.id in heard[0].ideas
        counts["wrongly"] += any(len(said.ideas) == 1 and said.ideas != (believer.rule.id,) for said in heard)
        if len(believer.wrong) > 1 and not rivals(believer, everyone):
            counts["can be told"] += 1
            counts["alone"] += any(said.ideas == (believer.rule.id,) for said in heard)
    return counts


@pytest.mark.parametrize("name", BELIEVED_IN)
def test_an_idea_is_named_and_never_another_alone(name: str) -> None:
    found = named(name)
    assert found["all"] >= 5
    assert found["wrongly"] == 0
    assert found["at once"] >= found["all"] - 2
    assert found["alone"] >= 0.95 * found["can be told"]


def test_a_quiz_goes_on_after_an_idea() -> None:
    """The idea that is named once more is first on the list of what to look at again."""
    (believer,) = [b for b in of_the_catalogue("exact-roots") if type(b.rule).__name__ == "BiasGradientZero"][:1]
    wrong = dict(believer.wrong)
    perfect = Perfect("shown")
    held = sit(
        tutor("exact-roots"),
        lambda teacher, state, ask, item: (
            wrong[item.name]
            if item.kind is ItemKind.STEP and item.name in wrong and not state.standing(item).attempts
            else perfect(teacher, state, ask, item)
        ),
    )
    (told,) = [part for part in held.said[-1].turn.parts if isinstance(part, Summary)]
    assert held.state.ended
    assert told.strict == told.out_of
    assert told.out_of - told.first == len(wrong)
    assert [trouble.idea.id for trouble in told.troubles] == ["M39"]


# Guesses, hints, slips


@pytest.mark.parametrize("seed", range(3))
def test_nobody_masters_anything_by_guessing(seed: int) -> None:
    records: list[Record] = []
    for name in ("logistic-regression", "slides-saturation", "uw-chain-rule-point"):
        teacher = tutor(name, seed=seed)
        teacher.session = name
        held = sit(teacher, Guesser(Random(f"{name} {seed}")))
        assert held.state.ended
        records += held.records
    levels = {found.level for found in mastery(records, START)}
    assert Level.SHAKY in levels
    assert Level.MASTERED not in levels


@pytest.mark.parametrize("name", ["slides-example-3", "cmu-tanh", "week05-xyz"])
def test_whoever_only_asks_for_help_sees_everything_again_and_masters_nothing(name: str) -> None:
    held = sit(tutor(name), asks_for_help)
    assert held.state.ended
    steps = [item for item in held.state.agenda if item.kind is ItemKind.STEP]
    assert all(held.state.standing(item).shown for item in steps)
    again = [item.name for item in steps if item.id.startswith("again:")]
    assert sorted(again) == sorted(item.name for item in steps if not item.round)
    assert not any(found.level is Level.MASTERED for found in mastery(held.records, START))


def test_slips_are_told_as_slips() -> None:
    told: Counter[str] = Counter()
    for name in ("slides-example-3", "week05-small-net", "xor-tanh"):
        careless = Careless(Random(name), often=0.4)
        held = sit(tutor(name, questions=False), careless)
        made = {(item, typed) for item, typed, _ in careless.made}
        for said in held.said:
            if (said.item.id, said.typed) not in made:
                assert said.verdict in {Verdict.CORRECT, Verdict.IMPRECISE}
                continue
            assert said.verdict == Verdict.WRONG
            first = said.turn.parts[0]
            assert isinstance(first, Remark)
            told["slips"] += 1
            told["told as slips"] += str(first.words[0]).startswith("Almost")
            told["blamed"] += len(said.ideas) == 1
    assert told["slips"] >= 20
    assert told["blamed"] <= 0.05 * told["slips"]
    assert told["told as slips"] >= 0.8 * told["slips"]


# Anything at all

ANYWHERE = ("week05-xyz", "vector-dot", "kink-at-zero", "logistic-regression", "slides-saturation", "week05-small-net")
MOVES = 120


def same(one: State, other: State) -> bool:
    """Whether two states are the same, but for items that were never touched."""

    def touched(state: State) -> dict[str, object]:
        return {
            key: standing
            for key, standing in state.standings.items()
            if standing.attempts or standing.closed or standing.rung
        }

    return (one.here, one.agenda, one.ended, touched(one)) == (other.here, other.agenda, other.ended, touched(other))


@pytest.mark.parametrize("name", ANYWHERE)
@pytest.mark.parametrize(
    ("seed", "mode"), [(1, "practice"), (2, "practice"), (3, "practice"), (4, "learn"), (5, "test")]
)
def test_whatever_is_typed_the_quiz_knows_where_it_is(name: str, seed: int, mode: str) -> None:
    """Answers ahead, back, skipped, and nonsense: it never raises, asks nothing twice, and the records say it all."""
    random = Random(f"{name} {seed} {mode}")
    teacher = tutor(name, mode=mode, seed=seed)
    state = teacher.begin()
    records: list[Record] = []
    went_back: set[str] = set()
    for move in range(MOVES):
        item = state.item
        if item is None:
            break
        # What is done with is asked only of somebody who went back to it.
        standing = state.standing(item)
        # What was left open comes once more when everything else is done with, and only once.
        comes_again = standing.is_left and standing.left == 1
        assert item.id in went_back or comes_again or not standing.closed
        teacher.question(state)
        turn = teacher.advance(state, random_line(random, teacher, state, item), START + move)
        records += turn.records
        went_back |= {record.item for record in turn.records if record.what is What.MOVED}
        state = turn.state
        assert 0 <= state.here <= len(state.agenda)
        if move % 40 == 39:
            assert same(teacher.begin(records), state)
    assert same(teacher.begin(records), state)
    while (item := state.item) is not None:
        # Whoever skips to the end gets there.
        state = teacher.advance(state, "" if item.kind in {ItemKind.WORKED, ItemKind.HAND_IN} else ":skip", START).state
    assert state.ended
