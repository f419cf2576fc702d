"""What was done of each problem, and which one to take next."""

from __future__ import annotations

from backprop_tutor.cli.listing import heads
from backprop_tutor.model.progress import Undertaking
from backprop_tutor.model.record import Record, Sitting, What
from backprop_tutor.quiz.next_problem import DIFFICULTIES, PARTS, TRAINS, next_problem, part_of
from backprop_tutor.quiz.undertakings import undertakings

HEADS = heads()
BY_NAME = {head.name: head for head in HEADS}


def test_the_first_is_easy_and_typical() -> None:
    assert next_problem(HEADS, []) == "slides-example-3"


def test_all_are_taken_once_and_then_there_is_none() -> None:
    done: list[str] = []
    while (name := next_problem(HEADS, done)) is not None:
        done.append(name)
    assert sorted(done) == sorted(BY_NAME)
    ranks = [DIFFICULTIES.index(BY_NAME[name].difficulty) for name in done]
    assert ranks[:5] == [0, 0, 1, 1, 2]


def test_what_is_shaky_is_trained() -> None:
    for skill, tags in TRAINS.items():
        name = next_problem(HEADS, ["slides-example-3"], [skill])
        assert name is not None
        assert tags & set(BY_NAME[name].tags.split(", ")), skill


def test_every_tag_is_one_of_a_bundled_problem() -> None:
    known = {tag for head in HEADS for tag in head.tags.split(", ")}
    assert set().union(*TRAINS.values()) <= known


def test_names_that_are_not_bundled_are_no_trouble() -> None:
    assert next_problem(HEADS, ["my-own"], ["nosuch"]) is not None
    assert next_problem([], []) is None


def sitting(session: str, problem: str = "p", plan: str = "practice") -> Sitting:
    return Sitting(session, 0.0, problem, "Title", "f", plan)


def quiz(session: str, verdicts: str, ended: bool = True) -> list[Record]:
    words = {"r": "correct", "w": "wrong"}
    records = [
        Record(session, 1.0, What.SKIPPED if v == "s" else What.ANSWERED, f"i{n}", "k", verdict=words.get(v, ""))
        for n, v in enumerate(verdicts)
    ]
    return [*records, Record(session, 2.0, What.ENDED)] if ended else records


def test_the_best_marks_stay() -> None:
    records = quiz("a", "rrw") + quiz("b", "rws") + quiz("c", "r", ended=False)
    [found] = undertakings([sitting("a"), sitting("b"), sitting("c", plan="test")], records)
    assert found == Undertaking("p", "Title", 2.0, True, 2, 3, True, 1, "test")


def test_a_part_of_a_problem_does_not_make_it_done() -> None:
    [found] = undertakings([sitting("a")], quiz("a", "r"), lambda each: False)
    assert (found.done, found.begun) == (False, False)


def test_a_quiz_in_which_nothing_happened_is_none() -> None:
    assert undertakings([sitting("a")], []) == ()


def test_what_was_hard_just_now_comes_before_what_is_shaky() -> None:
    for skill, tags in TRAINS.items():
        name = next_problem(HEADS, ["slides-example-3"], ["update"], hard={skill: 3, "input-gradient": 1})
        assert name is not None
        head = BY_NAME[name]
        near = [h for h in HEADS if DIFFICULTIES.index(h.difficulty) < 2 and h.name != "slides-example-3"]
        if any(tags & set(h.tags.split(", ")) for h in near):
            assert tags & set(head.tags.split(", ")), skill
            assert head in near, skill


def test_where_nothing_was_hard_it_is_as_ever() -> None:
    assert next_problem(HEADS, ["slides-example-3"], hard={}) == next_problem(HEADS, ["slides-example-3"])


def test_the_part_that_was_hard_is_asked_alone() -> None:
    assert part_of(["weight-gradient", "error-signal"], BY_NAME["two-by-two"]) == "backward"
    assert part_of(["activation"], BY_NAME["two-by-two"]) == "forward"
    assert part_of(["activation", "error-signal"], BY_NAME["two-by-two"]) == ""
    assert part_of(["weight-gradient", "concept"], BY_NAME["two-by-two"]) == ""
    assert part_of([], BY_NAME["two-by-two"]) == ""
    without = next(head for head in HEADS if "update" not in head.tags)
    assert part_of(["update"], without) == ""
    assert set().union(*PARTS.values()) == set(TRAINS)
