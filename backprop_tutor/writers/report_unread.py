"""What could not be read or understood on a sheet, and what is said of steps that are not wrong: the same once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..model.learner_result import unread_answers
from ..model.marking import Entry, Report, Verdict
from ..model.op import Words
from ..model.problem import Finding
from ..reading.findings import counted
from .report_answers import has_wrong_shape, typed

MOST_TOLD = 5
"""So many lines with names that are not understood are told one by one; more of them in one sentence."""
MOST_ALIKE = 3
"""So many other lines are told one by one when there are many."""
FEW_NAMES = 3
MOST_NUMBERS = 8
FEWEST_ELSEWHERE = 5
"""Fewer lines than this say nothing about the whole sheet."""
MANY_TIMES = 4
"""A sheet has so many times more unknown names than known ones when it is for another problem."""
_NAME = re.compile(r"there is no quantity called (.+) in this problem", re.DOTALL)
_PRECISELY = re.compile(r"(.+ )this is (\S+)(\. .+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Unread:
    """What could not be read: of which entries it is an answer (none for a line that is no step), and why.

    ``typed`` is what was written, where that says something.
    """

    entries: tuple[Entry, ...]
    typed: str
    trouble: str
    repair: str


def unread(report: Report) -> list[Unread]:
    """Everything that could not be read, a matrix of the wrong shape once and many unknown names in one sentence."""
    found = []
    for entries in unread_answers(report):
        answer = entries[0].given
        if answer is not None:
            shapeless = has_wrong_shape(entries[0])
            shown = () if shapeless else tuple(entries)
            found.append(Unread(shown, "" if shapeless else typed(answer), answer.trouble, answer.repair))
    names = [finding for finding in report.unknown if _NAME.fullmatch(finding.message)]
    others = [finding for finding in report.unknown if finding not in names]
    found.extend(_told(names) if len(names) <= MOST_TOLD else [Unread((), "", *_in_one_sentence(report, names))])
    if len(others) <= MOST_TOLD:
        return [*found, *_told(others)]
    rest = f"{len(others) - MOST_ALIKE} more lines could not be used"
    return [*found, *_told(others[:MOST_ALIKE]), Unread((), "", rest, "Repair these first, and check again.")]


def seems_elsewhere(report: Report) -> bool:
    """Whether (almost) no name on the sheet is one of this problem's."""
    unknown = sum(_NAME.fullmatch(finding.message) is not None for finding in report.unknown)
    known = sum(entry.given is not None for entry in report.entries)
    return unknown >= FEWEST_ELSEWHERE and unknown >= MANY_TIMES * known


def unknown_names(findings: Sequence[Finding]) -> str:
    """The first unknown names, in quotes, and how many more there are; empty without any."""
    names = [found[1] for finding in findings if (found := _NAME.fullmatch(finding.message))]
    more = len(names) - FEW_NAMES
    if more <= 1:
        return ", ".join(names)
    return f"{', '.join(names[:FEW_NAMES])} and {more} more"


def _told(findings: Sequence[Finding]) -> list[Unread]:
    lines = [f"line {finding.where.line}: " if finding.where is not None else "" for finding in findings]
    return [
        Unread((), "", line + finding.message, finding.repair) for line, finding in zip(lines, findings, strict=True)
    ]


def _in_one_sentence(report: Report, names: Sequence[Finding]) -> tuple[str, str]:
    lines = counted(len(names), "line")
    trouble = f"{lines} name no quantity of this problem: {unknown_names(names)}"
    if seems_elsewhere(report):
        return trouble, "Is this sheet for another problem?"
    near = [finding.repair for finding in names if finding.repair.startswith("Did you mean")]
    return trouble, "See `backprop-tutor show` for the names of this problem." if len(near) < len(names) else near[0]


def remarks(report: Report) -> list[tuple[tuple[Entry, ...], Words]]:
    """What is said of entries that are not wrong, those of which the same is said together."""
    said: dict[Words, list[Entry]] = {}
    conventional = {name for explanation in report.explanations if explanation.convention for name in explanation.steps}
    silent = (Verdict.WRONG, Verdict.CARRIED, Verdict.UNREADABLE, Verdict.MISSING)
    for entry in report.entries:
        guarded = entry.verdict is Verdict.CARRIED and entry.asked and not entry.earned
        other = entry.verdict not in silent and entry.name not in conventional
        if entry.message and (guarded or other):
            said.setdefault(_without_number(entry), []).append(entry)
    return [(tuple(entries), _together(entries, message)) for message, entries in said.items()]


def _without_number(entry: Entry) -> Words:
    """What is said of an imprecise number without that number, so that it can be said of several at once."""
    found = _precise(entry)
    return entry.message if found is None else (found[1] + "these are ", found[3])


def _together(entries: Sequence[Entry], message: Words) -> Words:
    numbers = [found[2] for entry in entries if (found := _precise(entry)) is not None]
    if len(entries) == 1 or not numbers:
        return entries[0].message
    dots = ", …" * (len(numbers) > MOST_NUMBERS + 1)
    shown = numbers[:MOST_NUMBERS] if dots else numbers
    return (str(message[0]) + ", ".join(shown) + dots + str(message[1]),)


def _precise(entry: Entry) -> re.Match[str] | None:
    """The parts of ``With all digits carried along this is 0.5597. Keep …`` of an imprecise entry."""
    if entry.verdict is not Verdict.IMPRECISE or len(entry.message) != 1 or not isinstance(entry.message[0], str):
        return None
    return _PRECISELY.fullmatch(entry.message[0])
