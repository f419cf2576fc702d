"""The summary of a quiz as lines: what was right, how long it took, and what to look at again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..model.op import Words
from ..model.quiz import Summary
from ..reading.findings import counted
from .lines import Line, Run, clean, fold

MOST_NAMED = 4
MINUTE = 60
ALREADY_SEEN = "with the answer already seen"
SEEN_COUNTS = (
    "A right answer that you had already seen, in a worked example or because it was shown, "
    "does not count towards mastery."
)
"""What is said of such answers wherever they are counted."""
HOUR = 60 * MINUTE


def summary_lines(
    part: Summary,
    words: Callable[[Words], list[Run]],
    heading: Callable[[str, int], list[Line]],
    width: int,
    ascii: bool,
) -> list[Line]:
    """All of the summary; what there is nothing to say of is left out."""
    lines = heading("How it went" if part.ended else "So far", width)
    if not part.out_of:
        nothing = "No answer could be judged." if part.uncounted else "Nothing is answered yet."
        return [*lines, *fold([Run(nothing)], width)]
    for sentence in sentences(part):
        lines.extend(fold([Run(clean(sentence, ascii=ascii))], width))
    if part.troubles:
        lines.extend([(), *fold([Run("Look at these again", "strong")], width)])
        for trouble in part.troubles:
            times = len(trouble.names)
            start = (Run("* " if ascii else "● ", "imprecise"),)
            where = f" ({', '.join(trouble.names[:MOST_NAMED])}{' …' if times > MOST_NAMED else ''})"
            runs = [
                Run(clean(f"{trouble.idea.title or trouble.idea.id}.", ascii=ascii), "strong"),
                Run(clean(where, ascii=ascii), "dim"),
            ]
            lines.extend(fold(runs, width, start, (Run("  "),)))
            if trouble.idea.repair:
                lines.extend(fold(words((trouble.idea.repair,)), width, (Run("  "),), (Run("  "),)))
    if part.more_troubles:
        lines.extend(fold([Run(more_troubles(part))], width, (Run("  "),), (Run("  "),)))
    if part.again:
        lines.extend([(), *fold([Run("Practise: ", "strong"), Run(", ".join(part.again).lower() + ".")], width)])
    if part.next_problem:
        lines.extend([(), *fold([Run("Next: ", "strong"), Run(f"backprop-tutor quiz {part.next_problem}")], width)])
    return lines


def more_troubles(part: Summary) -> str:
    """That there were more ideas than are told."""
    return f"And {part.more_troubles} more: `backprop-tutor progress` lists them."


def sentences(part: Summary) -> list[str]:
    """The counts, in sentences."""
    if not part.judged:
        marks = "The marks come when the test is handed in."
        return [f"{part.answered} of {part.out_of} have an answer. {marks}", f"Time: {duration(part.seconds)}."]
    found = [_right(part)]
    if part.seen:
        found.append(SEEN_COUNTS)
    if part.carried > part.strict:
        more = part.carried - part.strict
        found.append(f"{part.carried} of {part.out_of} with what follows from your own values or convention (+{more}).")
    if part.unmarked:
        one, marks = ("follows", "earns") if part.unmarked == 1 else ("follow", "earn")
        found.append(f"{counted(part.unmarked, 'answer')} {one} from your own values, but {marks} no mark.")
    wrong = f"{counted(part.wrong, 'answer')} {_are(part.wrong)} wrong" if part.wrong else ""
    shown = f"{counted(part.shown, 'answer')} {'was' if part.shown == 1 else 'were'} shown" if part.shown else ""
    left = f"{counted(part.open, 'question')} {_are(part.open)} open" if part.open else ""
    free = f"{counted(part.uncounted, 'answer')} could not be judged and {_are(part.uncounted)} not counted"
    rest = [text for text in (wrong, shown, left, free if part.uncounted else "") if text]
    if rest:
        found.append(f"{', '.join(rest)}.")
    if part.left:
        found.append(f"Still to be found: {_listed(part.left)}.")
    found.append(f"Time: {duration(part.seconds)}.")
    return found


def _listed(names: Sequence[str]) -> str:
    """Names in a sentence; no word is said for a single one that might as well be named."""
    if len(names) <= MOST_NAMED + 1:
        return ", ".join(names)
    return f"{', '.join(names[:MOST_NAMED])} and {len(names) - MOST_NAMED} others"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _right(part: Summary) -> str:
    """How many are right, and how many of them were the learner's own."""
    everything = "Right" if part.out_of == 1 else f"All {part.out_of} right"
    if part.first == part.strict == part.out_of:
        return f"{everything} at the first try, and without any help."
    if part.seen == part.strict == part.out_of:
        return f"{everything}, {ALREADY_SEEN}."
    if not part.strict:
        return f"{part.strict} of {part.out_of} right."
    # That it is none is said, too: what was right only after a mistake would else read like full marks.
    which = f"{part.first} of them" if part.first else "none of them" if part.strict > 1 else "but not"
    first = f"{which} at the first try and without help"
    seen = f"{part.seen} {ALREADY_SEEN}" if part.seen else ""
    return ", ".join(text for text in (f"{part.strict} of {part.out_of} right", first, seen) if text) + "."


def duration(seconds: float) -> str:
    """A time in words: ``40 seconds``, ``12 minutes``, ``1 hour 5 minutes``."""
    whole = round(seconds)
    if whole < MINUTE:
        return counted(whole, "second")
    if whole < HOUR:
        return counted(round(whole / MINUTE), "minute")
    hours, minutes = divmod(round(whole / MINUTE), MINUTE)
    return counted(hours, "hour") + (f" {counted(minutes, 'minute')}" if minutes else "")
