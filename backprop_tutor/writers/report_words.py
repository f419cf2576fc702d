"""What is said of a marked sheet, in sentences that every writer prints in its own way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from ..model.formula import Formula, Name
from ..model.learner_result import lines_not_understood, unread_answers
from ..model.marking import FREE, Entry, Explanation, Report, Verdict
from ..model.op import Words
from ..reading.findings import counted
from .report_answers import given, number
from .report_unread import seems_elsewhere

MOST_NAMED = 8
"""So many quantities are listed in a sentence; the rest are counted."""
TOLD_IN_FULL = 2
"""So many steps with the same idea are told in full; later ones in one line."""
SHORT_ENOUGH = 40
"""What is said of a slip in so many characters may be said again."""

VERDICTS = {
    Verdict.CORRECT: "right",
    Verdict.IMPRECISE: "imprecise",
    Verdict.CARRIED: "follows",
    Verdict.WRONG: "wrong",
    Verdict.UNREADABLE: "unreadable",
    Verdict.MISSING: "missing",
    Verdict.OTHER_CONVENTION: "other convention",
    Verdict.UNDECIDED: "cannot tell",
}
_TALLIES = {
    Verdict.CORRECT: "right",
    Verdict.IMPRECISE: "imprecise",
    Verdict.OTHER_CONVENTION: "right under another convention",
    Verdict.WRONG: "wrong",
    Verdict.CARRIED: "right from your own earlier values",
    Verdict.UNDECIDED: "with too few digits to tell",
    Verdict.UNREADABLE: "unreadable",
    Verdict.MISSING: "missing",
}
_RIGHT = (Verdict.CORRECT, Verdict.IMPRECISE, Verdict.OTHER_CONVENTION)


_HYPHEN = re.compile(r"(?<![\w.)])-(?=[0-9])|(?<=[\w)] )-(?= (?:[0-9(]|[\w.]+[*^/(]))")
"""The sign of a number in a sentence, or of a difference, which every formula beside it prints as a minus."""


def with_minus(text: str) -> str:
    """The text of a sentence with the sign of its numbers and differences as in formulas."""
    return _HYPHEN.sub("−", text)


def sentence(text: str) -> str:
    """The text with a full stop, so that another sentence can follow."""
    return text if not text or text.endswith((".", "!", "?")) else text + "."


def find(report: Report, name: str | None) -> Entry | None:
    """The entry of that plain name."""
    return next((entry for entry in report.entries if entry.name == name), None)


def asked(report: Report) -> tuple[Entry, ...]:
    """The entries that count, and those that are there although they do not."""
    return tuple(entry for entry in report.entries if entry.asked or entry.verdict is not Verdict.MISSING)


def wrong(report: Report) -> tuple[Entry, ...]:
    """The wrong entries, in the order of the solution."""
    return tuple(entry for entry in report.entries if entry.verdict is Verdict.WRONG)


def headline(report: Report) -> Words:
    """The verdict on the whole sheet in one sentence."""
    if seems_elsewhere(report):
        lines = lines_not_understood(report)
        return (f"This sheet seems to be for another problem: {lines} of its lines name nothing of this one.",)
    first = find(report, report.first_error)
    if first is not None and first.given is not None:
        start: Words = ("First wrong step: ", first.quantity, " = ", given(first.given))
        # What stands before the first wrong step is right, but rounded: the line below shows what it gives.
        yours = first.from_yours
        if yours is not None and first.expected is not None and yours.shown != first.expected.shown:
            return (*start, "; from your own values it should be ", number(yours), ".")
        right = number(first.expected) if first.expected is not None else first.formula
        if right is None:
            return (*start, ".")
        return (*start, "; it should be ", right, ".")
    found = [entry for entry in report.entries if entry.verdict is not Verdict.MISSING]
    missing = sum(entry.asked and entry.verdict is Verdict.MISSING for entry in report.entries)
    unread, unknown = len(unread_answers(report)), lines_not_understood(report)
    doubts = [f"{counted(unread, 'answer')} could not be read"] * bool(unread)
    doubts += [f"{counted(unknown, 'line')} {'was' if unknown == 1 else 'were'} not understood"] * bool(unknown)
    more = [f"{missing} missing"] * bool(missing)
    if not found:
        rest = ", ".join(["", *doubts])
        return (f"Nothing to mark: the {report.work} has no value for any step{rest}.",)
    if doubts or any(entry.verdict not in _RIGHT for entry in found):
        return (
            "; ".join(["Nothing wrong in what could be judged", *[", ".join(doubts + more)] * bool(doubts + more)])
            + ".",
        )
    imprecise = sum(entry.verdict is Verdict.IMPRECISE for entry in found)
    more = ["but imprecise" if len(found) == 1 else f"{imprecise} of them imprecise"] * bool(imprecise) + more
    other = any(entry.verdict is Verdict.OTHER_CONVENTION for entry in found)
    return (", ".join([_all_right(len(found), report.work) + " under another convention" * other, *more]) + ".",)


def _all_right(steps: int, work: str) -> str:
    if steps == 1:
        return f"The one step on the {work} is right"
    return f"Both steps on the {work} are right" if steps == 2 else f"All {steps} steps on the {work} are right"


def tied(report: Report) -> str:
    """How a choice between ideas begins."""
    return f"One of these, and the {report.work} cannot tell which: each explains "


def overall(report: Report) -> Verdict:
    """The verdict whose sign stands before the headline."""
    if wrong(report) and not seems_elsewhere(report):
        return Verdict.WRONG
    if seems_elsewhere(report):
        return Verdict.UNDECIDED
    if all(entry.verdict is Verdict.MISSING for entry in report.entries):
        return Verdict.MISSING
    return Verdict.CORRECT if report.is_right and not report.unknown else Verdict.UNDECIDED


def tally(report: Report) -> str:
    """How many steps have which verdict; empty where all have the same.

    ``30 steps: 4 right, 5 wrong, 21 right from your own earlier values.``
    """
    entries = asked(report)
    counts = {verdict: sum(entry.verdict is verdict for entry in entries) for verdict in _TALLIES}
    parts = [f"{count} {_TALLIES[verdict]}" for verdict, count in counts.items() if count]
    return f"{counted(len(entries), 'step')}: {', '.join(parts)}." if len(parts) > 1 else ""


def marks(report: Report) -> tuple[str, ...]:
    """The marks in words."""
    strict, carried, out_of = report.marks.strict, report.marks.carried, report.marks.out_of
    if not out_of:
        return (f"No step on this {report.work} could be marked.",)
    free = sum(entry.verdict in FREE for entry in report.entries if entry.asked)
    lines = lines_not_understood(report)
    were = "was" if lines == 1 else "were"
    rest = [f"Not counted: {counted(free, 'step')} that could not be judged."] * bool(free)
    rest += [f"Not counted: {counted(lines, 'line')} that {were} not understood."] * bool(lines)
    if strict == carried:
        same = " Judging each step from your own earlier values gives the same mark." if strict < out_of else ""
        return (f"{strict} of {out_of}.{same}", *rest)
    counts = "A step that you did rightly from your own earlier values counts too, so one mistake costs its own step "
    counts += "and no more."
    if not wrong(report):
        counts = "What is right under another convention, or from your own earlier values, counts too."
    return (
        f"Strict: {strict} of {out_of}. These numbers are right as they stand.",
        f"Carried: {carried} of {out_of}. {counts}",
        *rest,
    )


def followers(report: Report, name: str) -> tuple[Entry, ...]:
    """The entries that are right from the learner's own values, and off only because of this one (or others)."""
    follow = (Verdict.CARRIED, Verdict.IMPRECISE, Verdict.OTHER_CONVENTION)
    return tuple(entry for entry in report.entries if name in entry.follows_from and entry.verdict in follow)


def what_follows(report: Report, name: str, most: int = MOST_NAMED) -> Words:
    """Which later entries follow from a wrong one; empty where none does."""
    entries = followers(report, name)
    if not entries:
        return ()
    return ("What follows from it: ", *named(entries, most), " (right from your own values).")


def comes_from(report: Report, entry: Entry) -> Words:
    """From which wrong steps it comes that a step is right only from the learner's own values; else empty."""
    if entry.verdict is not Verdict.CARRIED or not entry.follows_from:
        return ()
    return ("Right from your own earlier values: it follows from ", *quantities(report, entry.follows_from), ".")


def step_marks(entries: Sequence[Entry]) -> str:
    """The marks of one or several steps in words."""
    counted_ones = [entry for entry in entries if entry.asked and entry.verdict not in FREE]
    if not counted_ones:
        return "not counted"
    strict = sum(entry.strict for entry in counted_ones)
    carried = sum(entry.earned for entry in counted_ones)
    return f"strict: {strict} of {len(counted_ones)}, carried: {carried} of {len(counted_ones)}"


def named(entries: Sequence[Entry], most: int = MOST_NAMED) -> Words:
    """The symbols of entries in a list; many are counted."""
    shown = entries if len(entries) <= most + 1 else entries[:most]
    words: list[str | Formula] = []
    for entry in shown:
        words += [", "] * bool(words) + [entry.quantity]
    if len(shown) < len(entries):
        words.append(f" and {len(entries) - len(shown)} more")
    return tuple(words)


def quantities(report: Report, names: Iterable[str]) -> Words:
    """The symbols of quantities by plain name."""
    entries = {entry.name: entry for entry in report.entries}
    return named([entries[name] for name in names if name in entries], most=12)


def quantity(report: Report, name: str) -> Formula:
    """The symbol of a quantity by plain name."""
    entry = find(report, name)
    return Name(name) if entry is None else entry.quantity


def ideas(report: Report) -> list[tuple[Explanation, ...]]:
    """The ideas behind wrong entries; those that explain the same entries equally well stand together."""
    return _grouped(explanation for explanation in report.explanations if not explanation.convention)


def conventions(report: Report) -> list[tuple[Explanation, ...]]:
    """The other conventions under which the work is right."""
    return _grouped(explanation for explanation in report.explanations if explanation.convention)


def _grouped(explanations: Iterable[Explanation]) -> list[tuple[Explanation, ...]]:
    ordered = sorted(explanations, key=lambda explanation: explanation.group)
    return [tuple(group) for _, group in groupby(ordered, key=lambda explanation: explanation.group)]


def message(report: Report, entry: Entry) -> tuple[Words, Words]:
    """What is said of a wrong step by itself, and the repair of the idea behind it, which other steps may share."""
    for explanation in report.explanations:
        repair = explanation.repair
        if repair and entry.name in explanation.steps and entry.message[-len(repair) :] == repair:
            return entry.message[: -len(repair)], repair
    if entry.slip and len(_joined(entry.message)) > SHORT_ENOUGH:
        return (), entry.message
    return entry.message, ()


def in_full(report: Report, entry: Entry) -> int:
    """How many steps with the same idea, or the same slip, as this one are told in full."""
    return TOLD_IN_FULL if _has_idea(report, entry) else 1


def same_as(report: Report, entry: Entry) -> str:
    """What stands before the first step with the same idea, or the same slip."""
    return "The same idea as at " if _has_idea(report, entry) else "The same slip as at "


def _has_idea(report: Report, entry: Entry) -> bool:
    return any(entry.name in explanation.steps for explanation in report.explanations)


def is_told(report: Report, explanation: Explanation) -> bool:
    """Whether the message of a wrong step says already how the idea is repaired."""
    repair = _joined(explanation.repair)
    return any(repair in _joined(entry.message) for entry in wrong(report))


def _joined(words: Words) -> str:
    return "".join(part if isinstance(part, str) else repr(part) for part in words)


def ask_next(report: Report) -> Words:
    """What to write down so that a tie is broken; empty without a tie."""
    if not report.ask_next:
        return ()
    start, end = "To see which one it is, work out ", "." if report.is_test else " and add it to the sheet."
    return (start, quantity(report, report.ask_next), end)


def not_asked(report: Report) -> Words:
    """One sentence on the steps that the sheet did not have to give; empty where there are none."""
    entries = tuple(entry for entry in report.entries if not entry.asked and entry.verdict is Verdict.MISSING)
    if not entries:
        return ()
    where = "Not asked" if report.is_test else "Not on the sheet"
    return (f"{where}, and not counted: ", *named(entries), ".")


def verdict(report: Report, entry: Entry) -> str:
    """The verdict on an entry in a word or two."""
    word = VERDICTS[entry.verdict]
    if entry.verdict is Verdict.WRONG and entry.name == report.first_error:
        return f"1st {word}"
    if entry.verdict is Verdict.CARRIED and entry.asked and not entry.earned:
        return f"{word}, no mark"
    return word
