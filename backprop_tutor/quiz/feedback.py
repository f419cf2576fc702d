"""What is said of an answer at once: right and why, or what went wrong; never the result that is still to be found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from ..engine.derivations import leaves
from ..lessons.chain import size_of
from ..marking.one_side import ONE_SIDE
from ..marking.wrong_lines import KINDS, PART
from ..model.formula import Formula
from ..model.lesson import Step
from ..model.marking import Entry, Explanation, Line, Verdict
from ..model.op import Words
from ..model.quiz import Caret, Compared, Part, Remark
from ..reading.findings import sentence
from .examiner import Judged
from .rule_names import rule_of

LONGEST_WHY = 16
"""Parts of a formula up to which it is told again in one line."""
LONGEST_YOURS = 60
"""Parts of a typed formula up to which it is shown once more as it was read."""
MOST_IDEAS = 4
FAR = 4
ALIKE = (Fraction(9, 10), Fraction(11, 10))
NO_SLIP = frozenset({PART, *KINDS})
"""What is found where no idea is, and yet is no slip of writing."""
NO_IDEA = "Not yet. Work the line out once more, term by term"


def blank(help: str = "") -> str:
    """What is said of an empty line; ``help`` is what help there is."""
    return f"Write a number or a formula; {f'{help}, ' if help else ''}:skip goes on without it."


def feedback(judged: Judged, step: Step, help: str = "") -> tuple[Part, ...]:
    """What is said of a judged answer to a step; ``help`` is what help there still is."""
    entry = judged.entry
    if entry is None:
        return (Remark(_unused(judged), Verdict.MISSING),)
    match judged.verdict:
        case Verdict.CORRECT:
            return (Remark(_joined(("Right.",), _why(step), _remark(entry, step)), Verdict.CORRECT),)
        case Verdict.IMPRECISE:
            return (Remark(_joined(("Right, but rounded too early.",), entry.message), Verdict.IMPRECISE),)
        case Verdict.OTHER_CONVENTION:
            return (Remark(_joined(("Right under another convention.",), entry.message), Verdict.OTHER_CONVENTION),)
        case Verdict.CARRIED:
            return (Remark(entry.message or ("Right from your own earlier values.",), Verdict.CARRIED),)
        case Verdict.UNREADABLE:
            return (unreadable(entry),)
        case Verdict.MISSING:
            return (Remark(_blank_cells(judged), Verdict.MISSING),)
        case Verdict.UNDECIDED:
            return (Remark(entry.message, Verdict.UNDECIDED),)
    return _wrong(judged, entry, help)


def is_near(judged: Judged) -> bool:
    """Whether a wrong answer is a slip of writing or arithmetic, and no idea is behind it."""
    entry = judged.entry
    if entry is None or judged.explanations or not entry.message:
        return False
    return bool(entry.slip) and entry.slip not in NO_SLIP


def unreadable(entry: Entry) -> Part:
    """What could not be read, with a caret."""
    answer = entry.given
    assert answer is not None
    return Caret(answer.written, answer.place, answer.trouble, answer.repair)


def _why(step: Step) -> Words:
    """The rule of a step and, where it is short, its formula."""
    rule = rule_of(step)
    formula = next((tree for tree in reversed(step.equation.symbols) if size_of(tree) <= LONGEST_WHY), None)
    return (f"{rule}.",) if formula is None else (f"{rule}: ", step.quantity, " = ", formula, ".")


def _remark(entry: Entry, step: Step) -> Words:
    """What is to be added to a right answer; not that it is written in what the step itself is written in."""
    answer = entry.given.formula if entry.given is not None else None
    own = {name for tree in step.equation.symbols for name in leaves(tree)}
    if entry.message and str(entry.message[0]).startswith(ONE_SIDE):
        return entry.message
    return () if answer is not None and leaves(answer) and set(leaves(answer)) <= own else entry.message


def _joined(*sentences: Words) -> Words:
    found: list[str | Formula] = []
    for words in sentences:
        found += [" "] * bool(found and words) + list(words)
    return tuple(found)


def _unused(judged: Judged) -> Words:
    """Why an answer was no answer: nothing was written, or what was written belongs elsewhere."""
    if judged.unknown:
        first = judged.unknown[0]
        return (f"{sentence(first.message)}. {first.repair}".strip(),)
    return (blank(),)


def _blank_cells(judged: Judged) -> Words:
    blank = next(entry for entry in judged.entries if entry.verdict is Verdict.MISSING)
    return ("Nothing stands for ", blank.quantity, " yet: write every entry, or answer them one by one.")


def _wrong(judged: Judged, entry: Entry, help: str) -> tuple[Part, ...]:
    where: Words = (" It is about ", entry.quantity, ".") if len(judged.entries) > 1 else ()
    ideas = judged.explanations
    if len(ideas) == 1 and not entry.or_else:
        return _one_idea(entry, ideas[0], where)
    if ideas:
        return _several(ideas, where, entry.or_else)
    if entry.slip and entry.message:
        start = "Almost. " if is_near(judged) else "Not yet. "
        return (Remark((start, *entry.message, *where), Verdict.WRONG), *_experiment(entry))
    if entry.experiment:
        says = f"Not yet: {entry.experiment.asked} itself says otherwise."
        return (Remark((says, *where), Verdict.WRONG), *_experiment(entry))
    if entry.formula is not None and entry.message:
        # A formula that is another function, with a point where one can see it.
        return (Remark(("Not yet. ", *entry.message, *where), Verdict.WRONG),)
    return (Remark((f"{NO_IDEA}{f'; {help}' if help else ''}.", *where), Verdict.WRONG),)


def _one_idea(entry: Entry, idea: Explanation, where: Words) -> tuple[Part, ...]:
    named = f"Not yet. {idea.title}."
    parts: list[Part] = [Remark((named, *where), Verdict.WRONG), *_beside(entry)]
    if idea.repair:
        parts.append(Remark(idea.repair))
    return (*parts, *_experiment(entry))


def _beside(entry: Entry) -> tuple[Part, ...]:
    """The learner's line, and the right one where that leaves something to find."""
    answer = entry.given
    if entry.formula is not None:
        # Where a formula is asked for, the right line is the answer: there is only what was typed, as it was read.
        if answer is None or answer.formula is None or size_of(answer.formula) > LONGEST_YOURS:
            return ()
        return (Compared(entry.quantity, answer.written, Line(answer.formula, {}), None),)
    # A right line without any name is the answer itself.
    if entry.right is None or not leaves(entry.right.formula):
        return ()
    # In symbols alone: with the numbers put in, nothing would be left to think about.
    right = replace(entry.right, result=None, figures={})
    yours = entry.yours
    if yours is not None and size_of(yours.typed or yours.formula) > LONGEST_YOURS:
        yours = None
    # A number alone stands on the screen already.
    given = answer.written if answer is not None and answer.number is None else ""
    return (Compared(entry.quantity, given, yours, right),)


def _several(ideas: Sequence[Explanation], where: Words, or_else: Sequence[Words]) -> tuple[Part, ...]:
    """Ideas between which this one answer cannot tell; those about the same thing, with one repair, in one sentence.

    ``or_else`` is what gives the same number, too, and is no idea.
    """
    alike: dict[Words, list[str]] = {}
    for idea in ideas:
        alike.setdefault(idea.repair, []).append(idea.title)
    start = "Not yet. More than one idea gives this:"
    if len(alike) == 1 and not or_else:
        ((repair, titles),) = alike.items()
        return (Remark((f"{start} {_alternatives(titles)}.", *where), Verdict.WRONG), Remark(repair))
    several = list(alike.items())[:MOST_IDEAS]
    return (
        Remark((start, *where), Verdict.WRONG),
        *(Remark(("- ", f"{titles[0][:1]}{_alternatives(titles)[1:]}. ", *repair)) for repair, titles in several),
        *(Remark(("- ", *words)) for words in or_else[: max(0, MOST_IDEAS - len(several))]),
    )


def _alternatives(titles: Sequence[str]) -> str:
    """Titles in the middle of a sentence: one, another, or a third."""
    # A word such as ReLU keeps its capitals.
    lowered = (t[:1].lower() + t[1:] if t.partition(" ")[0][1:].islower() else t for t in titles)
    *others, last = dict.fromkeys(lowered)
    return ", or ".join((", ".join(others), last)) if others else last


def _experiment(entry: Entry) -> tuple[Part, ...]:
    """What really happens, without the number from which the right gradient could be read off."""
    tried = entry.experiment
    if tried is None:
        return ()
    really = _really(Fraction(tried.predicted), Fraction(tried.changed))
    return (Remark(("Try it. ", *tried.claim, f"; {really}.")),)


def _really(claimed: Fraction, real: Fraction) -> str:
    """How what happens compares with what an answer predicts."""
    if real == 0:
        return "it does not change at all"
    if claimed == 0:
        return "but it does"
    ratio = abs(real / claimed)
    if ALIKE[0] < ratio < ALIKE[1]:
        # A step is never so small that the loss follows its slope exactly: what differs so little says nothing.
        if real * claimed < 0:
            return "it goes just the other way"
        return "it changes a little more than that" if ratio > 1 else "it changes almost as much, but not quite"
    size = "by far less" if ratio * FAR < 1 else "by less" if ratio < 1 else "by far more" if ratio > FAR else "by more"
    if real * claimed < 0:
        return f"it goes the other way, and {size}"
    return f"it changes {size} than that"
