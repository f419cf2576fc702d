"""The counts of a test: the same in its marks, in the summary, on the page of the session and in progress."""

from __future__ import annotations

import re

from learner import hold, right_text, tutor

from backprop_tutor.model.marking import ACCEPTED, STRICT, Verdict
from backprop_tutor.model.quiz import Marked, Summary
from backprop_tutor.model.record import What
from backprop_tutor.quiz.transcript import transcript
from backprop_tutor.writers.quiz_markdown import write

NAMES = ("yhat", "dL/dyhat", "dL/dz2_1", "dL/dw2_11", "dL/dw2_12", "dL/db2_1", "dL/da1_1")


def sitting(typed: dict[str, str]):  # type: ignore[no-untyped-def]
    teacher = tutor("slides-example-3", mode="test", ask=NAMES)
    return hold(teacher, lambda teacher, state, ask, item: typed.get(item.name, right_text(teacher, item)))


def counts(text: str) -> set[str]:
    return set(re.findall(r"\d+ of \d+", text))


def test_what_follows_without_a_mark_is_counted_alike_everywhere() -> None:
    # From a δ of 0 everything is 0, and nothing is left to be worked out.
    found = sitting({"dL/dz2_1": "0", "dL/dw2_11": "0", "dL/dw2_12": "0", "dL/db2_1": "0", "dL/da1_1": "0"})
    report = next(part for part in found.said if isinstance(part, Marked)).report
    told = next(part for part in found.said if isinstance(part, Summary))
    without = [entry for entry in report.entries if entry.verdict in ACCEPTED and not entry.earned]
    assert without
    assert (told.strict, told.carried, told.out_of) == (
        report.marks.strict, report.marks.carried, report.marks.out_of,
    )  # fmt: skip
    assert told.unmarked == len(without)
    assert f"{len(without)} answers follow from your own values, but earn no mark." in found.screen
    page = write(transcript(found.tutor, found.state))
    marks = f"{told.strict} of {told.out_of}"
    assert counts(page.partition("## How it went")[2].partition("## Answers")[0]) == {marks}
    assert counts(found.screen.partition("━━ Marks")[2]) == {marks}


def test_what_cannot_be_judged_is_counted_nowhere() -> None:
    found = sitting({"yhat": "0.8"})
    report = next(part for part in found.said if isinstance(part, Marked)).report
    told = next(part for part in found.said if isinstance(part, Summary))
    assert told.out_of == report.marks.out_of
    assert "1 answer could not be judged and is not counted." in found.screen
    assert told.uncounted == len(NAMES) - report.marks.out_of == 1
    assert (told.strict, told.wrong, told.open) == (report.marks.strict, 0, 0)


def test_a_right_mark_is_kept_only_of_what_is_right_by_itself() -> None:
    found = sitting({"dL/dz2_1": "0.3", "dL/dw2_11": "0.169", "dL/dw2_12": "0.182"})
    report = next(part for part in found.said if isinstance(part, Marked)).report
    strict = {entry.name for entry in report.entries if entry.strict}
    marked = (record for record in found.records if record.what is What.MARKED)
    kept = {record.item.partition(":")[2] for record in marked if record.verdict in STRICT}
    assert kept == strict


def test_the_page_has_the_verdicts_of_the_marks() -> None:
    """What is imprecise from the learner's own wrong values is kept as carried, and called what the marks call it."""
    lines = ["dL/da1_1 = -0.0507*0.7", "dL/dz1_1 = dL/da1_1", "dL/dw1_11 = -0.0533"]
    found = hold(tutor("week05-small-net", mode="test", questions=False), [*lines, *[":skip"] * 60, ""])
    [kept] = [each.verdict for each in found.records if each.item == "step:dL/dw1_11" and each.what is What.MARKED]
    page = transcript(found.tutor, found.state)
    rows = {row.name: row.attempts[-1].verdict for row in page.answered if row.name and row.attempts}
    assert (kept, rows["dL/dw1_11"]) == ("carried", Verdict.IMPRECISE)
