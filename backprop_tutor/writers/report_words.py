"""What is said of a marked sheet, in sentences that every writer prints in its own way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from ..model.formula import Formula, Name
from ..model.marking import FREE, Entry, Explanation, Report, Verdict
from ..model.op import Words
from ..reading.findings import counted
from .report_answers import given, number

MOST_NAMED = 8
"""So many quantities are listed in a sentence; the rest are counted."""
TOLD_IN_FULL = 2
"""So many steps with the same idea are told in full; later ones in one line."""
TIED = "One of these, and the sheet cannot tell which: each explains "

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
    missing = [entry for entry in report.entries if entry.asked and entry.verdict is Verdict.MISSING]
    if not found:
        return ("Nothing to mark: the sheet has no value for any step.",)
    more = [f"{len(missing)} missing"] * bool(missing)
    if any(entry.verdict not in _RIGHT for entry in found):
        return ("Nothing wrong in what could be judged" + (f"; {more[0]}." if more else "."),)
    right = (
        "The one step on the sheet is right" if len(found) == 1 else f"All {len(found)} steps on the sheet are right"
    )
    imprecise = sum(entry.verdict is Verdict.IMPRECISE for entry in found)
    more = [f"{imprecise} of them imprecise"] * bool(imprecise) + more
    other = any(entry.verdict is Verdict.OTHER_CONVENTION for entry in found)
    return (", ".join([right + " under another convention" * other, *more]) + ".",)


def overall(report: Report) -> Verdict:
    """The verdict whose sign stands before the headline."""
    if wrong(report):
        return Verdict.WRONG
    if all(entry.verdict is Verdict.MISSING for entry in report.entries):
        return Verdict.MISSING
    return Verdict.CORRECT if report.is_right else Verdict.UNDECIDED


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
        return ("No step on this sheet could be marked.",)
    free = sum(entry.verdict in FREE for entry in report.entries if entry.asked)
    rest = (f"Not counted: {counted(free, 'step')} that could not be read or told.",) if free else ()
    if strict == carried:
        same = " Judging each step from your own earlier values gives the same mark." if strict < out_of else ""
        return (f"{strict} of {out_of}.{same}", *rest)
    return (
        f"Strict: {strict} of {out_of}. These numbers are right as they stand.",
        f"Carried: {carried} of {out_of}. A step that you did rightly from your own earlier values counts too, "
        "so one mistake costs its own step and no more.",
        *rest,
    )


def followers(report: Report, name: str) -> tuple[Entry, ...]:
    """The entries that are right from the learner's own values, and off only because of this one (or others)."""
    return tuple(entry for entry in report.entries if name in entry.follows_from and entry.verdict is Verdict.CARRIED)


def what_follows(report: Report, name: str, most: int = MOST_NAMED) -> Words:
    """Which later entries follow from a wrong one; empty where none does."""
    entries = followers(report, name)
    if not entries:
        return ()
    return ("What follows from it: ", *named(entries, most), " (right from your own values).")


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
    return entry.message, ()


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
    return ("To see which one it is, work out ", quantity(report, report.ask_next), " and add it to the sheet.")


def remarks(report: Report) -> list[tuple[tuple[Entry, ...], Words]]:
    """What is said of entries that are not wrong, those of which the same is said together."""
    said: dict[Words, list[Entry]] = {}
    conventional = {name for explanation in report.explanations if explanation.convention for name in explanation.steps}
    silent = (Verdict.WRONG, Verdict.CARRIED, Verdict.UNREADABLE, Verdict.MISSING)
    for entry in report.entries:
        guarded = entry.verdict is Verdict.CARRIED and entry.asked and not entry.earned
        other = entry.verdict not in silent and entry.name not in conventional
        if entry.message and (guarded or other):
            said.setdefault(entry.message, []).append(entry)
    return [(tuple(entries), message) for message, entries in said.items()]


def unread(report: Report) -> list[tuple[Entry | None, str, str]]:
    """What could not be read: the entry (None: a line that is no step), the trouble, and the repair."""
    found: list[tuple[Entry | None, str, str]] = []
    for entry in report.entries:
        answer = entry.given
        if entry.verdict is Verdict.UNREADABLE and answer is not None:
            found.append((entry, answer.trouble, answer.repair))
    for finding in report.unknown:
        line = f"line {finding.where.line}: " if finding.where is not None else ""
        found.append((None, line + finding.message, finding.repair))
    return found


def not_asked(report: Report) -> Words:
    """One sentence on the steps that the sheet did not have to give; empty where there are none."""
    entries = tuple(entry for entry in report.entries if not entry.asked and entry.verdict is Verdict.MISSING)
    if not entries:
        return ()
    return ("Not on the sheet, and not counted: ", *named(entries), ".")


def verdict(report: Report, entry: Entry) -> str:
    """The verdict on an entry in a word or two."""
    word = VERDICTS[entry.verdict]
    if entry.verdict is Verdict.WRONG and entry.name == report.first_error:
        return f"1st {word}"
    if entry.verdict is Verdict.CARRIED and entry.asked and not entry.earned:
        return f"{word}, no mark"
    return word
